// publiccode.yml, held to the standard (https://yml.publiccode.tools/, version 0.5) and to what the project is.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { parsers } from 'prettier/plugins/yaml';
import { root } from '../../scripts/run.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');

/** The value of a node of Prettier's tree. Plain words are texts, but for the two that YAML has as truth. */
function valueOf({ type, value, children = [] }) {
  switch (type) {
    case 'root':
    case 'document':
    case 'documentBody':
    case 'sequenceItem':
    case 'mappingKey':
    case 'mappingValue':
      return valueOf(children.findLast((child) => child && child.type !== 'documentHead'));
    case 'mapping':
      return Object.fromEntries(children.map((item) => item.children.map(valueOf)));
    case 'sequence':
      return children.map(valueOf);
    case 'plain':
      return { true: true, false: false }[value] ?? value;
    default:
      return value.trim();
  }
}

const keysOf = (value, before = '') =>
  Object.entries(value).flatMap(([key, inner]) => [
    `${before}${key}`,
    ...(typeof inner === 'object' && !Array.isArray(inner) ? keysOf(inner, `${before}${key}/`) : []),
  ]);

/** The keys of the standard that this file may have; `*` is a language. */
const KNOWN = new Set(
  (
    'publiccodeYmlVersion name applicationSuite url landingURL isBasedOn softwareVersion releaseDate logo organisation ' +
    'platforms categories usedBy fundedBy roadmap developmentStatus softwareType intendedAudience intendedAudience/scope ' +
    'intendedAudience/countries intendedAudience/unsupportedCountries description description/* ' +
    'description/*/localisedName description/*/shortDescription description/*/longDescription ' +
    'description/*/documentation description/*/apiDocumentation description/*/features description/*/screenshots ' +
    'description/*/videos description/*/awards legal legal/license legal/mainCopyrightOwner maintenance maintenance/type ' +
    'maintenance/contacts maintenance/contractors localisation localisation/localisationReady ' +
    'localisation/availableLanguages dependsOn'
  ).split(' '),
);

const MANDATORY =
  'publiccodeYmlVersion name url platforms developmentStatus softwareType description legal/license maintenance/type ' +
  'maintenance/contacts localisation/localisationReady localisation/availableLanguages';

/** What is not there yet, as the file itself says. */
const MISSING = ['url', 'maintenance/contacts'];

describe('publiccode.yml', async () => {
  const file = valueOf(await parsers.yaml.parse(read('publiccode.yml'), {}));
  const manifest = JSON.parse(read('package.json'));
  const keys = keysOf(file);

  it('has keys that the standard knows, and those that it asks for', () => {
    const general = keys.map((key) => key.replace(/^description\/[^/]+/, 'description/*'));
    assert.deepEqual(
      general.filter((key) => !KNOWN.has(key)),
      [],
    );
    assert.deepEqual(
      MANDATORY.split(' ').filter((key) => !keys.includes(key)),
      MISSING.filter((key) => !keys.includes(key)),
    );
  });

  it('has the address of the repository as soon as package.json has it', () => {
    const { repository } = manifest;
    const address = (repository?.url ?? repository)?.replace(/^git\+/, '');
    assert.equal(file.url, address);
  });

  it('has values that the standard knows', () => {
    assert.match(file.publiccodeYmlVersion, /^0\.5$/);
    assert.ok(['concept', 'development', 'beta', 'stable', 'obsolete'].includes(file.developmentStatus));
    assert.ok(['addon', 'library', 'standalone/web'].includes(file.softwareType));
    assert.ok(['internal', 'contract', 'community', 'none'].includes(file.maintenance.type));
    assert.deepEqual(file.platforms, ['web']);
    for (const country of file.intendedAudience.countries) assert.match(country, /^[a-z]{2}$/);
    assert.equal(file.localisation.localisationReady, true);
  });

  for (const [language, description] of Object.entries(file.description)) {
    it(`describes it in ${language} at the length that the standard allows, with pictures that are there`, () => {
      assert.match(language, /^[a-z]{2}$/);
      assert.ok(description.shortDescription.length <= 150, `${description.shortDescription.length}`);
      assert.doesNotMatch(description.shortDescription, /\n/);
      assert.ok(description.longDescription.length >= 150 && description.longDescription.length <= 10_000);
      assert.ok(description.features.length >= 5 && description.features.every((feature) => feature.length > 10));
      for (const picture of description.screenshots) assert.ok(existsSync(path.join(root, picture)), picture);
    });
  }

  it('says what package.json, the licence and the messages say', () => {
    assert.equal(file.name, manifest.name);
    assert.equal(file.legal.license, manifest.license);
    assert.ok(read('LICENSE').includes(file.legal.mainCopyrightOwner));
    const languages = readdirSync(path.join(root, 'src/messages'))
      .map((name) => path.basename(name, '.ts'))
      .filter((name) => name !== 'plural');
    assert.deepEqual([...file.localisation.availableLanguages].sort(), languages.sort());
  });

  it('tells the version and the day of the last release, where there has been one', () => {
    const [, last, day] = /^## (\d\S+) – (\S+)$/m.exec(read('CHANGELOG.md')) ?? [];
    assert.deepEqual([file.softwareVersion, file.releaseDate], [last, day]);
  });

  it('is not called stable before a stable version', () => {
    assert.equal(file.developmentStatus === 'stable', !manifest.version.startsWith('0.'));
  });
});
