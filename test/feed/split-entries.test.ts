import { expect } from 'chai';
import { MAX_ENTRIES, MAX_MARKUP_LENGTH } from '../../src/feed/limits.js';
import { pickEntries, splitFeed } from '../../src/feed/split-entries.js';

const FEED = '<rss version="2.0"><channel><title>Dagboken</title><item><title>Möten</title></item></channel></rss>';
const ENTRY = '<item><title>Möten</title></item>';
const FRAME = '<rss version="2.0"><channel><title>Dagboken</title></channel></rss>';

describe('splitFeed', () => {
  it('separates the entries from everything around them', () => {
    expect(splitFeed(FEED)).to.deep.equal({ frame: FRAME, entries: [ENTRY], isComplete: true });
  });

  for (const source of [
    '',
    'Hej',
    '{"items":[]}',
    '<!DOCTYPE html><html><head><title>x</title></head><body></body></html>',
    `<html><body>${FEED}</body></html>`,
    '</rss>',
    '<rssfeed></rssfeed>',
  ]) {
    it(`finds no feed in ${JSON.stringify(source.slice(0, 60))}`, () => {
      expect(splitFeed(source)).to.equal(undefined);
    });
  }

  for (const root of ['rdf:RDF', 'atom:feed', 'channel', 'RSS']) {
    it(`recognizes <${root}> as the root of a feed`, () => {
      const source = `<${root}><title>x</title></${root}>`;
      expect(splitFeed(source)).to.deep.equal({ frame: source, entries: [], isComplete: true });
    });
  }

  for (const before of [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<?xml-stylesheet href="x>y.xsl"?>',
    '<br />\n<b>Notice</b>:  Undefined variable: x in <b>/var/www/feed.php</b> on line <b>3</b><br />\n',
    '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"> <!ELEMENT rss (channel)> ]>',
    '</channel>',
  ]) {
    it(`drops ${JSON.stringify(before.slice(0, 60))} before the feed`, () => {
      expect(splitFeed(before + FEED)).to.deep.equal(splitFeed(FEED));
    });
  }

  for (const [what, source, expected] of [
    [
      'ends an entry without an end tag at the next one',
      '<rss><item>1<item>2</item></rss>',
      ['<item>1', '<item>2</item>'],
    ],
    ['recognizes entries in capitals', '<RSS><ITEM>1</ITEM></RSS>', ['<ITEM>1</ITEM>']],
    ['ignores entries in a comment', '<rss><!-- <item> --><item>1</item></rss>', ['<item>1</item>']],
    [
      'ignores tags in CDATA',
      '<rss><item><![CDATA[</item><item>]]></item></rss>',
      ['<item><![CDATA[</item><item>]]></item>'],
    ],
    ['ignores other elements that start alike', '<rss><items/><item>1</item></rss>', ['<item>1</item>']],
  ] as const) {
    it(what, () => {
      expect(splitFeed(source)?.entries).to.deep.equal(expected);
    });
  }

  for (const rest of [
    '<item><title>Två',
    '<item><title>Två</title><enclosure url="https://kom',
    '<item><title>Två</title><!-- kom',
    '<![CDATA[ <item></item>',
  ]) {
    it(`keeps the complete entries of a feed that ends in ${JSON.stringify(rest)}`, () => {
      const { entries, isComplete } = splitFeed(`<rss><channel>${ENTRY}${rest}`) ?? {};
      expect(entries).to.deep.equal([ENTRY]);
      expect(isComplete).to.equal(false);
    });
  }

  for (const after of ['', '<!-- made in 0.1 s -->', '<b>Warning</b>']) {
    it(`is complete if ${JSON.stringify(after)} follows its end tag`, () => {
      expect(splitFeed(FEED + after)?.isComplete).to.equal(true);
    });
  }

  it('stops at the limit of entries', () => {
    expect(splitFeed(`<rss>${'<item/>'.repeat(MAX_ENTRIES + 10)}</rss>`)?.entries).to.have.lengthOf(MAX_ENTRIES);
  });

  for (const part of ['<', '<item ', '</item>', '<!--', '<![CDATA[', ']]>', '</rss', 'a:']) {
    it(`reads ${JSON.stringify(part)} 300,000 times in linear time`, () => {
      expect(splitFeed(`<rss>${part.repeat(300_000)}`)?.frame.startsWith('<rss>')).to.equal(true);
      splitFeed(part.repeat(300_000));
    });
  }
});

describe('pickEntries', () => {
  const entryOf = (day: number, field = 'pubDate'): string =>
    `<item><title>${day}</title><${field}>${new Date(Date.UTC(2015, 0, day)).toUTCString()}</${field}></item>`;
  const days = (picked: readonly string[]): number[] => picked.map((entry) => Number(/<title>(\d+)/.exec(entry)?.[1]));
  const oldestFirst = Array.from({ length: 100 }, (_, index) => entryOf(index + 1));

  it('returns all entries of a short feed', () => {
    expect(pickEntries(oldestFirst, 100)).to.equal(oldestFirst);
    expect(pickEntries(oldestFirst, Infinity)).to.equal(oldestFirst);
  });

  it('returns the first and the latest entries of a long feed, in its order', () => {
    expect(days(pickEntries(oldestFirst, 3))).to.deep.equal([1, 2, 3, 98, 99, 100]);
    expect(days(pickEntries(oldestFirst.toReversed(), 3))).to.deep.equal([100, 99, 98]);
  });

  it('returns the first entries if they have no dates', () => {
    expect(pickEntries(['<item>1</item>', '<item>2</item>', '<item>3</item>'], 2)).to.deep.equal([
      '<item>1</item>',
      '<item>2</item>',
    ]);
  });

  for (const field of ['pubDate', 'published', 'updated', 'dc:date', 'atom:published']) {
    it(`compares ${field}`, () => {
      const entries = [1, 2, 3].map((day) => entryOf(day, field));
      expect(days(pickEntries(entries, 1))).to.deep.equal([1, 3]);
    });
  }

  it('prefers the latest entries if all are too long for one task', () => {
    const long = oldestFirst.map((entry) => entry + ' '.repeat(MAX_MARKUP_LENGTH / 4));
    expect(days(pickEntries(long, 10))).to.deep.equal([98, 99, 100]);
  });
});
