import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';
import { driven, mount, openPage, stateOf, useChromium, waitForStatus } from '../support/chromium.mjs';

const ENTRIES = ['Inlägg 3', 'Inlägg 2', 'Inlägg 1'];

const read = (file) => readFileSync(path.join(root, file));

const chromium = useChromium();

describe('a feed on http: for a page on https:', () => {
  it('fails with network and a message that explains it', driven, async () => {
    const page = await chromium.browser.newPage();
    const files = {
      '/': { contentType: 'text/html', body: read('test/pages/stage.html') },
      '/test/pages/recorder.js': { contentType: 'text/javascript', body: read('test/pages/recorder.js') },
      '/dist/diary-feed.min.js': { contentType: 'text/javascript', body: read('dist/diary-feed.min.js') },
    };
    const others = [];
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      const { origin, pathname } = new URL(request.url());
      const file = origin === 'https://kommun.example' ? files[pathname] : undefined;
      if (!file) others.push(request.url());
      void (file ? request.respond(file) : request.abort());
    });
    await page.goto('https://kommun.example/');
    await mount(page, 'http://dagbok.example/feed.xml');
    await waitForStatus(page, 'failed');
    const { code, message, sentence, isFallbackVisible, errors } = await stateOf(page);
    assert.deepEqual([code, sentence, errors], ['network', 'Det gick inte att hämta inläggen just nu.', []]);
    assert.match(message, /^diary-feed: .*http:\/\/dagbok\.example\/feed\.xml.*https/);
    assert.ok(isFallbackVisible);
    assert.ok(!others.includes('http://dagbok.example/feed.xml'), 'the browser sent the request');
  });
});

describe('a browser that is offline', () => {
  it('shows a sentence, and the list when it is online again', driven, async () => {
    const page = await openPage(chromium);
    await page.setOfflineMode(true);
    await mount(page, '/feed-server/feed?items=3');
    await waitForStatus(page, 'failed');
    const { code, message, sentence, buttons, isFallbackVisible } = await stateOf(page);
    assert.deepEqual([code, buttons, isFallbackVisible], ['network', ['Försök igen'], true]);
    assert.match(sentence, /Du verkar sakna internetanslutning/);
    assert.match(message, /offline/);

    await page.setOfflineMode(false);
    await waitForStatus(page, 'ready');
    const { links, events, errors } = await stateOf(page);
    assert.deepEqual([links, errors], [ENTRIES, []]);
    assert.deepEqual(events, ['loadstart', 'error', 'loadend', 'loadstart', 'load', 'loadend']);
  });

  it('keeps the list', driven, async () => {
    const page = await openPage(chromium);
    await mount(page, '/feed-server/feed?items=3');
    await waitForStatus(page, 'ready');
    await page.setOfflineMode(true);
    await page.evaluate(() => document.querySelector('diary-feed').reload());
    const { status, links, sentence } = await stateOf(page);
    assert.deepEqual([status, links], ['failed', ENTRIES]);
    assert.match(sentence, /Listan kan vara inaktuell/);

    await page.setOfflineMode(false);
    await waitForStatus(page, 'ready');
    assert.deepEqual((await stateOf(page)).links, ENTRIES);
  });
});
