import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';

const src = path.join(root, 'src');
const files = readdirSync(src, { recursive: true })
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => file.endsWith('.ts'));

/** What each file imports: path within src, or name of a package; types apart, for these erase. */
function importsOf(file) {
  const text = readFileSync(path.join(src, file), 'utf8');
  const found = [
    ...text.matchAll(/^(?:import|export)(\s+type)?\s[^;]*?from '([^']+)'|^import '([^']+)'|import\('([^']+)'\)/gms),
  ];
  return found.map(([, isType, from, effect, dynamic]) => {
    const target = from ?? effect ?? dynamic;
    const own = path.posix.join(path.posix.dirname(file), target).replace(/\.js$/, '.ts');
    return { target: target.startsWith('.') ? own : target, isType: Boolean(isType), isDynamic: Boolean(dynamic) };
  });
}

const graph = new Map(files.map((file) => [file, importsOf(file)]));

function importersOf(isTarget, { types = false } = {}) {
  return files.filter((file) => graph.get(file).some(({ target, isType }) => isTarget(target) && (types || !isType)));
}

describe('the layers of src', () => {
  it('import only files that are there', () => {
    for (const [file, imports] of graph) {
      for (const { target } of imports) {
        assert.ok(!target.endsWith('.ts') || graph.has(target), `${file} imports ${target}`);
      }
    }
  });

  it('go one way: no file imports itself by way of others', () => {
    const visit = (file, trail) => {
      assert.ok(!trail.includes(file), `${[...trail, file].join(' -> ')}`);
      for (const { target, isType } of graph.get(file))
        if (graph.has(target) && !isType) visit(target, [...trail, file]);
    };
    for (const file of files) visit(file, []);
  });

  it('keep feed/ to itself: nothing in it imports from outside', () => {
    for (const file of files.filter((name) => name.startsWith('feed/'))) {
      for (const { target } of graph.get(file)) {
        assert.ok(target.startsWith('feed/'), `${file} imports ${target}`);
      }
    }
  });

  it('ask nothing of Lit that scripts/slim-lit.mjs takes out of the single file', () => {
    for (const file of files) {
      const source = withoutComments(file);
      assert.doesNotMatch(source, /from 'lit(?!\/html\.js')/, `${file}: directives`);
      const templates = source.includes('html`') ? source : '';
      assert.doesNotMatch(templates, /\s\.[\w-]+=\$\{|<!--|<[a-z\d]+\s(?:[^<>]*\s)?\$\{/, `${file}: bindings`);
      assert.doesNotMatch(templates, /="[^"`]*\$\{|=\$\{[^{}`]*\}[^\s>]/, `${file}: attributes of several pieces`);
      assert.doesNotMatch(templates, /<(?:script|style|textarea|title|svg|math)\b/, `${file}: elements`);
    }
  });

  it('let only the template import Lit', () => {
    const importers = importersOf((target) => /^lit(\/|$)/.test(target), { types: true });
    assert.deepEqual(importers, ['template.ts']);
  });

  it('let only feed/load.ts call fetch', () => {
    const callers = files.filter((file) => /\bfetch\(/.test(withoutComments(file)));
    assert.deepEqual(callers, ['feed/load.ts']);
  });

  it('keep the document out of feed/', () => {
    for (const file of files.filter((name) => name.startsWith('feed/'))) {
      assert.doesNotMatch(
        withoutComments(file),
        /\b(?:document|window|HTML\w*Element|DOMParser|querySelector\w*)\b/,
        file,
      );
    }
  });

  it('load the reader, the template and the filter on demand: what asks for the feed reaches them by import() alone', () => {
    const seen = new Set();
    const visit = (file) => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const { target, isType, isDynamic } of graph.get(file) ?? []) if (!isType && !isDynamic) visit(target);
    };
    visit('index.ts');
    assert.ok(seen.has('feed/load.ts'));
    for (const file of ['feed/parse.ts', 'feed/markup.ts', 'template.ts', 'catalogue.ts', 'filter.ts'])
      assert.ok(!seen.has(file), file);
  });
});

describe('the exports of src', () => {
  it('say each what they are', () => {
    const undocumented = files.flatMap((file) => {
      const lines = readFileSync(path.join(src, file), 'utf8').split('\n');
      const isBare = (line, index) =>
        /^export (?:async function|function|const|class|interface|type \w+ =)/.test(line) &&
        !lines[index - 1]?.endsWith('*/');
      return lines.filter(isBare).map((line) => `${file}: ${line}`);
    });
    assert.deepEqual(undocumented, []);
  });
});

describe('what is never done', () => {
  for (const [what, pattern] of Object.entries({
    'HTML from text': /innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|unsafeSVG|DOMParser|document\.write/,
    'code from text': /\beval\(|new Function|setTimeout\(['"`]/,
    'keeping anything of the visitor': /localStorage|sessionStorage|indexedDB|document\.cookie|sendBeacon/,
    'style attributes in templates': /style="|style=\$\{|styleMap/,
  })) {
    it(`is not in src: ${what}`, () => {
      for (const file of files) assert.doesNotMatch(withoutComments(file), pattern, file);
    });
  }
});

describe('the custom properties', () => {
  it('are each read once, in styles.ts', () => {
    for (const file of files.filter((name) => name !== 'styles.ts')) {
      assert.doesNotMatch(withoutComments(file), /--diary-feed-/, file);
    }
    const names = readFileSync(path.join(src, 'styles.ts'), 'utf8').match(/var\(--diary-feed-[a-z-]+/g);
    assert.deepEqual(names, [...new Set(names)]);
  });
});

function withoutComments(file) {
  return readFileSync(path.join(src, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/g, '');
}
