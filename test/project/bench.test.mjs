import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';
import { makeFeed, newestFive } from '../bench/feeds.mjs';
import { startPageServer } from '../bench/page-server.mjs';
import { plotOf } from '../bench/plot.mjs';
import { countMet, dataOf, judge, slowerThan } from '../bench/report.mjs';
import { ratioOf, seededRandom, shuffled, spreadOf } from '../bench/rounds.mjs';
import { SCENARIOS } from '../bench/scenarios.mjs';
import { bundleElements, elementNames } from '../bench/scripts.mjs';
import { visitElement } from '../bench/visits.mjs';
import { driven, useChromium } from '../support/chromium.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');
const bytesOf = (options) => Buffer.byteLength(makeFeed(options));

describe('the feeds of the bench', () => {
  it('have about 700 bytes an entry: ten thousand are 7 MB', () => {
    for (const count of [10, 100, 1000, 10_000]) {
      for (const hasDateLines of [true, false]) {
        const size = bytesOf({ count, hasDateLines }) / count;
        assert.ok(size > 630 && size < 770, `${count} entries: ${size} bytes each`);
      }
    }
  });

  it('are the same in every run', () => {
    for (const options of [{ count: 50 }, { count: 50, hasDateLines: false }, { count: 50, isReversed: true }]) {
      assert.equal(makeFeed(options), makeFeed(options));
    }
  });

  it('open each text with the day of the entry, or none', () => {
    const lines = /<p>\p{Lu}\p{Ll}+dag den \d{1,2} \p{Ll}+ \d{4}<\/p>|&lt;p&gt;\p{Lu}\p{Ll}+dag den /gu;
    assert.equal(makeFeed({ count: 100 }).match(lines).length, 100);
    assert.equal(makeFeed({ count: 100, hasDateLines: false }).match(lines), null);
    assert.match(makeFeed({ count: 1 }), /Torsdag den 26 mars 2026/);
  });

  it('hold letters of two bytes, sections of CDATA and escaped HTML', () => {
    const feed = makeFeed({ count: 100 });
    for (const part of ['å', 'Ö', 'ŋ', '<![CDATA[<p>', '&lt;p&gt;', '&nbsp;', '&amp;'])
      assert.ok(feed.includes(part), part);
  });
});

describe('the element written by hand', () => {
  it('is as small as such elements are', () => {
    const lines = read('test/bench/contenders/hand-written.js').trimEnd().split('\n');
    assert.ok(lines.length <= 35, `${lines.length} lines`);
  });
});

describe('the rounds of the bench', () => {
  it('run in an order that is shuffled, and the same in every run', () => {
    const list = [1, 2, 3, 4, 5, 6, 7, 8];
    const orders = [1, 1, 2].map((seed) => shuffled(list, seededRandom(seed)));
    assert.deepEqual(orders[0], orders[1]);
    assert.notDeepEqual(orders[0], orders[2]);
    assert.deepEqual(orders[2].toSorted(), list);
  });

  it('come to a median and the quartiles', () => {
    assert.deepEqual(spreadOf([5, 1, 4, 2, 3]), { lower: 2, median: 3, upper: 4 });
    assert.deepEqual(spreadOf([1, 2]), { lower: 1.25, median: 1.5, upper: 1.75 });
  });

  it('are compared pair by pair', () => {
    assert.equal(ratioOf([1, 20, 300], [2, 40, 600]).median, 0.5);
    assert.equal(ratioOf([10, 1], [10, 1]).upper, 1);
  });
});

describe('what the rounds come to', () => {
  const scenario = SCENARIOS.find(({ id }) => id === 'shown-1000-paced');
  const outcomeOf = (own, longTasks = []) => {
    const visit = (time, tasks) => ({ firstByte: 10, lastByte: 100, standing: 100 + time, longTasks: tasks });
    return judge(scenario, {
      'diary-feed': own.map((time) => visit(time, longTasks)),
      'hand-written': own.map(() => visit(60, [70, 55])),
    });
  };

  it('meets what is wanted where it is twice as fast, and has no long task', () => {
    const outcome = outcomeOf([30, 30, 90], [50]);
    const [{ against, relative }] = outcome.figures;
    assert.deepEqual([against['hand-written'].ratio.median, against['hand-written'].isMet], [0.5, true]);
    assert.equal(relative['diary-feed'].median, 0.5);
    assert.equal(outcome.longTasks.contenders['hand-written'].count, 2);
    assert.deepEqual(countMet([outcome]), { wanted: 2, met: 2 });
  });

  it('misses it where it is not, or has one', () => {
    assert.deepEqual(countMet([outcomeOf([31, 31, 20])]), { wanted: 2, met: 1 });
    assert.deepEqual(countMet([outcomeOf([30], [51])]), { wanted: 2, met: 1 });
  });

  it('tells what is slower than it was, in most of the rounds', () => {
    const before = dataOf([outcomeOf([30, 31, 32])], {});
    assert.deepEqual(slowerThan(before, [outcomeOf([29, 31, 33])]), []);
    const [words, ...others] = slowerThan(before, [outcomeOf([40, 41, 42])]);
    assert.match(
      words,
      /^1,000 entries, as a line brings them, last byte to entries, against hand-written: 0\.68, was 0\.52$/,
    );
    assert.deepEqual(others, []);
    assert.deepEqual(slowerThan({ scenarios: [] }, [outcomeOf([90])]), []);
  });

  it('holds the last byte to be the earliest moment', () => {
    assert.ok(outcomeOf([-5, -5, -5]).figures[0].against['hand-written'].ratio.median > 0);
  });
});

describe('the contenders of the bench', () => {
  const chromium = useChromium();
  let server;
  before(async () => {
    if (chromium.browser) server = await startPageServer(await bundleElements({ isMinified: false }));
  });
  after(() => server?.end());

  for (const options of ['date-lines&gzip', 'reversed']) {
    it(`show the same five entries of a feed with ${options}`, driven, async () => {
      const expected = newestFive({ count: 100 });
      const links = expected.map(({ link }) => link);
      for (const element of elementNames) {
        const visit = { origin: server.origin, element, feed: `count=100&${options}`, links, aftermath: 0 };
        assert.deepEqual((await visitElement(chromium.browser, visit)).items, expected, element);
      }
    });
  }
});

describe('the picture of the results', () => {
  it('has the figures that stand beside it', () => {
    const figuresOf = (svg) => [...svg.matchAll(/class="value[^>]*>([^<]+)</g)].map(([, value]) => value);
    const figures = figuresOf(read('test/bench/results.svg'));
    assert.equal(figures.length, 16);
    assert.deepEqual(figures, figuresOf(plotOf(JSON.parse(read('test/bench/results.json')))));
  });
});
