// npm run release -- 1.2.0 [--dry-run]: checks, tests, dates CHANGELOG.md, sets the version, writes release/, commits and tags.
// Nothing is published or pushed. If a step fails, and in a dry run, the tracked files are restored.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeReleaseFolder } from './release-folder.mjs';
import { root } from './run.mjs';

/** Files that a release changes. */
const FILES = ['CHANGELOG.md', 'package.json', 'package-lock.json', 'publiccode.yml'];

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  // `without-tests` is for the test of this script
  options: { 'dry-run': { type: 'boolean' }, 'without-tests': { type: 'boolean' } },
});
const [version = ''] = positionals;
const [, lines] = readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8').split(/^## .*$/m);

const npm = (...args) => execFileSync('npm', args, { cwd: root, stdio: 'inherit' });
const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

function edit(file, change) {
  const target = path.join(root, file);
  writeFileSync(target, change(readFileSync(target, 'utf8')));
}

function check() {
  if (!/^\d+\.\d+\.\d+$/.test(version)) return 'Usage: npm run release -- 1.2.0 [--dry-run]';
  if (git('branch', '--show-current') !== 'main') return 'Release from the branch main.';
  if (git('status', '--porcelain')) return 'The working tree has changes. Commit or remove them first.';
  if (git('tag', '--list', `v${version}`)) return `The tag v${version} exists already.`;
  return /^- /m.test(lines) ? undefined : 'CHANGELOG.md has no line below "## Unreleased".';
}

function setVersion() {
  const day = new Date().toLocaleDateString('sv'); // YYYY-MM-DD
  npm('version', version, '--no-git-tag-version', '--allow-same-version');
  edit('CHANGELOG.md', (text) => text.replace(/^## Unreleased$/m, `## Unreleased\n\n## ${version} – ${day}`));
  edit('publiccode.yml', (text) =>
    text
      .replaceAll(/^(?:softwareVersion|releaseDate):.*\n/gm, '') // missing before the first release
      .replace(/^name:.*\n/m, `$&softwareVersion: ${version}\nreleaseDate: '${day}'\n`),
  );
}

function release() {
  setVersion();
  npm('run', 'build');
  const tests = options['without-tests'] ? [] : ['check', 'test', 'test:full', 'test:release'];
  for (const name of tests) npm('run', name);
  const tag = writeReleaseFolder(root, { version, lines });
  console.log(`\nrelease/ contains the files of version ${version}. The script tag:\n\n${tag}\n`);
  if (options['dry-run']) return;
  git('commit', '--quiet', '--message', `chore: release ${version}`, '--', ...FILES);
  git('tag', '--annotate', '--message', `diary-feed ${version}`, `v${version}`); // signed if tag.gpgSign is set
  console.log('Committed and tagged. For the next steps, see docs/dev/releasing.md.');
}

const problem = check();
if (problem) {
  console.error(problem);
  process.exit(1);
}
process.on('SIGINT', () => {}); // the command that runs ends, and this script restores the files
const start = git('rev-parse', 'HEAD');
try {
  release();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
  git('reset', '--quiet', '--soft', start); // if the tag failed after the commit
} finally {
  git('restore', '--staged', '--worktree', '--', ...FILES); // after a release, there is nothing to restore
}
