import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fillTables } from '../../scripts/readme-tables.mjs';
import { reference } from '../../scripts/reference.mjs';
import { root } from '../../scripts/run.mjs';
import { readPage } from '../support/markdown.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');
const page = read('docs/reference.md');
const element = JSON.parse(read('dist/custom-elements.json')).modules[0].declarations.find(({ tagName }) => tagName);

/** The text under a heading, up to the next of its level. */
const sectionOf = (heading) => page.split(/^## /m).find((section) => section.startsWith(`${heading}\n`));

describe('docs/reference.md', () => {
  it('says what the manifest and the sources say', async () => {
    assert.equal(page, await fillTables(reference()));
  });

  for (const [heading, list] of [
    ['Attributes', element.attributes],
    ['Properties and methods', element.members.filter(({ attribute }) => !attribute)],
    ['Events', element.events],
    ['Slots', element.slots.filter(({ name }) => name)],
    ['Parts', element.cssParts],
    ['States', element.cssStates],
    ['Custom properties', element.cssProperties],
  ]) {
    it(`has a row for every one of: ${heading}`, () => {
      const section = sectionOf(heading);
      assert.ok(list.length > 2);
      for (const { name } of list) {
        const [row] = section.match(new RegExp(`^\\| \`(?:\\w+\\.)?${name}(?:\\(\\))?\` +\\|.*$`, 'm')) ?? [];
        assert.ok(row, name);
        assert.doesNotMatch(row, /\| +\||undefined *\|$/, `${name} is not told whole`);
      }
    });
  }

  it('has every error code, with a sentence', () => {
    const [, codes] = /export type FeedErrorCode =([^;]+);/.exec(read('src/feed/errors.ts'));
    for (const [, code] of codes.matchAll(/'([a-z-]+)'/g)) {
      assert.match(
        sectionOf('Error codes'),
        new RegExp(`^\\| \`${code}\` +\\| \\S.{10,} +\\| \\[README\\]`, 'm'),
        code,
      );
    }
  });

  it('has every way into the package', () => {
    for (const name of Object.keys(JSON.parse(read('package.json')).exports)) {
      assert.ok(sectionOf('Modules').includes(`\`diary-feed${name.slice(1)}\``), name);
    }
  });

  it('has a section for everything that the modules export', async () => {
    const { anchors } = await readPage('docs/reference.md');
    for (const [, names] of read('src/index.ts')
      .concat(read('src/feed.ts'))
      .matchAll(/export (?:type )?\{([^}]+)\}/g)) {
      for (const name of names.split(',').map((each) => each.replace('type ', '').trim())) {
        const isToldAbove = ['DiaryFeedElement', 'FeedError', 'FeedErrorCode'].includes(name);
        assert.ok(isToldAbove || anchors.has(name.toLowerCase()), name);
      }
    }
  });

  it('is written from the types as they are: a choice is written out', () => {
    assert.match(page, /\| `sort` +\| `sort` +\| `'newest' \\\| 'feed'`/);
  });
});

describe('npm run docs -- --check', () => {
  it('has nothing to say, and so npm run check has not', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/docs.mjs', '--check'], { cwd: root });
    assert.equal(status, 0, String(stderr));
  });
});
