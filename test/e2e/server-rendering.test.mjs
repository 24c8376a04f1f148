// Pages whose server wrote the entries into them: visible before the script and without JavaScript, and shown once with it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { root } from '../../scripts/run.mjs';
import { driven, useChromium } from '../support/chromium.mjs';
import { packProject, unpackInto } from '../support/packed.mjs';

const TITLES = ['Isen har lagt sig', 'Budget & "bokslut" </script><b>i mål</b>', 'Ny skolbuss'];

const chromium = useChromium();

const escaped = (text) => text.replace(/[&<]/g, (character) => `&#${character.codePointAt(0)};`);

const item = (
  title,
  index,
) => `<item><title>${escaped(escaped(title))}</title><link>https://dagbok.example/${index}</link>
  <pubDate>Mon, 1${6 - index} Nov 2026 17:10:00 +0100</pubDate><description>Text</description></item>`;

/** Starts the diary's host and the example server, which reads its feed. */
async function startBoth(status) {
  const requests = [];
  const host = createServer(({ url }, response) => {
    requests.push(url);
    response.writeHead(status, { 'content-type': 'application/rss+xml; charset=utf-8' });
    response.end(`<rss version="2.0"><channel><title>Dagbok</title>${TITLES.map(item).join('')}</channel></rss>`);
  });
  await new Promise((resolve) => host.listen(0, '127.0.0.1', resolve));
  const child = spawn(process.execPath, [path.join(folder, 'server.mjs')], {
    env: { ...process.env, FEED: `http://127.0.0.1:${host.address().port}/feed.xml`, PORT: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  assert.match(String(line), /^http:/, 'the server starts');
  const end = () => {
    child.kill();
    host.close();
    host.closeAllConnections();
  };
  return { origin: String(line).trim(), requests, end };
}

const { folder, tarball } = packProject();
unpackInto(folder, tarball);
copyFileSync(path.join(root, 'demo/examples/server.mjs'), path.join(folder, 'server.mjs'));
after(() => rmSync(folder, { recursive: true }));

/** Returns the visible links of the page and its shadow roots. */
const visibleLinks = (page) =>
  page.evaluate(() => {
    const rootsIn = (tree) => [...tree.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
    const links = [document, ...rootsIn(document)].flatMap((tree) => [...tree.querySelectorAll('a')]);
    return links.filter((link) => link.checkVisibility()).map((link) => link.textContent.trim());
  });

async function open(url, { javaScript = true } = {}) {
  const page = await chromium.browser.newPage();
  const errors = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.setJavaScriptEnabled(javaScript);
  await page.goto(url);
  return { page, errors };
}

describe('a server that reads the feed', () => {
  let server;
  before(async () => (server = await startBoth(200)));
  after(() => server.end());

  it('shows the entries without JavaScript', driven, async () => {
    const { page } = await open(server.origin, { javaScript: false });
    assert.deepEqual(await visibleLinks(page), TITLES);
    assert.equal(await page.$eval('time', ({ dateTime }) => dateTime.slice(0, 10)), '2026-11-16');
    assert.equal(await page.$$eval('b, img', ({ length }) => length), 0, 'no HTML of the feed');
  });

  it('passes them to the element, which shows them once and sends no request', driven, async () => {
    const { page, errors } = await open(server.origin);
    while (!(await page.$eval('diary-feed', ({ shadowRoot }) => shadowRoot?.querySelector('li')))) await setTimeout(20);
    assert.deepEqual(await visibleLinks(page), TITLES);
    assert.equal(await page.$eval('diary-feed', ({ shadowRoot }) => shadowRoot.querySelectorAll('li').length), 3);
    assert.equal(await page.$eval('diary-feed > ul', (list) => list.checkVisibility()), false);
    assert.deepEqual(errors, []);
    assert.equal(server.requests.length, 1, 'one request for all visitors');
  });

  it('shows them in the element without a layout shift', driven, async () => {
    const page = await chromium.browser.newPage();
    await page.setRequestInterception(true);
    // the page is drawn before its scripts run
    page.on('request', async (request) => {
      if (request.url().endsWith('.js')) await setTimeout(300);
      await request.continue();
    });
    await page.evaluateOnNewDocument(() => {
      window.shifts = [];
      const record = (list) => window.shifts.push(...list.getEntries().map(({ value }) => value));
      new PerformanceObserver(record).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(server.origin);
    await page.waitForSelector('diary-feed >>> [part=link]');
    assert.deepEqual(
      await page.evaluate(() => new Promise((done) => window.setTimeout(() => done(window.shifts), 200))),
      [],
    );
  });
});

describe("a server that can't read the feed", () => {
  let server;
  before(async () => (server = await startBoth(500)));
  after(() => server.end());

  it('shows the link to the diary with the script and without', driven, async () => {
    for (const javaScript of [false, true]) {
      const { page } = await open(server.origin, { javaScript });
      assert.deepEqual(await visibleLinks(page), ['Läs dagboken på dagbok.example']);
    }
  });
});

describe('a declarative shadow root for the element', () => {
  it('is shown without JavaScript', driven, async () => {
    const { page } = await open(`${chromium.origin}/test/pages/declared.html`, { javaScript: false });
    assert.match(await page.$eval('diary-feed', ({ shadowRoot }) => shadowRoot.textContent), /Från servern/);
  });
});
