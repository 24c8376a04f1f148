import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';

const dist = path.join(root, 'dist');
const read = (file) => readFileSync(path.join(dist, file), 'utf8');

/** Returns the files of a build; files whose names start with a dot belong to the tests. */
function filesOf(folder) {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.startsWith('.'),
  );
  const files = found.map((entry) => path.join(entry.parentPath, entry.name)).sort();
  return new Map(files.map((file) => [path.relative(folder, file), readFileSync(file)]));
}

const built = filesOf(dist);

/** Copies a folder with hard links, in real folders, so that no path leads back. */
function copyFolder(from, to, leftOut = []) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (leftOut.includes(entry.name)) continue;
    if (entry.isDirectory()) copyFolder(source, target);
    else if (entry.isFile()) linkOrCopy(source, target);
  }
}

function linkOrCopy(source, target) {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target); // the folder is on another disk
  }
}

describe('the build', () => {
  const copy = path.join(mkdtempSync(path.join(tmpdir(), 'diary-feed-')), 'en annan måndag');
  after(() => rmSync(path.dirname(copy), { recursive: true }));

  it('creates the same bytes in another folder, time zone and language', () => {
    copyFolder(root, copy, ['.git', 'dist', 'coverage']);
    const { status, stderr } = spawnSync(process.execPath, ['scripts/build.mjs'], {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8' },
    });
    assert.equal(status, 0, stderr);
    const again = filesOf(path.join(copy, 'dist'));
    assert.deepEqual([...again.keys()], [...built.keys()]);
    for (const [file, bytes] of again) assert.ok(bytes.equals(built.get(file)), `${file} differs`);
  });

  it('contains no paths of the machine in its source maps', () => {
    for (const file of [...built.keys()].filter((name) => name.endsWith('.map'))) {
      const { sources } = JSON.parse(read(file));
      for (const source of sources) assert.match(source, /^(?:\.\.\/)+(?:src|node_modules)\//, file);
    }
  });
});

describe('the single file', () => {
  const text = read('diary-feed.min.js');

  it('begins with its compile hint, version, license and the file with other licenses', () => {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    const [hint, notice] = text.split('\n', 2);
    assert.equal(hint, '//# allFunctionsCalledOnLoad');
    assert.ok(notice.startsWith(`/*! diary-feed ${version} | MIT | `), notice);
    assert.ok(built.has(/[\w-]+\.txt/.exec(notice)[0]));
  });

  it('has its hash in sri.json', () => {
    const integrity = `sha384-${createHash('sha384').update(text).digest('base64')}`;
    assert.deepEqual(JSON.parse(read('sri.json')), { 'diary-feed.min.js': integrity });
  });

  it('has no imports, so that its hash covers all its code', () => {
    const [found] = /.{0,40}\bimport(?:\(|\s*[{*"']| \w+ from).{0,40}/.exec(text) ?? [];
    assert.equal(found, undefined);
  });
});

describe('sbom.cdx.json', () => {
  const sbom = JSON.parse(read('sbom.cdx.json'));
  const placed = Object.fromEntries(sbom.components.map(({ name, properties }) => [name, properties[0].value]));
  const namesOf = (place) => Object.keys(placed).filter((name) => placed[name] === place);

  it('names the packages in the single file, like its source map', () => {
    const { sources } = JSON.parse(read('diary-feed.min.js.map'));
    const names = sources.map((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1]).filter(Boolean);
    assert.deepEqual(namesOf('bundled'), [...new Set(names)].sort());
  });

  it('names all packages that are installed or bundled, and no other', () => {
    const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
    const folders = Object.keys(packages).filter((folder) => folder && !packages[folder].dev);
    assert.deepEqual(
      sbom.components.map(({ name }) => name).sort(),
      [...folders.map((folder) => folder.replace('node_modules/', '')), 'tslib'].sort(),
    );
    const [self] = sbom.dependencies;
    assert.deepEqual(
      self.dependsOn.map((reference) => reference.replace(/@[\d.]+$/, '')),
      ['fast-xml-parser', 'lit', 'tslib'],
    );
  });

  it('has the hash of the single file', () => {
    const [file] = sbom.metadata.component.components;
    const [, hash] = /^sha384-(.*)$/.exec(JSON.parse(read('sri.json'))[file.name]);
    assert.equal(file.hashes[0].content, Buffer.from(hash, 'base64').toString('hex'));
  });

  it('names no package as bundled if a stub replaces its code', () => {
    for (const name of ['is-unsafe', 'strnum', '@nodable/entities']) assert.equal(placed[name], 'absent', name);
  });

  it('has the full licenses of the bundled packages in third-party-licences.txt', () => {
    const licences = read('third-party-licences.txt')
      .split(/\n-{80}\n\n/)
      .slice(1);
    const titles = licences.map((text) => /^(\S+) [\d.]+ \([\w-]+\)\n/.exec(text)?.[1]);
    assert.deepEqual(titles, namesOf('bundled'));
    for (const text of licences) assert.match(text, /Copyright \(c\)[\s\S]*"AS IS"/);
  });
});
