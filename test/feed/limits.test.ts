import { expect } from 'chai';
import { FeedError, readFeed, type Entry, type Feed } from '../../src/feed.js';
import * as limits from '../../src/feed/limits.js';
import { readEntries } from '../../src/feed/outline.js';
import { outlineFeed } from '../../src/feed/read.js';
import { inSlices } from '../../src/feed/slices.js';
import { bytes, items, rss } from '../support/feeds.js';

const URL = 'https://dagbok.example/rss.xml';

function read(markup: string): Feed {
  return readFeed(bytes(markup), { url: URL });
}

function entryOf(fields: string): Entry | undefined {
  return read(rss(`<item>${fields}</item>`)).entries[0];
}

const AFTER = '<title>Möten</title><link>https://dagbok.example/1</link>';
const WHOLE = { title: 'Möten', link: 'https://dagbok.example/1' };

describe('a field that is too long', () => {
  for (const [name, open, close] of [
    ['as text', '', ''],
    ['in a CDATA section', '<![CDATA[', ']]>'],
    ['in many CDATA sections', '', ''],
  ] as const) {
    it(`is cut, and leaves the fields after it whole: ${name}`, () => {
      const text = 'å'.repeat(limits.MAX_FIELD_LENGTH + 10);
      const long = name.includes('many') ? text.replace(/å{1000}/g, '<![CDATA[$&]]>') : open + text + close;
      const { summary, ...others } = entryOf(`<description>${long}</description>${AFTER}`) ?? {};
      expect(summary?.length).to.equal(limits.MAX_FIELD_LENGTH);
      expect(others).to.deep.include(WHOLE);
    });
  }
});

describe('an entry that is too long', () => {
  it('keeps what came first, and the next entry is whole', () => {
    const field = `<category>${'å'.repeat(200_000)}</category>`;
    const { entries } = read(rss(`<item>${AFTER}${field.repeat(5)}</item><item>${AFTER}</item>`));
    expect(entries).to.have.lengthOf(2);
    for (const entry of entries) expect(entry).to.deep.include(WHOLE);
  });

  it('of too many elements keeps the text of those that are past the limit', () => {
    const { summary, ...others } =
      entryOf(`${AFTER}<description>${'<b>x</b>'.repeat(limits.MAX_ELEMENTS)}å</description>`) ?? {};
    expect(others).to.deep.include(WHOLE);
    expect(summary?.length).to.equal(limits.MAX_ELEMENTS + 1);
  });

  it('has so many categories and authors, and no more', () => {
    const many = Array.from({ length: 80 }, (_, n) => `<category>${n}</category><dc:creator>Eva ${n}</dc:creator>`);
    const entry = entryOf(AFTER + many.join(''));
    expect(entry?.categories).to.have.lengthOf(limits.MAX_VALUES);
    expect(entry?.author?.split(', ')).to.have.lengthOf(limits.MAX_VALUES);
  });
});

describe('a channel that is too long', () => {
  it('has the entries all the same', () => {
    const flood = `<managingEditor>${'å'.repeat(300_000)}</managingEditor>`.repeat(3) + '<b/>'.repeat(20_000);
    const feed = read(rss(flood + items(2)));
    expect([feed.title, feed.entries.length]).to.deep.equal(['Dagboken', 2]);
  });
});

describe('a feed of too many entries', () => {
  it('is too large, one less is not', () => {
    const item = '<item/>';
    expect(read(rss(item.repeat(limits.MAX_ENTRIES))).entries).to.have.lengthOf(limits.MAX_ENTRIES);
    expect(() => read(rss(item.repeat(limits.MAX_ENTRIES + 1))))
      .to.throw(FeedError)
      .with.property('code', 'too-large');
  });
});

describe('an address that is too long', () => {
  it('is none', () => {
    const address = (length: number): string => URL.padEnd(length, 'a');
    expect(entryOf(`<link>${address(limits.MAX_ADDRESS_LENGTH)}</link>`)?.link).to.have.length(8000);
    expect(entryOf(`<title>x</title><link>${address(limits.MAX_ADDRESS_LENGTH + 1)}</link>`)?.link).to.equal(undefined);
  });
});

describe('inSlices', () => {
  const large = bytes(rss(items(15_000)));

  it('gives what readFeed gives, and lets the page do its work meanwhile', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++);
    const chunks = (async function* () {
      yield large;
    })();
    const feed = await inSlices(readEntries(await outlineFeed(chunks, { url: URL })));
    clearInterval(timer);
    expect(turns).to.be.greaterThan(1);
    expect(JSON.stringify(feed) === JSON.stringify(readFeed(large, { url: URL }))).to.equal(true);
  });

  it('is given up with the signal', async () => {
    const abort = new AbortController();
    const endless = (function* (): Generator<undefined, never> {
      for (;;) yield;
    })();
    const reading = inSlices(endless, abort.signal);
    const reason = new Error('enough');
    abort.abort(reason);
    expect(await reading.catch((error: unknown) => error)).to.equal(reason);
  });
});
