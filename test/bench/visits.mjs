// One visit: a browser context of its own, with nothing in its caches, and what a page in it measures.
import { setTimeout } from 'node:timers/promises';

/** Milliseconds; a visit that takes longer has failed. */
const PATIENCE = 30_000;

/** A slow mobile network as Lighthouse has it: milliseconds, and bytes a second. */
export const SLOW_4G = { latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };

/** Milliseconds after the entries are shown in which long tasks still count. */
const AFTERMATH = 250;

/**
 * Runs in the page before its own scripts, the same for all contenders: tells when the links of the list are those of
 * the five newest entries, in an open shadow root or in the element itself.
 */
function watch(links, aftermath) {
  const longTasks = [];
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: 'longtask',
    buffered: true,
  });
  const tell = ({ standing, painted }) => {
    const [feed] = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/feed.xml'));
    const { responseStart: firstByte, responseEnd: lastByte } = feed;
    const element = document.querySelector('diary-feed');
    const items = [...(element.shadowRoot ?? element).querySelectorAll('li')].map((item) => ({
      title: item.querySelector('a').textContent.trim(),
      link: item.querySelector('a').href,
      day: item.querySelector('time').dateTime.slice(0, 10),
    }));
    window.tellBench(JSON.stringify({ standing, painted, firstByte, lastByte, longTasks, items }));
  };
  void customElements.whenDefined('diary-feed').then(() => {
    const element = document.querySelector('diary-feed');
    const root = element.shadowRoot ?? element;
    const observer = new MutationObserver(() => {
      const found = root.querySelectorAll('li a');
      if (found.length !== links.length || !links.every((link, index) => found[index].href === link)) return;
      const standing = performance.now();
      observer.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          const painted = performance.now();
          setTimeout(() => tell({ standing, painted }), aftermath);
        };
        port2.postMessage(undefined); // a task behind the frame
      });
    });
    observer.observe(root, { childList: true, subtree: true, attributes: true });
  });
}

/** Takes a page of a new context through `use`, and ends both. */
async function inNewContext(browser, use) {
  const context = await browser.createBrowserContext();
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

/** What the page tells; where it tells nothing, an error with what stands on its console. */
async function withPatience(page, what, promise) {
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  const ended = new AbortController();
  const late = setTimeout(PATIENCE, undefined, { signal: ended.signal }).then(
    () =>
      Promise.reject(new Error([`${what}: not the wanted entries within ${PATIENCE / 1000} s`, ...visually-hidden].join('\n'))),
    () => undefined,
  );
  try {
    return await Promise.race([promise, late]);
  } finally {
    ended.abort();
  }
}

/**
 * Visits a page with an element. Gives milliseconds since the navigation began: `firstByte` and `lastByte` of the feed,
 * `standing`: the entries are in the tree of the page, `painted`: the first frame with them is made; `longTasks` of 50 ms
 * or more; and the `items` of the list.
 *
 * @param links Those of the list that is waited for.
 */
export function visitElement(browser, { origin, element, feed, links, slowdown = 1, network, aftermath = AFTERMATH }) {
  return inNewContext(browser, async (page) => {
    const devtools = await page.createCDPSession();
    const told = new Promise((resolve) => devtools.on('Runtime.bindingCalled', ({ payload }) => resolve(payload)));
    await devtools.send('Runtime.enable');
    await devtools.send('Runtime.addBinding', { name: 'tellBench' });
    await page.evaluateOnNewDocument(watch, links, aftermath);
    await page.goto(`${origin}/blank`); // the process of the page is there before the clock runs
    if (network) {
      await devtools.send('Network.enable');
      await devtools.send('Network.emulateNetworkConditions', { offline: false, ...network });
    }
    if (slowdown > 1) await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const url = `${origin}/element?${new URLSearchParams({ element, feed })}`;
    const navigated = devtools.send('Page.navigate', { url });
    return JSON.parse(
      await withPatience(
        page,
        `${element} with ${feed}`,
        navigated.then(() => told),
      ),
    );
  });
}

/** Runs in the page: reads a feed once, then again for `budget` milliseconds. */
async function readAgain(reader, feed, budget) {
  const [{ read }, response] = await Promise.all([import(`/readers/${reader}.js`), fetch(`/feed.xml?${feed}`)]);
  const bytes = new Uint8Array(await response.arrayBuffer());
  let count = 0;
  const readOnce = async () => {
    const start = performance.now();
    const entries = await read(bytes);
    const end = performance.now();
    count = entries.length;
    return end - start;
  };
  const cold = await readOnce();
  const times = [];
  const end = performance.now() + budget;
  while (times.length < 3 || performance.now() < end) times.push(await readOnce());
  // the first half is for the compiler to warm up
  const warm = times.slice(times.length >> 1).toSorted((one, other) => one - other);
  return { cold, warm: warm[warm.length >> 1], count };
}

/** Reads a feed in a new page. Gives milliseconds: `cold`, the first reading, and `warm`, the median of later ones. */
export function visitReader(browser, { origin, reader, feed, budget }) {
  return inNewContext(browser, async (page) => {
    await page.goto(`${origin}/isolated`);
    return withPatience(page, `${reader} with ${feed}`, page.evaluate(readAgain, reader, feed, budget));
  });
}
