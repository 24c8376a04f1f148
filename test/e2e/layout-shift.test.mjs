// How much of a page moves when the list comes, by Chromium's own measure (Layout Instability API): the part of the viewport
// that moves times how far. Zero with the rules that the docs give.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { root } from '../../scripts/run.mjs';
import { driven, stateOf, useChromium, waitForStatus } from '../support/chromium.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');

/** The rules of the docs, with room for the list of these tests at 320 pixels and for a sentence below it. */
const RULES = `
  diary-feed { --diary-feed-reserve: 75rem; }
  @media (scripting: enabled) {
    diary-feed:not(:defined) { display: block; min-block-size: var(--diary-feed-reserve); }
  }`;

/** Long enough that "Hämtar inlägg …" comes. */
const SLOW = 1100;

/** High enough to show what stands below the list. */
const HIGH = 1700;

const VIEWPORTS = [
  { width: 320, height: 640 },
  { width: 1280, height: 800 },
];

/** What Google's Core Web Vitals would hardly see; theirs for a good page is ten times as much. */
const LITTLE = 0.01;

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.xml': 'application/rss+xml',
};

/** A page on which everything that could move is in the viewport. */
const pageWith = ({ attributes, rules = '' }) => `<!doctype html>
<html lang="sv">
  <meta name="viewport" content="width=device-width">
  <title>Kommunen</title>
  <style>${rules}</style>
  <script type="module" src="/dist/diary-feed.min.js"></script>
  <h1>Kommunen</h1>
  <diary-feed src="/feed" ${attributes}>
    <a href="https://dagbok.example/">Kommunchefens dagbok</a>
    <p slot="footer">Dagboken skrivs av kommunchefen.</p>
  </diary-feed>
  ${'<p>Det här står under listan.</p>'.repeat(40)}`;

/** Runs before the page: what moves, from the first paint on. */
function recordShifts() {
  window.shifts = [];
  const describe = ({ node, previousRect: from, currentRect: to }) =>
    `${node?.nodeName} ${node?.textContent.trim().slice(0, 40)} from ${from.y} to ${to.y}`;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries())
      window.shifts.push({
        value,
        hadRecentInput,
        isOfPage: sources.some(({ node }) => node), // not of the element, which lets nobody look in
        what: sources.map(describe),
      });
  }).observe({ type: 'layout-shift', buffered: true });
}

const sumOf = (shifts) => shifts.reduce((sum, { value }) => sum + value, 0);

const chromium = useChromium();

/**
 * A visit to a page, given as HTML or by its path in the demo. The script comes at once, or after the first paint
 * (`isScriptSlow`). What the feed's address answers, and after how many milliseconds, is in `feed`.
 */
async function visit({ viewport, html, demo = '', isScriptSlow = false, feed = {} }) {
  const page = await chromium.browser.newPage();
  await page.setViewport(viewport);
  await page.evaluateOnNewDocument(recordShifts);
  let letScriptCome;
  const scriptMayCome = new Promise((resolve) => (letScriptCome = resolve));
  const answer = async (request) => {
    const { pathname } = new URL(request.url());
    const type = TYPES[path.extname(pathname)];
    if (pathname === '/page') return request.respond({ contentType: TYPES['.html'], body: html });
    if (pathname.startsWith('/demo/')) return request.respond({ contentType: type, body: read(pathname) });
    if (pathname.startsWith('/dist/')) await scriptMayCome;
    if (pathname !== '/feed') return request.continue();
    await setTimeout(feed.delay);
    if (feed.status) return request.respond({ status: feed.status });
    return request.continue({ url: `${chromium.origin}/feed-server/feed?items=20&length=200` });
  };
  await page.setRequestInterception(true);
  page.on('request', (request) => void answer(request));
  const isThere = new Promise((resolve) => page.once('framenavigated', resolve));
  const loaded = page.goto(`${chromium.origin}${demo || '/page'}`);
  await isThere;
  if (isScriptSlow) await page.waitForFunction(() => performance.getEntriesByType('paint').length > 0);
  letScriptCome();
  await loaded;
  return page;
}

/** What has moved since this was asked last, all that is painted by now included. */
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

const reload = (page) => page.evaluate(() => document.querySelector('diary-feed').reload());

const sentenceOf = (page) => stateOf(page).then(({ sentence }) => sentence);

async function waitForSentence(page, pattern) {
  while (!pattern.test(await sentenceOf(page))) await setTimeout(20);
}

/** All that can happen to an element, one after the other; `check` is told after each. */
async function liveThrough(page, feed, check) {
  await waitForSentence(page, /Hämtar/);
  await check('a load that is slow');
  await waitForStatus(page, 'failed');
  await check('a failure');
  Object.assign(feed, { delay: 50 });
  await press(page, 'retry');
  await waitForSentence(page, /Hämtar/);
  await check('another try');
  await waitForStatus(page, 'failed');
  await check('a failure of that');
  Object.assign(feed, { status: undefined });
  await press(page, 'retry');
  await waitForStatus(page, 'ready');
  await check('the list after that');
  await reload(page);
  await check('the list anew');
  Object.assign(feed, { status: 404 });
  await reload(page);
  await waitForSentence(page, /inaktuell/);
  await check('the failure of a list to come anew');
  Object.assign(feed, { status: undefined });
  await press(page, 'retry');
  await waitForStatus(page, 'ready');
  await check('the list after that too');
}

describe('a page with the rules that belong to the snippet', () => {
  for (const viewport of VIEWPORTS) {
    const high = { ...viewport, height: HIGH };
    for (const [what, attributes, isScriptSlow] of [
      ['a heading and summaries', 'heading="Kommunchefens dagbok" show="date summary"', true],
      ["the feed's title as heading, and a button for more", 'heading="" more="5"', true],
      ['plain defaults', '', true],
      ['plain defaults', '', false],
    ]) {
      const pace = isScriptSlow ? 'after the first paint' : 'at once';
      it(`does not move when the list comes: ${what}, ${viewport.width} px, the script ${pace}`, driven, async () => {
        const html = pageWith({ attributes, rules: RULES });
        const page = await visit({ viewport: high, html, isScriptSlow });
        await waitForStatus(page, 'ready');
        const { height, reserve, isBelowSeen } = await page.evaluate(() => {
          const element = document.querySelector('diary-feed');
          const { bottom } = element.nextElementSibling.getBoundingClientRect();
          const reserve = parseFloat(getComputedStyle(element).minBlockSize);
          return { height: element.offsetHeight, reserve, isBelowSeen: bottom < innerHeight };
        });
        assert.equal(height, reserve, 'the list fits');
        assert.ok(isBelowSeen);
        assert.deepEqual(await shiftsOf(page), []);
        await page.close();
      });
    }

    it(`does not move whatever else happens, ${viewport.width} px`, driven, async () => {
      const feed = { status: 404, delay: SLOW };
      const html = pageWith({ attributes: 'heading="" show="date summary" more="5"', rules: RULES });
      const page = await visit({ viewport: high, html, isScriptSlow: true, feed });
      await liveThrough(page, feed, async (what) => {
        // a press may change the sentence above the button from two lines to one, but moves nothing of the page
        const shifts = (await shiftsOf(page)).filter(({ hadRecentInput, isOfPage }) => !hadRecentInput || isOfPage);
        assert.deepEqual([what, shifts], [what, []]);
      });
      await page.close();
    });

    it(`does not move in the demo, ${viewport.width} px`, driven, async () => {
      const page = await visit({ viewport, demo: '/demo/index.html', isScriptSlow: true });
      await waitForStatus(page, 'ready');
      assert.deepEqual(await shiftsOf(page), []);
      await page.close();
    });
  }
});

describe('a page with neither rule nor reserve', () => {
  for (const viewport of VIEWPORTS) {
    it(`moves by what stands below the list within the viewport, ${viewport.width} px`, driven, async (test) => {
      for (const attributes of ['', 'heading="Kommunchefens dagbok" show="date summary"']) {
        const page = await visit({ viewport, html: pageWith({ attributes }) });
        await waitForStatus(page, 'ready');
        const shift = sumOf(await shiftsOf(page));
        test.diagnostic(`${shift.toFixed(2)} with ${attributes || 'defaults'}`);
        assert.ok(shift > 10 * LITTLE, `${shift}`);
        await page.close();
      }
    });

    it(`moves by the button for more only as its press asks, ${viewport.width} px`, driven, async () => {
      const page = await visit({ viewport, html: pageWith({ attributes: 'limit="2" more="1"' }) });
      await waitForStatus(page, 'ready');
      await shiftsOf(page);
      await press(page, 'more');
      const shifts = await shiftsOf(page);
      assert.ok(shifts.length > 0);
      assert.ok(shifts.every(({ hadRecentInput }) => hadRecentInput));
      await page.close();
    });
  }
});
