// The folder that a release has for a server: its configurator works from there, and says so where somebody has put up half of it.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { textIn } from '../../demo/configurator/texts.js';
import { writeReleaseFolder } from '../../scripts/release-folder.mjs';
import { root } from '../../scripts/run.mjs';
import { driven, useChromium } from '../support/chromium.mjs';

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

const chromium = useChromium();

describe('the folder of a release with the configurator', driven, () => {
  const place = mkdtempSync(path.join(tmpdir(), 'diary-feed-'));
  /** Files of it that somebody has forgotten. */
  const forgotten = new Set();
  let server;
  let address;

  before(async () => {
    for (const name of ['demo', 'dist', 'docs', 'LICENSE']) {
      cpSync(path.join(root, name), path.join(place, name), {
        recursive: true,
        filter: (from) => !from.includes('node_modules'),
      });
    }
    mkdirSync(path.join(place, 'release'));
    writeReleaseFolder(place, { version, lines: '- x' });
    server = createServer((request, response) => {
      const { pathname } = new URL(request.url, 'http://127.0.0.1');
      const file = path.join(place, 'release', path.normalize(pathname));
      try {
        if (forgotten.has(path.basename(file))) throw new Error('forgotten');
        const bytes = readFileSync(file);
        response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' }).end(bytes);
      } catch {
        response.writeHead(404).end('Not found');
      }
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${server.address().port}/configurator-${version}/demo/configurator.html`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
    rmSync(place, { recursive: true });
  });
  beforeEach(() => forgotten.clear());

  /** Opens the page; gives it with what it has asked for in vain. */
  async function open(query = '') {
    const page = await chromium.browser.newPage();
    const missing = [];
    page.on('response', (response) => response.status() >= 400 && missing.push(new URL(response.url()).pathname));
    await page.goto(address + query);
    return { page, missing };
  }

  it('has a configurator that finds all that it asks for', async () => {
    const { page, missing } = await open('?server=cron-apache&theme=cards');
    await page.waitForSelector('html[data-ready]');
    await page.waitForFunction(() =>
      document.getElementById('preview').contentDocument.querySelector('diary-feed')?.matches(':state(ready)'),
    );
    assert.ok(await page.evaluate(() => document.getElementById('recipe').innerHTML.includes('cron-apache.conf')));
    assert.deepEqual(missing, []);
    await page.close();
  });

  for (const file of ['relay-recipes.json', 'diary-feed.min.js']) {
    it(`says on the page that a file of the build is not there: ${file}`, async () => {
      forgotten.add(file);
      for (const language of ['sv', 'en']) {
        const { page } = await open(`?ui=${language}`);
        await page.waitForSelector('#check li');
        const said = await page.evaluate(() => document.getElementById('check').textContent);
        assert.equal(said, textIn(language, 'check-files'));
        await page.close();
      }
    });
  }
});
