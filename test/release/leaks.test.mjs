import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { driven, useChromium } from '../support/chromium.mjs';
import { collectGarbage, readHeap } from '../support/heap.mjs';

const ROUNDS = 10;
/** Elements of each kind in one round. */
const COUNT = 100;

/**
 * Runs in the page: mounts `count` elements of each kind and removes them in a certain state. Returns their number. Each round
 * has other URLs.
 */
async function mountAndRemove(round, count) {
  const stage = document.querySelector('main');
  const feed = (parameters) => `/feed-server/feed?round=${round}&${parameters}`;
  const event = (element, type) => new Promise((resolve) => element.addEventListener(type, resolve, { once: true }));
  const mount = (attributes) => {
    const element = document.createElement('diary-feed');
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(document.createElement('a'));
    stage.append(element);
    return element;
  };
  const loaded = async (attributes) => {
    const element = mount(attributes);
    await event(element, 'loadend');
    return element;
  };

  const kinds = {
    'shows its list': (index) =>
      loaded({ src: feed(`items=3&kind=list&n=${index % 10}`), heading: '', show: 'summary' }),
    'shows more': async (index) => {
      const element = await loaded({ src: feed(`items=9&n=${index % 10}`), more: 3 });
      element.shadowRoot.querySelector('[part=more]').click();
      await element.updateComplete;
      return element;
    },
    'is reloaded': async (index) => {
      const element = await loaded({ src: feed(`items=3&kind=reload&n=${index % 10}`) });
      await element.reload();
      return element;
    },
    'has no entries': () => loaded({ src: feed('text=<rss><channel></channel></rss>') }),
    'has an invalid URL': () => loaded({ src: 'javascript:0' }),
    'has failed': (index) => loaded({ src: feed(`status=404&n=${index % 10}`) }),
    'has failed and waits for a retry': (index) => loaded({ src: feed(`status=503&n=${index % 10}`) }),
    'has failed and waits for the network': (index) => loaded({ src: feed(`reset=1&n=${index % 10}`) }),
    'is loading': async (index) => {
      const element = mount({ src: feed(`items=3&gate=${round}-${index}&n=${index}`) });
      await event(element, 'loadstart');
      return element;
    },
    'is lazy and far away': async () => {
      const element = mount({ src: feed('items=3&kind=lazy'), loading: 'lazy' });
      await element.updateComplete;
      return element;
    },
    'has a feed from a script': async () => {
      const element = mount({});
      element.feed = { entries: [{ title: 'Möten', day: '2026-01-01', categories: [] }] };
      await element.updateComplete;
      return element;
    },
    'was never on the page': async () => {
      const element = mount({ src: feed('items=3&kind=never') });
      element.remove();
      return element;
    },
  };

  stage.style.setProperty('margin-block-start', '100000px'); // lazy elements are far away
  for (const prepare of Object.values(kinds)) {
    const elements = await Promise.all(Array.from({ length: count }, (_, index) => prepare(index)));
    for (const element of elements) element.remove();
  }
  return count * Object.keys(kinds).length;
}

/** Runs before the page: counts timers that have neither fired nor been cleared. */
function countTimers() {
  const { setTimeout, clearTimeout } = window;
  const timers = new Set();
  window.setTimeout = (callback, ...values) => {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        callback();
      },
      ...values,
    );
    timers.add(timer);
    return timer;
  };
  window.clearTimeout = (timer) => {
    timers.delete(timer);
    clearTimeout(timer);
  };
  window.waitingTimers = timers;
}

/** Returns what the page holds after garbage collection. */
async function figuresOf(page, session) {
  await collectGarbage(session);
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name) => metrics.find((entry) => entry.name === name).value;
  const instancesOf = async (expression) => {
    const { result } = await session.send('Runtime.evaluate', { expression: `${expression}.prototype` });
    const { objects } = await session.send('Runtime.queryObjects', { prototypeObjectId: result.objectId });
    const { result: list } = await session.send('Runtime.getProperties', {
      objectId: objects.objectId,
      ownProperties: true,
    });
    await session.send('Runtime.releaseObject', { objectId: objects.objectId });
    await session.send('Runtime.releaseObject', { objectId: result.objectId });
    return list.filter(({ name }) => /^\d+$/.test(name)).length;
  };
  const listenersOf = async (expression) => {
    const { result } = await session.send('Runtime.evaluate', { expression });
    const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId });
    return listeners.length;
  };
  const heap = await sumUp(session);
  return {
    elements: await instancesOf("customElements.get('diary-feed')"),
    abortControllers: await instancesOf('AbortController'),
    intersectionObservers: await instancesOf('IntersectionObserver'),
    mutationObservers: await instancesOf('MutationObserver'),
    documents: metric('Documents'),
    nodes: metric('Nodes'),
    detachedElements: heap.detachedElements,
    listeners: metric('JSEventListeners'),
    listenersOfWindow: await listenersOf('window'),
    listenersOfDocument: await listenersOf('document'),
    timers: await page.evaluate(() => window.waitingTimers.size),
    objects: heap.objects,
  };
}

/** Counts objects and detached elements in the heap. */
async function sumUp(session) {
  let [objects, detachedElements] = [0, 0];
  for (const { type, name, isDetached } of await readHeap(session)) {
    if (['object', 'closure'].includes(type)) objects++;
    // only elements: content of Lit's templates is detached, too
    if (isDetached && name.startsWith('<')) detachedElements++;
  }
  return { objects, detachedElements };
}

describe('ten thousand elements that a script adds and removes', () => {
  const chromium = useChromium();

  it('leave nothing in memory', { ...driven, timeout: 300_000 }, async (test) => {
    const page = await chromium.browser.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.evaluateOnNewDocument(countTimers);
    await page.goto(`${chromium.origin}/test/pages/stage.html`);
    const session = await page.createCDPSession();
    for (const domain of ['Performance', 'HeapProfiler', 'DOM']) await session.send(`${domain}.enable`);

    await page.evaluate(mountAndRemove, 'first', COUNT);
    const before = await figuresOf(page, session);
    let mounts = 0;
    for (let round = 0; round < ROUNDS; round++) mounts += await page.evaluate(mountAndRemove, round, COUNT);
    const after = await figuresOf(page, session);

    test.diagnostic(`${mounts} elements`);
    for (const [name, value] of Object.entries(before))
      test.diagnostic(`${name}: ${value} before, ${after[name]} after`);
    assert.ok(mounts >= 10_000);
    assert.deepEqual(errors, []);
    assert.equal(after.elements, 0);
    // The browser's records vary, and Lit keeps one template for each piece of markup from its first use. A leak would be a
    // thousand: there are as many elements of each kind.
    for (const [name, value] of Object.entries(after)) {
      const limit = ['objects', 'nodes', 'detachedElements'].includes(name) ? mounts / 100 : 0;
      assert.ok(value - before[name] <= limit, `${name}: ${before[name]} before, ${value} after`);
    }
    while (chromium.openRequests.size > 0) await setTimeout(20); // until the time limit of the test
  });
});
