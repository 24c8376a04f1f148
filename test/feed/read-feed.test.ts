import { expect } from 'chai';
import { FeedError, readFeed, type Feed, type FeedErrorCode } from '../../src/feed.js';
import { readFeedInTasks } from '../../src/feed/read-feed.js';
import { bytes, items, rss } from '../support/feeds.js';
import { fetchBytes, feedUrl } from '../support/server.js';

/** Content of test/fixtures/NAME.json: the result for NAME.xml, with dates as ISO 8601 text. */
interface Expectation {
  /** `Content-Type` header of the response; none by default. */
  contentType?: string;
  feed?: unknown;
  error?: FeedErrorCode;
}

const ADDRESS = 'https://dagbok.example/kommun/rss.xml';

const fixtures = (await (await fetch('/feed-server/fixtures')).json()) as string[];

async function expectationOf(file: string): Promise<Expectation> {
  const response = await fetch(feedUrl({ file, type: 'application/json' }));
  if (!response.ok) throw new Error(`test/fixtures/${file} is missing: each .xml needs a .json`);
  return (await response.json()) as Expectation;
}

/** Returns the feed as JSON, or the code of the error. */
function outcomeOf(read: () => Feed): Pick<Expectation, 'feed' | 'error'> {
  try {
    return { feed: JSON.parse(JSON.stringify(read())) as unknown };
  } catch (error) {
    if (error instanceof FeedError) return { error: error.code };
    throw error;
  }
}

describe('readFeed', () => {
  for (const file of fixtures) {
    it(`reads ${file} as its .json`, async () => {
      const [source, { contentType, ...expected }] = await Promise.all([
        fetchBytes({ file }),
        expectationOf(file.replace(/\.xml$/, '.json')),
      ]);
      if (!source) throw new Error(`${file} can't be loaded`);
      const read = (): Feed => readFeed(source, { contentType: contentType ?? null, url: ADDRESS });
      expect(outcomeOf(read)).to.deep.equal(expected);
    });
  }
});

function read(text: string): Feed {
  return readFeed(text, { url: ADDRESS });
}

describe('readFeed without options', () => {
  const text =
    '<rss><channel><link>/</link><item><title>Möten</title><link>https://dagbok.example/1</link></item></channel></rss>';

  for (const [what, source] of [
    ['text', text],
    ['bytes', bytes(text)],
    ['an ArrayBuffer', bytes(text).buffer as ArrayBuffer],
  ] as const) {
    it(`reads ${what}; relative URLs are missing`, () => {
      expect(readFeed(source)).to.deep.equal({
        entries: [{ title: 'Möten', link: 'https://dagbok.example/1', categories: [] }],
      });
    });
  }

  it('names the source in its errors', () => {
    expect(() => readFeed('')).to.throw(FeedError, /^diary-feed: the given source isn't a feed\. /);
    expect(() => readFeed('', { name: 'the text' })).to.throw(FeedError, /^diary-feed: the text isn't a feed\. /);
  });
});

describe('a feed that is cut off', () => {
  for (const [position, text] of [
    ['at its root', '<rss version="2.0">'],
    ['in its head', '<rss><channel><title>Dagb'],
    ['in its first entry', '<rss><channel><item><title>Möt'],
    ['in its first Atom entry', '<feed xmlns="http://www.w3.org/2005/Atom"><entry>'],
  ] as const) {
    it(`isn't a feed if it ends ${position}`, () => {
      expect(() => read(text))
        .to.throw(FeedError, /It is cut off/)
        .with.property('code', 'not-a-feed');
    });
  }

  it('keeps its complete entries', () => {
    const { entries } = read('<rss><channel><item><title>Ett</title></item><item>');
    expect(entries.map(({ title }) => title)).to.deep.equal(['Ett']);
  });

  it('keeps the entries before a CDATA section that never ends', () => {
    const item = '<item><title>Ett</title></item>';
    for (const rest of [
      '<item><description><![CDATA[<p>x</item><item>',
      '<description><![CDATA[<p>x</channel></rss>',
    ]) {
      expect(read(`<rss><channel>${item}${rest}`).entries, rest).to.have.lengthOf(1);
    }
  });
});

describe('a long feed', () => {
  const feed = rss(items(1000));

  it('is read completely by default', () => {
    expect(read(feed).entries).to.have.lengthOf(1000);
  });

  it('is read in part if only some entries are picked', () => {
    const titles = readFeed(feed, { url: ADDRESS, pick: 3 }).entries.map(({ title }) => title);
    expect(titles.slice(0, 3)).to.deep.equal(['Inlägg 1', 'Inlägg 2', 'Inlägg 3']);
    expect(titles).to.have.lengthOf(5); // the first entry is one of the three latest
  });

  it('is read in several tasks for an element, with the same result', async () => {
    const text = rss(items(2000));
    let taskCount = 0;
    const timer = setInterval(() => taskCount++);
    const result = await readFeedInTasks(text, { url: ADDRESS });
    clearInterval(timer);
    expect(JSON.stringify(result)).to.equal(JSON.stringify(readFeed(text, { url: ADDRESS })));
    expect(taskCount).to.be.greaterThan(1);
  });
});
