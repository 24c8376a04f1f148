import { expect } from 'chai';
import { FeedError, readFeed } from '../../src/feed.js';
import { fetchFeed } from '../../src/feed/load-feed.js';
import { bytesOf, feedUrl, type Answer } from '../support/server.js';
import { takes } from '../support/share.js';

const bombs = (await (await fetch('/feed-server/bombs')).json()) as string[];

/** The error codes of the bombs that aren't read as a feed. */
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
    'channels nested', // too deep, as links that are never closed
    'links without end',
    'a huge page',
    'huge JSON',
    'huge markup of another kind',
    'NUL bytes alone',
    'bytes that are no text',
  ],
};

/**
 * How long the page may stand still, as a share of what reading a feed of a megabyte takes on the same machine. The
 * figure that is promised, in milliseconds, is measured by `npm run bombs`; this one holds on any machine, however slow.
 */
const MAX_SHARE = 5;

/** Milliseconds for which nothing else could run, at most, until `work` ended. */
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

/** `feed`, or the code of the error; whatever else is thrown. */
async function endOf(load: Promise<unknown>): Promise<unknown> {
  try {
    await load;
    return 'feed';
  } catch (error) {
    return error instanceof FeedError ? error.code : error;
  }
}

describe('a feed made to block a feed parser', function () {
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
  for (const [name, answer] of answers.filter((_, index) => takes(index))) {
    const expected = Object.keys(ENDS).find((code) => ENDS[code]?.includes(name)) ?? 'feed';
    it(`ends as ${expected} without blocking the page: ${name}`, async () => {
      const load = fetchFeed(feedUrl(answer), { timeout: 50_000, pick: 100 });
      const block = longestBlock(load);
      expect(await endOf(load)).to.equal(expected);
      expect((await block) / reference).to.be.below(MAX_SHARE);
    });
  }
});
