import { expect } from 'chai';
import { items, rss } from '../support/feeds.js';
import {
  create,
  nextEvent,
  isFallbackVisible,
  mount,
  query,
  appendToPage,
  recordEvents,
  textsOf,
} from '../support/element.js';
import { waitForAbort, waitForRequest, feedUrl, openGate, recover, requestsOf, uniqueId } from '../support/server.js';
import type { DiaryFeedElement } from '../../src/index.js';

function titlesOf(element: DiaryFeedElement): string[] {
  return textsOf(element, '[part=link]');
}

/** Long enough for a response over loopback to arrive. */
function settle(): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve, 150));
}

describe('events', () => {
  for (const [outcome, src, expected] of [
    ['a success', () => feedUrl({ text: rss(items(1)) }), 'load'],
    ['a failure', () => feedUrl({ status: 404 }), 'error'],
    ['an invalid URL', () => 'ftp://dagbok.example/', 'error'],
  ] as const) {
    it(`fire as loadstart, ${expected}, loadend after ${outcome}`, async () => {
      const element = create({ src: src() });
      const names = recordEvents(element);
      const ended = nextEvent(element, 'loadend');
      appendToPage(element);
      await ended;
      expect(names).to.deep.equal(['loadstart', expected, 'loadend']);
    });
  }

  it('neither bubble nor cross shadow boundaries', async () => {
    const element = create({ src: feedUrl({ status: 404 }) });
    const seen: boolean[] = [];
    for (const type of ['loadstart', 'error', 'loadend']) {
      element.addEventListener(type, (event) => seen.push(event.bubbles || event.composed));
    }
    const ended = nextEvent(element, 'loadend');
    appendToPage(element);
    await ended;
    expect(seen).to.deep.equal([false, false, false]);
  });

  it('fire after the view shows the state', async () => {
    const gate = uniqueId();
    const element = create({ src: feedUrl({ text: rss(items(2)), gate }) });
    const seen: unknown[] = [];
    element.addEventListener('loadstart', () => seen.push(element.status, titlesOf(element)));
    element.addEventListener('load', () => seen.push(element.status, titlesOf(element)));
    const ended = nextEvent(element, 'loadend');
    appendToPage(element);
    await nextEvent(element, 'loadstart');
    await openGate(gate);
    await ended;
    expect(seen).to.deep.equal(['loading', [], 'ready', ['Inlägg 1', 'Inlägg 2']]);
  });

  it('contain the error', async () => {
    const element = create({ src: feedUrl({ status: 410 }) });
    const failed = nextEvent<ErrorEvent>(element, 'error');
    appendToPage(element);
    const event = await failed;
    expect(event.error === element.error).to.equal(true);
    expect(event.message).to.equal(element.error?.message);
  });
});

describe('a load', () => {
  it("doesn't start without a src", async () => {
    const element = create();
    const names = recordEvents(element);
    appendToPage(element);
    await settle();
    expect([element.status, names.length]).to.deep.equal(['idle', 0]);
  });

  it('starts when src is set later', async () => {
    const element = create();
    appendToPage(element);
    const loaded = nextEvent(element, 'load');
    element.src = feedUrl({ text: rss(items(1)) });
    await loaded;
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1']);
  });

  it("isn't followed by another one when a script clears src: the entries disappear", async () => {
    const id = uniqueId();
    const element = await mount({ src: feedUrl({ text: rss(items(1)), id }) });
    element.src = '';
    await element.updateComplete;
    await element.reload();
    expect([element.status, titlesOf(element).length, isFallbackVisible(element)]).to.deep.equal(['idle', 0, true]);
    expect(await requestsOf(id)).to.have.lengthOf(1);
  });

  it('is aborted when src changes, and its response is ignored', async () => {
    const gate = uniqueId();
    const element = create({ src: feedUrl({ text: rss(items(3)), gate }) });
    appendToPage(element);
    await nextEvent(element, 'loadstart');
    const names = recordEvents(element);
    const loaded = nextEvent(element, 'loadend');
    element.src = feedUrl({ text: rss(items(1)) });
    await loaded;
    await openGate(gate);
    await settle();
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1']);
    expect(names).to.deep.equal(['loadstart', 'load', 'loadend']);
  });

  it('removes the old entries at once when src changes', async () => {
    const gate = uniqueId();
    const element = await mount({ src: feedUrl({ text: rss(items(3)) }) });
    const started = nextEvent(element, 'loadstart');
    element.src = feedUrl({ text: rss(items(1)), gate });
    await started;
    expect(titlesOf(element)).to.deep.equal([]);
    expect(isFallbackVisible(element)).to.equal(true);
    await Promise.all([nextEvent(element, 'load'), openGate(gate)]);
  });

  it('is aborted when the element is removed, and starts again when it returns', async () => {
    const [gate, id] = [uniqueId(), uniqueId()];
    const element = create({ src: feedUrl({ text: rss(items(1)), gate, id }) });
    appendToPage(element);
    await waitForRequest(id);
    element.remove();
    await settle();
    expect(element.status).to.equal('idle');
    await openGate(gate);
    const loaded = nextEvent(element, 'load');
    appendToPage(element);
    await loaded;
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1']);
    expect(await requestsOf(id)).to.have.lengthOf(2);
  });

  it('aborts the request when the element is removed', async () => {
    const id = uniqueId();
    const element = create({ src: feedUrl({ text: rss(items(1)), gate: uniqueId(), id }) });
    appendToPage(element);
    await waitForRequest(id);
    element.remove();
    await waitForAbort(id);
  });

  it('fires all its events before a load that a listener starts', async () => {
    const element = create({ src: feedUrl({ text: rss(items(1)) }) });
    const names = recordEvents(element);
    const second = feedUrl({ text: rss(items(2)) });
    element.addEventListener('load', () => (element.src = second), { once: true });
    appendToPage(element);
    while (element.entries.length < 2) await settle();
    expect(names).to.deep.equal(['loadstart', 'load', 'loadend', 'loadstart', 'load', 'loadend']);
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1', 'Inlägg 2']);
  });

  it('continues when the element moves', async () => {
    const [gate, id] = [uniqueId(), uniqueId()];
    const element = create({ src: feedUrl({ text: rss(items(1)), gate, id }) });
    appendToPage(element);
    await nextEvent(element, 'loadstart');
    const loaded = nextEvent(element, 'load');
    appendToPage(element);
    await openGate(gate);
    await loaded;
    expect(await requestsOf(id)).to.have.lengthOf(1);
  });

  it("isn't repeated when a ready element returns", async () => {
    const id = uniqueId();
    const element = await mount({ src: feedUrl({ text: rss(items(1)), id }) });
    element.remove();
    await settle();
    appendToPage(element);
    await settle();
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1']);
    expect(await requestsOf(id)).to.have.lengthOf(1);
  });
});

describe('reload', () => {
  it('requests the feed again, keeps the entries meanwhile, and resolves when the new ones are shown', async () => {
    const id = uniqueId();
    const element = await mount({ src: feedUrl({ text: rss(items(2)), id }) });
    const before = element.feed;
    const reloaded = element.reload();
    await element.updateComplete;
    expect([element.status, titlesOf(element).length]).to.deep.equal(['loading', 2]);
    await reloaded;
    expect([element.status, textsOf(element, '[role=status]')[0]]).to.deep.equal(['ready', '2 inlägg']);
    expect(element.feed === before).to.equal(false);
    expect(await requestsOf(id)).to.have.lengthOf(2);
  });

  it('announces the number of entries after a failure', async () => {
    const id = uniqueId();
    const element = await mount({ src: feedUrl({ status: 404, id }) });
    await recover(id);
    await element.reload();
    expect([element.status, textsOf(element, '[role=status]')[0]]).to.deep.equal(['ready', '2 inlägg']);
  });

  it('replaces a load that is in progress', async () => {
    const [gate, id] = [uniqueId(), uniqueId()];
    const element = create({ src: feedUrl({ text: rss(items(1)), gate, id }) });
    appendToPage(element);
    await nextEvent(element, 'loadstart');
    const names = recordEvents(element);
    const reloaded = element.reload();
    await openGate(gate);
    await reloaded;
    await settle();
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1']);
    expect(names).to.deep.equal(['loadstart', 'load', 'loadend']);
  });

  it('resolves the promises of two simultaneous calls with the newer load', async () => {
    const gate = uniqueId();
    const element = await mount({ src: feedUrl({ text: rss(items(1)) }) });
    element.src = feedUrl({ text: rss(items(2)), gate });
    const ended: string[] = [];
    const reloads = ['first', 'second'].map(async (name) => {
      await element.reload();
      ended.push(name);
    });
    await settle();
    expect(ended).to.deep.equal([]);
    await openGate(gate);
    await Promise.all(reloads);
    expect([element.status, titlesOf(element).length]).to.deep.equal(['ready', 2]);
  });

  it('never rejects: a failure keeps the entries and shows a sentence and the retry button', async () => {
    const element = await mount({ src: feedUrl({ text: rss(items(2)) }) });
    const { fetch } = globalThis;
    globalThis.fetch = () => Promise.reject(new TypeError('no network'));
    await element.reload().finally(() => (globalThis.fetch = fetch));
    expect([element.status, element.error?.code]).to.deep.equal(['failed', 'network']);
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1', 'Inlägg 2']);
    expect(isFallbackVisible(element)).to.equal(false);
    expect(textsOf(element, '[role=status]')).to.deep.equal([
      'Det gick inte att hämta nya inlägg. Listan kan vara inaktuell.',
    ]);
    expect(textsOf(element, '[part=retry]')).to.deep.equal(['Försök igen']);
  });

  it('waits until a removed element is on the page, and then revalidates the cache', async () => {
    const id = uniqueId();
    const element = create({ src: feedUrl({ text: rss(items(1)), id }) });
    await element.reload();
    expect(await requestsOf(id)).to.have.lengthOf(0);
    const loaded = nextEvent(element, 'load');
    appendToPage(element);
    await loaded;
    expect((await requestsOf(id))[0]?.headers['cache-control']).to.match(/no-cache|max-age=0/);
  });

  it('does nothing without a src', async () => {
    const element = create();
    appendToPage(element);
    await element.reload();
    expect(element.status).to.equal('idle');
  });
});

describe('the retry button', () => {
  it('moves the focus to the fallback if the feed is empty', async () => {
    const element = await mount({ src: feedUrl({ text: rss(''), fails: 1, id: uniqueId() }) });
    const loaded = nextEvent(element, 'load');
    query(element, '[part=retry]')?.focus();
    query(element, '[part=retry]')?.click();
    await loaded;
    expect(document.activeElement === element.querySelector('a')).to.equal(true);
  });

  it('shows the entries when the feed is available again, and focuses their first link', async () => {
    const [gate, id] = [uniqueId(), uniqueId()];
    const src = feedUrl({ text: rss(items(1)), fails: 1, id, gate });
    await openGate(gate);
    const element = await mount({ src });
    expect(element.error?.status).to.equal(503);
    const loaded = nextEvent(element, 'load');
    query(element, '[part=retry]')?.focus();
    query(element, '[part=retry]')?.click();
    await loaded;
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1']);
    expect(element.shadowRoot?.activeElement?.textContent).to.equal('Inlägg 1');
    expect(textsOf(element, '[part=retry]')).to.deep.equal([]);
  });

  it("doesn't take the focus from other elements, and retries once even if it is clicked twice", async () => {
    const [gate, id] = [uniqueId(), uniqueId()];
    const element = await mount({ src: feedUrl({ text: rss(items(2)), fails: 1, id }) });
    const fallback = element.querySelector('a');
    const button = query(element, '[part=retry]');
    button?.focus();
    const loaded = nextEvent(element, 'load');
    button?.click();
    button?.click();
    await openGate(gate);
    const other = document.createElement('button');
    appendToPage(other);
    other.focus();
    await loaded;
    expect([document.activeElement === other, fallback?.checkVisibility()]).to.deep.equal([true, false]);
    expect(await requestsOf(id)).to.have.lengthOf(2);
  });

  it('keeps the focus during the retry and when the retry fails', async () => {
    const element = await mount({ src: feedUrl({ status: 503 }) });
    const button = query(element, '[part=retry]');
    button?.focus();
    const started = nextEvent(element, 'loadstart');
    const ended = nextEvent(element, 'loadend');
    button?.click();
    await started;
    const isFocused = (): boolean => element.shadowRoot?.activeElement === button;
    expect([isFocused(), button?.getAttribute('aria-disabled')]).to.deep.equal([true, 'true']);
    await ended;
    expect([isFocused(), button?.hasAttribute('aria-disabled')]).to.deep.equal([true, false]);
  });
});

describe('loading="lazy"', () => {
  /** Appends an element far below the viewport. */
  function placeFarAway(element: HTMLElement): void {
    const distance = document.createElement('div');
    distance.style.paddingTop = '10000px';
    distance.append(element);
    appendToPage(distance);
  }

  it('fetches nothing while the element is far away, and starts when it comes near the viewport', async () => {
    const id = uniqueId();
    const element = create({ src: feedUrl({ text: rss(items(1)), id }), loading: 'lazy' });
    placeFarAway(element);
    await settle();
    expect([element.status, (await requestsOf(id)).length]).to.deep.equal(['idle', 0]);
    const loaded = nextEvent(element, 'load');
    element.scrollIntoView();
    await loaded;
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1']);
    scrollTo(0, 0);
  });

  it('starts at once if the element is in the viewport', async () => {
    const element = await mount({ src: feedUrl({ text: rss(items(1)) }), loading: 'lazy' });
    expect(element.status).to.equal('ready');
  });

  it('starts when the page is printed', async () => {
    const element = create({ src: feedUrl({ text: rss(items(1)) }), loading: 'lazy' });
    placeFarAway(element);
    await settle();
    const loaded = nextEvent(element, 'load');
    dispatchEvent(new Event('beforeprint'));
    await loaded;
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1']);
  });
});

describe('automatic retries', () => {
  it('leave the sentence and the button unchanged meanwhile', async () => {
    const [gate, id] = [uniqueId(), uniqueId()];
    const element = await mount({ src: feedUrl({ text: rss(items(1)), fails: 1, id, 'body-gate': gate }) });
    const button = query(element, '[part=retry]');
    button?.focus();
    while ((await requestsOf(id)).length < 2) await settle();
    expect([element.status, element.shadowRoot?.activeElement === button]).to.deep.equal(['failed', true]);
    const loaded = nextEvent(element, 'load');
    await openGate(gate);
    await loaded;
    expect(element.shadowRoot?.activeElement?.textContent).to.equal('Inlägg 1');
  });

  it('fire events again if the failure changes', async () => {
    const id = uniqueId();
    const element = create({ src: feedUrl({ status: 404, fails: 1, id }) });
    const names = recordEvents(element);
    appendToPage(element);
    while (element.error?.status !== 404) await settle();
    await settle();
    expect(names).to.deep.equal(['loadstart', 'error', 'loadend', 'loadstart', 'error', 'loadend']);
  });

  it("don't show a failure after pagehide, and continue when the visitor returns", async () => {
    const id = uniqueId();
    const element = await mount({ src: feedUrl({ status: 404, fails: 1, id }) });
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    while ((await requestsOf(id)).length < 2) await settle();
    await settle();
    expect(element.error?.status).to.equal(503);
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    while (element.error?.status !== 404) await settle();
  });

  it('stop on removal, and continue when the element returns', async () => {
    const id = uniqueId();
    const element = await mount({ src: feedUrl({ text: rss(items(1)), fails: 1, id }) });
    element.remove();
    await new Promise((resolve) => setTimeout(resolve, 3200)); // longer than the longest first delay
    expect(await requestsOf(id)).to.have.lengthOf(1);
    const loaded = nextEvent(element, 'load');
    appendToPage(element);
    await loaded;
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1']);
  });
});
