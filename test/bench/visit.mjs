// One visit to a page with an element, in a new browser context with empty caches.
import { setTimeout } from 'node:timers/promises';

/** Milliseconds after which a visit has failed. */
const TIMEOUT_MS = 60_000;

/** Milliseconds after the entries are shown in which long tasks are still counted. */
const AFTER_ENTRIES_MS = 250;

/**
 * Runs in the page before its scripts: reports when the links in the list are the expected ones, in an open shadow root
 * or in the element itself.
 */
function watchForEntries(links, afterEntriesMs) {
  let longestTask = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
  }).observe({ type: 'longtask', buffered: true });
  void customElements.whenDefined('diary-feed').then(() => {
    const element = document.querySelector('diary-feed');
    const list = element.shadowRoot ?? element;
    const observer = new MutationObserver(() => {
      const found = list.querySelectorAll('li a');
      if (found.length !== links.length || !links.every((link, index) => found[index].href === link)) return;
      const insertedAt = performance.now();
      observer.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          const paintedAt = performance.now();
          const [feed] = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/feed.xml'));
          const report = () =>
            window.reportVisit(JSON.stringify({ insertedAt, paintedAt, lastByteAt: feed.responseEnd, longestTask }));
          setTimeout(report, afterEntriesMs);
        };
        port2.postMessage(undefined); // a task after the frame
      });
    });
    observer.observe(list, { childList: true, subtree: true, attributes: true });
  });
}

/**
 * Visits a page. Returns milliseconds since the start of the navigation: `insertedAt` (the entries are in the DOM),
 * `paintedAt` (the first frame with them), `lastByteAt` (of the feed); and the length of the `longestTask`, 0 if none is
 * longer than 50 ms.
 *
 * @param links Expected links of the list.
 */
export async function visitPage(browser, { origin, contender, feed, links, slowdown, network }) {
  const context = await browser.createBrowserContext();
  const finished = new AbortController();
  try {
    const page = await context.newPage();
    const consoleMessages = [];
    page.on('console', (message) => consoleMessages.push(message.text()));
    page.on('pageerror', (error) => consoleMessages.push(String(error)));
    const client = await page.createCDPSession();
    const report = new Promise((resolve) => client.on('Runtime.bindingCalled', ({ payload }) => resolve(payload)));
    await client.send('Runtime.enable');
    await client.send('Runtime.addBinding', { name: 'reportVisit' });
    await page.evaluateOnNewDocument(watchForEntries, links, AFTER_ENTRIES_MS);
    await page.goto(`${origin}/blank`); // starts the page's process before the measured navigation
    if (network) {
      await client.send('Network.enable');
      await client.send('Network.emulateNetworkConditions', { offline: false, ...network });
    }
    if (slowdown) await client.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await client.send('Page.navigate', { url: `${origin}/element?${new URLSearchParams({ contender, feed })}` });
    const timeout = setTimeout(TIMEOUT_MS, undefined, { signal: finished.signal }).catch(() => undefined);
    const payload = await Promise.race([report, timeout]);
    if (!payload) throw new Error([`${contender} with ${feed}: timeout`, ...consoleMessages].join('\n'));
    return JSON.parse(payload);
  } finally {
    finished.abort();
    await context.close();
  }
}
