// npm test: the daily suite. npm run test:full and npm run test:release: the slower suites.
// `npm test -- FILE…` runs only these files: the browser tests among them in Chromium, or in the browsers that BROWSERS
// names. `--watch` runs them again after each change. `LIST=1` lists every browser test by name.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { run as startTests } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';
import { availableEngines } from './browsers.mjs';
import { root, run, warnAboutOldNode } from './run.mjs';
import { provideServers } from './servers.mjs';

/**
 * Files of each suite. `*.test.mjs` runs in Node, `*.test.ts` in the browsers: the feed parser's own tests in Chromium, and
 * in the full suite in the others.
 */
const SUITES = {
  daily: /^test\/(?!full|relay|release)/,
  full: /^test\/(?:full|feed|relay)\//,
  release: /^test\/release\//,
};

const outcome = { passed: 0, skipped: 0, failures: [] };

warnAboutOldNode();
const { positionals, values } = parseArgs({ allowPositionals: true, options: { watch: { type: 'boolean' } } });
const [suite = 'daily'] = positionals;
if (!(suite in SUITES)) process.env.BROWSERS ??= 'chromium';

const files = suite in SUITES ? testsOf(suite) : positionals.map((name) => path.relative(root, path.resolve(name)));
const unknown = files.find((file) => !existsSync(path.join(root, file)));
if (unknown) end(`${unknown} doesn't exist.`);

// the relays wait for the time limits of their servers: two at once would fail on a busy machine
const relays = files.filter((file) => /^test\/relay\/.*mjs$/.test(file));
const inNode = files.filter((file) => file.endsWith('.mjs') && !relays.includes(file));
const inBrowsers = files.filter((file) => file.endsWith('.ts'));

const engines = inBrowsers.length > 0 ? availableEngines() : [];
if (inBrowsers.length > 0 && engines.length === 0) end('No browser to test in: see above.');
if (relays.length > 0) provideServers();
// browser tests load src/ itself, except in these folders
if (files.some((file) => file.endsWith('.mjs') || /^test\/(?:e2e|full|builder)\//.test(file))) {
  run('build', 'scripts/build.mjs --if-stale');
}

await timed('Node', inNode, () => runInNode(inNode, 2));
await timed('relays', relays, () => runInNode(relays, 1));
await timed(engines.join(', '), inBrowsers, runInBrowsers);

for (const failure of outcome.failures) console.log(`failed: ${failure}\n`);
console.log(`tests: ${outcome.passed} passed, ${outcome.failures.length} failed, ${outcome.skipped} skipped`);
process.exit(outcome.failures.length > 0 ? 1 : process.exitCode); // the runner in watch mode still listens to keys

function testsOf(name) {
  const all = readdirSync(path.join(root, 'test'), { recursive: true }).map((file) => path.posix.join('test', file));
  return all.filter((file) => /\.test\.(?:mjs|ts)$/.test(file) && SUITES[name].test(file)).sort();
}

function end(message) {
  console.error(message);
  process.exit(1);
}

/** Runs one part of the suite and prints how long it took. */
async function timed(label, tests, runTests) {
  if (tests.length === 0) return;
  const start = performance.now();
  await runTests();
  console.log(`${label}: ${Math.round((performance.now() - start) / 1000)} s\n`);
}

/** Runs tests with Node's own runner. Suites aren't counted, unless their own code fails. */
async function runInNode(tests, concurrency) {
  const events = startTests({ files: tests, concurrency, watch: values.watch });
  events.on('test:pass', ({ details, skip, todo }) => {
    if (details.type !== 'suite') outcome[skip === undefined && todo === undefined ? 'passed' : 'skipped']++;
  });
  events.on('test:fail', ({ name, file, details: { error } }) => {
    if (error.failureType === 'subtestsFailed') return;
    outcome.failures.push(`${path.relative(root, file ?? '')}: ${name}\n  ${error.cause?.message ?? error.message}`);
  });
  for await (const text of events.compose(spec)) process.stdout.write(text);
}

/** Runs tests as web-test-runner.config.mjs describes. A file that can't run is one failure. */
async function runInBrowsers() {
  Object.assign(process.env, { BROWSERS: engines.join(), TEST_FILES: inBrowsers.join(), TEST_SUITE: suite });
  const { startTestRunner } = await import('@web/test-runner');
  const runner = await startTestRunner({
    config: { watch: values.watch },
    readCliArgs: false,
    autoExitProcess: false,
  });
  const hasPassed = await new Promise((resolve) => runner.on('stopped', resolve));
  if (!hasPassed) process.exitCode = 1; // also if the coverage is too low
  for (const { testFile, browser, testResults, errors } of runner.sessions.all()) {
    const place = `${path.relative(root, testFile)} in ${browser.name}`;
    const fail = (name, error) => outcome.failures.push(`${place}: ${name}\n  ${error?.message ?? 'no reason given'}`);
    for (const { name, passed, skipped, error } of testResults ? flatten(testResults) : []) {
      if (skipped) outcome.skipped++;
      else if (passed) outcome.passed++;
      else fail(name, error);
    }
    if (errors.length > 0) fail('the file', errors[0]);
  }
}

/** Returns the tests of a suite and its inner suites, each with its full name. */
function flatten({ name: suiteName, tests, suites }) {
  return [...tests, ...suites.flatMap(flatten)].map((test) => ({
    ...test,
    name: [suiteName, test.name].filter(Boolean).join(' '),
  }));
}
