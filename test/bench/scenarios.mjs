// What is measured, in which circumstances, and what is wanted of it. A ratio is diary-feed's time by another's.
import { elementNames, readerNames } from './scripts.mjs';
import { SLOW_4G } from './visits.mjs';

const atMost = (limit) => ({ text: `<= ${limit}`, limit, isMet: (ratio) => ratio <= limit });
const below = (limit) => ({ text: `< ${limit}`, limit, isMet: (ratio) => ratio < limit });
const timesFaster = (times) => ({ ...atMost(1 / times), text: `${times} x faster` });

/** What the clock of a page can tell apart, in milliseconds: no time is less, so that every ratio is a number. */
const TICK = 0.1;

/** A task that takes longer keeps a visitor waiting (W3C, Long Tasks). */
export const LONG_TASK = 50;

/** What a scenario's visits give: a time of each contender, held against that of `baseline`. */
const pageToEntries = {
  name: 'page to entries',
  baseline: 'hand-written',
  of: ({ painted }) => painted,
  wanted: { 'hand-written': atMost(1.25), feedsmith: below(1), 'rss-parser': below(1) },
};

const lastByteToEntries = (times) => ({
  name: 'last byte to entries',
  baseline: 'hand-written',
  of: ({ standing, lastByte }) => Math.max(standing - lastByte, TICK),
  wanted: { 'hand-written': timesFaster(times) },
});

/** Tells whether a short time behind the last byte was bought by being slow to take in the bytes before it. */
const firstByteToEntries = {
  name: 'first byte to entries',
  baseline: 'hand-written',
  of: ({ standing, firstByte }) => Math.max(standing - firstByte, TICK),
  wanted: {},
};

/** Code that runs for the first time is compiled first, and the browser's own parser is not: what that costs a visitor is in the page. */
const cold = { name: 'first reading', baseline: 'dom-parser', of: (visit) => visit.cold, wanted: {} };
const warm = (wanted) => ({
  name: 'later readings',
  baseline: 'dom-parser',
  of: (visit) => visit.warm,
  wanted: wanted ? { 'dom-parser': atMost(wanted) } : {},
});

const page = {
  part: 'page',
  contenders: elementNames,
  count: 20,
  options: 'date-lines&gzip',
  slowdown: 4,
  share: 1,
  figures: [pageToEntries],
  aftermath: 0,
};

const shown = (count, times, options, contenders = elementNames) => ({
  part: 'shown',
  contenders,
  count,
  options,
  share: 1 / 2,
  figures: [lastByteToEntries(times), firstByteToEntries],
  countsLongTasks: true,
});

const two = ['diary-feed', 'hand-written'];

const reading = (count, share, wanted) => ({
  part: 'reading',
  contenders: readerNames,
  count,
  options: 'date-lines',
  share,
  budget: 150,
  figures: [cold, warm(wanted)],
});

const number = (count) => count.toLocaleString('en');

/**
 * `share`: how often each is measured in a round: what takes long less often than what another program's turn on the
 * processor can double.
 */
export const SCENARIOS = Object.entries({
  'page-slow-phone': { ...page, share: 2, what: '20 entries, processor 4 x slower' },
  'page-slow-phone-without-date-lines': {
    ...page,
    options: 'gzip',
    what: '20 entries without date lines, processor 4 x slower',
  },
  'page-slow-phone-slow-4g': { ...page, network: SLOW_4G, what: '20 entries, processor 4 x slower, slow 4G' },
  ...Object.fromEntries(
    [
      [1000, 2],
      [10_000, 5],
    ].flatMap(([count, times]) => [
      [`shown-${count}`, { ...shown(count, times, 'date-lines'), what: `${number(count)} entries` }],
      [
        `shown-${count}-paced`,
        { ...shown(count, times, 'date-lines&paced', two), what: `${number(count)} entries, as a line brings them` },
      ],
      [
        `shown-${count}-without-date-lines`,
        { ...shown(count, times, '', two), what: `${number(count)} entries without date lines` },
      ],
    ]),
  ),
  'reading-10': { ...reading(10, 1, 1.5), what: '10 entries' },
  'reading-100': { ...reading(100, 1 / 2), what: '100 entries' },
  'reading-1000': { ...reading(1000, 1 / 2), what: '1,000 entries' },
  'reading-10000': { ...reading(10_000, 1 / 4), what: '10,000 entries' },
}).map(([id, scenario]) => ({ id, ...scenario, feed: `count=${scenario.count}&${scenario.options}` }));

/** The parts that can be run alone, and what each is. */
export const PARTS = {
  page: 'Page to entries, in the first frame that has them',
  shown: 'Feed to entries, standing in the page',
  reading: 'Reading alone, from bytes to entries',
};
