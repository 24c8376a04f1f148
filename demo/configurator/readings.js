// What the element makes of each address alone, in the frame of the preview, where it asks for all of them at once: elements
// that ask for the same at the same time share a request.

import { readAddress } from './values.js';

/** Another place than that of any feed: what is relative there leads elsewhere. */
const ELSEWHERE = 'https://page.invalid/elsewhere/feed';

/** The reader alone, which comes beside the element; where it does not come, less is known of a feed. */
const reader = import('../../dist/feed.js');
reader.catch(() => undefined);

/** Reads an answer's bytes, as the element does; what is no feed gives the address of the feed that it announces, if any. */
async function readAnswer({ bytes, contentType, url }) {
  const { readFeed } = await reader;
  try {
    return { feed: readFeed(bytes, { contentType, url }), other: readFeed(bytes, { contentType, url: ELSEWHERE }) };
  } catch (error) {
    return { announced: error.announced };
  }
}

/** The bytes of an answer, up to where it breaks off: the element leaves a page as soon as it has seen where the feed is. */
async function bytesOf({ body }) {
  const chunks = [];
  try {
    const stream = body.getReader();
    for (let part; (part = await stream.read()).value;) chunks.push(part.value);
  } catch {
    // what has come is enough
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

const isSame = (one, other) =>
  one.link === other.link && one.image === other.image && one.enclosure === other.enclosure;

/** An address as it can stand in code, or `undefined` where it can not. */
const writable = (address) =>
  readAddress(address.replace(/["'<>`\\{}]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`));

/** What of a feed depends on where it lies. */
const hasRelative = ({ feed, other }) =>
  feed.link !== other.link || feed.entries.some((entry, index) => !isSame(entry, other.entries[index]));

/** Reads addresses in a window in which the element is. `onOutcome` is told of every change. */
export class Readings {
  #view;
  #place;
  #onOutcome;
  /** By the address that is asked for: the element, and what its answer's bytes tell. */
  #readings = new Map();
  /** The last answer of every address, for its bytes. */
  #answers = new Map();

  constructor(view, onOutcome) {
    this.#view = view;
    this.#onOutcome = onOutcome;
    this.#place = view.document.createElement('div');
    this.#place.hidden = true;
    view.document.body.append(this.#place);
    const ask = view.fetch.bind(view);
    view.fetch = async (address, options) => {
      const answer = await ask(address, options);
      if (this.#isAwaited) this.#keep(String(address), answer.clone());
      return answer;
    };
  }

  /** Whether a feed has not come yet. */
  get #isAwaited() {
    return [...this.#readings.values()].some(({ told, element }) => !told || !element.feed);
  }

  #keep(address, answer) {
    const { headers, url } = answer;
    const bytes = bytesOf(answer);
    this.#answers.set(address, { contentType: headers.get('content-type'), url: url || address, bytes });
  }

  #key(address) {
    return new URL(address, this.#view.document.baseURI).href;
  }

  /** What has become of an address: `status`, `feed`, `error`, and, as in a judgement, `found` and `hasRelative`. */
  of(address) {
    const reading = this.#readings.get(this.#key(address));
    // what came is looked at before anything is said of it
    if (!reading?.told) return { status: 'loading' };
    const { status, feed, error } = reading.element;
    return { status, feed, error, ...reading.told };
  }

  /** Reads these and no others, each attempt within so many milliseconds, as the attribute has it. */
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

  /** Tries anew what has failed. */
  again() {
    for (const { element } of this.#readings.values()) if (element.status === 'failed') void element.reload();
  }

  #begin(key) {
    const element = this.#view.document.createElement('diary-feed');
    const reading = { element, told: undefined };
    this.#readings.set(key, reading);
    element.setAttribute('src', key);
    element.addEventListener('loadstart', () => this.#onOutcome());
    element.addEventListener('loadend', async () => {
      reading.told = (element.feed && (await this.#look(key).catch(() => undefined))) || {};
      this.#onOutcome();
    });
    this.#place.append(element);
    return reading;
  }

  async #look(key) {
    const page = await this.#read(key);
    const announced = page?.announced;
    const read = announced ? await this.#read(announced) : page;
    return { found: announced && writable(announced), hasRelative: Boolean(read?.feed) && hasRelative(read) };
  }

  /** What the last answer of an address holds, whose bytes are then let go. */
  async #read(address) {
    const answer = this.#answers.get(address);
    this.#answers.delete(address);
    return answer && readAnswer({ ...answer, bytes: await answer.bytes });
  }
}
