import { expect } from 'chai';
import { FeedError, readFeed } from '../../src/feed.js';
import { fetchFeed } from '../../src/feed/load-feed.js';
import { bytesOf, feedUrl, type Answer } from '../support/server.js';

const bombs = (await (await fetch('/feed-server/bombs')).json()) as string[];

/** Error codes of the feeds that can't be read. */
const ENDS: Record<string, string[]> = {
  'too-large': [
    'one byte too many',
    '50 MB of items',
    '50 MB of white space',
    '50 MB of one tag',
    '50 MB in 50 kB of gzip',
    'an answer without end',
  ],
  'not-a-feed': [
    'roots nested',
    'a huge page',
    'huge JSON',
    'huge markup of another kind',
    'NUL bytes alone',
    'bytes that are no text',
  ],
};

/**
 * Longest time for which a feed may block the page, as a multiple of the time to read a feed of a megabyte on the same
 * machine: it holds on a slow one, too. `npm run bombs` measures the promise in milliseconds.
 */
const MAX_SHARE = 5;

/** Returns the longest time in milliseconds for which nothing else could run until `work` ended. */
async function longestBlock(work: Promise<unknown>): Promise<number> {
  let longest = 0;
  let isOver = false;
  const isRunning = (): boolean => !isOver;
  const end = (): boolean => (isOver = true);
  work.then(end, end);
  for (let last = performance.now(); isRunning();) {
    await new Promise((resolve) => setTimeout(resolve));
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }
  return longest;
}

async function referenceTime(): Promise<number> {
  const bytes = (await bytesOf({ items: 6000 })) ?? new Uint8Array();
  const start = performance.now();
  readFeed(bytes, { url: 'https://dagbok.example/' });
  return performance.now() - start;
}

/** Returns `feed`, the code of the error, or another value that is thrown. */
async function endOf(load: Promise<unknown>): Promise<unknown> {
  try {
    await load;
    return 'feed';
  } catch (error) {
    return error instanceof FeedError ? error.code : error;
  }
}

describe('a feed that is made to block the page', function () {
  this.timeout(60_000);
  let reference = 0;

  before(async () => {
    reference = await referenceTime();
  });

  const answers: [name: string, answer: Answer][] = [
    ...bombs.map((name): [string, Answer] => [name, { bomb: name }]),
    ['50 MB in 50 kB of gzip', { bomb: '50 MB of white space', gzip: 1 }],
    ['an answer without end', { endless: 1 }],
  ];
  for (const [name, answer] of answers) {
    const expected = Object.keys(ENDS).find((code) => ENDS[code]?.includes(name)) ?? 'feed';
    it(`ends as ${expected} without blocking the page: ${name}`, async () => {
      const load = fetchFeed(feedUrl(answer), { timeout: 50_000, pick: 100 });
      const block = longestBlock(load);
      expect(await endOf(load)).to.equal(expected);
      expect((await block) / reference).to.be.below(MAX_SHARE);
    });
  }
});
