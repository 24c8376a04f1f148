// Whatever a feed holds, no browser runs it as a page, a script or anything else of the relay's host.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';
import { driven, mount, stateOf, useChromium, waitForStatus } from '../support/chromium.mjs';
import { PAYLOADS } from '../support/hostile-feeds.mjs';
import { missingFor } from '../support/relay-recipes.mjs';
import { feedOf } from '../support/relay-source.mjs';
import { askUntil, isFeed, useRelay, wanted } from '../support/relay-suite.mjs';
import { STRICT_POLICY } from '../support/strict-policy.mjs';

const SCRIPT = "new Image().src = '/hit'; globalThis.hit = 1;";

/**
 * Feeds that a careless relay would make pages or programs of its own host, with the type of media that the feed's host
 * gives them; where that is none, browsers guess.
 */
const HOSTILE = {
  'XHTML and SVG in RSS': [
    'text/xml', // Chromium shows application/rss+xml as text; others do not
    `<rss version="2.0"><channel><title>x</title><script xmlns="http://www.w3.org/1999/xhtml">${SCRIPT}</script>` +
      `<svg xmlns="http://www.w3.org/2000/svg"><script>${SCRIPT}</script></svg></channel></rss>`,
  ],
  'a style sheet of XSLT': [
    'text/xml',
    '<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="#s"?><!DOCTYPE rss [<!ATTLIST xsl:stylesheet id ID #IMPLIED>]>' +
      '<rss version="2.0"><channel/><xsl:stylesheet id="s" version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">' +
      `<xsl:template match="/"><html><script>${SCRIPT}</script></html></xsl:template></xsl:stylesheet></rss>`,
  ],
  'a page of HTML, with all that is tried elsewhere': [
    undefined,
    `<!doctype html><rss ><script>${SCRIPT}</script>${Object.values(PAYLOADS).flat().join('\n')}</rss>`,
  ],
  'a program': ['text/javascript', `/*<rss >*/ ${SCRIPT} globalThis.onconnect = () => 0; //</rss>`],
};

/** Uses an address of the page's own host in every way in which a page can; runs in that page. */
async function useEverywhere(address) {
  const ended = (element) =>
    new Promise((resolve) => {
      for (const type of ['load', 'error']) element.addEventListener(type, resolve);
      setTimeout(resolve, 1000); // a worker that runs says nothing
    });
  const add = (name, properties) => {
    const element = Object.assign(document.createElement(name), properties);
    const end = ended(element);
    document.body.append(element);
    return end;
  };
  await Promise.all([
    add('iframe', { src: address }),
    add('object', { data: address }),
    add('embed', { src: address }),
    add('script', { src: address }),
    add('script', { src: address, type: 'module' }),
    add('link', { rel: 'stylesheet', href: address }),
    add('img', { src: address }),
    ended(new Worker(address)),
    ended(new SharedWorker(address)),
    navigator.serviceWorker.register(address).catch(() => undefined),
    import(address).catch(() => undefined),
  ]);
}

/** A page of a browser that has kept nothing, for `use`. */
async function withPage(browser, use) {
  const context = await browser.createBrowserContext();
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Opens the address by itself, and uses it in a page of its host; says whether a script of it has run. */
async function isRun(page, address) {
  let isHit = false;
  const start = new URL('/stage', address).href;
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname === '/hit') isHit = true;
    if (request.url() === start)
      void request.respond({ contentType: 'text/html', body: '<!doctype html><body></body>' });
    else if (request.url() === address) void request.continue();
    else void request.abort();
  });
  await page.goto(address, { waitUntil: 'load' }).catch(() => undefined); // a download is no page
  const seen = await page.evaluate(() => ({ origin: self.origin, hit: globalThis.hit, type: document.contentType }));
  await page.goto(start);
  await page.evaluate(useEverywhere, address);
  isHit ||= Boolean(seen.hit) || Boolean(await page.evaluate(() => globalThis.hit));
  return { isHit, ...seen };
}

const chromium = useChromium();

describe('a hostile feed in a browser', { concurrency: true }, () => {
  describe('behind a careless relay', { concurrency: 1 }, () => {
    let server;
    let answer;
    before(async () => {
      server = createServer((request, response) => {
        response.writeHead(200, answer[0] && { 'content-type': answer[0] }).end(answer[1]);
      });
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    after(() => {
      server.closeAllConnections();
      server.close();
    });

    it('is run, so that the tests below can fail', driven, async () => {
      const harmless = [];
      for (const [name, hostile] of Object.entries(HOSTILE)) {
        answer = hostile;
        const { isHit } = await withPage(chromium.browser, (page) =>
          isRun(page, `http://127.0.0.1:${server.address().port}/dagbok.xml`),
        );
        if (!isHit) harmless.push(name);
      }
      assert.deepEqual(harmless, []);
    });
  });

  for (const name of wanted) {
    const skip = missingFor(name) || driven.skip;
    describe(`behind ${name}`, { skip, concurrency: 1, timeout: 120_000 }, () => {
      const place = useRelay(name, { isQuick: true });

      it("runs nothing in the name of the relay's host", async () => {
        const { relay, source } = place;
        for (const [what, [type, markup]] of Object.entries(HOSTILE)) {
          Object.assign(source, { type, feed: Buffer.from(markup) });
          await askUntil(relay, (answer) => isFeed(answer, source.feed));
          const { isHit, origin, type: shown } = await withPage(chromium.browser, (page) => isRun(page, relay.address));
          assert.deepEqual({ isHit, origin, shown }, { isHit: false, origin: 'null', shown: 'text/plain' }, what);
        }
      });

      it('shows the element its entries', async () => {
        const { relay, source } = place;
        Object.assign(source, { type: 'text/xml', feed: feedOf(8, 'iso-8859-1') });
        await askUntil(relay, (answer) => isFeed(answer, source.feed));
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
