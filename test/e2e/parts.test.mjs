// A bundler makes files of what is imported on demand: which of them a page asks for, and what it shows where one does not come,
// for a site that is published anew takes away those that an open page still asks for.
import resolve from '@rollup/plugin-node-resolve';
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import path from 'node:path';
import { rollup } from 'rollup';
import { root } from '../../scripts/run.mjs';
import { driven, mount, stateOf, useChromium, waitForStatus } from '../support/chromium.mjs';

const ADDRESS = '/test/pages/bundled.html';

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

/** A page whose script lacks that file; `said` is what stands on its console, `asked` are the files that it has asked for. */
async function openWithout(missing) {
  const page = await chromium.browser.newPage();
  const said = [];
  const asked = [];
  page.on('console', (message) => message.text().startsWith('diary-feed:') && said.push(message.text()));
  page.on('pageerror', (error) => said.push(`uncaught: ${error.message}`));
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/bundle/')) asked.push(path.basename(pathname));
    if (pathname === ADDRESS) void request.respond({ contentType: 'text/html; charset=utf-8', body: PAGE });
    else if (pathname === `/bundle/${missing}`) void request.respond({ status: 404 });
    else if (files.has(pathname)) void request.respond({ contentType: 'text/javascript', body: files.get(pathname) });
    else void request.continue();
  });
  await page.goto(`${chromium.origin}${ADDRESS}`);
  return { page, said, asked };
}

const setAttributes = (page, attributes) =>
  page.evaluate((values) => {
    for (const [name, value] of Object.entries(values)) document.querySelector('diary-feed').setAttribute(name, value);
  }, attributes);

describe('the parts of the script', () => {
  const START = ['define.js'];
  const SHOWN = [...START, 'read.js', 'template.js'];

  for (const [what, attributes, parts] of [
    [
      'nothing but itself and the markup while the element is far away',
      { loading: 'lazy', match: 'a', since: 9 },
      [...START, 'template.js'],
    ],
    ['the reader and the markup for a list', {}, SHOWN],
    ['the filter where one is asked for', { match: 'Inlägg' }, [...SHOWN, 'filter.js']],
    ['what merges feeds where there are two', { src: `${FEED} ${FEED}&id=other` }, [...SHOWN, 'merge.js']],
  ]) {
    it(`are ${what}`, driven, async () => {
      const { page, asked } = await openWithout();
      await page.evaluate(
        (values) => {
          const element = document.createElement('diary-feed');
          element.innerHTML = '<a href="/">Dagboken</a>';
          for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
          if (element.loading === 'lazy') document.querySelector('main').style.marginTop = '20000px';
          window.ended = new Promise((resolve) => element.addEventListener('loadend', () => resolve()));
          document.querySelector('main').append(element);
        },
        { src: FEED, ...attributes },
      );
      await page.evaluate(
        (isLazy) => (isLazy ? new Promise((resolve) => setTimeout(resolve, 500)) : window.ended),
        'loading' in attributes,
      );
      // what several parts share has a file of its own, which comes with them
      assert.deepEqual(asked.filter((name) => !isShared(name)).sort(), [...parts].sort());
      assert.ok(!asked.some((name) => isShared(name)) || parts.length > 3, `${asked.join()} are one more round trip`);
      await page.close();
    });
  }

  /** Whether a file is none that is imported on demand, but what a bundler takes out of several. */
  const isShared = (name) =>
    !['define.js', 'read.js', 'template.js', 'filter.js', 'merge.js', 'entry-template.js'].includes(name);
});

/** The fallback, a sentence and the button are there, and the console names the error's section. */
async function assertFailed(page, said) {
  await waitForStatus(page, 'failed');
  const { code, isFallbackVisible, buttons, sentence } = await stateOf(page);
  assert.deepEqual([code, isFallbackVisible, buttons], ['network', true, ['Försök igen']]);
  assert.match(sentence, /kunde inte hämtas/);
  assert.match(said.join('\n'), /^diary-feed: .+#network$/m);
  assert.doesNotMatch(said.join(), /uncaught/);
}

describe('a part of the script that does not come', () => {
  for (const [missing, src, attributes] of [
    ['read.js', FEED, {}],
    ['merge.js', `${FEED} ${FEED}&id=other`, {}],
    ['filter.js', FEED, { match: 'a' }],
  ]) {
    it(`leaves the fallback, a sentence and the button: ${missing}`, driven, async () => {
      const { page, said } = await openWithout(missing);
      await mount(page, src);
      await setAttributes(page, attributes);
      await assertFailed(page, said);
      await page.close();
    });
  }

  it(
    'leaves the fallback and tells programs that the load has failed, where it is what shows anything: template.js',
    driven,
    async () => {
      const { page, said } = await openWithout('template.js');
      await mount(page, FEED);
      await waitForStatus(page, 'failed');
      await page.waitForFunction(() => window.events.includes('loadend'));
      const { code, isFallbackVisible, events } = await stateOf(page);
      assert.deepEqual([code, isFallbackVisible], ['network', true]);
      assert.deepEqual(events, ['loadstart', 'error', 'loadend']);
      assert.match(said.join('\n'), /^diary-feed: .+#network$/m);
      assert.doesNotMatch(said.join(), /uncaught/);
      await page.close();
    },
  );

  it("shows entries as usual where it would fill the page's own markup: entry-template.js", driven, async () => {
    const { page, said } = await openWithout('entry-template.js');
    await page.evaluate((src) => {
      const element = document.createElement('diary-feed');
      element.innerHTML = '<a href="/">Dagboken</a><template slot="entry"><b data-field="title"></b></template>';
      element.setAttribute('src', src);
      window.ended = new Promise((resolve) => element.addEventListener('loadend', () => resolve()));
      document.querySelector('main').append(element);
    }, FEED);
    await page.evaluate(() => window.ended);
    const { links, isFallbackVisible } = await stateOf(page);
    assert.deepEqual([links.length, isFallbackVisible], [3, false]);
    assert.equal(said.length, 1);
    assert.match(said[0], /^diary-feed: .+#network$/);
    await page.close();
  });

  it(
    'leaves the fallback, a sentence and the button where a filter is asked for later: filter.js',
    driven,
    async () => {
      const { page, said } = await openWithout('filter.js');
      await mount(page, FEED);
      await waitForStatus(page, 'ready');
      await setAttributes(page, { match: 'a' });
      await assertFailed(page, said);
      const shown = await page.evaluate(async () => {
        const element = document.querySelector('diary-feed');
        const reloaded = element.reload();
        await new Promise((resolve) => setTimeout(resolve));
        const { status, entries } = element;
        await reloaded;
        return [status, entries.length];
      });
      assert.deepEqual(shown, ['loading', 0], 'nobody knows which of them are wanted');
      await page.evaluate(() => document.querySelector('diary-feed').removeAttribute('match'));
      await page.evaluate(() => document.querySelector('diary-feed').reload());
      await waitForStatus(page, 'ready');
      assert.equal((await stateOf(page)).links.length, 3);
      await page.close();
    },
  );
});
