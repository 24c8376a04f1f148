// Layout shift of a page, as Chromium measures it (Layout Instability API): the moved part of the viewport times the distance.
// It is zero with the rules in the docs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { root } from '../../scripts/run.mjs';
import { driven, useChromium, waitForStatus } from '../support/chromium.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');

/** The rules of the docs, with the height of the ready list. */
const rulesFor = (height) => `
  diary-feed { --diary-feed-reserve: ${height}px; }
  @media (scripting: enabled) {
    diary-feed:not(:defined) { display: block; min-block-size: var(--diary-feed-reserve); }
  }`;

/** High enough to show the content below the list. */
const HIGH = 1700;

const VIEWPORTS = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
];

/** Limit for a good page (Core Web Vitals). */
const GOOD = 0.1;

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.xml': 'application/rss+xml',
};

/** Returns a page with all content inside the viewport. */
const pageWith = ({ attributes, rules = '', isScriptSlow = false }) => `<!doctype html>
<html lang="sv">
  <meta name="viewport" content="width=device-width">
  <title>Kommunen</title>
  <style>${rules}</style>
  <script ${isScriptSlow ? 'async' : ''} src="/dist/diary-feed.min.js"></script>
  <h1>Kommunen</h1>
  <diary-feed src="/feed" ${attributes}>
    <a href="https://dagbok.example/">Kommunchefens dagbok</a>
    <p slot="footer">Dagboken skrivs av kommunchefen.</p>
  </diary-feed>
  ${'<p>Det här står under listan.</p>'.repeat(40)}`;

/** Runs before the page: records layout shifts from the first paint on. */
function recordShifts() {
  window.shifts = [];
  const describe = ({ node, previousRect: from, currentRect: to }) =>
    `${node?.nodeName} ${node?.textContent.trim().slice(0, 40)} from ${from.y} to ${to.y}`;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries())
      window.shifts.push({
        value,
        hadRecentInput,
        isOfPage: sources.some(({ node }) => node), // not in the shadow root
        what: sources.map(describe),
      });
  }).observe({ type: 'layout-shift', buffered: true });
}

const sumOf = (shifts) => shifts.reduce((sum, { value }) => sum + value, 0);

const chromium = useChromium();

/**
 * Opens a page: HTML, or a path of the demo. The script arrives at once, or after the first paint (`isScriptSlow`). `feed` has the
 * response and its delay in milliseconds.
 */
async function visit({ viewport, html, demo = '', isScriptSlow = false, feed = {} }) {
  const page = await chromium.browser.newPage();
  await page.setViewport(viewport);
  await page.evaluateOnNewDocument(recordShifts);
  let releaseScript;
  const isReleased = new Promise((resolve) => (releaseScript = resolve));
  const respond = async (request) => {
    const { pathname } = new URL(request.url());
    const type = TYPES[path.extname(pathname)];
    if (pathname === '/page') return request.respond({ contentType: TYPES['.html'], body: html });
    if (pathname.startsWith('/demo/')) return request.respond({ contentType: type, body: read(pathname) });
    if (pathname.startsWith('/dist/')) await isReleased;
    if (pathname !== '/feed') return request.continue();
    await setTimeout(feed.delay);
    if (feed.status) return request.respond({ status: feed.status });
    if (feed.isEmpty) return request.continue({ url: `${chromium.origin}/feed-server/feed?items=0` });
    return request.continue({ url: `${chromium.origin}/feed-server/feed?items=20&length=200` });
  };
  await page.setRequestInterception(true);
  page.on('request', (request) => void respond(request));
  const navigated = new Promise((resolve) => page.once('framenavigated', resolve));
  const loaded = page.goto(`${chromium.origin}${demo || '/page'}`);
  await navigated;
  if (isScriptSlow) await page.waitForFunction(() => performance.getEntriesByType('paint').length > 0);
  releaseScript();
  await loaded;
  return page;
}

/** Returns the shifts since the last call, everything painted by now included. */
async function shiftsOf(page) {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    await new Promise((resolve) => window.setTimeout(resolve, 30));
    return window.shifts.splice(0);
  });
}

async function press(page, part) {
  const button = await page.waitForSelector(`diary-feed >>> [part=${part}]`);
  await button.click();
}

/** Returns the height of the ready list. */
async function heightOf(viewport, attributes) {
  const page = await visit({ viewport, html: pageWith({ attributes }) });
  await waitForStatus(page, 'ready');
  const height = await page.evaluate(() => document.querySelector('diary-feed').getBoundingClientRect().height);
  await page.close();
  return height;
}

describe('a page that reserves the height of the ready list', () => {
  for (const viewport of VIEWPORTS) {
    const high = { ...viewport, height: HIGH };
    for (const [what, attributes, isScriptSlow] of [
      ['a heading and summaries', 'heading="Kommunchefens dagbok" show="date summary"', true],
      ['plain defaults', '', false],
    ]) {
      const pace = isScriptSlow ? 'after the first paint' : 'at once';
      it(`doesn’t shift when the list appears: ${what}, ${viewport.width} px, the script ${pace}`, driven, async () => {
        const rules = rulesFor(await heightOf(high, attributes));
        const page = await visit({ viewport: high, html: pageWith({ attributes, rules, isScriptSlow }), isScriptSlow });
        await waitForStatus(page, 'ready');
        assert.deepEqual(await shiftsOf(page), []);
        await page.close();
      });
    }

    it(`shifts little in the demo, ${viewport.width} px`, driven, async () => {
      const page = await visit({ viewport, demo: '/demo/municipal-page.html', isScriptSlow: true });
      await waitForStatus(page, 'ready');
      assert.ok(sumOf(await shiftsOf(page)) < GOOD);
      await page.close();
    });
  }
});

describe('a page without rules', () => {
  for (const viewport of VIEWPORTS) {
    for (const attributes of ['', 'heading="Kommunchefens dagbok" show="date summary"']) {
      it(`shifts little: ${attributes || 'defaults'}, ${viewport.width} px`, driven, async (test) => {
        const page = await visit({ viewport, html: pageWith({ attributes }) });
        await waitForStatus(page, 'ready');
        const shift = sumOf(await shiftsOf(page));
        test.diagnostic(`layout shift ${shift.toFixed(3)}`);
        assert.ok(shift < GOOD, `${shift}`);
        await page.close();
      });
    }

    it(`shifts only by a click on the more button, ${viewport.width} px`, driven, async () => {
      const page = await visit({ viewport, html: pageWith({ attributes: 'limit="2" more="1"' }) });
      await waitForStatus(page, 'ready');
      await shiftsOf(page);
      await press(page, 'more');
      const shifts = await shiftsOf(page);
      assert.ok(shifts.length > 0);
      assert.ok(shifts.every(({ hadRecentInput }) => hadRecentInput));
      await page.close();
    });

    for (const [status, feed] of [
      ['ready', {}],
      ['failed', { status: 404 }],
      ['empty', { isEmpty: true }],
    ]) {
      it(`is as high as its content: ${status}, ${viewport.width} px`, driven, async () => {
        const rules = 'diary-feed { --diary-feed-reserve: 75rem; }';
        const html = pageWith({ attributes: 'limit="10" show="date summary"', rules });
        const page = await visit({ viewport, html, feed });
        await waitForStatus(page, status);
        const [height, content] = await page.evaluate(() => {
          const element = document.querySelector('diary-feed');
          const footer = element.querySelector('[slot=footer]').getBoundingClientRect();
          return [element.getBoundingClientRect().height, footer.bottom - element.getBoundingClientRect().top];
        });
        assert.ok(height - content < 24, `${height} px, content ${content} px`);
        assert.ok(status === 'ready' || height < 300, `${height} px`);
        await page.close();
      });
    }
  }
});
