import { expect } from 'chai';
import { FeedError, readFeed } from '../../src/feed.js';
import { fetchFeed } from '../../src/feed/load-feed.js';
import { BOMBS, bombOf } from '../support/bombs.mjs';
import { feedUrl } from '../support/server.js';

/** Error codes of the feeds that can't be read. */
const ENDS: Record<string, string[]> = {
  'too-large': ['one byte too many', '50 MB of items', '50 MB of white space', '50 MB of one tag'],
  'not-a-feed': [
    'roots nested',
    'a huge page',
    'huge JSON',
    'huge markup of another kind',
    'NUL bytes alone',
    'bytes that are no text',
  ],
};

const URL_OF_FEED = 'https://dagbok.example/feed.xml';

/** Returns `feed` or the code of the error. */
function endOfReading(bytes: Uint8Array): string {
  try {
    readFeed(bytes, { url: URL_OF_FEED, pick: 100 });
    return 'feed';
  } catch (error) {
    if (error instanceof FeedError) return error.code;
    throw error;
  }
}

async function endOfLoad(url: string): Promise<unknown> {
  try {
    await fetchFeed(url, { timeout: 50_000, pick: 100 });
    return 'feed';
  } catch (error) {
    return error instanceof FeedError ? error.code : error;
  }
}

// `npm run bench:hostile` measures how long each blocks the page. Here, quadratic time would exceed the time limit of the test.
describe('a feed that is made to block the page', () => {
  for (const name of BOMBS) {
    const expected = Object.keys(ENDS).find((code) => ENDS[code]?.includes(name)) ?? 'feed';
    it(`results in ${expected}: ${name}`, () => {
      expect(endOfReading(bombOf(name))).to.equal(expected);
    });
  }

  it('causes no request for an external entity, DTD, style sheet or part', async () => {
    const names = BOMBS.filter((name) => /^external|XInclude/.test(name));
    expect(names).to.have.lengthOf(5);
    const urls = names.map((name) => /(?:SYSTEM |href=)"([^"]+)"/.exec(new TextDecoder().decode(bombOf(name)))?.[1]);
    performance.clearResourceTimings();
    for (const name of names) endOfReading(bombOf(name));
    await new Promise((resolve) => setTimeout(resolve, 500)); // a request is recorded when it has failed
    const requested = performance.getEntriesByType('resource').map(({ name }) => name);
    expect(requested.filter((url) => urls.includes(url))).to.deep.equal([]);
  });

  it('results in too-large before it has arrived: 50 MB in 50 kB of gzip', async () => {
    expect(await endOfLoad(feedUrl({ bomb: '50 MB of white space', gzip: 1 }))).to.equal('too-large');
  });

  it('results in too-large before it has arrived: an endless response', async () => {
    expect(await endOfLoad(feedUrl({ endless: 1 }))).to.equal('too-large');
  });
});
