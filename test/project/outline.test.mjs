// Entries that are as they should be are found without repair and put in order without being read, while the feed arrives;
// of many only those are asked for their day that may be among the first. What these short ways say is what the long ways
// say, on every feed: tried on the fixtures, the corpus where it is, and generated feeds, in pieces of any length.
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { FeedError, readFeed } from '../../dist/feed.js';
import { outlineFeed } from '../../dist/feed/read.js';
import { firstEntries, sortEntries } from '../../dist/entries.js';
import { readOutline } from '../../dist/feed/outline.js';
import { plainEntryReader } from '../../dist/feed/plain-entry.js';
import { root } from '../../scripts/run.mjs';

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const RUNS = 20_000;
console.log(`outlines: SEED=${seed}, ${RUNS} feeds`);

const url = 'https://dagbok.example/feed.xml';

/** A comment makes an entry unusual and says nothing: now it goes the long way. */
function withComments(bytes) {
  const text = bytes.toString('latin1').replace(/<(?:item|entry)(?:\s[^<>]*)?(?<!\/)>/gi, '$&<!-- -->');
  return Buffer.from(text, 'latin1');
}

function outcomeOf(bytes) {
  try {
    return JSON.stringify(readFeed(bytes, { url }));
  } catch (error) {
    assert.ok(error instanceof FeedError, error?.stack);
    return error.code;
  }
}

async function* piecesOf(bytes, length) {
  for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length);
}

async function check(bytes, length = 100) {
  const outcome = outcomeOf(bytes);
  assert.equal(outcome, outcomeOf(withComments(bytes)));
  if (!outcome.startsWith('{') || outcome.endsWith('"entries":[]}')) return;
  const outline = await outlineFeed(piecesOf(bytes, length), { url });
  for (const entry of outline.entries) {
    const { date, day } = entry.read();
    assert.deepEqual([entry.date, entry.day], [date, day]);
  }
  assert.equal(JSON.stringify(readOutline(outline)), outcome);
}

const fixtures = path.join(root, 'test/fixtures');
const corpus = path.join(root, '../shared/corpus');

/** How fields are written, and what stands in them: the ordinary, and what the short ways must leave to the long ones. */
const DATES = [
  'Thu, 26 Mar 2015 16:00:00 +0100', 'Thu, 26 Mar 2015 16:00:00 GMT', '1 Jan 2000 00:00:00 +0000', '31 Feb 2015 10:00:00 GMT', '2015-03-26',
  '2015-03-26T16:00:00Z', '26 mars 2015', ' Thu, 26 Mar 2015 16:00:00 GMT ', 'Thu, 26 Mar 15 16:00:00 GMT', 'igår', '', '&#50;015-03-26', '<b>2015-03-26</b>',
  '<![CDATA[Thu, 26 Mar 2015 16:00:00 GMT]]>', 'Thu, 29 Mar 2015 02:30:00 Europe/Stockholm',
]; // prettier-ignore
const BEGINNINGS = [
  'Torsdag den 26 mars 2015', 'Juldagen, tisdag den 25 december 2012', '26 mars 2015', 'Idag', 'lördag 3 maj 2014', 'LÃ¶rdag den 3 maj 2014', '', ' ', '&nbsp;',
  '&#8203;Torsdag den 26 mars 2015', 'Den 26-27 mars 2015:', 'Mars 2015', `${'Idag har vi talat om vägen. '.repeat(5)}2015`, '26 &amp; 27 mars 2015', 'Torsdag\n\n26 mars 2015',
  'Torsdag\n26 mars 2015',
  '\u200bTorsdag den 26 mars 2015',
  Buffer.from(`<p>Torsdag den 26 mars 2015</p>${'Idag. '.repeat(20)}`).toString('base64'),
]; // prettier-ignore
const MARKUP = [
  '<p>',
  '</p>',
  '<br>',
  '<div>',
  '</div>',
  '<b>',
  '</b>',
  '<!-- -->',
  '<img alt="26 mars 2015">',
  ' ',
  '\n',
  '',
  'text',
  '<P>',
];

const piece = fc.oneof(fc.constantFrom(...BEGINNINGS), fc.constantFrom(...MARKUP));
const html = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const content = fc.oneof(
  html.map((text) => `<![CDATA[${text}]]>`),
  html.map(escaped),
  html,
  html.map((text) => ` \n<![CDATA[${text}]]> `),
  html.map((text) => `<![CDATA[${text}]]>${escaped(text)}`),
);
const field = fc.oneof(
  fc.tuple(fc.constantFrom('pubDate', 'pubdate', 'dc:date', 'x:pubDate'), fc.constantFrom(...DATES)),
  fc.tuple(
    fc.constantFrom('description', 'Description', 'content:encoded', 'body', 'description type="text"',
      'description mode="base64"', 'x:description', 'itunes:summary'),
    content,
  ),
  fc.tuple(fc.constantFrom('title', 'link', 'guid isPermaLink="false"', 'category', 'constructor', 'item', 'media:group'), fc.constantFrom('Möten', '', 'a < b', '&aring;', '\u0007', '<title>x</title>')),
).map(([tag, text]) => `<${tag}>${text}</${tag.split(' ')[0]}>`); // prettier-ignore
const stray = fc.constantFrom(
  '',
  '',
  '',
  '\n',
  ' ',
  'text',
  '<!-- -->',
  '</p>',
  '<enclosure url="https://dagbok.example/a.jpg" type="image/jpeg">',
  '<br/>',
  '<?x?>',
);
const item = fc
  .tuple(fc.constantFrom('item', 'item', 'item', 'ITEM', 'x:item', 'item xmlns="urn:x"',
      'item xmlns="http://www.w3.org/2005/Atom"', 'entry'), fc.array(fc.oneof({ weight: 5, arbitrary: field }, stray), { maxLength: 6 }))
  .map(([tag, fields]) => `<${tag}>${fields.join('')}</${tag.split(' ')[0]}>`); // prettier-ignore
const namespaces = fc.constantFrom(
  '', '', ' xmlns:x="http://backend.userland.com/rss2"', ' xmlns:x="urn:x"', ' xmlns="urn:x"', ' xmlns:dc="urn:x"', ' xmlns:content="urn:x"',
  ' xmlns:x="http://purl.org/rss/1.0/modules/content/"',
); // prettier-ignore
const feed = fc
  .tuple(namespaces, fc.array(item, { minLength: 1, maxLength: 4 }))
  .map(([attributes, items]) =>
    Buffer.from(`<rss${attributes}><channel><title>D</title>${items.join('\n')}</channel></rss>`),
  );

describe('the short ways of reading', () => {
  it('say what the long ones say, of the fixtures', async () => {
    const plain = readdirSync(fixtures).filter((name) => name.endsWith('.xml') && name !== 'utf-16.xml');
    assert.ok(plain.length > 20);
    for (const name of plain) await check(readFileSync(path.join(fixtures, name)));
  });

  it(
    'say what the long ones say, of the corpus',
    { skip: !existsSync(corpus) && 'the corpus is not here' },
    async () => {
      for (const file of ['cases.jsonl', 'cases-atom.jsonl', 'robust.jsonl']) {
        for (const line of readFileSync(path.join(corpus, file), 'utf8').trim().split('\n')) {
          const bytes = Buffer.from(JSON.parse(line).bytesBase64 ?? '', 'base64');
          if (!bytes.includes(0)) await check(bytes);
        }
      }
    },
  );

  it(`say what the long ones say, of ${RUNS} feeds that nobody wrote`, async () => {
    await fc.assert(fc.asyncProperty(feed, fc.integer({ min: 1, max: 300 }), check), { seed, numRuns: RUNS });
  });

  it('are the ones that most feeds go', () => {
    const text = readFileSync(path.join(fixtures, 'diary.xml'), 'utf8');
    const starts = [...text.matchAll(/<item>/g)].map(({ index }) => index);
    const plain = starts.filter((start) => plainEntryReader()(text, start)?.moment);
    assert.ok(plain.length > 0 && plain.length >= starts.length / 2, `${plain.length} of ${starts.length}`);
  });
});

describe('the first entries', () => {
  const time = fc.integer({ min: Date.UTC(2026, 2, 20), max: Date.UTC(2026, 3, 5) });
  const moment = fc.oneof(
    time.map((value) => ({ date: new Date(value) })),
    fc.tuple(time, time).map(([value, day]) => ({
      date: new Date(value),
      day: new Date(day).toISOString().slice(0, 10),
    })),
    fc.constant(null).map(() => ({})),
  );
  const zone = fc.constantFrom('Europe/Stockholm', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC');

  it(`are those that sorting all would put first, of ${RUNS} feeds`, () => {
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 30 }), fc.integer({ min: 1, max: 12 }), fc.constantFrom('newest', 'feed'), zone,
        (entries, count, sort, timeZone) => {
          const first = new Set(sortEntries(entries, sort, timeZone).slice(0, count));
          assert.deepEqual([...firstEntries(entries, count, sort, timeZone)], entries.filter((entry) => first.has(entry)));
        }),
      { seed, numRuns: RUNS },
    ); // prettier-ignore
  });
});
