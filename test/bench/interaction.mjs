// node test/bench/interaction.mjs: how long a press of the button for more, and reload() from the browser's own cache, keep the
// page's main thread at a time, on a processor four times slower; after npm run build. Medians of the longest task, of what
// the element's script takes of it, and of all work until two frames later, in milliseconds of the thread's own time.
import { puppeteerCore } from '@web/test-runner-chrome';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { CHROMIUM_ARGUMENTS, findChromium } from '../../scripts/browsers.mjs';
import { root } from '../../scripts/run.mjs';
import { handleFeedRequest } from '../support/feed-server.mjs';
import { traceOf } from '../support/trace.mjs';

const ROUNDS = 9;
const SLOWER = 4;

/** Milliseconds of a frame at sixty a second. */
const FRAME = 1000 / 60;

const more = (page) =>
  page.evaluate(() => document.querySelector('diary-feed').shadowRoot.querySelector('[part=more]').click());
const reload = (page) => page.evaluate(() => document.querySelector('diary-feed').reload());

const CASES = {
  '5 more of 20, dates': [more, { items: 20, more: 5 }],
  '5 more of 20, dates and summaries': [more, { items: 20, more: 5, show: 'date summary' }],
  '50 more of 200, dates': [more, { items: 200, more: 50 }],
  '50 more of 200, dates and summaries': [more, { items: 200, more: 50, show: 'date summary' }],
  'reload() of 20': [reload, { items: 20, show: 'date summary' }],
  'reload() of 200': [reload, { items: 200, show: 'date summary' }],
};

const PAGE =
  '<!doctype html><html lang="sv"><title>Mer</title><script src="/dist/diary-feed.min.js"></script><main></main>';

const server = createServer((request, response) => {
  if (handleFeedRequest(request, response)) return;
  if (request.url === '/dist/diary-feed.min.js') {
    response.writeHead(200, { 'content-type': 'text/javascript' });
    createReadStream(path.join(root, request.url)).pipe(response);
  } else response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await puppeteerCore.launch({ executablePath: findChromium(), args: CHROMIUM_ARGUMENTS });

/** Runs within the page. */
function show(attributes) {
  const element = document.createElement('diary-feed');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  const shown = new Promise((resolve) => element.addEventListener('loadend', () => resolve()));
  document.querySelector('main').append(element);
  return shown;
}

async function measure([act, { items, ...attributes }]) {
  const page = await browser.newPage();
  await page.goto(`${origin}/`);
  const cached = new URLSearchParams({ items, length: 300, cache: 'max-age=600', etag: '"one"' });
  await page.evaluate(show, { ...attributes, src: `/feed-server/feed?${cached}` });
  await new Promise((resolve) => setTimeout(resolve, 200));
  await page.emulateCPUThrottling(SLOWER);
  const events = await traceOf(page, () => act(page));
  await page.close();

  const tasks = events.filter(({ name }) => name === 'RunTask');
  const milliseconds = (list) => list.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000;
  const longest = tasks.reduce((one, other) => (other.tdur > one.tdur ? other : one));
  const within = events.filter(({ ts, dur }) => ts >= longest.ts && ts + dur <= longest.ts + longest.dur);
  const layout = milliseconds(within.filter(({ name }) => ['Layout', 'UpdateLayoutTree'].includes(name)));
  return [milliseconds([longest]), milliseconds([longest]) - layout, milliseconds(tasks)];
}

const results = Object.fromEntries(Object.keys(CASES).map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round++)
  for (const [name, options] of Object.entries(CASES)) results[name].push(await measure(options));

const median = (values) => values.sort((one, other) => one - other)[values.length >> 1];
const row = (cells) => cells.map((cell, index) => (index ? String(cell).padStart(14) : cell.padEnd(38))).join('');
console.log(row([`${SLOWER}x slower, medians of ${ROUNDS}`, 'longest task', 'without layout', 'all work']));
for (const [name, rounds] of Object.entries(results))
  console.log(row([name, ...[0, 1, 2].map((index) => median(rounds.map((round) => round[index])).toFixed(1))]));
console.log(`a frame is ${FRAME.toFixed(1)}`);
await browser.close();
server.close();
server.closeAllConnections();
