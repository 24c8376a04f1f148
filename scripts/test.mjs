// npm test: the daily suite. npm run test:full and npm run test:release: the slower suites.
// `npm test -- FILE…` runs only these files: the browser tests among them in Chromium, or in the browsers that BROWSERS
// names. `--watch` runs them again after each change. `LIST=1` lists every browser test by name.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { availableEngines } from './browsers.mjs';
import { root, warnAboutOldNode } from './run.mjs';
import { provideServers } from './servers.mjs';

/**
 * Folders of each suite, without their subfolders. `*.test.mjs` runs in Node, `*.test.ts` in the browsers: the feed parser's own
 * tests in Chromium, and in the full suite in the others.
 */
const SUITES = {
  daily: [
    'test',
    'test/controllers',
    'test/entries',
    'test/feed',
    'test/messages',
    'test/templates',
    'test/project',
    'test/e2e',
    'test/builder',
  ],
  full: ['test/full', 'test/feed', 'test/relay'],
  release: ['test/release'],
};

warnAboutOldNode();
const args = process.argv.slice(2);
const isWatching = args.includes('--watch');
const names = args.filter((arg) => !arg.startsWith('--'));
const suite = names.length === 0 ? 'daily' : Object.keys(SUITES).find((name) => name === names[0]);
if (!suite) process.env.BROWSERS ??= 'chromium';

const files = suite ? SUITES[suite].flatMap(testsIn) : names.map((name) => path.relative(root, path.resolve(name)));
const unknown = files.find((file) => !existsSync(path.join(root, file)));
if (unknown || files.length === 0) end(`No test to run${unknown ? `: ${unknown} doesn't exist` : ''}.`);

// the relays wait for the time limits of their servers: two at once would fail on a busy machine
const isRelay = (file) => file.startsWith('test/relay/');
const inNode = files.filter((file) => file.endsWith('.mjs') && !isRelay(file));
const relays = files.filter((file) => file.endsWith('.mjs') && isRelay(file));
const inBrowsers = files.filter((file) => file.endsWith('.ts'));

const engines = inBrowsers.length > 0 ? availableEngines() : [];
if (inBrowsers.length > 0 && engines.length === 0) end('No browser to test in: see above.');
if (relays.length > 0) provideServers();
// browser tests load src/ itself, except in these folders
const needsBuild = files.some((file) => file.endsWith('.mjs') || /^test\/(?:e2e|full|builder)\//.test(file));

if (needsBuild && timed('build', () => runScript('scripts/build.mjs', ['--if-stale'])) !== 0) process.exit(1);
const outcomes = [
  inNode.length > 0 && timed('Node', () => runInNode(inNode, 2)),
  relays.length > 0 && timed('relays', () => runInNode(relays, 1)),
  inBrowsers.length > 0 && timed(engines.join(', '), () => runInBrowsers(inBrowsers)),
].filter(Boolean);

const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
for (const failure of outcomes.flatMap(({ failures }) => failures)) console.log(`failed: ${failure}\n`);
console.log(`tests: ${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = outcomes.some(({ status }) => status !== 0) ? 1 : 0;

/** Returns the file into which a reporter writes its result. */
function reportFile(name) {
  const cache = path.join(root, 'node_modules/.cache/diary-feed');
  mkdirSync(cache, { recursive: true });
  return path.join(cache, name);
}

function testsIn(folder) {
  return readdirSync(path.join(root, folder))
    .filter((name) => /\.test\.(?:mjs|ts)$/.test(name))
    .map((name) => `${folder}/${name}`);
}

function end(message) {
  console.error(message);
  process.exit(1);
}

/** Runs one part of the suite and prints how long it took. */
function timed(label, part) {
  const start = performance.now();
  const outcome = part();
  console.log(`${label}: ${Math.round((performance.now() - start) / 1000)} s\n`);
  return outcome;
}

/** Returns the exit code. */
function runScript(script, scriptArgs = [], env = {}) {
  const options = { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } };
  return spawnSync(process.execPath, [script, ...scriptArgs], options).status ?? 1;
}

function runInNode(testFiles, concurrency) {
  const report = reportFile('node-tests.json');
  const status = runScript('--test', [
    ...(isWatching ? ['--watch'] : []),
    `--test-concurrency=${concurrency}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${pathToFileURL(path.join(root, 'scripts/node-reporter.mjs'))}`,
    `--test-reporter-destination=${report}`,
    ...testFiles,
  ]);
  return { status, ...readReport(report) };
}

function runInBrowsers(testFiles) {
  const report = reportFile('browser-tests.json');
  const status = runScript('node_modules/@web/test-runner/dist/bin.js', isWatching ? ['--watch'] : [], {
    BROWSERS: engines.join(','),
    TEST_FILES: testFiles.join(','),
    TEST_SUITE: suite ?? '',
    TEST_REPORT: report,
  });
  return { status, ...readReport(report) };
}

/** Returns the result of a reporter. Without one, the run ended too early and has failed. */
function readReport(file) {
  const aborted = { passed: 0, failed: 1, skipped: 0, failures: ['The run ended without a report.'] };
  const outcome = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : aborted;
  rmSync(file, { force: true });
  return outcome;
}
