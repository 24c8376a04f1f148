import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';

const src = path.join(root, 'src');
const files = readdirSync(src, { recursive: true })
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => file.endsWith('.ts'));
const sources = new Map(files.map((file) => [file, readFileSync(path.join(src, file), 'utf8')]));

/** Returns the files of src that a file imports or re-exports, by `import()` too. The compiler erases those with `isType`. */
function importsOf(file) {
  const found = sources
    .get(file)
    .matchAll(/^(?:import|export)(\s+type)?\s[^;]*?from '(\.[^']+)'|^import '(\.[^']+)'|import\('(\.[^']+)'\)/gms);
  return [...found].map(([, isType, from, effect, dynamic]) => ({
    target: path.posix.join(path.posix.dirname(file), from ?? effect ?? dynamic).replace(/\.js$/, '.ts'),
    isType: Boolean(isType),
  }));
}

const graph = new Map(files.map((file) => [file, importsOf(file)]));
const sourceWithoutComments = (file) => sources.get(file).replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/g, '');

describe('imports in src', () => {
  it('have no circles', () => {
    const done = new Set();
    const visit = (file, trail) => {
      assert.ok(!trail.includes(file), [...trail, file].join(' -> '));
      if (done.has(file)) return;
      for (const { target, isType } of graph.get(file) ?? []) if (!isType) visit(target, [...trail, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
  });

  it('go one way: element, controllers and templates, entries and messages, feed', () => {
    const layers = [['feed'], ['entries', 'messages'], ['controllers', 'templates']];
    const layerOf = (file) => {
      const layer = layers.findIndex((folders) => folders.some((folder) => file.startsWith(`${folder}/`)));
      return layer < 0 ? layers.length : layer;
    };
    for (const [file, imports] of graph) {
      const targets = imports.filter(({ target }) => target !== 'events.ts').map(({ target }) => target);
      const higher = targets.filter((target) => layerOf(target) > layerOf(file));
      assert.deepEqual(higher, [], file);
    }
  });

  it('include fast-xml-parser only in feed/parse-xml.ts', () => {
    const importers = files.filter((file) => sources.get(file).includes("from 'fast-xml-parser'"));
    assert.deepEqual(importers, ['feed/parse-xml.ts']);
  });
});

describe('src', () => {
  for (const [what, pattern] of Object.entries({
    'HTML from text': /innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|unsafeSVG|DOMParser|document\.write/,
    'code from text': /\beval\(|new Function|setTimeout\(['"`]/,
    'storage or tracking': /localStorage|sessionStorage|indexedDB|document\.cookie|sendBeacon/,
    'style attributes in templates': /style="|style=\$\{|styleMap/,
  })) {
    it(`has no ${what}`, () => {
      for (const file of files) assert.doesNotMatch(sourceWithoutComments(file), pattern, file);
    });
  }

  it('makes requests only by fetch, and calls it only in feed/load-feed.ts', () => {
    const other = /\b(?:XMLHttpRequest|WebSocket|EventSource|new Image|sendBeacon)\b/;
    for (const file of files) assert.doesNotMatch(sourceWithoutComments(file), other, file);
    const callers = files.filter((file) => /(?<![#\w])fetch\(/.test(sourceWithoutComments(file)));
    assert.deepEqual(callers, ['feed/load-feed.ts']);
  });

  it('uses no DOM in feed/, which runs on servers too', () => {
    for (const file of files.filter((name) => name.startsWith('feed/'))) {
      assert.doesNotMatch(sourceWithoutComments(file), /\b(?:document|window|HTML\w*Element|querySelector\w*)\b/, file);
    }
  });
});
