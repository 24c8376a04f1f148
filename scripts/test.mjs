// npm test: builds, checks types, runs in Node the tests of the project's own rules, of the relays and those that drive
// Chromium from outside, then all others in real browsers.
// `BROWSERS=chromium npm test` narrows; arguments go to the browsers' runner, which then runs alone:
// `npm test -- --files test/excerpt.test.ts`.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { availableEngines } from './browsers.mjs';
import './build.mjs';
import { root, run } from './run.mjs';
import { provideServers } from './servers.mjs';

const engines = availableEngines();
if (engines.length === 0) {
  console.error('No browser to test in: see above.');
  process.exit(1);
}

const forRunner = process.argv.slice(2);

run('types', 'typescript/bin/tsc', ['--noEmit']);

const before = forRunner.length > 0 ? { status: 0, outcome: { failures: [] } } : runInNode();
const browsers = runInBrowsers(engines, forRunner, before.outcome);
process.exit(before.status || browsers);

/** Gives the status of the processes, and what they report together (scripts/node-reporter.mjs). */
function runInNode() {
  provideServers();
  // the relays run side by side already, in servers that give up waiting where a machine is too busy
  const runs = [
    runFolders(['test/project', 'test/driven'], 2, "the project's own rules, and Chromium driven from outside"),
    runFolders(['test/relay'], 1, 'the relays'),
  ];
  const sum = (name) => runs.reduce((total, { outcome }) => total + outcome[name], 0);
  return {
    status: Math.max(...runs.map(({ status }) => status)),
    outcome: {
      passed: sum('passed'),
      failed: sum('failed'),
      skipped: sum('skipped'),
      failures: runs.flatMap(({ outcome }) => outcome.failures),
    },
  };
}

function runFolders(folders, concurrency, label) {
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder))
      .filter((name) => name.endsWith('.test.mjs'))
      .map((name) => path.join(root, folder, name)),
  );
  const report = path.join(root, 'dist/.node-tests.json');
  const args = [
    '--test',
    `--test-concurrency=${concurrency}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${pathToFileURL(path.join(root, 'scripts/node-reporter.mjs'))}`,
    `--test-reporter-destination=${report}`,
  ];
  console.log(`\u001b[2m${label}\u001b[0m`);
  const { status } = spawnSync(process.execPath, [...args, ...files], { cwd: root, stdio: 'inherit' });
  const outcome = JSON.parse(readFileSync(report, 'utf8'));
  rmSync(report);
  return { status: status ?? 1, outcome };
}

/**
 * Gives the status of the run. A browser that went away under its page, as WebKitGTK does now and then, gets that file once
 * more, and says so: a second time is a failure.
 */
function runInBrowsers(engines, args, before) {
  const [earlier, report] = ['before', 'outcome'].map((name) => path.join(root, `dist/.${name}.json`));
  const start = (names, more, env) => {
    console.log(`\u001b[2mtests in ${names.join(', ')}\u001b[0m`);
    const program = path.join(root, 'node_modules/@web/test-runner/dist/bin.js');
    const environment = { ...process.env, BROWSERS: names.join(','), ...env };
    return (
      spawnSync(process.execPath, [program, ...more], { cwd: root, stdio: 'inherit', env: environment }).status ?? 1
    );
  };
  rmSync(report, { force: true });
  writeFileSync(earlier, JSON.stringify(before)); // an environment holds less than many failures have to say
  const status = start(engines, args, { BEFORE: earlier, OUTCOME: report });
  rmSync(earlier);
  if (!existsSync(report)) return status;
  const { interrupted, ...outcome } = JSON.parse(readFileSync(report, 'utf8'));
  rmSync(report);
  if (interrupted.length === 0) return status;
  const files = [...new Set(interrupted.map(({ file }) => file))];
  const names = [...new Set(interrupted.map(({ engine }) => engine))];
  console.log(
    `${names.join(', ')} went away in ${files.map((file) => path.relative(root, file)).join(', ')}: once more`,
  );
  writeFileSync(earlier, JSON.stringify(outcome));
  const again = start(names, ['--files', ...files], { BEFORE: earlier, OUTCOME: '', ONCE_MORE: '1' });
  rmSync(earlier);
  return outcome.failures.length > before.failures.length ? 1 : again;
}
