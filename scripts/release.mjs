// npm run release -- 1.2.0 [--dry-run]: checks, tests, dates CHANGELOG.md, sets the version, writes release/, commits and tags.
// Nothing is published or pushed. If a step fails, and in a dry run, the tracked files are restored.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeReleaseFolder } from './release-folder.mjs';
import { root } from './run.mjs';

/** Files that a release changes. */
const FILES = ['CHANGELOG.md', 'package.json', 'package-lock.json', 'publiccode.yml'];

const TESTS = [['run', 'check'], ['test'], ['run', 'test:full'], ['run', 'test:release']];

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  // `without-tests` is for the test of this script
  options: { 'dry-run': { type: 'boolean' }, 'without-tests': { type: 'boolean' } },
});
const [version = ''] = positionals;

/** Runs a command. Returns its output, or throws. */
function run(command, args, stdio = ['ignore', 'pipe', 'inherit']) {
  const { status, stdout } = spawnSync(command, args, { cwd: root, encoding: 'utf8', stdio });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed.`);
  return stdout?.trim();
}
const npm = (...args) => run('npm', args, 'inherit');
const git = (...args) => run('git', args);

function edit(file, change) {
  const target = path.join(root, file);
  writeFileSync(target, change(readFileSync(target, 'utf8')));
}

/** Returns the lines of CHANGELOG.md below "Unreleased". */
function readUnreleasedLines() {
  const [, lines = ''] =
    /^## Unreleased\n([^]*?)(?=^## |$(?![^]))/m.exec(readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8')) ?? [];
  if (!/^- /m.test(lines)) throw new Error('CHANGELOG.md has no line below "## Unreleased".');
  return lines.trim();
}

function checkRepository() {
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error('Usage: npm run release -- 1.2.0 [--dry-run]');
  const branch = git('rev-parse', '--abbrev-ref', 'HEAD');
  if (branch !== 'main') throw new Error(`Release from the branch main, not from ${branch}.`);
  if (git('status', '--porcelain')) throw new Error('The working tree has changes. Commit or remove them first.');
  if (git('tag', '--list', `v${version}`)) throw new Error(`The tag v${version} exists already.`);
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
  const lines = readUnreleasedLines();
  setVersion();
  npm('run', 'build');
  if (!options['without-tests']) for (const args of TESTS) npm(...args);
  const tag = writeReleaseFolder(root, { version, lines });
  console.log(`\nrelease/ contains the files of version ${version}. The script tag:\n\n${tag}\n`);
  if (options['dry-run']) return;
  git('commit', '--quiet', '--message', `chore: release ${version}`, '--', ...FILES);
  git('tag', '--annotate', '--message', `diary-feed ${version}`, `v${version}`); // signed if tag.gpgSign is set
  console.log('Committed and tagged. For the next steps, see docs/dev/releasing.md.');
}

try {
  checkRepository();
  process.on('SIGINT', () => {}); // the command that runs ends, and this script restores the files
  const start = git('rev-parse', 'HEAD');
  try {
    release();
  } catch (error) {
    git('reset', '--quiet', '--soft', start); // if the tag failed after the commit
    throw error;
  } finally {
    git('restore', '--staged', '--worktree', '--', ...FILES); // after a release, there is nothing to restore
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
