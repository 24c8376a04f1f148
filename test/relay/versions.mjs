// npm run test:relays [-- FILE …]: runs every recipe of docs/relay/ in its server, and writes the versions on which all its tests
// passed into the README there.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';
import { table } from '../../scripts/markdown-tables.mjs';
import { root } from '../../scripts/run.mjs';
import { missingFor, versionsOf } from '../support/relay-recipes.mjs';
import { provideServers } from '../support/servers.mjs';
import { provideWordpress } from '../support/wordpress.mjs';

const README = path.join(root, 'docs/relay/README.md');

/** The files of each row of the table, and the recipes that test them. */
const LINES = [
  { files: ['nginx.conf'], recipes: ['nginx'] },
  { files: ['cron.sh', 'cron-nginx.conf'], recipes: ['cron, nginx'] },
  { files: ['cron.sh', 'cron-apache.conf'], recipes: ['cron, Apache'] },
  { files: ['cron.sh', 'Caddyfile'], recipes: ['cron, Caddy'] },
  { files: ['relay.php'], recipes: ['PHP', 'PHP without curl'], note: 'with the extension curl and without' },
  { files: ['wordpress.php'], recipes: ['WordPress without stand-ins'] },
  { files: ['relay.mjs'], recipes: ['Node'] },
  { files: ['web.config', 'iis-task.ps1'], recipes: [] },
  { files: ['sitevision.md'], recipes: [] },
];

const BLOCK = /(<!-- table: versions -->)([\s\S]*?)(<!-- end -->)/;

/** Returns the rows of the table, each with its files, its recipes and its version. */
export function readList(page = readFileSync(README, 'utf8')) {
  const rows = BLOCK.exec(page)[2].trim().split('\n').slice(2);
  return LINES.map((line, index) => {
    const [files = '', version = ''] = (rows[index] ?? '').replace(/^\| | \|$/g, '').split(' | ');
    return { ...line, files: [...files.matchAll(/\]\(([^)]+)\)/g)].map(([, file]) => file), version: version.trim() };
  });
}

/** Returns the versions of a row on this machine. */
export function versionsFor({ recipes, note }) {
  if (recipes.length === 0) return 'never run';
  return [versionsOf(recipes[0]), note].filter(Boolean).join(', ');
}

/** Returns whether a recipe is available and all its tests pass. */
function runsWell(recipe) {
  if (missingFor(recipe)) return false;
  console.log(`${recipe} …`);
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--test', '--test-reporter=spec', path.join(root, 'test/relay/recipes.test.mjs')],
    { encoding: 'utf8', env: { ...process.env, RELAY: recipe } },
  );
  if (status !== 0) console.error(stdout.slice(stdout.indexOf('failing tests')));
  return status === 0;
}

/** Runs the recipes with one of these files, or all, one after the other. Returns the rows that stay unchanged. */
async function runAll(wanted) {
  const page = readFileSync(README, 'utf8');
  const lines = readList(page).map((line) => {
    const isWanted = wanted.length === 0 || line.files.some((file) => wanted.includes(file));
    return { ...line, isWanted, isNew: isWanted && line.recipes.every(runsWell) };
  });
  const rows = lines.map((line) => [
    line.files.map((file) => `[${file}](${file})`).join(', '),
    line.isNew ? versionsFor(line) : line.version,
  ]);
  const list = table(['Recipe', 'Last run on'], rows);
  const text = page.replace(BLOCK, (_, start, old, end) => `${start}\n\n${list}\n\n${end}`);
  writeFileSync(README, await prettier.format(text, { ...(await prettier.resolveConfig(README)), parser: 'markdown' }));
  return lines.filter(({ isWanted, isNew }) => isWanted && !isNew);
}

if (process.argv[1] === import.meta.filename) {
  provideServers();
  provideWordpress();
  const left = await runAll(process.argv.slice(2));
  for (const { files } of left) console.error(`Not run, or failed; the row is unchanged: ${files.join(', ')}`);
  process.exitCode = left.length > 0 ? 1 : 0;
}
