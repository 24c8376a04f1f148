// npm run release -- 1.2.0 [--dry-run]: checks, dates CHANGELOG.md, sets the version, builds, tests, writes release/, commits
// and tags. Nothing is published or pushed; where it fails or is interrupted, the tree is left as it was.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { dateUnreleased, refuseVersion, unreleasedLines } from './changelog.mjs';
import { writeReleaseFolder } from './release-folder.mjs';
import { root } from './run.mjs';

const USAGE = 'npm run release -- 1.2.0 [--dry-run]';

/** What takes long; the test of this script leaves it out (`--without=build,check,tests`), nobody else should. */
const SLOW_STEPS = {
  build: [['build.mjs']],
  check: [['check.mjs']],
  tests: [['test.mjs'], ['test.mjs', 'full'], ['test.mjs', 'release']],
};

/** Files of the commit; publiccode.yml where there is one. */
const CHANGED = ['CHANGELOG.md', 'package.json', 'package-lock.json', 'publiccode.yml'].filter((name) =>
  existsSync(path.join(root, name)),
);

const read = (name) => readFileSync(path.join(root, name), 'utf8');
const write = (name, text) => writeFileSync(path.join(root, name), text);

/** Stops with a sentence for whoever releases. */
function refuse(sentence) {
  throw new Error(sentence);
}

/** Runs git; gives what it says, or `undefined` where it fails and `mayFail`. */
function git(args, { mayFail = false } = {}) {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  if (status === 0) return stdout.trimEnd();
  return mayFail ? undefined : refuse(`git ${args[0]}: ${stderr.trim()}`);
}

function readWish() {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean', default: false }, without: { type: 'string', default: '' } },
    });
    if (positionals.length !== 1) refuse('One version is needed.');
    const isDry = values['dry-run'];
    const without = [...values.without.split(',').filter(Boolean), ...(isDry ? ['tests'] : [])];
    if (!without.every((step) => step in SLOW_STEPS)) refuse(`--without takes ${Object.keys(SLOW_STEPS).join(', ')}.`);
    return { version: positionals[0].replace(/^v/, ''), isDry, without };
  } catch (error) {
    return refuse(`${error.message} ${USAGE}`);
  }
}

/** Stops where something is not as it must be; gives what CHANGELOG.md tells of the version. Changes nothing. */
function checkTree(version) {
  const changelog = read('CHANGELOG.md');
  const wrong = refuseVersion(version, { changelog, current: JSON.parse(read('package.json')).version });
  if (wrong) refuse(wrong);
  const branch = git(['symbolic-ref', '--short', 'HEAD'], { mayFail: true });
  if (branch !== 'main') refuse(`A release is made on the branch main; this is ${branch ?? 'no branch'}.`);
  const changes = git(['status', '--porcelain']);
  if (changes) refuse(`The tree is not clean. Commit this first, or take it away:\n${changes}`);
  const isTaken = git(['rev-parse', '--verify', '--quiet', `refs/tags/v${version}`], { mayFail: true });
  if (isTaken) refuse(`There is a tag v${version} already.`);
  const lines = unreleasedLines(changelog);
  if (lines === undefined) refuse('CHANGELOG.md has no section "## Unreleased".');
  if (!/^- /m.test(lines)) refuse('CHANGELOG.md has no line under "Unreleased": what would a release tell?');
  return lines;
}

function setVersion(version) {
  const day = new Date().toLocaleDateString('sv'); // the day where it is released, as YYYY-MM-DD
  write('CHANGELOG.md', dateUnreleased(read('CHANGELOG.md'), version, day));
  for (const name of ['package.json', 'package-lock.json']) {
    const content = JSON.parse(read(name));
    content.version = version;
    if (content.packages) content.packages[''].version = version;
    write(name, `${JSON.stringify(content, null, 2)}\n`);
  }
  if (!CHANGED.includes('publiccode.yml')) return;
  // before the first release it has neither key
  const others = read('publiccode.yml').replaceAll(/^(?:softwareVersion|releaseDate):.*\n/gm, '');
  const told = others.replace(/^name:.*\n/m, `$&softwareVersion: ${version}\nreleaseDate: '${day}'\n`);
  if (told === others) refuse('publiccode.yml has no line "name:", under which the version stands.');
  write('publiccode.yml', told);
}

/** The step that runs now, and whether somebody has asked to stop: then it ends first, and the tree is put back. */
let child;
let isInterrupted = false;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(name, () => {
    isInterrupted = true;
    child?.kill(name);
  });
}

async function runStep(name) {
  for (const [script, ...args] of SLOW_STEPS[name]) {
    child = spawn(process.execPath, [path.join(root, 'scripts', script), ...args], { cwd: root, stdio: 'inherit' });
    const status = await new Promise((resolve) => child.once('exit', resolve));
    child = undefined;
    if (isInterrupted) refuse('Interrupted.');
    if (status !== 0) refuse(`${[script, ...args].join(' ')} failed.`);
  }
}

/** Whether git can sign a tag without asking how: a key is named, or gpg has one of whoever releases. */
function hasKey() {
  if (git(['config', 'user.signingkey'], { mayFail: true })) return true;
  const isForGpg = ['openpgp', undefined].includes(git(['config', 'gpg.format'], { mayFail: true }));
  const address = git(['config', 'user.email'], { mayFail: true });
  return isForGpg && Boolean(address) && spawnSync('gpg', ['--list-secret-keys', `<${address}>`]).status === 0;
}

function commitAndTag(version) {
  const changes = git(['status', '--porcelain', '--', '.']).split('\n');
  const others = changes.filter((line) => !CHANGED.includes(line.slice(3)));
  if (others.length > 0) refuse(`Something else has changed meanwhile:\n${others.join('\n')}`);
  git(['commit', '--quiet', '--message', `Release ${version}`, '--', ...CHANGED]);
  const isSigned = hasKey();
  const tag = `v${version}`;
  git(['tag', isSigned ? '--sign' : '--annotate', '--message', `diary-feed ${version}`, tag]);
  // of a key that is not there git complains, and makes a tag without a signature
  if (isSigned && !git(['cat-file', '-p', tag]).includes('-----BEGIN'))
    refuse('git did not sign the tag: is the key there?');
  return isSigned;
}

async function release() {
  const { version, isDry, without } = readWish();
  const lines = checkTree(version);
  const start = git(['rev-parse', 'HEAD']);
  const texts = new Map(CHANGED.map((name) => [name, read(name)]));
  const putBack = () => {
    git(['reset', '--quiet', '--soft', start]);
    for (const [name, text] of texts) write(name, text);
    git(['reset', '--quiet', '--', ...CHANGED]);
  };
  try {
    setVersion(version);
    for (const name of Object.keys(SLOW_STEPS)) {
      if (without.includes(name)) console.log(`left out: ${name}`);
      else await runStep(name);
    }
    // after the tests, which build anew
    const tag = writeReleaseFolder(root, { version, lines });
    console.log(`\nrelease/ holds what goes with ${version}. To paste:\n\n${tag}\n`);
    if (isDry) {
      putBack();
      console.log('A dry run: nothing was committed, and dist/ is of that version until it is built again.');
      return;
    }
    const isSigned = commitAndTag(version);
    console.log(`Committed, and tagged v${version}, ${isSigned ? 'signed' : 'not signed: git has no key of yours'}.`);
    console.log('Nothing was pushed or published: CONTRIBUTING.md, "A release", tells what comes now.');
  } catch (error) {
    git(['tag', '--delete', `v${version}`], { mayFail: true });
    putBack();
    error.message += ' The tree is as it was.';
    throw error;
  }
}

release().catch((error) => {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
});
