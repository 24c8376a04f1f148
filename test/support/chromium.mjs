// For what no page can do to itself (leave, go offline, be on https, look into its own heap): Chromium, driven from
// outside, and a server with the built file, test/pages under the strict policy, and the feeds.
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

const isThere = wantedEngines().includes('chromium') && Boolean(findChromium());

/** How a test that needs Chromium is run: not at all where that is not here. */
export const driven = { skip: !isThere && 'Chromium is not here, or BROWSERS leaves it out', timeout: 60_000 };

/**
 * Chromium and the server for the tests of a file: `browser`, `origin`, and `openRequests`, those for feeds that the server
 * has not answered and the browser not ended.
 */
export function useChromium() {
  const chromium = {};
  before(async () => {
    if (isThere) Object.assign(chromium, await start());
  });
  after(() => chromium.end?.());
  return chromium;
}

async function start() {
  if (!existsSync(path.join(root, 'dist/diary-feed.min.js'))) throw new Error('dist/ is not there: npm run build');
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

/** A page that has the script and no element. */
export async function openStage({ browser, origin }) {
  const page = await browser.newPage();
  await page.goto(`${origin}/test/pages/stage.html`);
  return page;
}

/** Puts an element for that feed on a page. */
export function mount(page, src) {
  return page.evaluate((address) => {
    const element = document.createElement('diary-feed');
    const fallback = document.createElement('a');
    fallback.href = 'https://dagbok.example/';
    fallback.textContent = 'Dagboken';
    element.append(fallback);
    window.events = [];
    for (const type of ['loadstart', 'load', 'error', 'loadend']) {
      element.addEventListener(type, () => window.events.push(type));
    }
    element.src = address;
    document.querySelector('main').append(element);
  }, src);
}

/** What a visitor sees of the element, and a program. */
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

/** Ends when the element has that status; the test's own limit is the limit. */
export async function waitForStatus(page, status) {
  while ((await stateOf(page)).status !== status) await setTimeout(20);
}
