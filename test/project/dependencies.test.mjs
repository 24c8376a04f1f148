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
  it('are exact where they build and test', () => {
    for (const [name, version] of Object.entries(devDependencies)) assert.match(version, EXACT, name);
  });

  it('of the package are exactly lit, as a range, and fast-xml-parser, in one version', () => {
    assert.deepEqual(Object.keys(dependencies).sort(), ['fast-xml-parser', 'lit']);
    assert.equal(dependencies.lit, `^${packages['node_modules/lit'].version}`);
    assert.equal(dependencies['fast-xml-parser'], packages['node_modules/fast-xml-parser'].version);
  });

  it('are each locked to their bytes', () => {
    for (const [folder, { integrity }] of Object.entries(packages)) {
      if (folder !== '') assert.match(integrity ?? '', /^sha512-/, folder);
    }
  });

  it('run no script when they are installed; two ask for one and work without', () => {
    assert.match(read('.npmrc'), /^ignore-scripts=true$/m);
    const asking = Object.keys(packages).filter((folder) => packages[folder].hasInstallScript);
    assert.deepEqual(asking, ['node_modules/esbuild', 'node_modules/rs-module-lexer']);
  });
});
