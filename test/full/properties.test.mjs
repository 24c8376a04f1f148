// Properties that hold for any bytes, tried on 100,000 generated feeds. A failure logs the seed: SEED=… npm test
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { FeedError, readFeed } from '../../dist/feed.js';
import { root } from '../../scripts/run.mjs';
import { PAYLOADS } from '../support/hostile-feeds.mjs';

const RUNS = 100_000;
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
console.log(`properties: SEED=${seed}, ${RUNS} feeds`);

const folder = path.join(root, 'test/fixtures');
const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith('.xml'))
  .map((name) => readFileSync(path.join(folder, name)));

/** Parts with a meaning for feed parsers: markup, references, URLs, dates and bytes. */
const TOKENS = [
  '<rss version="2.0">', '</rss>', '<channel>', '</channel>', '<item>', '</item>', '<title>', '</title>', '<link>', '</link>',
  '<description>', '</description>', '<content:encoded>', '<guid isPermaLink="true">', '</guid>', '<pubDate>', '</pubDate>',
  '<feed xmlns="http://www.w3.org/2005/Atom">', '<entry>', '</entry>', '<link href="', '"/>', '<enclosure url="', '<rdf:RDF>',
  '<![CDATA[', ']]>', '<!--', '-->', '<?xml version="1.0"?>', '<!DOCTYPE rss [', '<!ENTITY a "b">', ']>', '<p>', '</p>', '<br/>',
  '<script>', '</script>', '<scr', 'ipt>', '<img src=x onerror=alert(1)>', '<constructor>', '<__proto__>', '<', '>', '&', '"', "'", '=',
  '/', '&nbsp;', '&#x0;', '&#xd800;', '&#99999999;', '&auml', 'javascript:alert(1)', 'https://dagbok.example/', '//x@y/', 'data:,x',
  'xml:base="', 'xmlns="', 'xmlns:dc="http://purl.org/dc/elements/1.1/"', '<dc:date>', 'Torsdag den 26 mars 2015',
  'Thu, 26 Mar 2015 16:00:00 +0100', '2015-02-30', '99:99', '\0', '\ufeff', '\u200b', '\ud83d', 'å', '\n', ' ',
]; // prettier-ignore

const token = fc.constantFrom(...TOKENS);

/** A change of a feed's bytes, as by a broken proxy, an editor or an attacker. */
const change = fc.record({
  at: fc.nat(20_000),
  remove: fc.nat(60),
  insert: fc.oneof(
    token.map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
    fc.constant(Buffer.alloc(0)),
  ),
});

const mutated = fc
  .tuple(fc.constantFrom(...fixtures), fc.array(change, { minLength: 1, maxLength: 6 }))
  .map(([fixture, changes]) =>
    changes.reduce((bytes, { at, remove, insert }) => {
      const start = at % (bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + remove)]);
    }, fixture),
  );

/** Returns the positions of the elements of a feed. */
function elementsOf(text) {
  const found = [];
  for (const { 0: tag, 1: name, index } of text.matchAll(/<([a-z][\w:]*)[^<>]*>/gi)) {
    const end = text.indexOf(`</${name}>`, index + tag.length);
    if (end >= 0) found.push({ start: index, inside: index + tag.length, insideEnd: end, end: end + name.length + 3 });
  }
  return found;
}

/** A hostile text in Latin-1, as the feeds below. */
const payload = fc.constantFrom(...Object.values(PAYLOADS).flat()).map((text) => Buffer.from(text).toString('latin1'));

/** Changes of a feed's structure: `one` and `other` are elements of it. */
const REARRANGEMENTS = {
  removes: (text, one) => text.slice(0, one.start) + text.slice(one.end),
  doubles: (text, one) => text.slice(0, one.end) + text.slice(one.start),
  swaps: (text, one, other) => {
    const [first, second] = [one, other].sort((a, b) => a.start - b.start);
    if (second.start < first.end) return text;
    const parts = [[0, first.start], [second.start, second.end], [first.end, second.start], [first.start, first.end]];
    return parts.map(([start, end]) => text.slice(start, end)).join('') + text.slice(second.end);
  }, // prettier-ignore
  nests: (text, one, other) => text.slice(0, other.inside) + text.slice(one.start, one.end) + text.slice(other.inside),
  opens: (text, one) => text.slice(0, one.insideEnd) + text.slice(one.end),
  fills: (text, one, _, hostile) => text.slice(0, one.inside) + hostile + text.slice(one.insideEnd),
  'fills with CDATA': (text, one, _, hostile) =>
    `${text.slice(0, one.inside)}<![CDATA[${hostile}]]>${text.slice(one.insideEnd)}`,
  'adds an attribute': (text, one, _, hostile) =>
    `${text.slice(0, one.inside - 1)} a="${hostile}"${text.slice(one.inside - 1)}`,
};

const rearranged = fc
  .tuple(
    fc.constantFrom(...fixtures),
    fc.constantFrom(...fixtures),
    fc.nat(),
    fc.array(fc.tuple(fc.constantFrom(...Object.values(REARRANGEMENTS)), fc.nat(), fc.nat(), payload), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([fixture, other, cut, changes]) => {
    // one feed, or the beginning of one and the end of another
    const start = fixture.toString('latin1');
    const end = other.toString('latin1');
    let text = cut % 3 ? start : start.slice(0, cut % start.length) + end.slice(cut % end.length);
    for (const [rearrange, one, another, hostile] of changes) {
      const elements = elementsOf(text);
      if (elements.length === 0) break;
      text = rearrange(text, elements[one % elements.length], elements[another % elements.length], hostile);
    }
    return Buffer.from(text, 'latin1');
  });

const soup = fc.array(token, { maxLength: 60 }).map((tokens) => Buffer.from(tokens.join('')));
const soupInFeed = soup.map((bytes) => Buffer.concat([Buffer.from('<rss><channel><item>'), bytes]));
const anyBytes = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));

const charset = fc.constantFrom(
  null,
  'text/xml',
  'text/html; charset=utf-8',
  'application/xml; charset=iso-8859-1',
  'x; charset=utf-16',
);

const NAMES = 'script|img|p|br|b|a|div|iframe|style|title|link';

/** An HTML tag, as a browser parses it. */
const TAG = new RegExp(`</?(?:${NAMES})(?=[\\s/>])[^<>]*>`, 'i');

/** Sources of visible brackets: a reference to one, one that opens no tag, and one that interrupts a tag. */
const BRACKETS = new RegExp(`&(?:lt|#0*60|#x0*3c|amp|#0*38|#x0*26)|</?(?![a-z!?/])|</?(?:${NAMES})[^<>]*(?:<|$)`, 'i');

/** Returns whether texts may contain brackets: the source contains some, perhaps in parts with tags between them (`&<b>lt;`). */
function mayShowBrackets(bytes) {
  const source = bytes.toString('latin1').replaceAll('\0', '');
  return BRACKETS.test(source) || BRACKETS.test(source.replace(/<[^<>]*>/g, ''));
}

/** URL of every feed. */
const url = 'https://dagbok.example/feed.xml';

function check(bytes, contentType) {
  let feed;
  try {
    feed = readFeed(bytes, { contentType, url });
  } catch (error) {
    assert.ok(error instanceof FeedError, `threw ${error?.stack}`);
    assert.match(error.code, /^(?:not-a-feed|too-large)$/);
    return;
  }
  const texts = [feed.title];
  const urls = [feed.link];
  for (const entry of feed.entries) {
    texts.push(entry.title, entry.summary, entry.author, ...entry.categories);
    urls.push(entry.link, entry.image);
    assert.ok(entry.date === undefined || !Number.isNaN(entry.date.valueOf()));
    assert.ok(entry.day === undefined || /^\d{4}-\d\d-\d\d$/.test(entry.day));
    for (const [name, value] of Object.entries(entry))
      assert.ok(value !== undefined && value !== '', `${name} is empty`);
  }
  for (const address of urls.filter(Boolean)) {
    const { href, protocol, username } = new URL(address);
    assert.deepEqual([href, username], [address, '']);
    assert.match(protocol, /^https?:$/);
  }
  if (mayShowBrackets(bytes)) return;
  for (const text of texts) assert.doesNotMatch(text ?? '', TAG);
}

/** Checks a property for this number of feeds. */
function tryOn(bytes, numRuns, property) {
  fc.assert(fc.property(bytes, charset, property), {
    seed,
    numRuns,
    interruptAfterTimeLimit: 120_000, // 20 times the usual duration
    markInterruptAsFailure: true,
  });
}

describe('readFeed with any bytes', () => {
  for (const [what, bytes, share] of [
    ['changed fixtures', mutated, 0.3],
    ['rearranged and hostile fixtures', rearranged, 0.2],
    ['random markup in a feed', soupInFeed, 0.25],
    ['random markup', soup, 0.15],
    ['random bytes', anyBytes, 0.1],
  ]) {
    it(`results in plain text and http(s) URLs, or a FeedError: ${what}`, () => tryOn(bytes, RUNS * share, check));
  }
});
