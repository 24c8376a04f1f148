import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { dateUnreleased, lastRelease, refuseVersion, unreleasedLines } from '../../scripts/changelog.mjs';
import { root } from '../../scripts/run.mjs';

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const CHANGELOG = '# Changelog\n\n## Unreleased\n\n### Added\n\n- A list.\n- Another.\n\n### Fixed\n\n- Å.\n';

const base = mkdtempSync(path.join(tmpdir(), 'diary-feed-'));
after(() => rmSync(base, { recursive: true }));

/** Without the git settings and signing keys of the machine, and without `GIT_*`, which a git hook sets. */
const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  HOME: base,
  GNUPGHOME: path.join(base, 'keys'),
  GIT_CONFIG_NOSYSTEM: '1',
  XDG_CONFIG_HOME: base,
};

let repository;

const inside = (name) => path.join(repository, name);
const read = (name) => readFileSync(inside(name), 'utf8');

function git(...args) {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: repository, encoding: 'utf8', env: environment });
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

function commit(name, text) {
  writeFileSync(inside(name), text);
  git('add', '--all');
  git('commit', '--quiet', '--message', `Change ${name}`);
}

/** Makes a repository with the files that a release needs, and with the current build. */
function makeRepository() {
  repository = mkdtempSync(path.join(base, 'clone-'));
  for (const name of ['package.json', 'package-lock.json', 'publiccode.yml', 'LICENSE', '.gitignore']) {
    cpSync(path.join(root, name), inside(name));
  }
  for (const name of ['dist', 'demo', 'docs', 'scripts'])
    cpSync(path.join(root, name), inside(name), { recursive: true });
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Någon');
  git('config', 'user.email', 'nagon@diary-feed.example');
  commit('CHANGELOG.md', CHANGELOG);
}

const start = (...args) =>
  spawn(process.execPath, ['scripts/release.mjs', ...args], { cwd: repository, env: environment });

/** Runs the script; returns its exit status and its output. */
async function release(...args) {
  const child = start(...args);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const [status] = await once(child, 'close');
  return { status, output };
}

const QUICKLY = '--without=build,check,tests';

/** Everything that a release may change. */
const stateOf = () => [
  git('rev-parse', 'HEAD'),
  git('status', '--porcelain'),
  git('tag'),
  ...['CHANGELOG.md', 'package.json', 'package-lock.json', 'publiccode.yml'].map(read),
];

async function assertRefused(...args) {
  const before = stateOf();
  const { status, output } = await release(...args);
  assert.equal(status, 1, output);
  assert.doesNotMatch(output, /\n\s+at /, 'no stack');
  assert.deepEqual(stateOf(), before);
}

describe('npm run release', { timeout: 180_000 }, () => {
  beforeEach(makeRepository);

  it('dates the changelog, sets the version, commits, tags and writes the files', async () => {
    const { status, output } = await release(version, QUICKLY);
    assert.equal(status, 0, output);
    const [, day] = new RegExp(`^## ${version} – (20\\d\\d-\\d\\d-\\d\\d)$`, 'm').exec(read('CHANGELOG.md'));
    assert.match(read('publiccode.yml'), new RegExp(`^softwareVersion: ${version}\nreleaseDate: '${day}'$`, 'm'));
    assert.equal(git('status', '--porcelain'), '');
    assert.equal(git('rev-list', '--count', 'HEAD'), '2');
    assert.equal(git('rev-parse', `v${version}^{commit}`), git('rev-parse', 'HEAD'));
    assert.match(read('release/notes.md'), /- A list\.\n- Another\./);
    for (const name of [
      `diary-feed-${version}.min.js`,
      'sri.json',
      'troubleshooting.md',
      `configurator-${version}/demo/configurator.html`,
    ]) {
      assert.ok(existsSync(inside(`release/${name}`)), name);
    }
  });

  it('changes nothing in a dry run, but writes the files', async () => {
    const before = stateOf();
    const { status, output } = await release(version, '--dry-run', QUICKLY);
    assert.equal(status, 0, output);
    assert.deepEqual(stateOf(), before);
    assert.ok(existsSync(inside(`release/diary-feed-${version}.min.js`)));
  });

  it('refuses a tree that is not clean', async () => {
    writeFileSync(inside('new.txt'), '');
    await assertRefused(version, QUICKLY);
  });

  it('refuses another branch', async () => {
    git('switch', '--quiet', '--create', 'other');
    await assertRefused(version, QUICKLY);
  });

  it('refuses a changelog without news', async () => {
    commit('CHANGELOG.md', '# Changelog\n\n## Unreleased\n\n### Added\n');
    await assertRefused(version, QUICKLY);
  });

  it('leaves the tree as it was if a step fails', async () => {
    commit('scripts/check.mjs', 'process.exit(3);\n');
    await assertRefused(version, '--without=build,tests');
  });

  it('leaves the tree as it was if it is interrupted', async () => {
    commit('scripts/check.mjs', "console.log('waiting'); setTimeout(() => {}, 50_000);\n");
    const before = stateOf();
    const child = start(version, '--without=build,tests');
    await new Promise((resolve) => child.stdout.on('data', (text) => String(text).includes('waiting') && resolve()));
    assert.notEqual(read('CHANGELOG.md'), CHANGELOG);
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'close'), [1, null]);
    assert.deepEqual(stateOf(), before);
  });
});

describe('the changelog', () => {
  const dated = dateUnreleased(CHANGELOG, '0.1.0', '2026-11-25');
  const released = dated.replace('## Unreleased\n', '## Unreleased\n\n### Fixed\n\n- More.\n');

  it('has news until they are dated', () => {
    assert.match(unreleasedLines(CHANGELOG), /^### Added\n\n- A list\.[\s\S]*- Å\.$/);
    assert.equal(unreleasedLines(dated), '');
    assert.equal(unreleasedLines(released), '### Fixed\n\n- More.');
    assert.deepEqual([lastRelease(CHANGELOG), lastRelease(released)], [undefined, '0.1.0']);
  });

  it('allows the next patch, minor or major version', () => {
    const refusal = (next, changelog = released) => refuseVersion(next, { changelog, current: '0.1.0' });
    for (const next of ['0.1.1', '0.2.0', '1.0.0']) assert.equal(refusal(next), undefined, next);
    for (const next of ['0.1.0', '0.1.2', '0.2.1', '2.0.0', '01.0.0', '1.0.0-rc.1', '1.0.0;ls'])
      assert.ok(refusal(next), next);
    assert.equal(refusal('0.1.0', CHANGELOG), undefined, 'the first release');
    assert.ok(refusal('0.1.1', released.replace('Fixed', 'Added')), 'a new feature needs a minor version');
  });
});
