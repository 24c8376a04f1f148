// Runs scripts/release.mjs in a repository of its own, without the slow tests.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const FILES = ['CHANGELOG.md', 'package.json', 'package-lock.json', 'publiccode.yml'];
const repository = mkdtempSync(path.join(tmpdir(), 'diary-feed-'));

/** Without the git settings and signing keys of the machine, and without `GIT_*`, which a git hook sets. */
const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  HOME: repository,
  GIT_CONFIG_NOSYSTEM: '1',
};

const inRepository = (name) => path.join(repository, name);
const run = (command, ...args) =>
  spawnSync(command, args, { cwd: repository, encoding: 'utf8', env: environment });
const git = (...args) => run('git', ...args).stdout.trim();
const release = (...args) => run(process.execPath, 'scripts/release.mjs', ...args, '--without-tests');

/** Returns everything that a release may change. */
const readState = () => [
  git('rev-parse', 'HEAD'),
  git('status', '--porcelain'),
  git('tag'),
  ...FILES.map((name) => readFileSync(inRepository(name), 'utf8')),
];

function assertRefused(...args) {
  const state = readState();
  const { status, stderr } = release(...args);
  assert.equal(status, 1, stderr);
  assert.deepEqual(readState(), state);
}

function commit(name, text) {
  writeFileSync(inRepository(name), text);
  git('add', '--all');
  git('commit', '--quiet', '--message', `Change ${name}`);
}

describe('npm run release', () => {
  before(() => {
    const tracked = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).stdout.split('\0');
    for (const name of tracked.filter((file) => file && !file.startsWith('test/') && existsSync(path.join(root, file)))) {
      cpSync(path.join(root, name), inRepository(name));
    }
    symlinkSync(path.join(root, 'node_modules'), inRepository('node_modules'));
    git('init', '--quiet', '--initial-branch=main');
    git('config', 'user.name', 'Någon');
    git('config', 'user.email', 'nagon@dagbok.example');
    writeFileSync(inRepository('.gitignore'), 'node_modules\ndist\nrelease\n.npm\n');
    commit('CHANGELOG.md', '# Changelog\n\n## Unreleased\n\n### Added\n\n- A list.\n');
  });
  after(() => rmSync(repository, { recursive: true }));

  it('refuses to run with changes in the working tree', () => {
    writeFileSync(inRepository('new.txt'), '');
    assertRefused(version);
    rmSync(inRepository('new.txt'));
  });

  it('refuses to run on another branch', () => {
    git('switch', '--quiet', '--create', 'other');
    assertRefused(version);
    git('switch', '--quiet', 'main');
  });

  it('refuses a version that is not three numbers', () => assertRefused('1.0'));

  it('writes the files in a dry run, and restores the tree', () => {
    const state = readState();
    const { status, stdout, stderr } = release(version, '--dry-run');
    assert.equal(status, 0, stdout + stderr);
    assert.deepEqual(readState(), state);
    assert.ok(existsSync(inRepository(`release/diary-feed-${version}.min.js`)));
  });

  it('restores the tree if a step fails', () => {
    const build = readFileSync(inRepository('scripts/build.mjs'), 'utf8');
    commit('scripts/build.mjs', 'process.exit(3);\n');
    assertRefused(version);
    commit('scripts/build.mjs', build);
  });

  it('dates the changelog, sets the version, writes the files, commits and tags', () => {
    const { status, stdout, stderr } = release(version);
    assert.equal(status, 0, stdout + stderr);
    const changelog = readFileSync(inRepository('CHANGELOG.md'), 'utf8');
    const [, day] = new RegExp(`^## Unreleased\n\n## ${version} – (20\\d\\d-\\d\\d-\\d\\d)$`, 'm').exec(changelog);
    const publicCode = readFileSync(inRepository('publiccode.yml'), 'utf8');
    assert.match(publicCode, new RegExp(`^softwareVersion: ${version}\nreleaseDate: '${day}'$`, 'm'));
    assert.equal(git('status', '--porcelain'), '');
    assert.equal(git('rev-parse', `v${version}^{commit}`), git('rev-parse', 'HEAD'));
    assert.match(readFileSync(inRepository('release/notes.md'), 'utf8'), /- A list\./);
    for (const name of [`diary-feed-${version}.min.js`, 'sri.json', 'troubleshooting.md']) {
      assert.ok(existsSync(inRepository(`release/${name}`)), name);
    }
  });

  it('refuses a version that has a tag, and a changelog without new lines', () => {
    assertRefused(version);
    assertRefused('9.0.0');
  });
});
