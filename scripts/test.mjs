// npm test: builds, checks types, runs in Node the tests of the project's own rules, of the relays and those that drive
// Chromium from outside, then all others in real browsers.
// `BROWSERS=chromium npm test` narrows; arguments go to the browsers' runner: `npm test -- --files test/excerpt.test.ts`.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { availableEngines } from './browsers.mjs';
import './build.mjs';
import { root, run } from './run.mjs';
import { provideServers } from './servers.mjs';

const engines = availableEngines();
if (engines.length === 0) {
  console.error('No browser to test in: see above.');
  process.exit(1);
}

provideServers();

run('types', 'typescript/bin/tsc', ['--noEmit']);

const files = ['test/project', 'test/driven', 'test/relay'].flatMap((folder) =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.test.mjs'))
    .map((name) => path.join(root, folder, name)),
);
const report = path.join(root, 'dist/.node-tests.tap');
const args = [
  '--test',
  '--test-concurrency=2', // most of them wait: for servers, for pages
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  '--test-reporter=tap',
  `--test-reporter-destination=${report}`,
];
console.log("\u001b[2mthe project's own rules, the relays, and Chromium driven from outside\u001b[0m");
const { status } = spawnSync(process.execPath, [...args, ...files], { cwd: root, stdio: 'inherit' });
const counts = Object.fromEntries(
  [...readFileSync(report, 'utf8').matchAll(/^# (pass|fail|skipped) (\d+)$/gm)].map((m) => m.slice(1)),
);
rmSync(report);

run(`tests in ${engines.join(', ')}`, '@web/test-runner/dist/bin.js', process.argv.slice(2), {
  BROWSERS: engines.join(','),
  COUNTED: JSON.stringify(counts), // so that the closing line counts both
});
process.exit(status ?? 1);
