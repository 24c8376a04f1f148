// What makes the single file small changes nothing; test/project/properties.test.mjs tries generated feeds.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { readFeed } from '../../dist/feed.js';
import { root } from '../../scripts/run.mjs';
import { outcome, readFeed as readInSingleFile } from '../support/single-file-reader.mjs';

function assertSame(bytes, source, name) {
  assert.equal(outcome(readInSingleFile, bytes, source), outcome(readFeed, bytes, source), name);
}

describe('the reader of the single file', () => {
  it('reads the fixtures as the other does', () => {
    const folder = path.join(root, 'test/fixtures');
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.xml'))) {
      assertSame(readFileSync(path.join(folder, name)), { url: 'https://dagbok.example/rss.xml' }, name);
    }
  });

  it('reads names that mean something to a program, and attributes of every form', () => {
    const names = [...Object.getOwnPropertyNames(Object.prototype), 'prototype', '#text', ':@', '!xml', 'å:ä'];
    const attributes = [
      '',
      ' a',
      ' a=b',
      " a='\"'",
      ' a="\t\'>"',
      ' å="1" å="2"',
      ' a = "x" b',
      '/',
      ' a="x"/',
      ' __proto__="x"',
    ];
    for (const name of names) {
      for (const attribute of attributes) {
        const item = `<item><title${attribute}>a<${name}${attribute}>b\r\n</${name}>c</title><${name}/></item>`;
        const feed = `<rss><channel><${name}${attribute}>x</${name}>${item}</channel></rss>`;
        assertSame(new TextEncoder().encode(feed), { url: 'https://dagbok.example/rss.xml' }, feed);
      }
    }
  });

  const corpus = path.join(root, '../shared/corpus');
  const skip = existsSync(corpus) ? false : 'the corpus is not here';
  it('reads the corpus as the other does', { skip }, () => {
    const files = readdirSync(corpus).filter((name) => /^(?:cases.*|robust)\.jsonl$/.test(name));
    const cases = files.flatMap((name) => readFileSync(path.join(corpus, name), 'utf8').trim().split('\n'));
    assert.ok(cases.length > 1000);
    for (const line of cases) {
      const { id, url, contentType, bytesBase64, input } = JSON.parse(line);
      assertSame(Buffer.from(bytesBase64 ?? input, bytesBase64 ? 'base64' : 'utf8'), { url, contentType }, id);
    }
  });
});
