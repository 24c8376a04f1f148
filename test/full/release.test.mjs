import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { textIn } from '../../demo/configurator/texts.js';
import { dateUnreleased, lastRelease, refuseVersion, unreleasedLines } from '../../scripts/changelog.mjs';
import { versionedName } from '../../scripts/release-folder.mjs';
import { root } from '../../scripts/run.mjs';

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
/** The project's own, as it was before there was a release. */
const PUBLICCODE = readFileSync(path.join(root, 'publiccode.yml'), 'utf8').replaceAll(
  /^(?:softwareVersion|releaseDate): .*\n/gm,
  '',
);
const CHANGELOG = '# Changelog\n\n## Unreleased\n\n### Added\n\n- A list.\n- Another.\n\n### Fixed\n\n- Å.\n';

const base = mkdtempSync(path.join(tmpdir(), 'diary-feed-'));
after(() => rmSync(base, { recursive: true }));

/** No key and no settings of whoever runs the tests; `GIT_*` of a hook would lead git elsewhere. */
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

/** Writes a file and commits it. */
function commit(name, text) {
  mkdirSync(path.dirname(inside(name)), { recursive: true });
  writeFileSync(inside(name), text);
  git('add', '--all');
  git('commit', '--quiet', '--message', `Change ${name}`);
}

/** A clone with what a release needs, the build that is there included. */
function makeRepository() {
  repository = mkdtempSync(path.join(base, 'clone-'));
  for (const name of ['package.json', 'package-lock.json', 'publiccode.yml', 'LICENSE', '.gitignore']) {
    cpSync(path.join(root, name), inside(name));
  }
  mkdirSync(inside('scripts'));
  for (const name of ['release', 'release-folder', 'changelog', 'run']) {
    cpSync(path.join(root, `scripts/${name}.mjs`), inside(`scripts/${name}.mjs`));
  }
  for (const name of ['dist', 'demo']) cpSync(path.join(root, name), inside(name), { recursive: true });
  git('init', '--quiet', '--initial-branch=main');
  for (const [key, value] of [
    ['user.name', 'Någon'],
    ['user.email', 'nagon@diary-feed.example'],
  ]) {
    git('config', key, value);
  }
  commit('CHANGELOG.md', CHANGELOG);
}

const start = (...args) =>
  spawn(process.execPath, ['scripts/release.mjs', ...args], { cwd: repository, env: environment });

/** Runs the script; what it says, and its status. */
function release(...args) {
  const child = start(...args);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, said })));
}

const QUICKLY = '--without=build,check,tests';

/** All that a release may change. */
const stateOf = () => [
  git('rev-parse', 'HEAD'),
  git('status', '--porcelain'),
  git('tag'),
  ...['CHANGELOG.md', 'package.json', 'package-lock.json', 'publiccode.yml'].map(read),
];

/** That nothing is changed, and that the sentence says why. */
async function assertRefused(args, sentence) {
  const before = stateOf();
  const { status, said } = await release(...args);
  assert.match(said, sentence);
  assert.doesNotMatch(said, /\n\s+at /, 'a sentence, not a stack');
  assert.equal(status, 1);
  assert.deepEqual(stateOf(), before);
}

describe('a release', { timeout: 60_000 }, () => {
  beforeEach(makeRepository);

  it('dates the changelog, sets the version, commits, tags, and writes the files under their versioned names', async () => {
    const { status, said } = await release(version, QUICKLY);
    assert.equal(status, 0, said);
    assert.match(
      read('CHANGELOG.md'),
      new RegExp(`## Unreleased\n\n## ${version} – 20\\d\\d-\\d\\d-\\d\\d\n\n### Added`),
    );
    const [day] = /20\d\d-\d\d-\d\d/.exec(read('CHANGELOG.md'));
    assert.equal(
      read('publiccode.yml'),
      PUBLICCODE.replace(/^name: .*\n/m, `$&softwareVersion: ${version}\nreleaseDate: '${day}'\n`),
    );
    assert.equal(git('status', '--porcelain'), '');
    assert.equal(git('log', '-1', '--format=%s'), `Release ${version}`);
    assert.equal(git('cat-file', '-t', `v${version}`), 'tag');
    assert.match(said, /not signed/);

    const script = `diary-feed-${version}.min.js`;
    const hashes = JSON.parse(read('release/sri.json'));
    const themes = readdirSync(path.join(root, 'src/themes')).map((name) => versionedName(name, version));
    assert.deepEqual(readdirSync(inside('release/themes')).sort(), themes.sort());
    for (const name of [script, ...themes.map((theme) => `themes/${theme}`)]) {
      const hash = createHash('sha384').update(readFileSync(inside(`release/${name}`)));
      assert.equal(hashes[name], `sha384-${hash.digest('base64')}`);
      assert.equal(hashes[name.replace(`-${version}`, '')], hashes[name]);
    }
    const tag = `<script type="module" src="/assets/${script}" integrity="${hashes[script]}"></script>`;
    assert.equal(read('release/script-tag.html'), `${tag}\n`);
    const notes = read('release/notes.md');
    for (const text of [`# diary-feed ${version}\n\n### Added\n\n- A list.\n`, '- Å.\n', tag])
      assert.ok(notes.includes(text), text);
    for (const name of ['sbom.cdx.json', 'third-party-licences.txt', 'LICENSE'])
      assert.ok(existsSync(inside(`release/${name}`)));
  });

  it('has the demo with what of the build it asks for in one folder, to be put on a server as it stands', async () => {
    const { status, said } = await release(version, QUICKLY);
    assert.equal(status, 0, said);
    const place = `release/configurator-${version}`;
    const filesIn = (folder) =>
      readdirSync(inside(folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) =>
          path.relative(inside(folder), path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'),
        )
        .sort();
    const pages = filesIn('demo').filter((name) => !name.startsWith('examples/'));
    assert.ok(pages.includes('configurator.html'));
    assert.deepEqual(filesIn(`${place}/demo`), pages);
    const wanted = pages
      .filter((name) => /\.(?:html|js)$/.test(name))
      .flatMap((name) => [...read(`demo/${name}`).matchAll(/(?:\.\.\/dist\/|\bask\(')([\w./-]+\.\w+)/g)])
      .map(([, name]) => name);
    for (const name of ['diary-feed.min.js', 'relay-recipes.json', 'sri.json']) assert.ok(wanted.includes(name), name);
    const built = filesIn(`${place}/dist`);
    for (const name of [...wanted, 'feed/read.js']) assert.ok(built.includes(name), name);
    assert.deepEqual(
      built.filter((name) => /(?:^|\/)\.|\.map$|\.d\.ts$/.test(name)),
      [],
    );
    assert.deepEqual(readdirSync(inside(`${place}/dist/themes`)), readdirSync(path.join(root, 'src/themes')));
    for (const name of ['LICENSE', 'dist/third-party-licences.txt']) assert.ok(existsSync(inside(`${place}/${name}`)));
    for (const file of ['README.md', 'docs/guide.md', 'docs/guide.sv.md'])
      assert.match(readFileSync(path.join(root, file), 'utf8'), /`configurator-\d\.\d\.\d`/, file);
  });

  it('has files under other names than on a site, and the configurator says so', () => {
    for (const language of ['sv', 'en']) {
      for (const step of ['next-file', 'next-theme']) {
        assert.match(textIn(language, step), /versionen i namnet|version in its name/, `${step} in ${language}`);
      }
    }
  });

  it('tells publiccode.yml its version and day in the place of those of the release before', async () => {
    const lines = (number, day) => `softwareVersion: ${number}\nreleaseDate: '${day}'\n`;
    commit('publiccode.yml', PUBLICCODE.replace(/^name: .*\n/m, `$&${lines('0.0.1', '2020-01-01')}`));
    const { status, said } = await release(version, QUICKLY);
    assert.equal(status, 0, said);
    const [day] = /20\d\d-\d\d-\d\d/.exec(read('CHANGELOG.md'));
    assert.equal(read('publiccode.yml'), PUBLICCODE.replace(/^name: .*\n/m, `$&${lines(version, day)}`));
  });

  it('signs its tag where there is a key', async (test) => {
    const key = path.join(base, 'key');
    if (spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]).status !== 0) {
      return test.skip('there is no ssh-keygen');
    }
    git('config', 'gpg.format', 'ssh');
    git('config', 'user.signingkey', key);
    const { status, said } = await release(version, QUICKLY);
    assert.equal(status, 0, said);
    assert.match(said, /, signed/);
    assert.match(git('cat-file', '-p', `v${version}`), /BEGIN SSH SIGNATURE/);
  });

  it('changes nothing in a dry run, which writes the files all the same', async () => {
    const before = stateOf();
    const { status, said } = await release(version, '--dry-run', QUICKLY);
    assert.equal(status, 0, said);
    assert.deepEqual(stateOf(), before);
    assert.ok(existsSync(inside(`release/diary-feed-${version}.min.js`)));
  });

  it('is refused where the tree is not clean', async () => {
    writeFileSync(inside('new.txt'), '');
    await assertRefused([version, QUICKLY], /not clean.*\n\?\? new\.txt/);
  });

  it('is refused on another branch', async () => {
    git('switch', '--quiet', '--create', 'other');
    await assertRefused([version, QUICKLY], /on the branch main; this is other/);
  });

  it('is refused where there is nothing to tell', async () => {
    commit('CHANGELOG.md', '# Changelog\n\n## Unreleased\n\n### Added\n');
    await assertRefused([version, QUICKLY], /no line under "Unreleased"/);
    commit('CHANGELOG.md', '# Changelog\n');
    await assertRefused([version, QUICKLY], /no section "## Unreleased"/);
  });

  it('is refused where the version goes back, leaps, is none or is missing', async () => {
    for (const wrong of ['0.0.9', '7.0.0', '0.2', '1.0.0-rc.1', '1.0.0;ls']) {
      await assertRefused([wrong, QUICKLY], new RegExp(`${wrong.replaceAll('.', '\\.')}.* (?:follow|version)`));
    }
    await assertRefused([QUICKLY], /One version is needed/);
    await assertRefused([version, '--publish'], /--publish/);
  });

  it('is refused where its tag is there', async () => {
    git('tag', `v${version}`);
    await assertRefused([version, QUICKLY], new RegExp(`tag v${version} already`));
  });

  it('leaves the tree as it was where the build is of another version', async () => {
    const [major] = version.split('.');
    await assertRefused(
      [`${Number(major) + 1}.0.0`, QUICKLY],
      /dist\/diary-feed\.min\.js is not of.*The tree is as it was/s,
    );
  });

  it('leaves the tree as it was where a step fails', async () => {
    commit('scripts/check.mjs', 'process.exit(3);\n');
    await assertRefused([version, '--without=build,tests'], /did not go well: check/);
  });

  it('leaves the tree as it was where the tag cannot be made', async () => {
    git('config', 'gpg.format', 'ssh');
    git('config', 'user.signingkey', path.join(base, 'no-such-key'));
    await assertRefused([version, QUICKLY], /git did not sign the tag/);
  });

  it('leaves the tree as it was where it is interrupted', async () => {
    commit('scripts/check.mjs', "console.log('waiting'); setTimeout(() => {}, 50_000);\n");
    const before = stateOf();
    const child = start(version, '--without=build,tests');
    await new Promise((resolve) => child.stdout.on('data', (text) => String(text).includes('waiting') && resolve()));
    assert.notEqual(read('CHANGELOG.md'), CHANGELOG);
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    assert.equal(await ended, 1);
    assert.deepEqual(stateOf(), before);
  });
});

describe('what is read of the changelog', () => {
  const dated = dateUnreleased(CHANGELOG, '0.1.0', '2026-11-25');
  const released = dated.replace('## Unreleased\n', '## Unreleased\n\n### Fixed\n\n- More.\n');

  it('is what stands under "Unreleased" until the next version', () => {
    assert.equal(unreleasedLines(CHANGELOG), '### Added\n\n- A list.\n- Another.\n\n### Fixed\n\n- Å.');
    assert.equal(unreleasedLines(dated), '');
    assert.equal(unreleasedLines(released), '### Fixed\n\n- More.');
    assert.deepEqual([lastRelease(CHANGELOG), lastRelease(released)], [undefined, '0.1.0']);
  });

  it('says which version may follow', () => {
    const refusal = (next, changelog = released) => refuseVersion(next, { changelog, current: '0.1.0' });
    for (const next of ['0.1.1', '0.2.0', '1.0.0']) assert.equal(refusal(next), undefined, next);
    for (const next of ['0.1.0', '0.1.2', '0.2.1', '2.0.0', '01.0.0']) assert.ok(refusal(next), next);
    assert.equal(refusal('0.1.0', CHANGELOG), undefined, 'what has never been released');
    assert.match(refusal('0.1.1', released.replace('Fixed', 'Added')), /0\.2\.0 at least/);
    assert.match(refuseVersion('0.2.1', { changelog: released, current: '0.2.0' }), /agree/);
  });

  it('is that of this project too', () => {
    const own = readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8');
    assert.notEqual(unreleasedLines(own), undefined);
    if (lastRelease(own)) assert.equal(lastRelease(own), version);
  });
});
