import { expect } from 'chai';
import { items, rss } from '../support/feeds.js';
import { create, eventOf, isFallbackShown, mount, one, place, recordEvents, textsOf } from '../support/element.js';
import { aborted, arrived, feedUrl, openGate, requestsOf, uniqueId } from '../support/server.js';
import type { DiaryFeedElement } from '../../src/index.js';

function titlesOf(element: DiaryFeedElement): string[] {
  return textsOf(element, '[part=link]');
}

/** Long enough for an answer that is on its way over loopback to do harm, were it not ignored. */
function settle(): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve, 150));
}

describe('the events', () => {
  it('come in the platform’s order after a success', async () => {
    const element = create({ src: feedUrl({ text: rss(items(1)) }) });
    const names = recordEvents(element);
    const ended = eventOf(element, 'loadend');
    place(element);
    await ended;
    expect(names).to.deep.equal(['loadstart', 'load', 'loadend']);
  });

  it('come in the platform’s order after a failure', async () => {
    const element = create({ src: feedUrl({ status: 404 }) });
    const names = recordEvents(element);
    const ended = eventOf(element, 'loadend');
    place(element);
    await ended;
    expect(names).to.deep.equal(['loadstart', 'error', 'loadend']);
  });

  it('come even where the address is wrong', async () => {
    const element = create({ src: 'ftp://dagbok.example/' });
    const names = recordEvents(element);
    const ended = eventOf(element, 'loadend');
    place(element);
    await ended;
    expect(names).to.deep.equal(['loadstart', 'error', 'loadend']);
  });

  it('neither bubble nor leave a shadow tree', async () => {
    const element = create({ src: feedUrl({ status: 404 }) });
    const seen: boolean[] = [];
    for (const type of ['loadstart', 'error', 'loadend']) {
      element.addEventListener(type, (event) => seen.push(event.bubbles || event.composed));
    }
    const ended = eventOf(element, 'loadend');
    place(element);
    await ended;
    expect(seen).to.deep.equal([false, false, false]);
  });

  it('are sent when the view shows what they say', async () => {
    const gate = uniqueId();
    const element = create({ src: feedUrl({ text: rss(items(2)), gate }) });
    const seen: unknown[] = [];
    element.addEventListener('loadstart', () => seen.push(element.status, titlesOf(element)));
    element.addEventListener('load', () => seen.push(element.status, titlesOf(element)));
    const ended = eventOf(element, 'loadend');
    place(element);
    await eventOf(element, 'loadstart');
    await openGate(gate);
    await ended;
    expect(seen).to.deep.equal(['loading', [], 'ready', ['Inlägg 1', 'Inlägg 2']]);
  });

  it('carry the error', async () => {
    const element = create({ src: feedUrl({ status: 410 }) });
    const failed = eventOf<ErrorEvent>(element, 'error');
    place(element);
    const event = await failed;
    expect(event.error === element.error).to.equal(true);
    expect(event.message).to.equal(element.error?.message);
  });
});

describe('a load', () => {
  it('carries no cookies, no referrer and asks no permission first', async () => {
    document.cookie = 'secret=1; path=/';
    const id = uniqueId();
    await mount({ src: feedUrl({ text: rss(items(1)), id }) });
    document.cookie = 'secret=; path=/; max-age=0';
    const [request, ...others] = await requestsOf(id);
    expect(others).to.have.lengthOf(0);
    expect(request?.method).to.equal('GET');
    expect(request?.headers).to.not.have.any.keys('cookie', 'referer', 'authorization');
  });

  it('is not begun without a src', async () => {
    const element = create();
    const names = recordEvents(element);
    place(element);
    await settle();
    expect([element.status, names.length]).to.deep.equal(['idle', 0]);
  });

  it('is begun when src is given later', async () => {
    const element = create();
    place(element);
    const loaded = eventOf(element, 'load');
    element.src = feedUrl({ text: rss(items(1)) });
    await loaded;
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1']);
  });

  it('is given up when src changes meanwhile: the newest wins, and the old answer is ignored', async () => {
    const gate = uniqueId();
    const element = create({ src: feedUrl({ text: rss(items(3)), gate }) });
    place(element);
    await eventOf(element, 'loadstart');
    const names = recordEvents(element);
    const loaded = eventOf(element, 'loadend');
    element.src = feedUrl({ text: rss(items(1)) });
    await loaded;
    await openGate(gate);
    await settle();
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1']);
    expect(names).to.deep.equal(['loadstart', 'load', 'loadend']);
  });

  it('of another src drops the old entries at once', async () => {
    const gate = uniqueId();
    const element = await mount({ src: feedUrl({ text: rss(items(3)) }) });
    const started = eventOf(element, 'loadstart');
    element.src = feedUrl({ text: rss(items(1)), gate });
    await started;
    expect(titlesOf(element)).to.deep.equal([]);
    expect(isFallbackShown(element)).to.equal(true);
    await Promise.all([eventOf(element, 'load'), openGate(gate)]);
  });

  it('is not begun anew by a src that is written again as it was', async () => {
    const id = uniqueId();
    const src = feedUrl({ text: rss(items(1)), id });
    const element = await mount({ src });
    element.setAttribute('src', src);
    await settle();
    expect(await requestsOf(id)).to.have.lengthOf(1);
  });

  it('is given up when the element is taken away, and begun anew when it returns', async () => {
    const [gate, id] = [uniqueId(), uniqueId()];
    const element = create({ src: feedUrl({ text: rss(items(1)), gate, id }) });
    place(element);
    await arrived(id);
    element.remove();
    await settle();
    expect(element.status).to.equal('idle');
    await openGate(gate);
    const loaded = eventOf(element, 'load');
    place(element);
    await loaded;
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1']);
    expect(await requestsOf(id)).to.have.lengthOf(2);
  });

  it('is ended on the wire when nobody waits for it', async () => {
    const id = uniqueId();
    const element = create({ src: feedUrl({ text: rss(items(1)), gate: uniqueId(), id }) });
    place(element);
    await arrived(id);
    element.remove();
    await aborted(id);
  });

  it('says nothing of itself where a listener has asked for another meanwhile', async () => {
    const element = create({ src: feedUrl({ text: rss(items(1)) }) });
    const names = recordEvents(element);
    const second = feedUrl({ text: rss(items(2)) });
    element.addEventListener('load', () => (element.src = second), { once: true });
    place(element);
    while (element.entries.length < 2) await settle();
    expect(names).to.deep.equal(['loadstart', 'load', 'loadend', 'loadstart', 'load', 'loadend']);
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1', 'Inlägg 2']);
  });

  it('that was given up while entries are held leaves what was there', async () => {
    const element = await mount({ src: feedUrl({ text: rss(items(1)), fails: 2, id: uniqueId() }) });
    expect(element.status).to.equal('failed');
    const started = eventOf(element, 'loadstart');
    void element.reload();
    await started;
    element.remove();
    await settle();
    expect([element.status, element.error?.status]).to.deep.equal(['failed', 503]);
  });

  it('of an address that is only written in another way is not begun', async () => {
    const id = uniqueId();
    const element = await mount({ src: feedUrl({ text: rss(items(1)), id }).replace(location.origin, '') });
    const { src } = element;
    element.src = src;
    await settle();
    expect(await requestsOf(id)).to.have.lengthOf(1);
  });

  it('shows nothing and says nothing when its answer comes after removal', async () => {
    const gate = uniqueId();
    const element = create({ src: feedUrl({ text: rss(items(1)), gate }) });
    place(element);
    await eventOf(element, 'loadstart');
    const names = recordEvents(element);
    element.remove();
    await openGate(gate);
    await settle();
    expect([element.status, names.length]).to.deep.equal(['idle', 0]);
  });

  it('goes on when the element is moved', async () => {
    const [gate, id] = [uniqueId(), uniqueId()];
    const element = create({ src: feedUrl({ text: rss(items(1)), gate, id }) });
    place(element);
    await eventOf(element, 'loadstart');
    const loaded = eventOf(element, 'load');
    place(element);
    await openGate(gate);
    await loaded;
    expect(await requestsOf(id)).to.have.lengthOf(1);
  });

  it('is not repeated when a ready element returns', async () => {
    const id = uniqueId();
    const element = await mount({ src: feedUrl({ text: rss(items(1)), id }) });
    element.remove();
    await settle();
    place(element);
    await settle();
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1']);
    expect(await requestsOf(id)).to.have.lengthOf(1);
  });

  it('is one for two elements with one address', async () => {
    const [gate, id] = [uniqueId(), uniqueId()];
    const src = feedUrl({ text: rss(items(1)), gate, id });
    const elements = [create({ src }), create({ src })];
    const loaded = elements.map((element) => eventOf(element, 'load'));
    for (const element of elements) place(element);
    await openGate(gate);
    await Promise.all(loaded);
    expect(elements.map(titlesOf)).to.deep.equal([['Inlägg 1'], ['Inlägg 1']]);
    expect(await requestsOf(id)).to.have.lengthOf(1);
  });

  it('goes on for one element when the other with its address is taken away', async () => {
    const [gate, id] = [uniqueId(), uniqueId()];
    const src = feedUrl({ text: rss(items(1)), gate, id });
    const [leaving, staying] = [create({ src }), create({ src })];
    const loaded = eventOf(staying, 'load');
    place(leaving);
    place(staying);
    await eventOf(leaving, 'loadstart');
    leaving.remove();
    await settle();
    await openGate(gate);
    await loaded;
    expect(titlesOf(staying)).to.deep.equal(['Inlägg 1']);
    expect(await requestsOf(id)).to.have.lengthOf(1);
  });
});

describe('reload', () => {
  it('asks anew, keeps the entries meanwhile, and ends when the new ones are shown', async () => {
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

  it('takes the src of the same moment, once, past caches', async () => {
    const [before, after] = [uniqueId(), uniqueId()];
    const element = await mount({ src: feedUrl({ text: rss(items(1)), id: before }) });
    element.src = feedUrl({ text: rss(items(2)), id: after });
    await element.reload();
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1', 'Inlägg 2']);
    expect(await requestsOf(before)).to.have.lengthOf(1);
    const [request, ...others] = await requestsOf(after);
    expect(others).to.have.lengthOf(0);
    expect(request?.headers['cache-control']).to.match(/no-cache|max-age=0/);
  });

  it('never rejects, even where a text of the page’s own cannot be rendered', async () => {
    const element = await mount({ src: feedUrl({ text: rss(items(1)) }) });
    Object.defineProperty(element, 'render', {
      configurable: true,
      value: () => {
        throw new Error('a broken template');
      },
    });
    const quiet = (event: Event): void => event.preventDefault(); // Lit lets the page hear of it too
    addEventListener('unhandledrejection', quiet);
    await element.reload();
    await settle();
    removeEventListener('unhandledrejection', quiet);
    expect(element.status).to.equal('ready');
    Reflect.deleteProperty(element, 'render');
  });

  it('asks past caches that cannot vouch for their answer', async () => {
    const id = uniqueId();
    const element = await mount({ src: feedUrl({ text: rss(items(1)), id }) });
    await element.reload();
    const [, second] = await requestsOf(id);
    expect(second?.headers['cache-control']).to.match(/no-cache|max-age=0/);
  });

  it('during a load takes its place', async () => {
    const [gate, id] = [uniqueId(), uniqueId()];
    const element = create({ src: feedUrl({ text: rss(items(1)), gate, id }) });
    place(element);
    await eventOf(element, 'loadstart');
    const names = recordEvents(element);
    const reloaded = element.reload();
    await openGate(gate);
    await reloaded;
    await settle();
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1']);
    expect(names).to.deep.equal(['loadstart', 'load', 'loadend']);
  });

  it('twice at once ends both promises with the newer load', async () => {
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

  it('never rejects: a failure keeps the entries, says so and offers another try', async () => {
    const element = await mount({ src: feedUrl({ text: rss(items(2)) }) });
    const { fetch } = globalThis;
    globalThis.fetch = () => Promise.reject(new TypeError('no network'));
    await element.reload().finally(() => (globalThis.fetch = fetch));
    expect([element.status, element.error?.code]).to.deep.equal(['failed', 'network']);
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1', 'Inlägg 2']);
    expect(isFallbackShown(element)).to.equal(false);
    expect(textsOf(element, '[role=status]')).to.deep.equal([
      'Det gick inte att hämta nya inlägg. Listan kan vara inaktuell.',
    ]);
    expect(textsOf(element, '[part=retry]')).to.deep.equal(['Försök igen']);
  });

  it('without a src does nothing', async () => {
    const element = create();
    place(element);
    await element.reload();
    expect(element.status).to.equal('idle');
  });

  it('off the page waits until the element is on it, and then asks past caches', async () => {
    const id = uniqueId();
    const element = create({ src: feedUrl({ text: rss(items(1)), id }) });
    await element.reload();
    expect(await requestsOf(id)).to.have.lengthOf(0);
    const loaded = eventOf(element, 'load');
    place(element);
    await loaded;
    expect((await requestsOf(id))[0]?.headers['cache-control']).to.match(/no-cache|max-age=0/);
  });
});

describe('the button that tries again', () => {
  it('shows the entries when the feed is back, and gives their first link the focus', async () => {
    const [gate, id] = [uniqueId(), uniqueId()];
    const src = feedUrl({ text: rss(items(1)), fails: 1, id, gate });
    await openGate(gate);
    const element = await mount({ src });
    expect(element.error?.status).to.equal(503);
    const loaded = eventOf(element, 'load');
    one(element, '[part=retry]')?.focus();
    one(element, '[part=retry]')?.click();
    await loaded;
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1']);
    expect(element.shadowRoot?.activeElement?.textContent).to.equal('Inlägg 1');
    expect(textsOf(element, '[part=retry]')).to.deep.equal([]);
  });

  it('takes no focus that has gone elsewhere meanwhile, and tries once however often it is pressed', async () => {
    const [gate, id] = [uniqueId(), uniqueId()];
    const element = await mount({ src: feedUrl({ text: rss(items(2)), fails: 1, id }) });
    const fallback = element.querySelector('a');
    const button = one(element, '[part=retry]');
    button?.focus();
    const loaded = eventOf(element, 'load');
    button?.click();
    button?.click();
    await openGate(gate);
    const other = document.createElement('button');
    place(other);
    other.focus();
    await loaded;
    expect([document.activeElement === other, fallback?.checkVisibility()]).to.deep.equal([true, false]);
    expect(await requestsOf(id)).to.have.lengthOf(2);
  });

  it('gives the focus to the fallback where the feed turns out to be empty', async () => {
    const element = await mount({ src: feedUrl({ text: rss(''), fails: 1, id: uniqueId() }) });
    const loaded = eventOf(element, 'load');
    one(element, '[part=retry]')?.focus();
    one(element, '[part=retry]')?.click();
    await loaded;
    expect(document.activeElement === element.querySelector('a')).to.equal(true);
  });

  it('says at once that it tries', async () => {
    const element = await mount({ src: feedUrl({ status: 503 }) });
    const started = eventOf(element, 'loadstart');
    one(element, '[part=retry]')?.click();
    await started;
    expect(textsOf(element, '[role=status]')).to.deep.equal(['Hämtar inlägg …']);
  });

  it('keeps the focus while it tries, and when it fails again', async () => {
    const element = await mount({ src: feedUrl({ status: 503 }) });
    const button = one(element, '[part=retry]');
    button?.focus();
    const started = eventOf(element, 'loadstart');
    const ended = eventOf(element, 'loadend');
    button?.click();
    await started;
    const isFocused = (): boolean => element.shadowRoot?.activeElement === button;
    expect([isFocused(), button?.getAttribute('aria-disabled')]).to.deep.equal([true, 'true']);
    await ended;
    expect([isFocused(), button?.hasAttribute('aria-disabled')]).to.deep.equal([true, false]);
  });
});

describe('loading="lazy"', () => {
  /** Far below the viewport, and nothing else on the page that high. */
  function placeFarAway(element: HTMLElement): void {
    const distance = document.createElement('div');
    distance.style.paddingTop = '10000px';
    distance.append(element);
    place(distance);
  }

  it('fetches nothing while the element is far away, and starts when it comes near', async () => {
    const id = uniqueId();
    const element = create({ src: feedUrl({ text: rss(items(1)), id }), loading: 'lazy' });
    placeFarAway(element);
    await settle();
    expect([element.status, (await requestsOf(id)).length]).to.deep.equal(['idle', 0]);
    const loaded = eventOf(element, 'load');
    element.scrollIntoView();
    await loaded;
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1']);
    scrollTo(0, 0);
  });

  it('starts at once where the element is in view', async () => {
    const element = await mount({ src: feedUrl({ text: rss(items(1)) }), loading: 'lazy' });
    expect(element.status).to.equal('ready');
  });

  it('starts when the page is printed', async () => {
    const element = create({ src: feedUrl({ text: rss(items(1)) }), loading: 'lazy' });
    placeFarAway(element);
    await settle();
    const loaded = eventOf(element, 'load');
    dispatchEvent(new Event('beforeprint'));
    await loaded;
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1']);
  });

  it('starts when it is no longer lazy', async () => {
    const element = create({ src: feedUrl({ text: rss(items(1)) }), loading: 'lazy' });
    placeFarAway(element);
    await settle();
    const loaded = eventOf(element, 'load');
    element.loading = 'eager';
    await loaded;
    expect(element.status).to.equal('ready');
  });
});

describe('automatic retries', () => {
  it('run behind a failure that may heal, which is told once, and end in the entries', async () => {
    const id = uniqueId();
    const element = create({ src: feedUrl({ text: rss(items(2)), fails: 1, id }) });
    const names = recordEvents(element);
    const loaded = eventOf(element, 'load');
    place(element);
    await eventOf(element, 'error');
    expect([element.status, textsOf(element, '[part=retry]')]).to.deep.equal(['failed', ['Försök igen']]);
    await loaded;
    await settle();
    expect(names).to.deep.equal(['loadstart', 'error', 'loadend', 'loadstart', 'load', 'loadend']);
    expect([element.status, textsOf(element, '[role=status]')[0]]).to.deep.equal(['ready', '2 inlägg']);
    expect(await requestsOf(id)).to.have.lengthOf(2);
  });

  it('do not flicker: the sentence and the button stay while one runs', async () => {
    const [gate, id] = [uniqueId(), uniqueId()];
    const element = await mount({ src: feedUrl({ text: rss(items(1)), fails: 1, id, 'body-gate': gate }) });
    const button = one(element, '[part=retry]');
    button?.focus();
    while ((await requestsOf(id)).length < 2) await settle();
    expect([element.status, element.shadowRoot?.activeElement === button]).to.deep.equal(['failed', true]);
    const loaded = eventOf(element, 'load');
    await openGate(gate);
    await loaded;
    expect(element.shadowRoot?.activeElement?.textContent).to.equal('Inlägg 1');
  });

  it('tell what is new: another failure', async () => {
    const id = uniqueId();
    const element = create({ src: feedUrl({ status: 404, fails: 1, id }) });
    const names = recordEvents(element);
    place(element);
    while (element.error?.status !== 404) await settle();
    await settle();
    expect(names).to.deep.equal(['loadstart', 'error', 'loadend', 'loadstart', 'error', 'loadend']);
  });

  it('are given up on removal, and go on when the element returns', async () => {
    const id = uniqueId();
    const element = await mount({ src: feedUrl({ text: rss(items(1)), fails: 1, id }) });
    element.remove();
    await new Promise((resolve) => setTimeout(resolve, 2500)); // longer than any first wait
    expect(await requestsOf(id)).to.have.lengthOf(1);
    const loaded = eventOf(element, 'load');
    place(element);
    await loaded;
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1']);
  });

  it('of a network that failed before any success wait until the browser is online again', async () => {
    const id = uniqueId();
    const src = feedUrl({ text: rss(items(1)), id });
    const { fetch } = globalThis;
    globalThis.fetch = () => Promise.reject(new TypeError('no network'));
    const element = await mount({ src }).finally(() => (globalThis.fetch = fetch));
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect([element.status, (await requestsOf(id)).length]).to.deep.equal(['failed', 0]);
    const loaded = eventOf(element, 'load');
    dispatchEvent(new Event('online'));
    await loaded;
    expect(titlesOf(element)).to.deep.equal(['Inlägg 1']);
  });
});
