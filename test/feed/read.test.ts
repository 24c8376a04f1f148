import { expect } from 'chai';
import { FeedError, readFeed, type Feed, type FeedErrorCode } from '../../src/feed.js';
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
      const [bytes, { contentType, ...expected }] = await Promise.all([
        bytesOf({ file }),
        expectationOf(file.replace(/\.xml$/, '.json')),
      ]);
      if (!bytes) throw new Error(`${file} did not come`);
      const read = (): Feed => readFeed(bytes, { contentType: contentType ?? null, url: ADDRESS });
      expect(outcomeOf(read)).to.deep.equal(expected);
    });
  }
});
