// What is measured, and the limits. A ratio is diary-feed's time divided by another contender's in the same round.

/** The element of dist/, and the others as test/bench/contenders/ has them, with the name of their class. */
export const CONTENDERS = {
  'diary-feed': undefined,
  'hand-written': 'HandWrittenFeed',
  feedsmith: 'FeedsmithFeed',
  'rss-parser': 'RssParserFeed',
};

/** Slow 4G as in Lighthouse: latency in milliseconds, throughput in bytes per second. */
const SLOW_4G = { latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };

/** Milliseconds: browsers call a longer task a long task (W3C, Long Tasks). */
export const LONG_TASK_MS = 50;

/** A feed as a site serves it, on a slow phone, from the navigation to the first frame with the entries. */
const PAGE = {
  feed: 'count=20&gzip',
  slowdown: 4,
  contenders: Object.keys(CONTENDERS),
  timeOf: ({ paintedAt }) => paintedAt,
  // Below 1: faster than the same element with another feed parser.
  limits: { 'hand-written': 1.4, feedsmith: 1, 'rss-parser': 1 },
  aim: 1.25,
};

/** A long feed, from its last byte to the entries in the DOM. Not compressed, so that decompression isn't measured. */
const LONG_FEED = {
  contenders: ['diary-feed', 'hand-written'],
  // Chromium rounds times to 0.1 ms.
  timeOf: ({ insertedAt, lastByteAt }) => Math.max(insertedAt - lastByteAt, 0.1),
};

export const SCENARIOS = [
  { ...PAGE, id: 'page', title: '20 entries on a slow phone: page to entries' },
  { ...PAGE, id: 'page-slow-4g', title: '20 entries on a slow phone with slow 4G: page to entries', network: SLOW_4G },
  {
    ...LONG_FEED,
    id: 'feed-1000',
    title: '1,000 entries: last byte to entries',
    feed: 'count=1000',
    limits: { 'hand-written': 1.2 },
    forbidsLongTasks: true,
  },
  {
    ...LONG_FEED,
    id: 'feed-10000',
    title: '10,000 entries: last byte to entries',
    feed: 'count=10000',
    limits: { 'hand-written': 0.3 },
  },
];
