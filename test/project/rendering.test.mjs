import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';

const page = readFileSync(path.join(root, 'docs/rendering.md'), 'utf8');
const [, examples] = page.split('## With the reader alone');
const codes = [...examples.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code);
const feed = path.join(root, 'demo/feeds/dagbok.xml');

describe('docs/rendering.md', () => {
  let folder;
  let server;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'diary-feed-'));
    mkdirSync(path.join(folder, 'node_modules'));
    symlinkSync(root, path.join(folder, 'node_modules/diary-feed'), 'junction');
    cpSync(feed, path.join(folder, 'dagbok.xml'));
    // entries without the diary's own date line have a date only
    const text = readFileSync(feed, 'utf8').replace('<p>Tisdag den 17 mars 2026</p>', '');
    server = createServer((_, response) => response.end(text));
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  /** What an example of the page prints, as it stands but for the address. */
  async function run(index) {
    const here = `http://127.0.0.1:${server.address().port}/dagbok.xml`;
    const file = path.join(folder, `example-${index}.mjs`);
    writeFileSync(file, codes[index].replaceAll(/(?<=loadFeed\(')https:[^']+/g, here));
    const child = spawn(process.execPath, [file], { cwd: folder });
    const printed = { out: '', error: '' };
    child.stdout.on('data', (bytes) => (printed.out += bytes));
    child.stderr.on('data', (bytes) => (printed.error += bytes));
    const status = await new Promise((resolve) => child.on('close', resolve));
    assert.equal(status, 0, printed.error);
    return printed.out;
  }

  it('has three examples of the reader alone', () => {
    assert.equal(codes.length, 3);
  });

  it('writes a list into a static page', async () => {
    await run(0);
    const list = readFileSync(path.join(folder, 'dagbok.html'), 'utf8');
    assert.equal(list.match(/<li><a href="https:\/\/dagbok\.example\/\S+">.+<\/a> \d{4}-\d\d-\d\d<\/li>/g).length, 5);
  });

  it('says from when the newest entry is, and why a feed cannot be read', async () => {
    assert.equal(await run(1), 'The newest entry is from 2026-04-01.\n');
    server.removeAllListeners('request');
    server.on('request', (_, response) => response.writeHead(404).end());
    assert.match(await run(1), /^The feed cannot be read \(http\): diary-feed: .* answered 404/);
  });

  it('lists the titles of a category', async () => {
    const titles = (await run(2)).trim().split('\n');
    assert.ok(titles.length > 1 && titles.every(Boolean), titles.join());
  });

  it('has a function that shows entries of all kinds', () => {
    const [, code] = /## By a function\n+```js\n([\s\S]*?)```/.exec(page);
    const element = {};
    const document = { querySelector: () => element, createElement: (localName) => ({ localName }) };
    new Function('document', code)(document);
    const link = 'https://dagbok.example/1';
    const show = (entry) => ({ ...element.renderEntry(entry) });
    assert.deepEqual(show({ title: 'A', link, day: '2026-03-12', date: new Date(0) }), {
      localName: 'a',
      href: link,
      textContent: '2026-03-12: A',
    });
    assert.deepEqual(show({ title: 'B', date: new Date(0) }), { localName: 'span', textContent: '1970-01-01: B' });
    assert.deepEqual(show({}), { localName: 'span', textContent: 'Utan rubrik' });
  });

  it('names each place that a template may have', () => {
    const source = readFileSync(path.join(root, 'src/entry-template.ts'), 'utf8');
    const [, fields] = /Object\.entries\(\{\n([\s\S]*?)\n {4}\}\)/.exec(source);
    const names = [...fields.matchAll(/^ {6}(\w+): /gm)].map(([, name]) => name);
    const rows = [...page.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name);
    assert.deepEqual(rows.sort(), names.sort());
  });
});
