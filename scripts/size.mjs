// npm run size: the size of what a visitor downloads, minified and compressed with brotli, and its limits. Run npm run build first.
// `-- --modules` prints what each part of the single file weighs.
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { rollup } from 'rollup';
import { root } from './run.mjs';
import { TERSER_OPTIONS } from './terser-options.mjs';

/** Limits in kB of 1000 bytes. */
const LIMITS = [
  {
    name: 'dist/diary-feed.min.js',
    measure: () => compressedSize(readText('dist/diary-feed.min.js')),
    // Lit and fast-xml-parser as they are take about 14 kB; the rest is ours. On slow 4G (1.6 Mbit/s) 36 kB take 0.2 s.
    limit: 36,
    aim: 34,
  },
  {
    name: 'ES modules before the first request for a feed',
    measure: measureStaticImports,
    // Lit, the element, its templates and messages. The feed parser loads at the same time as the feed.
    limit: 21.5,
    aim: 20,
  },
];

/** Parts of the single file, by the paths of their modules. The first match applies. */
const PARTS = {
  Lit: /node_modules\/(?:@lit|lit-[a-z]+|lit)\//,
  'fast-xml-parser': /node_modules\/(?:fast-xml-parser|path-expression-matcher)\/|stub:/,
  'feed parser and loader': /src\/feed\//,
  messages: /src\/messages\//,
  styles: /src\/styles\.ts$/,
  'element, controllers, templates, entries': /src\//,
  'tslib and the bundle itself': /^/,
};

function readText(file) {
  return readFileSync(path.join(root, file), 'utf8');
}

function compressedSize(code) {
  return brotliCompressSync(code).length / 1000;
}

/** Returns the size of dist/define.js in a bundle with Lit, without the chunk that it imports dynamically. */
async function measureStaticImports() {
  const bundle = await rollup({
    input: path.join(root, 'dist/define.js'),
    plugins: [resolve({ browser: true, exportConditions: ['production'] }), terser(TERSER_OPTIONS)],
  });
  const { output } = await bundle.generate({ format: 'es' });
  const chunks = output.filter(({ isDynamicEntry }) => !isDynamicEntry);
  return chunks.reduce((sum, { code }) => sum + compressedSize(code), 0);
}

/** Returns the minified code of each module in the single file, by its source map. */
function splitSingleFile() {
  const map = new SourceMap(JSON.parse(readText('dist/diary-feed.min.js.map')));
  const codes = new Map();
  for (const [row, line] of readText('dist/diary-feed.min.js').split('\n').entries()) {
    for (const [column, character] of [...line].entries()) {
      const module = map.findEntry(row, column).originalSource?.replace(/^(?:\.\.\/)+/, '') ?? '';
      codes.set(module, (codes.get(module) ?? '') + character);
    }
  }
  return codes;
}

/** Prints bytes and an estimate of the compressed size of each part, largest first, and the bytes of its modules. */
function printParts() {
  const largestFirst = ([, code], [, otherCode]) => otherCode.length - code.length;
  const codes = [...splitSingleFile()].sort(largestFirst);
  const partOf = ([module]) => Object.keys(PARTS).find((name) => PARTS[name].test(module));
  const rows = Object.keys(PARTS).map((name) => {
    const modules = codes.filter((entry) => partOf(entry) === name);
    return [name, modules.map(([, code]) => code).join(''), modules];
  });
  for (const [name, code, modules] of rows.sort(largestFirst)) {
    console.log(
      `${String(code.length).padStart(6)} bytes, about ${compressedSize(code).toFixed(1)} kB brotli: ${name}`,
    );
    for (const [module, { length }] of modules) console.log(`${String(length).padStart(12)} ${module || '(none)'}`);
  }
}

if (process.argv.includes('--modules')) printParts();
for (const { name, measure, limit, aim } of LIMITS) {
  const size = Number((await measure()).toFixed(1));
  const isOver = size > limit;
  console.log(`${size} kB ${name}: ${isOver ? 'OVER the limit' : 'limit'} ${limit}, aim ${aim}`);
  if (isOver) process.exitCode = 1;
}
