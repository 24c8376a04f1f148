// What a reader of the docs pastes: that it is spelled as the element is, and that it parses.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import prettier from 'prettier';
import { readSurface } from '../../demo/configurator/surface.js';
import { readValue } from '../../demo/configurator/values.js';
import { root } from '../../scripts/run.mjs';
import { filesOf, readPage } from '../support/markdown.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');
const manifest = JSON.parse(read('dist/custom-elements.json'));
const element = manifest.modules[0].declarations.find(({ tagName }) => tagName);
const settings = new Map(readSurface(manifest).map((setting) => [setting.key, setting]));
const namesOf = (list) => new Set(list.map(({ name }) => name));
const parts = namesOf(element.cssParts);
const states = namesOf(element.cssStates);
const properties = namesOf(element.cssProperties);
const slots = namesOf(element.slots);

/** What every element of HTML may have. */
const GLOBAL = new Set(['class', 'hidden', 'id', 'lang', 'slot', 'style']);

/** Not ours to spell: a view of Razor fills these in. */
const isFilledIn = (value) => value.startsWith('@');

const pages = [...filesOf('.md', 'docs'), 'README.md', 'CONTRIBUTING.md'];
const snippets = (
  await Promise.all(pages.map(async (file) => (await readPage(file)).snippets.map((snippet) => ({ file, ...snippet }))))
).flat();
const of = (language) => snippets.filter((snippet) => snippet.language === language);

function assertStyles(css, where) {
  for (const [name] of css.matchAll(/--diary-feed-[a-z-]+/g)) assert.ok(properties.has(name), `${where}: ${name}`);
  for (const [, name] of css.matchAll(/diary-feed::part\(([^)]*)\)/g)) assert.ok(parts.has(name), `${where}: ${name}`);
  for (const [, name] of css.matchAll(/diary-feed:state\(([a-z-]*)\)/g))
    assert.ok(states.has(name), `${where}: ${name}`);
}

/** The tags of our element in a text, as the pairs of their attributes. */
const elementsIn = (html) =>
  [...html.matchAll(/<diary-feed\b([^>]*)>/g)].map(([, text]) =>
    [...text.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, name, value = '']) => [name, value]),
  );

describe('HTML in the docs', () => {
  it('is there', () => assert.ok(of('html').length > 8));

  for (const { file, code } of of('html')) {
    it(`has only what the element knows, with a fallback: ${file}, ${code.split('\n')[0]}`, () => {
      for (const attributes of elementsIn(code)) {
        for (const [name, value] of attributes) {
          if (GLOBAL.has(name)) continue;
          const setting = settings.get(name);
          assert.equal(setting?.place, 'attribute', `${name} is no attribute`);
          if (!isFilledIn(value)) assert.notEqual(readValue(setting, value), undefined, `${name}="${value}"`);
        }
      }
      for (const [, content] of code.matchAll(/<diary-feed\b[^>]*>([\s\S]*?)<\/diary-feed>/g)) {
        assert.match(content, /<a href="[^"]+">[^<]+<\/a>/);
        for (const [, slot] of content.matchAll(/slot="([^"]*)"/g)) assert.ok(slots.has(slot), slot);
      }
      assert.equal(code.match(/<diary-feed\b/g)?.length, code.match(/<\/diary-feed>/g)?.length);
      for (const [, theme] of code.matchAll(/themes\/([\w-]+\.css)/g)) assert.ok(read(`dist/themes/${theme}`), theme);
    });
  }
});

describe('CSS in the docs', () => {
  it('is there', () => assert.ok(of('css').length > 8));

  for (const { file, code } of of('css')) {
    it(`has only what the element knows, and parses: ${file}, ${code.split('\n')[0]}`, async () => {
      assertStyles(code, file);
      await prettier.format(code, { parser: 'css' });
    });
  }
});

describe('programs in the docs', () => {
  for (const { file, code } of of('js')) {
    it(`parse, and import what there is: ${file}, ${code.split('\n')[0]}`, () => {
      const { exports } = JSON.parse(read('package.json'));
      for (const [, names = '', module] of code.matchAll(/import (?:\{([^}]+)\} from )?'diary-feed(.*?)'/g)) {
        const { types } = exports[`.${module}`] ?? {};
        assert.ok(types || exports[`.${module}`], `diary-feed${module}`);
        for (const name of names.split(',').filter(Boolean)) {
          assert.match(read(types.slice(2)), new RegExp(`\\b${name.trim()}\\b`), name);
        }
      }
      const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--check', '-'], { input: code });
      assert.equal(status, 0, String(stderr));
    });
  }

  const hasPhp = spawnSync('php', ['-v']).status === 0;
  for (const { file, code } of of('php')) {
    it(`parse as PHP: ${file}`, { skip: !hasPhp && 'PHP is not here' }, () => {
      const { status, stdout } = spawnSync('php', ['-l'], { input: code });
      assert.equal(status, 0, String(stdout));
    });
  }
});

describe('words in the docs', () => {
  for (const file of pages) {
    it(`name no custom property, part, state or theme that is not there: ${file}`, () => {
      assertStyles(read(file), file);
      for (const [, name] of read(file).matchAll(/::part\(([a-z-]+)\)/g)) assert.ok(parts.has(name), name);
    });
  }

  it('that say of an attribute what it can be are right', () => {
    for (const file of pages) {
      for (const [, name, value] of read(file).matchAll(/`([a-z-]+)="([^"`…]*)"`/g)) {
        const setting = settings.get(name);
        if (setting?.place === 'attribute') {
          assert.notEqual(readValue(setting, value), undefined, `${file}: ${name}="${value}"`);
        }
      }
    }
  });
});

describe('docs/migration.md', () => {
  const rows = read('docs/migration.md')
    .split('\n')
    .filter((line) => /^\| .*`/.test(line))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | *\|$/g, '').trim()));

  it('names attributes, events, slots and custom properties that are there', () => {
    const known = new Set([
      ...namesOf(element.attributes),
      ...namesOf(element.events),
      ...slots,
      ...properties,
      ...element.members.map(({ name }) => name),
      ...['lang', 'element.feed', 'www.feedrapp.info', '<template slot="entry">'],
    ]);
    assert.ok(rows.length > 30);
    for (const [theirs, ours] of rows) {
      for (const [, word] of ours.matchAll(/`([^`]+)`/g)) {
        assert.ok(known.has(word.replace(/="[^"]*"$/, '')), `${theirs}: ${word}`);
      }
    }
  });

  it('tells of what an attribute or a slot does now, and sends nobody to a program for that', () => {
    const now = { entryTemplate: 'entry', '{body}': 'expand', '`filter`': 'match', keyword_inc: 'match' };
    for (const [theirs, name] of Object.entries(now)) {
      const [, ours] = rows.find(([cell]) => cell.includes(theirs));
      assert.ok(slots.has(name) || settings.has(name), name);
      assert.match(ours, new RegExp(`(?:\`|slot=")${name}\\b`), theirs);
      assert.doesNotMatch(ours, /^–/, theirs);
    }
  });

  it('says “yet” of nothing that there is by now', () => {
    const later = { 'sources`, several': 'source', keyword_inc: 'match' };
    for (const [theirs, name] of Object.entries(later)) {
      const [, ours] = rows.find(([cell]) => cell.includes(theirs)) ?? [];
      const isThere = settings.has(name) || settings.get('show').options.includes(name);
      assert.equal(
        /yet/.test(ours),
        !isThere,
        `${theirs}: ${name} is ${isThere ? '' : 'not '}there, and the row says “${ours}”`,
      );
    }
  });
});

describe('docs/guide.md and docs/guide.sv.md', () => {
  it('have the same code, and as many steps', async () => {
    const [english, swedish] = await Promise.all(['docs/guide.md', 'docs/guide.sv.md'].map(readPage));
    assert.deepEqual(swedish.snippets, english.snippets);
    const steps = (file) => read(file).match(/^## \d\./gm);
    assert.deepEqual(steps('docs/guide.sv.md'), steps('docs/guide.md'));
  });

  it('have in their tables only codes that there are', () => {
    const codes = [...read('docs/reference.md').matchAll(/\(\.\.\/README\.md#([a-z-]+)\)/g)].map(([, code]) => code);
    for (const file of ['docs/guide.md', 'docs/guide.sv.md']) {
      for (const [, code] of read(file).matchAll(/`#([a-z-]+)`/g)) assert.ok(codes.includes(code), code);
    }
  });
});

describe('docs/styling.md', () => {
  it('shows every part in its picture, and every theme', () => {
    const page = read('docs/styling.md');
    const [, css] = /<!-- picture: parts -->\n\n```css\n([\s\S]*?)```/.exec(page);
    assert.deepEqual([...css.matchAll(/::part\(([a-z-]+)\)/g)].map(([, name]) => name).sort(), [...parts].sort());
    for (const file of filesOf('.css', 'src/themes')) {
      assert.match(read('scripts/pictures.mjs'), new RegExp(`'${path.basename(file, '.css')}'`));
    }
  });

  it('has pictures of less than 60 kB', () => {
    const pictures = filesOf('.png', 'docs/pictures');
    assert.ok(pictures.length > 3);
    for (const file of pictures) assert.ok(statSync(path.join(root, file)).size < 60_000, file);
  });
});
