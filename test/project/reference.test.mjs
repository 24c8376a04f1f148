// The element manifest names everything that the element has, and docs/reference.md has a row or a section for each.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { DiaryFeedElement } from '../../dist/index.js';
import { root } from '../../scripts/run.mjs';
import { errorCodes, exportedNames } from '../support/exports.mjs';
import { readPage } from '../support/markdown.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');
const readJson = (file) => JSON.parse(read(file));
const namesOf = (list) => list.map(({ name }) => name);

const element = readJson('dist/custom-elements.json')
  .modules.flatMap(({ declarations }) => declarations)
  .find(({ tagName }) => tagName);
const { attributes, slots, events, cssParts, cssStates, cssProperties, members } = element;

describe('the element manifest', () => {
  const script = read('dist/diary-feed.min.js');
  const used = (pattern) => [...script.matchAll(pattern)].map(([, name = '']) => name);

  it('has every attribute', () => {
    assert.deepEqual(namesOf(attributes).sort(), [...DiaryFeedElement.observedAttributes].sort());
  });

  for (const [what, list, pattern] of [
    ['slot', slots, /<slot(?: name="([a-z-]+)")?/g],
    ['part', cssParts, /\bpart="([a-z-]+)"/g],
    ['custom property', cssProperties, /var\((--diary-feed-[a-z-]+)/g],
  ]) {
    it(`has every ${what} that the built script uses`, () => {
      const names = used(pattern);
      assert.ok(names.length > 0);
      for (const name of names) assert.ok(namesOf(list).includes(name), name);
    });
  }

  it('describes each', () => {
    for (const { name, description } of [attributes, slots, events, cssParts, cssStates, cssProperties].flat()) {
      assert.ok(description, name);
    }
  });

  it('has nothing private', () => {
    assert.deepEqual(
      namesOf(members).filter((name) => /^[#_]/.test(name)),
      [],
    );
  });
});

describe('docs/reference.md', () => {
  const page = read('docs/reference.md');
  const rows = new Set(
    [...page.matchAll(/^\| \[?`(?:DiaryFeedElement\.)?([^`]+?)(?:\(\))?`/gm)].map(([, name]) => name),
  );

  for (const [what, names] of Object.entries({
    attribute: namesOf(attributes),
    slot: namesOf(slots).filter(Boolean),
    event: namesOf(events),
    part: namesOf(cssParts),
    state: namesOf(cssStates),
    'custom property': namesOf(cssProperties),
    'property and method': namesOf(members.filter(({ attribute }) => !attribute)),
    'error code': errorCodes,
    'way to import the package': Object.keys(readJson('package.json').exports).map(
      (name) => `diary-feed${name.slice(1)}`,
    ),
  })) {
    it(`has a row for every ${what}`, () => {
      assert.ok(names.length > 0);
      for (const name of names) assert.ok(rows.has(name), name);
    });
  }

  it('has a section for every other export', async () => {
    const { anchors } = await readPage('docs/reference.md');
    const inTables = new Set(['DiaryFeedElement', 'FeedError', 'FeedErrorCode']);
    for (const name of exportedNames) assert.ok(inTables.has(name) || anchors.has(name.toLowerCase()), name);
  });

  it('is up to date', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/reference.mjs', '--check'], { cwd: root });
    assert.equal(status, 0, String(stderr));
  });
});

describe('the data for editors', () => {
  const [tag] = readJson('dist/vscode.html-custom-data.json').tags;
  const { properties } = readJson('dist/vscode.css-custom-data.json');
  const { version, contributions } = readJson('dist/web-types.json');
  const [webType] = contributions.html.elements;

  it('has what the manifest has', () => {
    for (const list of [tag.attributes, webType.attributes]) assert.deepEqual(namesOf(list), namesOf(attributes));
    for (const list of [properties, contributions.css.properties])
      assert.deepEqual(namesOf(list), namesOf(cssProperties));
    assert.deepEqual(namesOf(webType.slots), namesOf(slots));
    assert.deepEqual(namesOf(webType.css.parts), namesOf(cssParts));
    assert.deepEqual(namesOf(webType.js.events), namesOf(events));
  });

  it('has the version of the package', () => {
    assert.equal(version, readJson('package.json').version);
  });
});
