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

/**
 * Longest time for which a feed may block the page, as a multiple of the time to read a feed of a megabyte on the same
 * machine: it holds on a slow one, too. `npm run bombs` measures the promise in milliseconds.
 */
const MAX_SHARE = 5;

/** Returns `feed` or the code of the error, and how many milliseconds it took. */
function read(bytes: Uint8Array, pick?: number): { end: string; time: number } {
  const start = performance.now();
  let end = 'feed';
  try {
    readFeed(bytes, { url: URL_OF_FEED, pick });
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    end = error.code;
  }
  return { end, time: performance.now() - start };
}

async function endOfLoad(url: string): Promise<unknown> {
  try {
    await fetchFeed(url, { timeout: 50_000, pick: 100 });
    return 'feed';
  } catch (error) {
    return error instanceof FeedError ? error.code : error;
  }
}

describe('a feed that is made to block the page', function () {
  this.timeout(60_000);
  let reference = 0;

  before(() => {
    const item =
      '<item><title>Möten</title><link>https://dagbok.example/1</link><description>Vi träffades.</description></item>';
    const feed = new TextEncoder().encode(`<rss><channel>${item.repeat(10_000)}</channel></rss>`);
    read(feed); // compiles the parser
    reference = read(feed).time;
  });

  for (const name of BOMBS) {
    const expected = Object.keys(ENDS).find((code) => ENDS[code]?.includes(name)) ?? 'feed';
    it(`ends as ${expected} without blocking the page: ${name}`, () => {
      const { end, time } = read(bombOf(name), 100);
      expect(end).to.equal(expected);
      expect(time / reference).to.be.below(MAX_SHARE);
    });
  }

  it('ends as too-large before it has arrived: 50 MB in 50 kB of gzip', async () => {
    expect(await endOfLoad(feedUrl({ bomb: '50 MB of white space', gzip: 1 }))).to.equal('too-large');
  });

  it('ends as too-large before it has arrived: a response without end', async () => {
    expect(await endOfLoad(feedUrl({ endless: 1 }))).to.equal('too-large');
  });
});
