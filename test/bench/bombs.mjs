// npm run bombs [-- PART-OF-A-NAME …]: every bomb of test/support/bombs.mjs read and shown by the element as built, on a page
// of a real Chromium. Prints how each ended, how long the page could not answer at most, and the memory that it took;
// ends with 1 where the page stood still for longer than is promised.
import { puppeteerCore } from '@web/test-runner-chrome';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { CHROMIUM_ARGUMENTS, findChromium } from '../../scripts/browsers.mjs';
import { root } from '../../scripts/run.mjs';
import { BOMBS } from '../support/bombs.mjs';
import { handleFeedRequest } from '../support/feed-server.mjs';

/** Milliseconds for which a page may stand still, whatever the feed. */
const MAX_BLOCK = 250;

/** One that stands still for longer is ended. */
const PATIENCE = 90_000;

/** A block may be the machine's own: the least of so many tries counts. */
const TRIES = 3;

/** What is no bomb of its own, and what the others are compared with. */
const ANSWERS = {
  'reference: the diary': 'items=1000',
  'gzip of 50 MB': `gzip=1&bomb=${encodeURIComponent('50 MB of white space')}`,
  'an answer without end': 'endless=1',
  ...Object.fromEntries(BOMBS.map((name) => [name, `bomb=${encodeURIComponent(name)}`])),
};

const PAGE = '<!doctype html><html lang="sv"><title>Bomber</title><script src="/dist/diary-feed.min.js"></script><p>';

const server = createServer((request, response) => {
  if (handleFeedRequest(request, response)) return;
  if (request.url === '/dist/diary-feed.min.js') {
    response.writeHead(200, { 'content-type': 'text/javascript' });
    createReadStream(path.join(root, request.url)).pipe(response);
  } else response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

const launch = () =>
  puppeteerCore.launch({
    executablePath: findChromium(),
    protocolTimeout: PATIENCE,
    args: [...CHROMIUM_ARGUMENTS, '--enable-precise-memory-info'],
  });

/** Runs within the page. */
async function show(src) {
  let longest = 0;
  let peak = 0;
  let last = performance.now();
  let isOver = false;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    peak = Math.max(peak, performance.memory.usedJSHeapSize);
    if (!isOver) setTimeout(() => port2.postMessage(0), 1);
  };
  let longestTask = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
  });
  observer.observe({ type: 'longtask' });
  port2.postMessage(0);

  const element = document.createElement('diary-feed');
  for (const [name, value] of Object.entries({
    src,
    heading: '',
    show: 'date summary author category image',
    limit: 50,
    more: 50,
    timeout: 60_000,
  }))
    element.setAttribute(name, value);
  const start = performance.now();
  const ended = new Promise((resolve) => element.addEventListener('loadend', resolve));
  document.body.append(element);
  await ended;
  // what was read is laid out and painted too
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise((resolve) => setTimeout(resolve, 60));
  const total = performance.now() - start - 60;
  isOver = true;
  observer.disconnect();
  const end = element.error?.code ?? `${element.status} ${element.feed.entries.length}`;
  return { end, total, longest, longestTask, peak };
}

let browser = await launch();

async function measure(query) {
  const page = await browser.newPage();
  try {
    await page.goto(`${origin}/`);
    const devtools = await page.createCDPSession();
    const heap = async () => {
      await devtools.send('HeapProfiler.collectGarbage');
      return (await devtools.send('Runtime.getHeapUsage')).usedSize;
    };
    const before = await heap();
    const result = await page.evaluate(show, `${origin}/feed-server/feed?${query}`);
    return { ...result, before, after: await heap() };
  } catch (error) {
    browser.process().kill('SIGKILL');
    browser = await launch();
    return { end: error.message.slice(0, 30), total: Infinity, longest: Infinity, longestTask: Infinity, peak: 0, before: 0, after: 0 }; // prettier-ignore
  } finally {
    await page.close().catch(() => {});
  }
}

const wanted = process.argv.slice(2);
const names = Object.keys(ANSWERS).filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));

const megabytes = (bytes) => (bytes / 1_000_000).toFixed(0);
const row = (cells) => cells.map((cell, index) => (index ? String(cell).padStart(9) : cell.padEnd(46))).join(' ');
console.log(row(['bomb', 'end', 'total ms', 'block ms', 'task ms', 'heap MB', 'peak', 'after']));

let worst = 0;
for (const name of names) {
  let best;
  for (let attempt = 0; attempt < TRIES && !(best?.longest <= MAX_BLOCK); attempt++) {
    const result = await measure(ANSWERS[name]);
    if (!best || result.longest < best.longest) best = result;
    if (result.longest > 4 * MAX_BLOCK) break; // no machine's own
  }
  const { end, total, longest, longestTask, before, peak, after } = best;
  worst = Math.max(worst, longest);
  console.log(
    row([name, end, ...[total, longest, longestTask].map(Math.round), ...[before, peak, after].map(megabytes)]),
  );
}
console.log(`${names.length} answers, longest block ${Math.round(worst)} ms, at most ${MAX_BLOCK} wanted`);
await browser.close();
server.close();
server.closeAllConnections();
process.exitCode = worst > MAX_BLOCK ? 1 : 0;
