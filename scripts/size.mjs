// npm run size: the size of what a visitor downloads, minified and compressed with brotli, and its limits. Run npm run build first.
// `-- --modules` also prints the size of each module before it is minified.
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { rollup } from 'rollup';
import { root } from './run.mjs';
import { TERSER_OPTIONS } from './terser-options.mjs';

// The ES modules in a bundle with Lit.
const bundle = await rollup({
  input: path.join(root, 'dist/define.js'),
  plugins: [resolve({ browser: true, exportConditions: ['production'] }), terser(TERSER_OPTIONS)],
});
const { output } = await bundle.generate({ format: 'es' });

if (process.argv.includes('--modules')) {
  const modules = output.flatMap((chunk) => Object.entries(chunk.modules));
  for (const [id, { renderedLength }] of modules.sort(
    ([, one], [, other]) => other.renderedLength - one.renderedLength,
  ))
    console.log(`${String(renderedLength).padStart(6)} bytes ${path.relative(root, id)}`);
}

/**
 * Prints the size of these scripts. Fails if it exceeds a limit.
 *
 * @param limit Limit in kB of 1000 bytes.
 */
function measure(name, scripts, limit) {
  const bytes = scripts.reduce((sum, script) => sum + brotliCompressSync(script).length, 0);
  const size = Number((bytes / 1000).toFixed(1));
  console.log(`${size} kB ${name}: ${size > limit ? 'OVER the limit' : 'limit'} ${limit}`);
  if (size > limit) process.exitCode = 1;
}

// Lit and fast-xml-parser as they are take about 14 kB; the rest is ours. On slow 4G (1.6 Mbit/s) 36 kB take 0.2 s.
measure('dist/diary-feed.min.js', [readFileSync(path.join(root, 'dist/diary-feed.min.js'))], 36);
// Lit, the element, its templates and messages. The feed parser loads at the same time as the feed.
const loadedFirst = output.filter(({ isDynamicEntry }) => !isDynamicEntry).map(({ code }) => code);
measure('ES modules before the first request for a feed', loadedFirst, 20);
