// The folder of a release that a server can serve: the start page and the builder work from there.
import assert from 'node:assert/strict';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { writeReleaseFolder } from '../../scripts/release-folder.mjs';
import { root } from '../../scripts/run.mjs';
import { driven, useChromium } from '../support/chromium.mjs';
import { missingForFront, startFolder } from '../support/relay-recipes.mjs';

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

const chromium = useChromium();

describe('the folder of a release with the builder', driven, () => {
  const place = mkdtempSync(path.join(tmpdir(), 'diary-feed-'));
  const folder = path.join(place, 'release', `builder-${version}`);
  let server;
  before(async () => {
    chmodSync(place, 0o755); // Apache isn't root
    for (const name of ['demo', 'dist', 'docs', 'LICENSE']) {
      const filter = (from) => !from.includes('node_modules');
      cpSync(path.join(root, name), path.join(place, name), { recursive: true, filter });
    }
    writeReleaseFolder(place, { version, lines: '- x' });
    server = createServer((request, response) => {
      const file = path.join(folder, path.normalize(new URL(request.url, 'http://127.0.0.1').pathname));
      if (!existsSync(file)) return response.writeHead(404).end();
      response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'text/plain' }).end(readFileSync(file));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(() => {
    server?.closeAllConnections();
    server?.close();
    rmSync(place, { recursive: true });
  });

  for (const name of ['index.html', 'builder.html?theme=cards', 'municipal-page.html', 'states.html']) {
    it(`contains all files that ${name} requests`, async () => {
      const page = await chromium.browser.newPage();
      const missing = [];
      page.on('response', (response) => response.status() === 404 && missing.push(new URL(response.url()).pathname));
      await page.goto(`http://127.0.0.1:${server.address().port}/demo/${name}`);
      await page.waitForSelector(name.includes('page') ? 'diary-feed >>> [part=link]' : '>>> [part=link]');
      assert.deepEqual(
        missing.filter((file) => !/nowhere|saknas|finns-inte|\/simulated\//.test(file)),
        [],
      );
      await page.close();
    });
  }

  for (const kind of ['nginx', 'apache']) {
    it(
      `works on ${kind}, as does the builder's code under the policy of the docs`,
      { skip: missingForFront(kind) },
      async () => {
        const [policy] = /^default-src .*connect-src 'self'$/m.exec(
          readFileSync(path.join(folder, 'docs/hosting.md'), 'utf8'),
        );
        const site = await startFolder(kind, folder, policy);
        try {
          const page = await chromium.browser.newPage();
          const errors = [];
          page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
          await page.goto(
            `${site.url}demo/builder.html?script=/site/dist/diary-feed.min.js&src=/site/demo/feeds/dagbok.xml`,
          );
          await page.waitForSelector('look-preview >>> [part=link]');
          const code = await page.$eval('#code', ({ value }) => value);
          writeFileSync(path.join(folder, 'pasted.html'), `<!doctype html><html lang="sv">${code}`);
          const response = await page.goto(`${site.url}pasted.html`);
          assert.equal(response.headers()['content-security-policy'], policy);
          await page.waitForSelector('diary-feed >>> [part=link]');
          assert.deepEqual(errors, []);
        } finally {
          await site.end();
        }
      },
    );
  }

  it('contains no sources and no pictures of the docs', () => {
    for (const name of ['demo/builder', 'demo/examples', 'docs/demo.png'])
      assert.ok(!existsSync(path.join(folder, name)), name);
    assert.ok(existsSync(path.join(folder, 'docs/kom-igang.md')));
  });
});
