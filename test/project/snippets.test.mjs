// The code in the docs uses only what the element has, and parses.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import prettier from 'prettier';
import { root } from '../../scripts/run.mjs';
import { exportedNames } from '../support/exports.mjs';
import { filesOf, readPage } from '../support/markdown.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');
const element = JSON.parse(read('dist/custom-elements.json'))
  .modules.flatMap(({ declarations }) => declarations)
  .find(({ tagName }) => tagName);
const { exports } = JSON.parse(read('package.json'));
const namesOf = (list) => new Set(list.map(({ name }) => name));
const GLOBAL_ATTRIBUTES = ['class', 'hidden', 'id', 'lang', 'slot', 'style'];
const attributes = new Set([...namesOf(element.attributes), ...GLOBAL_ATTRIBUTES]);
const slots = namesOf(element.slots);

const pages = [...filesOf('.md', 'docs'), 'README.md', 'CONTRIBUTING.md'];
const snippets = (
  await Promise.all(pages.map(async (file) => (await readPage(file)).snippets.map((snippet) => ({ file, ...snippet }))))
).flat();

/** One test for each snippet in a language. */
function itEach(title, language, check, options = {}) {
  for (const { file, code } of snippets.filter((snippet) => snippet.language === language)) {
    it(`${title}: ${file}, ${code.split('\n')[0]}`, options, () => check(code));
  }
}

/** Asserts that each name that a pattern finds is in a set. */
function assertKnown(text, pattern, known) {
  for (const [, name] of text.matchAll(pattern)) assert.ok(known.has(name), name);
}

function assertKnownStyles(text) {
  assertKnown(text, /(--diary-feed-[a-z-]+)/g, namesOf(element.cssProperties));
  assertKnown(text, /::part\(([a-z-]+)\)/g, namesOf(element.cssParts));
  assertKnown(text, /diary-feed:state\(([a-z-]+)\)/g, namesOf(element.cssStates));
}

describe('HTML in the docs', () => {
  itEach('has only attributes, slots and themes that exist', 'html', (html) => {
    for (const [, tag] of html.matchAll(/<diary-feed\b([^>]*)>/g)) {
      assertKnown(tag.replaceAll(/="[^"]*"/g, ''), /([\w-]+)/g, attributes);
    }
    for (const [, content] of html.matchAll(/<diary-feed\b[^>]*>([\s\S]*?)<\/diary-feed>/g)) {
      assertKnown(content, /\sslot="([^"]*)"/g, slots);
    }
    for (const [, theme] of html.matchAll(/themes\/([\w-]+\.css)/g)) {
      assert.ok(existsSync(path.join(root, 'dist/themes', theme)), theme);
    }
  });
});

describe('CSS in the docs', () => {
  itEach('parses', 'css', (css) => prettier.format(css, { parser: 'css' }));

  for (const file of pages) {
    it(`has only custom properties, parts and states that exist: ${file}`, () => assertKnownStyles(read(file)));
  }
});

describe('scripts in the docs', () => {
  itEach('parse, and import what exists', 'js', (code) => {
    for (const [, names = '', module] of code.matchAll(/import (?:\{([^}]+)\} from )?'diary-feed(.*?)'/g)) {
      assert.ok(`.${module}` in exports, `diary-feed${module}`);
      for (const name of names.split(',').map((each) => each.trim())) {
        assert.ok(name === '' || exportedNames.includes(name), name);
      }
    }
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--check', '-'], { input: code });
    assert.equal(status, 0, String(stderr));
  });

  const hasPhp = spawnSync('php', ['-v']).status === 0;
  itEach(
    'parse as PHP',
    'php',
    (code) => {
      const { status, stdout } = spawnSync('php', ['-l'], { input: code });
      assert.equal(status, 0, String(stdout));
    },
    { skip: !hasPhp && 'PHP not found' },
  );
});
