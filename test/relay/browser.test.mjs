// No browser runs a feed as a page or script of the relay's host.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';
import { driven, mount, stateOf, useChromium, waitForStatus } from '../support/chromium.mjs';
import { PAYLOADS } from '../support/hostile-feeds.mjs';
import { missingFor } from '../support/relay-recipes.mjs';
import { feedOf } from '../support/relay-source.mjs';
import { isFeed, recipeNames, useRelay, waitForResponse } from '../support/relay-suite.mjs';
import { STRICT_POLICY } from '../support/strict-policy.mjs';

const SCRIPT = "new Image().src = '/hit'; globalThis.hit = 1;";

/** Feeds that a browser would run if a relay served them carelessly, with their content type. Without one, browsers guess. */
const HOSTILE = {
  'XHTML and SVG in RSS': [
    'text/xml', // Chromium shows application/rss+xml as text; other browsers don't
    `<rss version="2.0"><channel><title>x</title><script xmlns="http://www.w3.org/1999/xhtml">${SCRIPT}</script>` +
      `<svg xmlns="http://www.w3.org/2000/svg"><script>${SCRIPT}</script></svg></channel></rss>`,
  ],
  'an XSLT style sheet': [
    'text/xml',
    '<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="#s"?><!DOCTYPE rss [<!ATTLIST xsl:stylesheet id ID #IMPLIED>]>' +
      '<rss version="2.0"><channel/><xsl:stylesheet id="s" version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">' +
      `<xsl:template match="/"><html><script>${SCRIPT}</script></html></xsl:template></xsl:stylesheet></rss>`,
  ],
  'an HTML page with the hostile corpus': [
    undefined,
    `<!doctype html><rss ><script>${SCRIPT}</script>${Object.values(PAYLOADS).flat().join('\n')}</rss>`,
  ],
  'a script': ['text/javascript', `/*<rss >*/ ${SCRIPT} globalThis.onconnect = () => 0; //</rss>`],
};

/** Runs in a page: uses a URL of its host in every way. */
async function useEverywhere(url) {
  const ended = (element) =>
    new Promise((resolve) => {
      for (const type of ['load', 'error']) element.addEventListener(type, resolve);
      setTimeout(resolve, 1000); // a worker that runs fires no event
    });
  const add = (name, properties) => {
    const element = Object.assign(document.createElement(name), properties);
    const end = ended(element);
    document.body.append(element);
    return end;
  };
  await Promise.all([
    add('iframe', { src: url }),
    add('object', { data: url }),
    add('embed', { src: url }),
    add('script', { src: url }),
    add('script', { src: url, type: 'module' }),
    add('link', { rel: 'stylesheet', href: url }),
    add('img', { src: url }),
    ended(new Worker(url)),
    ended(new SharedWorker(url)),
    navigator.serviceWorker.register(url).catch(() => undefined),
    import(url).catch(() => undefined),
  ]);
}

/** Runs a function with a page of a new browser context. */
async function withPage(browser, use) {
  const context = await browser.createBrowserContext();
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Opens a URL, and uses it in a page of its host. Returns whether a script of it has run. */
async function openAndUse(page, url) {
  let isHit = false;
  const start = new URL('/stage', url).href;
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname === '/hit') isHit = true;
    if (request.url() === start)
      void request.respond({ contentType: 'text/html', body: '<!doctype html><body></body>' });
    else if (request.url() === url) void request.continue();
    else void request.abort();
  });
  await page.goto(url, { waitUntil: 'load' }).catch(() => undefined); // a download isn't a page
  const opened = await page.evaluate(() => ({ origin: self.origin, hit: globalThis.hit, type: document.contentType }));
  await page.goto(start);
  await page.evaluate(useEverywhere, url);
  isHit ||= Boolean(opened.hit) || Boolean(await page.evaluate(() => globalThis.hit));
  return { isHit, ...opened };
}

const chromium = useChromium();

describe('a hostile feed in a browser', { concurrency: true }, () => {
  for (const name of recipeNames) {
    const skip = missingFor(name) || driven.skip;
    describe(`from ${name}`, { skip, concurrency: 1, timeout: 120_000 }, () => {
      const setup = useRelay(name, { hasShortTimes: true });

      it("doesn't run", async () => {
        const { relay, source } = setup;
        for (const [what, [type, markup]] of Object.entries(HOSTILE)) {
          Object.assign(source, { type, feed: Buffer.from(markup) });
          await waitForResponse(relay, (response) => isFeed(response, source.feed));
          const {
            isHit,
            origin,
            type: shown,
          } = await withPage(chromium.browser, (page) => openAndUse(page, relay.url));
          assert.deepEqual({ isHit, origin, shown }, { isHit: false, origin: 'null', shown: 'text/plain' }, what);
        }
      });

      it('is shown by the element', async () => {
        const { relay, source } = setup;
        Object.assign(source, { type: 'text/xml', feed: feedOf(8, 'iso-8859-1') });
        await waitForResponse(relay, (response) => isFeed(response, source.feed));
        await withPage(chromium.browser, async (page) => {
          const files = {
            '/': ['text/html', 'test/pages/stage.html'],
            '/test/pages/recorder.js': ['text/javascript', 'test/pages/recorder.js'],
            '/dist/diary-feed.min.js': ['text/javascript', 'dist/diary-feed.min.js'],
          };
          await page.setRequestInterception(true);
          page.on('request', (request) => {
            const file = files[new URL(request.url()).pathname];
            if (!file) return void request.continue();
            const headers = { 'content-security-policy': STRICT_POLICY };
            return void request.respond({
              contentType: file[0],
              headers,
              body: readFileSync(path.join(root, file[1])),
            });
          });
          await page.goto(`${relay.origin}/`);
          await mount(page, '/dagbok.xml');
          await waitForStatus(page, 'ready');
          const { links, isFallbackVisible, errors } = await stateOf(page);
          assert.deepEqual([links, isFallbackVisible, errors], [['Fjällräddningen övar, vecka 8'], false, []]);
        });
      });
    });
  }
});
