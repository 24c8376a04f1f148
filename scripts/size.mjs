// npm run size: what a visitor pays, minified and compressed with brotli, against its limit; after npm run build.
// With --modules: what of the single file each module is.
import resolve from '@rollup/plugin-node-resolve';
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { rollup } from 'rollup';
import { root } from './run.mjs';
import { minify } from './single-file.mjs';

/** Limits in kB of 1000 bytes, each with its reason. */
const LIMITS = [
  {
    what: 'diary-feed.min.js',
    measure: () => compressed(read('dist/diary-feed.min.js')),
    limit: 28.9,
    // 22.0 for a list of one feed: Lit is 1.6 of it, words in six languages 1.6, the styles 0.7, entities 0.7, what makes long
    // feeds fast 0.5; the rest is what the reader knows of feeds and the element does, each rule a little. Then what is asked for
    // by attributes: ways to show an entry 2.4, the page's own markup 0.6, filters 1.2, several feeds 0.7, pages that announce a
    // feed 0.6, feeds in the page 0.3, the focus in all of these 0.1, what a program makes wrong 0.1; pictures that are asked for
    // again and files that are called by their type 0.2; Swedish dates without a formatter and what makes a press quick 0.2. One file
    // that is copied once is worth more than two that must fit each other
    wanted: 20,
  },
  {
    what: 'ES modules in a bundle: what is there before the first request',
    measure: measureStart,
    limit: 11,
    // attributes, loading and styles, what tells that a part did not come, and what reads ahead: Lit, markup and words come while
    // the feed is on its way, and what filters, merges, follows a page or fills its markup comes where it is asked for
    wanted: 11,
  },
];

const read = (file) => readFileSync(path.join(root, file), 'utf8');
const compressed = (code) => brotliCompressSync(code).length / 1000;

/** The chunk with the element and those that it imports at once; the others come while the feed is on its way. */
async function measureStart() {
  const plugins = [resolve({ browser: true, exportConditions: ['production'] }), minify()];
  const bundle = await rollup({ input: path.join(root, 'dist/define.js'), plugins });
  const { output } = await bundle.generate({ format: 'es' });
  const [first] = output;
  const chunks = output.filter(({ fileName }) => fileName === first.fileName || first.imports.includes(fileName));
  return chunks.reduce((sum, { code }) => sum + compressed(code), 0);
}

/** Bytes of each module in the single file, minified but not compressed, by its source map. */
function showModules() {
  const map = new SourceMap(JSON.parse(read('dist/diary-feed.min.js.map')));
  const bytes = new Map();
  for (const [row, line] of read('dist/diary-feed.min.js').split('\n').entries()) {
    for (let column = 0; column < line.length; column++) {
      const source =
        map.findEntry(row, column).originalSource?.replace(/^(?:\.\.\/)+(?:node_modules\/)?/, '') ?? 'none';
      bytes.set(source, (bytes.get(source) ?? 0) + 1);
    }
  }
  const largestFirst = [...bytes].sort(([, one], [, other]) => other - one);
  for (const [source, count] of largestFirst) console.log(`${String(count).padStart(6)} ${source}`);
}

if (process.argv.includes('--modules')) showModules();
for (const { what, measure, limit, wanted } of LIMITS) {
  const size = await measure();
  const isOver = Number(size.toFixed(1)) > limit;
  console.log(`${size.toFixed(1)} kB ${what}; ${isOver ? 'MORE THAN ' : ''}${limit} allowed, ${wanted} wanted`);
  if (isOver) process.exitCode = 1;
}
