import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');

/** The keys of the standard, version 0.5, at the top level (https://yml.publiccode.tools/). */
const KEYS = `publiccodeYmlVersion name applicationSuite url landingURL isBasedOn softwareVersion releaseDate logo
  organisation platforms categories usedBy fundedBy roadmap developmentStatus softwareType intendedAudience description
  legal maintenance localisation dependsOn`.split(/\s+/);

describe('publiccode.yml', () => {
  const file = read('publiccode.yml');
  const valueOf = (key) => new RegExp(`^${key}: '?(.*?)'?$`, 'm').exec(file)?.[1];

  it('has only keys of the standard', () => {
    for (const [, key] of file.matchAll(/^(\w+):/gm)) assert.ok(KEYS.includes(key), key);
  });

  it('has the name and, from the first release on, the version of the package', () => {
    const { name, version } = JSON.parse(read('package.json'));
    assert.equal(valueOf('name'), name);
    assert.ok([undefined, version].includes(valueOf('softwareVersion')));
  });
});
