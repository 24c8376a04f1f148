import { expect } from 'chai';
import { FeedError, readFeed, type Entry, type Feed } from '../../src/feed.js';
import * as limits from '../../src/feed/limits.js';
import { bytes, items, rss } from '../support/feeds.js';

const URL = 'https://dagbok.example/rss.xml';

function read(markup: string): Feed {
  return readFeed(bytes(markup), { url: URL });
}

function entryOf(fields: string): Entry | undefined {
  return read(rss(`<item>${fields}</item>`)).entries[0];
}

const AFTER = '<title>Möten</title><link>https://dagbok.example/1</link>';
const COMPLETE = { title: 'Möten', link: 'https://dagbok.example/1' };

describe('a field that is too long', () => {
  for (const [name, open, close] of [
    ['as text', '', ''],
    ['in a CDATA section', '<![CDATA[', ']]>'],
    ['in many CDATA sections', '', ''],
  ] as const) {
    it(`is cut, and the fields after it are complete: ${name}`, () => {
      const text = 'å'.repeat(limits.MAX_FIELD_LENGTH + 10);
      const long = name.includes('many') ? text.replace(/å{1000}/g, '<![CDATA[$&]]>') : open + text + close;
      const { summary, ...others } = entryOf(`<description>${long}</description>${AFTER}`) ?? {};
      expect(summary?.length).to.equal(limits.MAX_FIELD_LENGTH);
      expect(others).to.deep.include(COMPLETE);
    });
  }
});

describe('an entry that is too long', () => {
  it('keeps its first fields, and the next entry is complete', () => {
    const field = `<category>${'å'.repeat(200_000)}</category>`;
    const { entries } = read(rss(`<item>${AFTER}${field.repeat(20)}</item><item>${AFTER}</item>`));
    expect(entries).to.have.lengthOf(2);
    for (const entry of entries) expect(entry).to.deep.include(COMPLETE);
  });

  it('keeps the fields after a field of more than a megabyte', () => {
    expect(entryOf(`<description>${'å'.repeat(1_500_000)}</description>${AFTER}`)).to.deep.include(COMPLETE);
  });

  it('keeps the fields before too many elements', () => {
    const { summary, ...others } =
      entryOf(`${AFTER}<description>${'<b>x</b>'.repeat(limits.MAX_TAGS)}å</description>`) ?? {};
    expect(others).to.deep.include(COMPLETE);
    expect(summary).to.match(/^x{1000,}$/);
  });

  it('has a limited number of categories and authors', () => {
    const many = Array.from({ length: 80 }, (_, n) => `<category>${n}</category><dc:creator>Eva ${n}</dc:creator>`);
    const entry = entryOf(AFTER + many.join(''));
    expect(entry?.categories).to.have.lengthOf(limits.MAX_VALUES);
    expect(entry?.author?.split(', ')).to.have.lengthOf(limits.MAX_VALUES);
  });
});

describe('a channel that is too long', () => {
  it('keeps the entries', () => {
    const flood = `<managingEditor>${'å'.repeat(300_000)}</managingEditor>`.repeat(3) + '<b/>'.repeat(20_000);
    const feed = read(rss(flood + items(2)));
    expect([feed.title, feed.entries.length]).to.deep.equal(['Dagboken', 2]);
  });
});

describe('a feed with too many bytes', () => {
  it('is too large, as bytes and as text', () => {
    for (const source of [new Uint8Array(limits.MAX_BODY_BYTES + 1), ' '.repeat(limits.MAX_BODY_BYTES + 1)]) {
      expect(() => readFeed(source, { url: URL }))
        .to.throw(FeedError, `${URL} is larger than 10 MB`)
        .with.property('code', 'too-large');
    }
  });
});

describe('a URL that is too long', () => {
  it('is dropped', () => {
    const address = (length: number): string => URL.padEnd(length, 'a');
    expect(entryOf(`<link>${address(limits.MAX_URL_LENGTH)}</link>`)?.link).to.have.length(8000);
    expect(entryOf(`<title>x</title><link>${address(limits.MAX_URL_LENGTH + 1)}</link>`)?.link).to.equal(undefined);
  });
});
