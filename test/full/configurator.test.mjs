// The configurator with a real pointer, with files that are not there, and its code, pasted as it stands into a page that has
// the policy that comes with it and nothing else.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { textIn } from '../../demo/configurator/texts.js';
import { startDemoServer } from '../../scripts/demo-server.mjs';
import { root } from '../../scripts/run.mjs';
import { driven, useChromium } from '../support/chromium.mjs';

/** A server that answers a path with what the test wants: headers, and a body. */
async function startHost() {
  const answers = new Map();
  const server = createServer((request, response) => {
    const { body, ...headers } = answers.get(request.url) ?? {};
    response.writeHead(body === undefined ? 404 : 200, headers).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, answers, origin: `http://127.0.0.1:${server.address().port}` };
}

describe('the configurator, used for real', () => {
  const chromium = useChromium();
  const servers = [];
  let address;
  let site;
  let diary;
  let pictures;

  before(async () => {
    const demo = await startDemoServer();
    [site, diary, pictures] = [await startHost(), await startHost(), await startHost()];
    servers.push(demo, site.server, diary.server, pictures.server);
    address = `http://127.0.0.1:${demo.address().port}/demo/configurator.html`;
    site.answers.set('/assets/diary-feed.min.js', {
      'content-type': 'text/javascript',
      body: readFileSync(path.join(root, 'dist/diary-feed.min.js')),
    });
    const icon = { 'content-type': 'image/svg+xml', body: readFileSync(path.join(root, 'demo/icon.svg')) };
    for (const host of [diary, pictures]) host.answers.set('/icon.svg', icon);
    const entries = [diary, pictures].map(
      ({ origin }, index) =>
        `<item><title>${index}</title><link>${diary.origin}/${index}</link>` +
        `<enclosure url="${origin}/icon.svg" type="image/svg+xml" length="1"/></item>`,
    );
    diary.answers.set('/rss', {
      'content-type': 'application/rss+xml',
      'access-control-allow-origin': '*',
      body: `<rss><channel><title>Dagboken</title><link>${diary.origin}/</link>${entries.join('')}</channel></rss>`,
    });
    site.answers.set('/dagboken', {
      'content-type': 'text/html',
      'access-control-allow-origin': '*',
      body: `<!doctype html><title>A</title><link rel="alternate" type="application/rss+xml" href="${diary.origin}/rss">`,
    });
  });

  after(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  /** The page, once the feed has been read or not. */
  async function open(query = '') {
    const page = await chromium.browser.newPage();
    await page.setViewport({ width: 1280, height: 900 });
    await page.goto(`${address}${query}`);
    await page.waitForFunction(
      (reading) => document.documentElement.dataset.ready === '' && !check.textContent.includes(reading),
      {},
      textIn('sv', 'check-loading'),
    );
    return page;
  }

  const textOf = (page, id) => page.$eval(`#${id}`, ({ value, textContent }) => value ?? textContent);

  /** Where the first link of the preview is on the screen; a frame that is shown smaller has a scale. */
  function placeOfLink(page) {
    return page.evaluate(() => {
      const frame = document.getElementById('preview');
      const link = frame.contentDocument.querySelector('diary-feed').shadowRoot.querySelector('[part=link]');
      frame.scrollIntoView({ block: 'center' });
      const outer = frame.getBoundingClientRect();
      const inner = link.getBoundingClientRect();
      const scale = outer.width / frame.offsetWidth;
      const border = frame.clientLeft;
      return [
        outer.left + scale * (border + inner.left + inner.width / 2),
        outer.top + scale * (border + inner.top + inner.height / 2),
      ];
    });
  }

  for (const width of ['column', 'full']) {
    it(`stays where a link is clicked, and opens another tab where one is wanted (${width})`, driven, async () => {
      const page = await open(`?src=${encodeURIComponent(`${diary.origin}/rss`)}&width=${width}`);
      const point = await placeOfLink(page);
      await page.mouse.click(...point);
      await page.waitForFunction((text) => said.textContent.includes(text), {}, textIn('sv', 'preview-links'));
      const opened = chromium.browser.waitForTarget((target) => target.url().startsWith(`${diary.origin}/`));
      await page.mouse.click(...point, { button: 'middle' });
      await (await (await opened).page()).close();
      const frame = await page.$eval('#preview', ({ contentDocument }) => contentDocument?.location.pathname);
      assert.equal(frame, '/demo/configurator-preview.html');
      await page.close();
    });
  }

  for (const [what, source] of [
    ['a feed', () => `${diary.origin}/rss`],
    ['a page that announces it', () => `${site.origin}/dagboken`],
  ]) {
    it(`gives code and policy that are enough together: ${what}, with pictures of two hosts`, driven, async () => {
      const page = await open(`?src=${encodeURIComponent(source())}&show=image&limit=1&more=5`);
      const [html, css, policy] = await Promise.all(
        ['html', 'css', 'policy'].map((name) => textOf(page, `box-${name}`)),
      );
      await page.close();
      site.answers.set('/style.css', { 'content-type': 'text/css', body: css });
      site.answers.set('/', {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': `default-src 'none'; style-src 'self'; ${policy}`,
        body: `<!doctype html><html lang="sv"><link rel="stylesheet" href="style.css">${html}`,
      });
      const pasted = await chromium.browser.newPage();
      const said = [];
      pasted.on('console', (message) => said.push(message.text()));
      await pasted.goto(`${site.origin}/`);
      await pasted.waitForFunction(() => document.querySelector('diary-feed').status === 'ready');
      await (await pasted.waitForSelector('diary-feed >>> [part=more]')).click();
      await pasted.waitForFunction(() => {
        const images = [...document.querySelector('diary-feed').shadowRoot.querySelectorAll('img')];
        for (const image of images) image.loading = 'eager';
        return images.length === 2 && images.every(({ complete }) => complete);
      });
      await setTimeout(50);
      const isBlocked = (text) => /Content.Security.Policy|diary-feed:/.test(text);
      assert.deepEqual(said.filter(isBlocked), []);
      await pasted.close();
    });
  }
});
