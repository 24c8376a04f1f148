import { expect } from 'chai';
import { FeedError, readFeed, type Feed, type FeedErrorCode } from '../../src/feed.js';
import { readOutline } from '../../src/feed/outline.js';
import { outlineFeed } from '../../src/feed/read.js';
import { bytes } from '../support/feeds.js';
import { bytesOf, feedUrl } from '../support/server.js';

/** What stands in test/fixtures/NAME.json beside NAME.xml: what the reader makes of it, dates as ISO 8601. */
interface Expectation {
  /** The header that the bytes come with; none unless told. */
  contentType?: string;
  feed?: unknown;
  error?: FeedErrorCode;
}

const ADDRESS = 'https://dagbok.example/kommun/rss.xml';

const fixtures = (await (await fetch('/feed-server/fixtures')).json()) as string[];

async function expectationOf(file: string): Promise<Expectation> {
  const response = await fetch(feedUrl({ file, type: 'application/json' }));
  if (!response.ok)
    throw new Error(`test/fixtures/${file} is missing: each .xml there has a .json that says what it means`);
  return (await response.json()) as Expectation;
}

/** The feed as JSON would carry it, or the code of the error. */
function outcomeOf(read: () => Feed): Pick<Expectation, 'feed' | 'error'> {
  try {
    return { feed: JSON.parse(JSON.stringify(read())) as unknown };
  } catch (error) {
    if (error instanceof FeedError) return { error: error.code };
    throw error;
  }
}

describe('readFeed', () => {
  it('has fixtures', () => {
    expect(fixtures).to.include('diary.xml');
  });

  for (const file of fixtures) {
    it(`reads ${file} as its .json says`, async () => {
      const [source, { contentType, ...expected }] = await Promise.all([
        bytesOf({ file }),
        expectationOf(file.replace(/\.xml$/, '.json')),
      ]);
      if (!source) throw new Error(`${file} did not come`);
      const read = (): Feed => readFeed(source, { contentType: contentType ?? null, url: ADDRESS });
      expect(outcomeOf(read)).to.deep.equal(expected);
    });
  }
});

describe('outlineFeed', () => {
  for (const [where, text] of [
    ['at its root', '<rss version="2.0">'],
    ['within its head', '<rss><channel><title>Dagb'],
    ['within its first entry', '<rss><channel><item><title>Möt'],
    ['within its first entry of Atom', '<feed xmlns="http://www.w3.org/2005/Atom"><entry>'],
  ] as const) {
    it(`takes a feed that was cut off ${where} for none: the rest may not have been empty`, async () => {
      const error = await outlineFeed(chunksOf(bytes(text)), { url: ADDRESS }).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(FeedError).with.property('code', 'not-a-feed');
      expect(error)
        .to.have.property('message')
        .that.matches(/What came is the beginning of one, without entries/);
    });
  }

  it('takes one that was cut off later for what has come', async () => {
    const text = '<rss><channel><item><title>Ett</title></item><item>';
    const { entries } = await outlineFeed(chunksOf(bytes(text)), { url: ADDRESS });
    expect(entries.map((entry) => entry.read().title)).to.deep.equal(['Ett']);
  });

  for (const [encoding, text] of [
    ['UTF-8', 'å'],
    ['an encoding that the header names', '\xe5'],
    ['another encoding than the header promises', '\xe5'],
  ] as const) {
    it(`reads a feed in pieces of any length as in one: ${encoding}`, async () => {
      const entry = `<item><title>M${text}te</title><pubDate>Thu, 26 Mar 2015 16:00:00 GMT</pubDate></item>`;
      const feed = `<rss><channel><title>Dagbok</title>${' '.repeat(2000)}${entry.repeat(40)}</channel></rss>\n<!-- end -->`;
      const source = encoding === 'UTF-8' ? bytes(feed) : Uint8Array.from(feed, (letter) => letter.charCodeAt(0));
      const contentType = `text/xml; charset=${encoding.includes('names') ? 'iso-8859-1' : 'utf-8'}`;
      const whole = readFeed(source, { contentType, url: ADDRESS });
      expect(whole.entries[39]?.title).to.equal('Måte');
      for (const length of [1, 2, 3, 50, 1024, 5000]) {
        const outline = await outlineFeed(chunksOf(source, length), { contentType, url: ADDRESS });
        expect(readOutline(outline), String(length)).to.deep.equal(whole);
      }
    });
  }
});

/** The bytes as a line brings them, so many at a time. */
async function* chunksOf(source: Uint8Array, length = 1000): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < source.length; start += length) yield source.subarray(start, start + length);
}
