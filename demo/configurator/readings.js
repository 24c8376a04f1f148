// What the element makes of each URL alone, in the frame of the preview: elements that load a URL at the same time share a
// request.

import { readAddress } from './values.js';

/** Returns a URL with the characters escaped that can't be in the code; `undefined` if others can't. */
const escapeUrl = (url) =>
  readAddress(url.replace(/["'<>`\\{}]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`));

/** Returns the URL of the feed that the page at `url` links to, from the link that the element shows to its feed. */
function findFeedUrl(element, url) {
  const link = element.shadowRoot.querySelector('[part=feed-link]');
  return link && link.href !== url ? escapeUrl(link.href) : undefined;
}

/** Reads URLs in a window that has the element. Calls `onOutcome` after each change. */
export class Readings {
  #view;
  #place;
  #onOutcome;
  /** By the URL: the element that loads it, and whether it has ended a load. */
  #readings = new Map();

  constructor(view, onOutcome) {
    this.#view = view;
    this.#onOutcome = onOutcome;
    this.#place = view.document.createElement('div');
    this.#place.hidden = true;
    view.document.body.append(this.#place);
  }

  #key(address) {
    return new URL(address, this.#view.document.baseURI).href;
  }

  /** Returns the outcome for a URL: `status`, `feed`, `error` and, as in a judgement, `found`. */
  of(address) {
    const key = this.#key(address);
    const reading = this.#readings.get(key);
    if (!reading?.hasEnded) return { status: 'loading' };
    const { status, feed, error } = reading.element;
    return { status, feed, error, found: findFeedUrl(reading.element, key) };
  }

  /** Reads these URLs and no others. `timeout` is the attribute of that name. */
  want(addresses, timeout) {
    const keys = new Set(addresses.map((address) => this.#key(address)));
    for (const [key, { element }] of this.#readings) {
      if (keys.has(key)) continue;
      element.remove();
      this.#readings.delete(key);
    }
    for (const key of keys) {
      const { element } = this.#readings.get(key) ?? this.#begin(key);
      if (timeout) element.setAttribute('timeout', timeout);
      else element.removeAttribute('timeout');
    }
  }

  /** Reloads what has failed. */
  again() {
    for (const { element } of this.#readings.values()) if (element.status === 'failed') void element.reload();
  }

  #begin(key) {
    const element = this.#view.document.createElement('diary-feed');
    const reading = { element, hasEnded: false };
    this.#readings.set(key, reading);
    element.setAttribute('src', key);
    element.setAttribute('feed-link', '');
    element.addEventListener('loadstart', () => this.#onOutcome());
    element.addEventListener('loadend', () => {
      reading.hasEnded = true;
      this.#onOutcome();
    });
    this.#place.append(element);
    return reading;
  }
}
