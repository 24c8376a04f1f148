// npm run docs:load-model: simulates what a diary on 290 municipal sites costs its host, and writes the tables of
// docs/load-model.md and docs/load-model.svg. Run npm run build first. Seeded, so the figures are the same on every machine.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { fillTables, table } from '../../scripts/markdown-tables.mjs';
import { root } from '../../scripts/run.mjs';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Assumptions, with their meanings. None is measured at a municipality. */
export const ASSUMPTIONS = {
  seed: [290, 'Seed of the random numbers'],
  municipalities: [290, 'Sites that show the diary: the number of municipalities in Sweden'],
  views: [290_000, 'Views per day of pages with the list, on all sites together'],
  popularity: [0.9, 'Distribution over the sites: the share of site _n_ is proportional to 1 / _n_ to this power'],
  viewsPerVisit: [1.6, 'Such views in one visit, one minute apart'],
  returning: [0.25, 'Share of visitors who return on the same day, within eight hours'],
  entries: [[16], 'Hours at which entries are published on an ordinary day'],
  busyFactor: [8, 'Factor of views on a day when the diary is in the news'],
  busyHour: [12, 'Hour at which these views start. Half of them are over two hours later'],
  busyEntries: [[9, 12.5, 17], 'Hours at which entries are published on that day'],
  headers: [400, 'Bytes of headers in a response'],
};

/** Views by the hour of an ordinary day: office hours, and some in the evening. */
const CURVE = [4, 2, 1, 1, 1, 3, 10, 28, 62, 84, 88, 76, 62, 78, 76, 64, 48, 36, 33, 36, 38, 30, 18, 9];

/** Caches: `browser` and `relay` are their `max-age` in seconds, `stale` is `stale-while-revalidate`. */
const WAYS = {
  'no cache, not compressed': { isCompressed: false },
  'no cache, compressed': {},
  'browsers, revalidated each time (`no-cache`, `ETag`)': { browser: 0 },
  'browsers, 5 minutes': { browser: 300 },
  'browsers, 1 hour': { browser: HOUR },
  'relays, 5 minutes': { relay: 300 },
  'relays, 15 minutes': { relay: 900 },
  '**relays, 5 minutes, and browsers, 5 minutes**': { relay: 300, browser: 300 },
  'the same with `stale-while-revalidate`': { relay: 300, browser: 300, stale: 600 },
};

/** Rows in the diagram, with their labels. */
const DRAWN = {
  'no cache, compressed': 'no cache',
  'browsers, 5 minutes': 'browsers, 5 minutes',
  'relays, 5 minutes': 'relays, 5 minutes',
};

/** Random numbers from 0 to 1 (mulberry32). */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Returns the views of a day for each site: their times in seconds, sorted, and the number of the visitor of each. Caches
 * are empty at the start of the day.
 */
function viewsOf(day, knobs) {
  const random = randomNumbers(knobs.seed);
  const exponential = (mean) => -mean * Math.log(1 - random());
  const total = CURVE.reduce((sum, views) => sum + views);
  const ordinary = () => {
    let rest = random() * total;
    const hour = CURVE.findIndex((views) => (rest -= views) < 0);
    return (hour + random()) * HOUR;
  };
  const inTheNews = () => knobs.busyHour * HOUR + exponential((2 * HOUR) / Math.LN2);

  const shares = Array.from({ length: knobs.municipalities }, (_, index) => (index + 1) ** -knobs.popularity);
  const allShares = shares.reduce((sum, share) => sum + share);
  const visitors = knobs.views / knobs.viewsPerVisit / (1 + knobs.returning);
  const crowds = [[ordinary, 1], ...(day === 'busy' ? [[inTheNews, knobs.busyFactor - 1]] : [])];
  return shares.map((share) => {
    const views = []; // milliseconds and visitor in one number, which sorts fast
    let visitor = 0;
    const visit = (start) => {
      for (let time = start; time < DAY; time += exponential(60)) {
        views.push(Math.floor(time * 1000) * VISITORS + visitor);
        if (random() >= 1 - 1 / knobs.viewsPerVisit) break;
      }
    };
    for (const [arrival, factor] of crowds) {
      const count = Math.round((visitors * factor * share) / allShares);
      for (let index = 0; index < count; index++, visitor++) {
        const start = arrival();
        visit(start);
        if (random() < knobs.returning) visit(start + (0.5 + 7.5 * random()) * HOUR);
      }
    }
    const sorted = Float64Array.from(views).sort();
    return { times: sorted.map((view) => Math.floor(view / VISITORS) / 1000), visitors: sorted.map((view) => view % VISITORS), visitorCount: visitor }; // prettier-ignore
  });
}

/** A number larger than the visitors of a site in a day. */
const VISITORS = 2 ** 24;

/** Counts a server's responses: all, their bytes, and those in each second of the day. */
class Tally {
  requests = 0;
  bytes = 0;
  seconds = new Uint32Array(DAY);

  add(time, bytes) {
    this.requests++;
    this.bytes += bytes;
    this.seconds[Math.floor(time)]++;
  }

  get peak() {
    return this.seconds.reduce((most, count) => Math.max(most, count));
  }
}

/** Caches of `count` visitors, or of one relay. A copy is fresh for `fresh` seconds, and used for `stale` more while a new one is fetched. */
class Copies {
  constructor(count, fresh, stale) {
    Object.assign(this, { fresh, stale, versions: new Int16Array(count).fill(-1), times: new Float64Array(count).fill(-Infinity) }); // prettier-ignore
  }

  /**
   * Returns the version of the feed in a cache. `ask(time, version)` fetches it; the known version is -1 without a copy.
   * `isBehind` is then whether the old version was returned while the new one was fetched.
   */
  get(index, time, ask) {
    const age = time - this.times[index];
    const old = this.versions[index];
    this.isBehind = age >= this.fresh && age < this.fresh + this.stale;
    if (age < this.fresh) return old;
    this.versions[index] = ask(time, old);
    this.times[index] = time;
    return this.isBehind ? old : this.versions[index];
  }
}

/** Simulates a day of all sites with the same caches: the responses of the host and of each site's server, and what visitors notice. */
function simulate({ sites, published }, { browser, relay, stale = 0, isCompressed = true }, knobs, sizes) {
  const body = isCompressed ? sizes.compressed : sizes.raw;
  const host = new Tally();
  const servers = [];
  let current = 0; // version of the feed: how many entries have been published
  const answer = (tally, time, known, version) => {
    tally.add(time, knobs.headers + (known === version ? 0 : body));
    return version;
  };
  let isWaiting = false; // whether the visitor waits for the host
  const askHost = (time, known) => {
    isWaiting = true;
    return answer(host, time, known, current);
  };
  let [views, waiting, outdated, longest] = [0, 0, 0, 0];
  for (const { times, visitors, visitorCount } of sites) {
    const server = new Tally();
    const relayed = new Copies(1, relay, stale);
    const browsers = new Copies(browser === undefined ? 0 : visitorCount, browser, stale);
    const askRelay = (time, known) => {
      const version = relayed.get(0, time, askHost);
      if (relayed.isBehind) isWaiting = false;
      return answer(server, time, known, version);
    };
    const ask = relay === undefined ? askHost : askRelay;
    current = 0;
    for (const [index, time] of times.entries()) {
      while (published[current] <= time) current++;
      isWaiting = false;
      const shown = browser === undefined ? ask(time, -1) : browsers.get(visitors[index], time, ask);
      if (isWaiting && !browsers.isBehind) waiting++;
      views++;
      if (shown === current) continue;
      outdated++;
      longest = Math.max(longest, time - published[shown]);
    }
    servers.push(server);
  }
  return { host, servers, waiting: waiting / views, outdated: outdated / views, longest };
}

/** Rounds to two digits: a simulation isn't more precise. */
const about = (number) => Number(number.toPrecision(2)).toLocaleString('en');

function inBytes(bytes) {
  const [unit, size] = [['GB', 1e9], ['MB', 1e6], ['kB', 1e3]].find(([, size]) => bytes >= size) ?? ['B', 1]; // prettier-ignore
  return `${about(bytes / size)} ${unit}`;
}

function inTime(seconds) {
  if (seconds === 0) return 'at once';
  return seconds < HOUR ? `${Math.round(seconds / 60)} min` : `${about(seconds / HOUR)} h`;
}

/** Returns the longest delay of an entry, if both caches are as old as possible. */
function mostDelay({ browser = 0, relay = 0, stale = 0 }) {
  const caches = [browser, relay].filter((seconds) => seconds > 0);
  return caches.reduce((sum, seconds) => sum + seconds + stale, 0);
}

const read = (file) => readFileSync(path.join(root, file));

/** Returns sizes in bytes: the demo's feed, and the script, rounded to kB. */
export function measureSizes() {
  const feed = read('demo/feeds/dagbok.xml');
  const script = brotliCompressSync(read('dist/diary-feed.min.js')).length;
  return {
    raw: feed.length,
    compressed: brotliCompressSync(feed).length,
    script: 1000 * Math.round(script / 1000),
  };
}

/** Returns the tables of docs/load-model.md by name, and its diagram. */
export function simulateAll(sizes, assumptions = ASSUMPTIONS) {
  const knobs = Object.fromEntries(Object.entries(assumptions).map(([name, [value]]) => [name, value]));
  const days = ['ordinary', 'busy'].map((day) => ({
    sites: viewsOf(day, knobs),
    published: (day === 'busy' ? knobs.busyEntries : knobs.entries).map((hour) => hour * HOUR),
  }));
  const results = Object.entries(WAYS).map(([name, way]) => {
    const [ordinary, busy] = days.map((day) => simulate(day, way, knobs, sizes));
    return { name, way, ordinary, busy };
  });
  return {
    tables: {
      host: hostTable(results),
      freshness: freshnessTable(results),
      site: siteTable(results, days, knobs, sizes),
      assumptions: assumptionsTable(assumptions, sizes),
    },
    drawing: draw(results),
  };
}

function hostTable(results) {
  const cells = ({ host: { requests, bytes, peak } }) => [about(requests), inBytes(bytes), about(peak)];
  return table(
    ['Cache', 'Requests', 'Sent', 'Peak per second', 'Busy day: requests', 'Sent', 'Peak per second'],
    results.map(({ name, ordinary, busy }) => [name, ...cells(ordinary), ...cells(busy)]),
  );
}

function freshnessTable(results) {
  const percent = (share) => `${about(100 * share)} %`;
  return table(
    [
      'Cache',
      'Delay of a new entry',
      'Longest in the simulation',
      'Views without it',
      'Busy day',
      'Views that wait for the host',
      'Busy day',
    ],
    results
      .filter(({ way }) => way.browser || way.relay)
      .map(({ name, way, ordinary, busy }) => [
        name,
        `up to ${inTime(mostDelay(way))}`,
        inTime(Math.max(ordinary.longest, busy.longest)),
        percent(ordinary.outdated),
        percent(busy.outdated),
        percent(ordinary.waiting),
        percent(busy.waiting),
      ]),
  );
}

/** Returns the load of single municipalities' servers: the feed that they relay, and the script. */
function siteTable(results, days, knobs, sizes) {
  const [{ ordinary: alone }, { ordinary: both }] = ['relays, 5 minutes', '**relays, 5 minutes, and browsers, 5 minutes**'].map(
    (wanted) => results.find(({ name }) => name === wanted),
  ); // prettier-ignore
  const [{ sites }] = days;
  const places = {
    largest: 0,
    median: knobs.municipalities >> 1,
    smallest: knobs.municipalities - 1,
  };
  const feed = ({ servers }, place) => `${about(servers[place].requests)}, ${inBytes(servers[place].bytes)}`;
  const script = (count) => `${about(count)}, ${inBytes(count * (sizes.script + knobs.headers))}`;
  return table(
    ['Municipality', 'Feed, no browser cache', 'Feed, browser cache of 5 minutes', 'Script, no cache', 'Script, `immutable`'],
    Object.entries(places).map(([name, place]) => [
      name,
      feed(alone, place),
      feed(both, place),
      script(sites[place].times.length),
      script(sites[place].visitorCount),
    ]),
  ); // prettier-ignore
}

function assumptionsTable(assumptions, sizes) {
  const written = (value) => [value].flat().map((number) => number.toLocaleString('en')).join(' '); // prettier-ignore
  return table(
    ['Assumption', 'Value', 'Meaning'],
    [
      ...Object.entries(assumptions).map(([name, [value, what]]) => [`\`${name}\``, written(value), what]),
      ['–', written(sizes.raw), 'Bytes of the feed (`demo/feeds/dagbok.xml`), measured'],
      ['–', written(sizes.compressed), 'Bytes of the feed, compressed with brotli, measured'],
      ['–', `${sizes.script / 1000} kB`, 'Size of the script, compressed with brotli, measured'],
    ],
  );
}

/** Draws the requests per second at the host during the busy day, on a logarithmic scale. */
function draw(results) {
  const [left, top, width, height] = [64, 56, 560, 250];
  const [lowest, highest] = [0.1, 1000];
  const column = 600; // seconds
  const x = (time) => left + (time / DAY) * width;
  const y = (rate) => top + height * (1 - Math.log10(Math.max(rate, lowest) / lowest) / Math.log10(highest / lowest));
  const round = (number) => Number(number.toFixed(1));

  const lines = Object.entries(DRAWN).map(([name, label], index) => {
    const { seconds } = results.find((result) => result.name === name).busy.host;
    const rates = Array.from({ length: DAY / column }, (_, at) => {
      const part = seconds.subarray(at * column, (at + 1) * column);
      return part.reduce((sum, count) => sum + count, 0) / column;
    });
    const points = rates.map((rate, at) => `${round(x((at + 0.5) * column))},${round(y(rate))}`).join(' ');
    const end = round(y(rates.at(-1)) + 4);
    return { markup: `<polyline class="line-${index}" points="${points}"/>`, end, label };
  });
  // Labels are at the ends of their lines, in the same order, without overlaps.
  const labels = lines
    .sort((one, other) => one.end - other.end)
    .reduce((placed, { end, label }) => [...placed, { label, at: Math.max(end, (placed.at(-1)?.at ?? 0) + 18) }], [])
    .map(({ label, at }) => `<text x="${left + width + 8}" y="${round(at)}">${label}</text>`);
  const grid = [0.1, 1, 10, 100, 1000].map(
    (rate) =>
      `<path class="grid" d="M${left} ${round(y(rate))}h${width}"/><text class="scale" x="${left - 8}" y="${round(y(rate) + 4)}" text-anchor="end">${rate}</text>`,
  );
  const hours = [0, 6, 12, 18, 24].map(
    (hour) =>
      `<text class="scale" x="${round(x(hour * HOUR))}" y="${top + height + 22}" text-anchor="middle">${hour}:00</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 350" role="img" aria-labelledby="title">
  <title id="title">Requests per second at the feed's host, on the day when the diary is in the news</title>
  <style>
    svg { --page: #ffffff; --ink: #1b2730; --soft: #4a5963; --grid: #d5dde1; font: 14px system-ui, sans-serif; }
    @media (prefers-color-scheme: dark) {
      svg { --page: #11191d; --ink: #e4ecef; --soft: #b0bfc6; --grid: #3d4e56; }
    }
    rect { fill: var(--page); }
    text { fill: var(--ink); }
    .scale { fill: var(--soft); }
    .grid { stroke: var(--grid); }
    polyline { fill: none; stroke: var(--ink); stroke-width: 2; stroke-linejoin: round; }
    .line-1 { stroke-dasharray: 9 4; }
    .line-2 { stroke-dasharray: 2 3; }
  </style>
  <rect width="800" height="350"/>
  <text x="16" y="28">Requests per second at the feed's host, on the day when the diary is in the news</text>
  ${[...grid, ...hours, ...lines.map(({ markup }) => markup), ...labels].join('\n  ')}
</svg>
`;
}

if (process.argv[1] === import.meta.filename) {
  const page = 'docs/load-model.md';
  const { tables, drawing } = simulateAll(measureSizes());
  writeFileSync(path.join(root, page), await fillTables(page, tables));
  writeFileSync(path.join(root, 'docs/load-model.svg'), drawing);
  console.log(tables.host);
}
