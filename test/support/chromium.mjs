// Chromium, and a server with the single file, test/pages under the strict policy, and the feeds: for what a page can't do
// (navigate, go offline, use https:, read its heap).
import { puppeteerCore } from '@web/test-runner-chrome';
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { after, before } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { CHROMIUM_ARGUMENTS, findChromium, wantedEngines } from '../../scripts/browsers.mjs';
import { root } from '../../scripts/run.mjs';
import { handleFeedRequest } from './feed-server.mjs';
import { STRICT_POLICY } from './strict-policy.mjs';

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' };

const isAvailable = wantedEngines().includes('chromium') && Boolean(findChromium());

/** Options of a test that needs Chromium. */
export const driven = { skip: !isAvailable && 'Chromium is missing, or BROWSERS excludes it', timeout: 60_000 };

/** Starts Chromium and the server for the tests of a file. `openRequests` are requests for feeds that haven't ended. */
export function useChromium() {
  const chromium = {};
  before(async () => {
    if (isAvailable) Object.assign(chromium, await start());
  });
  after(() => chromium.end?.());
  return chromium;
}

async function start() {
  if (!existsSync(path.join(root, 'dist/diary-feed.min.js'))) throw new Error('dist/ is missing: npm run build');
  const openRequests = new Set();
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    if (url.pathname === '/feed-server/feed') {
      openRequests.add(request.url);
      response.on('close', () => openRequests.delete(request.url));
    }
    if (handleFeedRequest(request, response)) return;
    const file = path.join(root, path.normalize(url.pathname));
    const type = TYPES[path.extname(file)];
    if (!/^\/(?:dist|test\/pages)\//.test(url.pathname) || !type || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': type, 'content-security-policy': STRICT_POLICY });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await puppeteerCore.launch({ executablePath: findChromium(), args: CHROMIUM_ARGUMENTS });
  return {
    browser,
    origin: `http://127.0.0.1:${server.address().port}`,
    openRequests,
    async end() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Opens a page with the script and no element. */
export async function openPage({ browser, origin }) {
  const page = await browser.newPage();
  await page.goto(`${origin}/test/pages/stage.html`);
  return page;
}

/** Appends an element for that feed. */
export function mount(page, src) {
  return page.evaluate((url) => {
    const element = document.createElement('diary-feed');
    const fallback = document.createElement('a');
    fallback.href = 'https://dagbok.example/';
    fallback.textContent = 'Dagboken';
    element.append(fallback);
    window.events = [];
    for (const type of ['loadstart', 'load', 'error', 'loadend']) {
      element.addEventListener(type, () => window.events.push(type));
    }
    element.src = url;
    document.querySelector('main').append(element);
  }, src);
}

/** Returns what a visitor sees of the element, and its properties. */
export function stateOf(page) {
  return page.evaluate(() => {
    const element = document.querySelector('diary-feed');
    const textsOf = (selector) =>
      [...element.shadowRoot.querySelectorAll(selector)].map((found) => found.textContent.trim());
    return {
      status: element.status,
      code: element.error?.code,
      message: element.error?.message,
      links: textsOf('a'),
      sentence: textsOf('[part=status]').join(),
      buttons: textsOf('button'),
      isFallbackVisible: element.querySelector('a').checkVisibility(),
      events: window.events,
      errors: window.recorded?.errors,
    };
  });
}

/** Resolves when the element has that status, until the time limit of the test. */
export async function waitForStatus(page, status) {
  while ((await stateOf(page)).status !== status) await setTimeout(20);
}
