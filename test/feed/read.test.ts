import { expect } from 'chai';
import { FeedError, readFeed, type Feed, type FeedErrorCode } from '../../src/feed.js';
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
    it(`takes a feed that was cut off ${where} for none: the rest may not have been empty`, () => {
      const steps = outlineFeed(bytes(text), { url: ADDRESS });
      expect(() => [...steps])
        .to.throw(FeedError, /What came is the beginning of one, without entries/)
        .with.property('code', 'not-a-feed');
    });
  }

  it('takes one that was cut off later for what has come', () => {
    const steps = outlineFeed(bytes('<rss><channel><item><title>Ett</title></item><item>'), { url: ADDRESS });
    expect(() => [...steps]).to.not.throw();
  });
});
