// npm test: the daily suite. npm run test:full, npm run test:release and npm run test:screen-reader: the slower suites.
// `npm test -- FILE…` runs only these files: the browser tests among them in Chromium, or in the browsers that BROWSERS
// names. `--watch` runs them again after each change. `LIST=1` lists every browser test by name.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { run as startTests } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';
import { provideServers } from '../test/support/servers.mjs';
import { availableEngines } from './browsers.mjs';
import { root, run, warnAboutOldNode } from './run.mjs';

/**
 * Files of each suite. `*.test.mjs` runs in Node, `*.test.ts` in the browsers: the feed parser's own tests in Chromium, and
 * in the full suite in the others.
 */
const SUITES = {
  daily: /^test\/(?!full|relay|release|screen-reader|wordpress)/,
  full: /^test\/(?:full|feed|relay)\//,
  release: /^test\/release\//,
  'screen-reader': /^test\/screen-reader\//,
};

const outcome = { passed: 0, skipped: 0, failures: [] };

warnAboutOldNode();
const { positionals, values } = parseArgs({ allowPositionals: true, options: { watch: { type: 'boolean' } } });
const [suite = 'daily'] = positionals;
if (!(suite in SUITES)) process.env.BROWSERS ??= 'chromium';

const all = readdirSync(path.join(root, 'test'), { recursive: true }).map((file) => path.posix.join('test', file));
const inSuite = all.filter((file) => /\.test\.(?:mjs|ts)$/.test(file) && SUITES[suite]?.test(file)).sort();
const files = suite in SUITES ? inSuite : positionals.map((name) => path.relative(root, path.resolve(name)));
const relays = files.filter((file) => /^test\/relay\/.*mjs$/.test(file));
const inNode = files.filter((file) => file.endsWith('.mjs') && !relays.includes(file));
const inBrowsers = files.filter((file) => file.endsWith('.ts'));

const engines = inBrowsers.length > 0 ? availableEngines() : [];
if (relays.length > 0) provideServers();
// browser tests load src/ itself, except in these folders
if (files.some((file) => file.endsWith('.mjs') || /^test\/(?:e2e|full|builder)\//.test(file))) {
  run('build', 'scripts/build.mjs --if-stale');
}
await timed('Node', inNode, () => runInNode(inNode, 2));
// the relays wait for the time limits of their servers: two at once would fail on a busy machine
await timed('relays', relays, () => runInNode(relays, 1));
await timed(engines.join(', '), inBrowsers, runInBrowsers);

for (const failure of outcome.failures) console.log(`failed: ${failure}\n`);
console.log(`tests: ${outcome.passed} passed, ${outcome.failures.length} failed, ${outcome.skipped} skipped`);
process.exit(outcome.failures.length > 0 ? 1 : process.exitCode); // the runner in watch mode still listens to keys

/** Runs one part of the suite and prints how long it took. */
async function timed(label, tests, runTests) {
  if (tests.length === 0) return;
  const start = performance.now();
  await runTests();
  console.log(`${label}: ${Math.round((performance.now() - start) / 1000)} s\n`);
}

/** Adds a failure to the outcome. */
function fail(file, name, error) {
  outcome.failures.push(`${path.relative(root, file)}: ${name}\n  ${error?.message ?? 'no reason given'}`);
}

/** Runs tests with Node's own runner. Suites aren't counted, unless their own code fails. */
async function runInNode(tests, concurrency) {
  const events = startTests({ files: tests, concurrency, watch: values.watch });
  events.on('test:pass', ({ details, skip, todo }) => {
    if (details.type !== 'suite') outcome[skip === undefined && todo === undefined ? 'passed' : 'skipped']++;
  });
  events.on('test:fail', ({ name, file = '', details: { error } }) => {
    if (error.failureType !== 'subtestsFailed') fail(file, name, error.cause?.message ? error.cause : error);
  });
  for await (const text of events.compose(spec)) process.stdout.write(text);
}

/** Runs tests as web-test-runner.config.mjs describes. A file that can't run is one failure. */
async function runInBrowsers() {
  if (engines.length === 0) throw new Error('No browser to test in: see above.');
  Object.assign(process.env, { BROWSERS: engines.join(), TEST_FILES: inBrowsers.join(), TEST_SUITE: suite });
  const { startTestRunner } = await import('@web/test-runner');
  const config = { watch: values.watch };
  const runner = await startTestRunner({ config, readCliArgs: false, autoExitProcess: false });
  if (!runner) process.exit(1); // it has printed why
  const hasPassed = await new Promise((resolve) => runner.on('stopped', resolve));
  if (!hasPassed) process.exitCode = 1; // also if the coverage is too low
  for (const { testFile, browser, testResults, errors } of runner.sessions.all()) {
    const file = `${testFile} in ${browser.name}`;
    for (const { name, passed, skipped, error } of testResults ? testsIn(testResults) : []) {
      if (skipped) outcome.skipped++;
      else if (passed) outcome.passed++;
      else fail(file, name, error);
    }
    if (errors.length > 0) fail(file, 'the file', errors[0]);
  }
}

/** Returns the tests of a suite and its inner suites. */
function testsIn({ tests, suites }) {
  return [...tests, ...suites.flatMap(testsIn)];
}
