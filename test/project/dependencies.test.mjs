import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');
const { dependencies, devDependencies } = JSON.parse(read('package.json'));
const { packages } = JSON.parse(read('package-lock.json'));
const EXACT = /^\d+\.\d+\.\d+$/;

describe('the dependencies', () => {
  it('are exact for build and tests', () => {
    for (const [name, version] of Object.entries(devDependencies)) assert.match(version, EXACT, name);
  });

  it('are lit, as a range, and fast-xml-parser, exactly, for the package', () => {
    assert.deepEqual(Object.keys(dependencies).sort(), ['fast-xml-parser', 'lit']);
    assert.equal(dependencies.lit, `^${packages['node_modules/lit'].version}`);
    assert.equal(dependencies['fast-xml-parser'], packages['node_modules/fast-xml-parser'].version);
  });

  it('are locked by hash', () => {
    for (const [folder, { integrity }] of Object.entries(packages)) {
      if (folder !== '') assert.match(integrity ?? '', /^sha512-/, folder);
    }
  });

  it('run no install script; the two packages that have one work without it', () => {
    assert.match(read('.npmrc'), /^ignore-scripts=true$/m);
    const asking = Object.keys(packages).filter((folder) => packages[folder].hasInstallScript);
    assert.deepEqual(asking, ['node_modules/esbuild', 'node_modules/rs-module-lexer']);
  });
});
