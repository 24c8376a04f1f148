// The single file leaves out modules of fast-xml-parser (scripts/module-stubs.mjs). That must not change any result.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { readFeed } from '../../dist/feed.js';
import { root } from '../../scripts/run.mjs';
import { bombOf } from '../support/bombs.mjs';
import { feedsOf, PAYLOADS } from '../support/hostile-feeds.mjs';
import { outcomeOf, readFeed as readFeedInSingleFile } from '../support/single-file-parser.mjs';

/** Bombs of up to 1 MB: larger ones take seconds. */
const BOMBS = [
  'billion laughs',
  'parameter entities',
  'external entity, http',
  'external DTD',
  'external style sheet',
  'XInclude',
  'elements nested, closed',
  'items nested, left open',
];

/** Share of the hostile feeds: all of them take more than half a minute. */
const SHARE = 20;

const url = 'https://dagbok.example/rss.xml';

function assertSame(source, options, name) {
  assert.equal(outcomeOf(readFeedInSingleFile, source, options), outcomeOf(readFeed, source, options), name);
}

describe('the feed parser in the single file', () => {
  it('returns the same as the unbundled one for the fixtures', () => {
    const folder = path.join(root, 'test/fixtures');
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.xml'))) {
      assertSame(readFileSync(path.join(folder, name)), { url }, name);
    }
  });

  it('returns the same for reserved names and for attributes in every form', () => {
    const names = [...Object.getOwnPropertyNames(Object.prototype), 'prototype', '#text', ':@', '!xml', 'å:ä'];
    const attributes = ['', ' a', ' a=b', " a='\"'", ' a="\t\'>"', ' å="1" å="2"', ' a = "x" b', '/', ' a="x"/', ' __proto__="x"']; // prettier-ignore
    for (const name of names) {
      for (const attribute of attributes) {
        const item = `<item><title${attribute}>a<${name}${attribute}>b\r\n</${name}>c</title><${name}/></item>`;
        const feed = `<rss><channel><${name}${attribute}>x</${name}>${item}</channel></rss>`;
        assertSame(feed, { url }, feed);
      }
    }
  });

  it('returns the same for XML declarations and doctypes inside a feed', () => {
    const item = '<item><title>a</title></item>';
    for (const inside of ['<?xml version="1.1"?>', '<?xml?>', '<!DOCTYPE rss [<!ENTITY a "b">]>', '<!ENTITY a "b">']) {
      const feed = `<rss><channel>${inside}<title>&a;</title>${item}<item>${inside}<title>&a;</title></item></channel></rss>`;
      assertSame(feed, { url }, feed);
    }
  });

  it('returns the same for hostile feeds', () => {
    const feeds = Object.keys(PAYLOADS).flatMap(feedsOf);
    for (const { markup } of feeds.filter((_, index) => index % SHARE === 0)) assertSame(markup, { url }, markup);
  });

  it('returns the same for feeds that are made to block a page', () => {
    for (const name of BOMBS) assertSame(bombOf(name), { url }, name);
  });

  const corpus = path.join(root, '../shared/corpus');
  const skip = existsSync(corpus) ? false : 'the corpus is not part of the project';
  it('returns the same for the corpus', { skip }, () => {
    const files = readdirSync(corpus).filter((name) => /^(?:cases.*|robust)\.jsonl$/.test(name));
    const cases = files.flatMap((name) => readFileSync(path.join(corpus, name), 'utf8').trim().split('\n'));
    assert.ok(cases.length > 1000);
    for (const line of cases) {
      const { id, url: caseUrl, contentType, bytesBase64, input } = JSON.parse(line);
      const bytes = Buffer.from(bytesBase64 ?? input, bytesBase64 ? 'base64' : 'utf8');
      assertSame(bytes, { url: caseUrl, contentType }, id);
    }
  });
});
