// A bundler makes a separate file of the dynamic import: the feed parser. Which files a page requests, and what it shows if
// one is missing: a site that is published again deletes files that an open page still requests.
import resolve from '@rollup/plugin-node-resolve';
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import path from 'node:path';
import { rollup } from 'rollup';
import { root } from '../../scripts/run.mjs';
import { driven, mount, stateOf, useChromium, waitForStatus } from '../support/chromium.mjs';

const PAGE_PATH = '/test/pages/bundled.html';

const PAGE =
  '<!doctype html><html lang="sv"><title>Sida</title><script type="module" src="/bundle/define.js"></script><main></main>';

const FEED = '/feed-server/feed?items=3';

const chromium = useChromium();
const files = new Map();

before(async () => {
  const bundle = await rollup({
    input: path.join(root, 'dist/define.js'),
    plugins: [resolve({ browser: true, exportConditions: ['production'] })],
  });
  const { output } = await bundle.generate({ format: 'es', chunkFileNames: '[name].js' });
  for (const { fileName, code } of output) files.set(`/bundle/${fileName}`, code);
});

/** Opens a page whose server lacks a file. `logged` is what the page logs, `requested` the files of the script. */
async function openWithout(missing) {
  const page = await chromium.browser.newPage();
  const logged = [];
  const requested = [];
  page.on('console', (message) => message.text().startsWith('diary-feed:') && logged.push(message.text()));
  page.on('pageerror', (error) => logged.push(`uncaught: ${error.message}`));
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/bundle/')) requested.push(path.basename(pathname));
    if (pathname === PAGE_PATH) void request.respond({ contentType: 'text/html; charset=utf-8', body: PAGE });
    else if (pathname === `/bundle/${missing}`) void request.respond({ status: 404 });
    else if (files.has(pathname)) void request.respond({ contentType: 'text/javascript', body: files.get(pathname) });
    else void request.continue();
  });
  await page.goto(`${chromium.origin}${PAGE_PATH}`);
  return { page, logged, requested };
}

describe('the files of the script', () => {
  it('are requested without the feed parser while the element is lazy and far away', driven, async () => {
    const { page, requested } = await openWithout();
    await page.evaluate(async (src) => {
      const main = document.querySelector('main');
      main.style.marginTop = '20000px';
      main.innerHTML = `<diary-feed src="${src}" loading="lazy" match="a"></diary-feed>`;
      await main.firstElementChild.updateComplete;
      await new Promise((resolve) => setTimeout(resolve, 500)); // no event reports a request that isn't sent
    }, FEED);
    assert.deepEqual(requested, ['define.js']);
    await page.close();
  });

  for (const [what, src] of [
    ['a feed', FEED],
    ['two merged feeds', `${FEED} ${FEED}&id=other`],
  ]) {
    it(`include the feed parser for ${what}`, driven, async () => {
      const { page, logged, requested } = await openWithout();
      await mount(page, src);
      await waitForStatus(page, 'ready');
      assert.deepEqual([requested, logged], [['define.js', 'read-feed.js'], []]);
      await page.close();
    });
  }
});

describe('a page whose server has lost the feed parser', () => {
  it('shows the fallback, a sentence and the retry button, and reports a network error', driven, async () => {
    const { page, logged } = await openWithout('read-feed.js');
    await mount(page, FEED);
    await waitForStatus(page, 'failed');
    const { code, isFallbackVisible, buttons, sentence, events } = await stateOf(page);
    assert.deepEqual([code, isFallbackVisible, buttons], ['network', true, ['Försök igen']]);
    assert.match(sentence, /gick inte att hämta/);
    assert.deepEqual(events, ['loadstart', 'error', 'loadend']);
    assert.equal(logged.length, 1);
    assert.match(logged[0], /^diary-feed: .*part of the script.*#network$/);
    await page.close();
  });

  it('shows the fallback for a feed in the page', driven, async () => {
    const { page, logged } = await openWithout('read-feed.js');
    await page.evaluate(() => {
      const script = '<script type="application/rss+xml" slot="feed"><rss><channel></channel></rss></script>';
      document.querySelector('main').innerHTML = `<diary-feed><a href="/">Dagboken</a>${script}</diary-feed>`;
    });
    await waitForStatus(page, 'failed');
    const { code, isFallbackVisible, buttons } = await stateOf(page);
    assert.deepEqual([code, isFallbackVisible, buttons], ['network', true, ['Försök igen']]);
    assert.equal(logged.length, 1);
    await page.close();
  });
});
