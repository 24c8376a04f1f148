// npm run bench [-- --rounds N]: how soon the entries are shown in Chromium, compared with a hand-written element and with
// the same element with other feed parsers. Run npm run build first. Writes results.json and results.svg, and ends with 1
// if a limit of scenarios.mjs is missed. A busy machine slows larger scripts most: see `load` in the results.
import { puppeteerCore } from '@web/test-runner-chrome';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CHROMIUM_ARGUMENTS, findChromium } from '../../scripts/browsers.mjs';
import { root } from '../../scripts/run.mjs';
import { drawChart } from './chart.mjs';
import { bundleContenders, startServer } from './contenders.mjs';
import { newestLinks } from './feeds.mjs';
import { evaluate, formatResult, isWithinLimits, spreadOf } from './report.mjs';
import { SCENARIOS } from './scenarios.mjs';
import { visitPage } from './visit.mjs';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });
const rounds = Number(options.rounds);

const startedAt = performance.now();
function logProgress(text) {
  console.log(`${String(Math.round((performance.now() - startedAt) / 1000)).padStart(4)} s  ${text}`);
}

logProgress('bundle the contenders');
const scripts = await bundleContenders();
const { origin, stop } = await startServer(scripts);
const browser = await puppeteerCore.launch({ executablePath: findChromium(), args: CHROMIUM_ARGUMENTS });
const chromium = (await browser.version()).replace(/^\w*\//, '');

/** Visits by scenario and contender, one for each round. */
const visits = SCENARIOS.map(({ contenders }) => Object.fromEntries(contenders.map((name) => [name, []])));
const loads = [];
try {
  for (let round = 0; round <= rounds; round++) {
    logProgress(round === 0 ? 'warm up' : `round ${round} of ${rounds}`);
    for (const [index, { contenders, feed, slowdown, network }] of SCENARIOS.entries()) {
      const links = newestLinks(Number(new URLSearchParams(feed).get('count')));
      // Every second round runs backwards, so that no contender always follows the same one.
      for (const contender of round % 2 ? contenders : contenders.toReversed()) {
        const visit = await visitPage(browser, { origin, contender, feed, links, slowdown, network });
        if (round > 0) visits[index][contender].push(visit);
      }
    }
    loads.push(loadavg()[0] / availableParallelism());
  }
} finally {
  await browser.close();
  stop();
}

const scenarios = SCENARIOS.map((scenario, index) => evaluate(scenario, visits[index]));
for (const result of scenarios) console.log(formatResult(result));

const versionOf = (folder) => JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')).version;
const results = {
  date: new Date().toISOString().slice(0, 10),
  rounds,
  load: spreadOf(loads).median, // processes that wanted each processor; about 1 without others
  versions: {
    chromium,
    feedsmith: versionOf('node_modules/feedsmith'),
    'rss-parser': versionOf('node_modules/rss-parser'),
  },
  kilobytes: Object.fromEntries(
    Object.entries(scripts).map(([name, { length }]) => [name, Number((length / 1000).toFixed(1))]),
  ),
  scenarios,
};
writeFileSync(path.join(root, 'test/bench/results.json'), `${JSON.stringify(results, null, 2)}\n`);
writeFileSync(path.join(root, 'test/bench/results.svg'), drawChart(results));
logProgress('wrote test/bench/results.json and test/bench/results.svg');
process.exitCode = scenarios.every(isWithinLimits) ? 0 : 1;
