// npm run bench [-- --rounds N] [-- --only PART]: how fast the entries are there, in a real Chromium, against an element
// written by hand and against other readers of feeds; after npm run build. What is wanted is in scenarios.mjs. Writes
// results.json and results.svg unless only a part is run, and ends with 1 where something wanted is missed, or slower than
// the results.json that was there.
import { puppeteerCore } from '@web/test-runner-chrome';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CHROMIUM_ARGUMENTS, findChromium } from '../../scripts/browsers.mjs';
import { root } from '../../scripts/run.mjs';
import { newestFive } from './feeds.mjs';
import { startPageServer } from './page-server.mjs';
import { plotOf } from './plot.mjs';
import { countMet, dataOf, judge, slowerThan, tableOf } from './report.mjs';
import { seededRandom, shuffled, spreadOf } from './rounds.mjs';
import { PARTS, SCENARIOS } from './scenarios.mjs';
import { bundleElements, bundleReaders, elementNames } from './scripts.mjs';
import { visitElement, visitReader } from './visits.mjs';

const ROUNDS = 10;

/** With a load of more for each processor others were at work too. */
const BUSY = 1.2;

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: String(ROUNDS) },
    only: { type: 'string', multiple: true, default: [] },
  },
});
const rounds = Number(options.rounds);
const wantedParts = options.only.length > 0 ? options.only : Object.keys(PARTS);
if (!Number.isInteger(rounds) || rounds < 1 || !wantedParts.every((part) => part in PARTS)) {
  console.error(`--rounds N, a whole number; --only PART, one of ${Object.keys(PARTS).join(', ')}`);
  process.exit(2);
}
const scenarios = SCENARIOS.filter(({ part }) => wantedParts.includes(part));

const start = performance.now();
const say = (text) => console.log(`${String(Math.round((performance.now() - start) / 1000)).padStart(4)} s  ${text}`);

say('bundles the contenders');
const scripts = await bundleElements();
if (wantedParts.includes('reading')) for (const [address, code] of await bundleReaders()) scripts.set(address, code);
const { origin, end } = await startPageServer(scripts);
const browser = await puppeteerCore.launch({ executablePath: findChromium(), args: CHROMIUM_ARGUMENTS });
const random = seededRandom(1);

function visit({ part, feed, count, slowdown, network, aftermath, budget }, contender) {
  if (part === 'reading') return visitReader(browser, { origin, reader: contender, feed, budget });
  const links = newestFive({ count }).map(({ link }) => link);
  return visitElement(browser, { origin, element: contender, feed, links, slowdown, network, aftermath });
}

/** How often a scenario is measured in a round. Round 0 warms the machine up, by what is short. */
function turnsIn(round, { share, count }) {
  if (round === 0) return count <= 1000 ? 1 : 0;
  return Math.ceil(round * share) - Math.ceil((round - 1) * share);
}

/** How many programs wanted a processor at once, by the round, for each processor: 1 is about what the bench itself takes. */
const loads = [];

/** By scenario and contender, in the order of the rounds. */
const visits = Object.fromEntries(
  scenarios.map(({ id, contenders }) => [id, Object.fromEntries(contenders.map((name) => [name, []]))]),
);

let chromium;
try {
  chromium = (await browser.version()).replace(/^\w*\//, ''); // HeadlessChrome/…
  for (const { feed } of scenarios) await (await fetch(`${origin}/feed.xml?${feed}`)).arrayBuffer(); // made beforehand
  for (let round = 0; round <= rounds; round++) {
    const due = scenarios.flatMap((scenario) => Array(turnsIn(round, scenario)).fill(scenario));
    say(round ? `round ${round} of ${rounds}: ${due.length} scenarios` : 'warms up');
    for (const scenario of shuffled(due, random)) {
      for (const contender of shuffled(scenario.contenders, random)) {
        const result = await visit(scenario, contender);
        if (round > 0) visits[scenario.id][contender].push(result);
      }
    }
    loads.push(loadavg()[0] / availableParallelism());
  }
} finally {
  await browser.close().catch(() => {});
  end();
}

const outcomes = scenarios.map((scenario) => judge(scenario, visits[scenario.id]));
const weights = Object.fromEntries(elementNames.map((name) => [name, scripts.get(`/elements/${name}.js`).length]));
console.log(tableOf(outcomes, weights));

const load = Number(spreadOf(loads).median.toFixed(1));
if (load > BUSY) {
  say(`busy: ${load} programs wanted each processor; that costs most whoever has most script. Run it again in peace.`);
}

const slower = slowerThan(JSON.parse(readFileSync(path.join(root, 'test/bench/results.json'), 'utf8')), outcomes);
for (const words of slower) say(`slower than before: ${words}`);

const versionOf = (folder) => JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')).version;
if (options.only.length === 0) {
  const data = dataOf(outcomes, {
    date: new Date().toISOString().slice(0, 10),
    rounds,
    load,
    versions: {
      chromium,
      'diary-feed': versionOf(''),
      feedsmith: versionOf('node_modules/feedsmith'),
      'rss-parser': versionOf('node_modules/rss-parser'),
    },
    kilobytes: Object.fromEntries(
      Object.entries(weights).map(([name, bytes]) => [name, Number((bytes / 1000).toFixed(1))]),
    ),
  });
  writeFileSync(path.join(root, 'test/bench/results.json'), `${JSON.stringify(data, null, 2)}\n`);
  writeFileSync(path.join(root, 'test/bench/results.svg'), plotOf(data));
  say('written: test/bench/results.json, test/bench/results.svg');
}
const { wanted, met } = countMet(outcomes);
say(`${met} of ${wanted} figures are as wanted`);
process.exitCode = met === wanted && slower.length === 0 ? 0 : 1;
