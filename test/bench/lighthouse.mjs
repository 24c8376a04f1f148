// npm run lighthouse: Lighthouse on the demo's municipal page, as `npm start` serves it, on a phone; run npm run build first. Prints the
// median scores of three runs and the audits that failed; ends with 1 below 100. npm downloads Lighthouse, and a newer Node if the
// machine's Node is too old for it.
import { spawn } from 'node:child_process';
import { findChromium, CHROMIUM_ARGUMENTS } from '../../scripts/browsers.mjs';
import { startDemoServer } from '../../scripts/demo-server.mjs';

const RUNS = 3;

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];

const isOld = Number(process.versions.node.split('.')[0]) < 22;

/** The package node has an install script, which .npmrc forbids otherwise. */
const PACKAGES = ['--package=lighthouse@13.5.0', ...(isOld ? ['--package=node@24', '--ignore-scripts=false'] : [])];

/** Returns Lighthouse's report of a URL. */
function report(url) {
  const options = [
    url,
    '--quiet',
    '--form-factor=mobile',
    `--only-categories=${CATEGORIES.join()}`,
    '--output=json',
    '--output-path=stdout',
    `--chrome-flags=${['--headless', ...CHROMIUM_ARGUMENTS].join(' ')}`,
  ];
  const child = spawn('npm', ['exec', '--yes', ...PACKAGES, '--', 'lighthouse', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CHROME_PATH: findChromium() },
  });
  let [text, errors] = ['', ''];
  child.stdout.on('data', (chunk) => (text += chunk));
  child.stderr.on('data', (chunk) => (errors += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(JSON.parse(text));
      else reject(new Error(`Lighthouse ended with ${status}: ${errors.trim().split('\n').at(-1)}`));
    });
  });
}

const server = await startDemoServer();
const url = `http://127.0.0.1:${server.address().port}/demo/`;
const reports = [];
for (let run = 0; run < RUNS; run++) reports.push(await report(url));
server.close();
server.closeAllConnections();

for (const name of CATEGORIES) {
  const scoreOf = ({ categories }) => Math.round(100 * categories[name].score);
  const sorted = reports.toSorted((one, other) => scoreOf(one) - scoreOf(other));
  const middle = sorted[RUNS >> 1];
  console.log(`${String(scoreOf(middle)).padStart(3)} ${name} (${sorted.map(scoreOf).join(', ')})`);
  for (const { id, weight } of middle.categories[name].auditRefs) {
    const { score, title, displayValue = '' } = middle.audits[id];
    if (weight > 0 && score !== null && score < 1) console.log(`      ${id} ${score}: ${title} ${displayValue}`);
  }
  if (scoreOf(middle) < 100) process.exitCode = 1;
}
