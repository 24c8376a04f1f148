import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { readFeed } from '../../dist/feed.js';
import { root } from '../../scripts/run.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');
const page = read('docs/reading.md');

describe('docs/reading.md', () => {
  it('names the carriers of each field as the reader has them', () => {
    const [, carriers] = /const CARRIERS = \{([\s\S]*?)\n\};/.exec(read('src/feed/formats.ts'));
    const [, texts] = /const TEXT_NAMES = \(([\s\S]*?)\)\.split/.exec(read('src/feed/names.ts'));
    const fields = [...carriers.matchAll(/^ {2}(\w+): words\(([\s\S]*?)\),$/gm), ['', 'text', texts]];
    assert.ok(fields.length > 6);
    for (const [, field, source] of fields) {
      const names = source.match(/[a-z]+(?::[a-z]+)?/g);
      const [, row] =
        new RegExp(`^\\| \`${field}\` +\\|(.*)\\|$`, 'm').exec(page) ?? assert.fail(`no row for ${field}`);
      const named = [...row.matchAll(/`([a-z:]+)`/g)].map(([, name]) => name);
      assert.deepEqual(named.slice(0, names.length), names, field);
    }
  });

  it('shows date lines as the reader takes them', () => {
    const rows = [...page.matchAll(/^\| `([^`|]*\d{4}[^`|]*)` +\| `?([\d-]+|stays)`? +\|$/gm)];
    assert.ok(rows.length > 5);
    for (const [, line, expected] of rows) {
      const feed = `<rss><channel><item><description>&lt;p>${line}&lt;/p>&lt;p>Hej&lt;/p></description></item></channel></rss>`;
      const [entry] = readFeed(new TextEncoder().encode(feed), { url: 'https://dagbok.example/' }).entries;
      assert.equal(entry.day ?? 'stays', expected, line);
      assert.equal(entry.summary, expected === 'stays' ? `${line}\nHej` : 'Hej', line);
    }
  });

  it('names the limits as they are', () => {
    const limits = [...read('src/feed/limits.ts').matchAll(/MAX_\w+ = ([\d_]+);/g)];
    for (const [, value] of limits)
      assert.ok(page.includes(Number(value.replaceAll('_', '')).toLocaleString('en')), value);
  });
});
