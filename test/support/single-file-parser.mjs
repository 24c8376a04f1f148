import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import path from 'node:path';
import { rollup } from 'rollup';
import { moduleStubs } from '../../scripts/module-stubs.mjs';
import { root } from '../../scripts/run.mjs';
import { TERSER_OPTIONS } from '../../scripts/terser-options.mjs';

const bundle = await rollup({
  input: path.join(root, 'dist/feed.js'),
  plugins: [moduleStubs, resolve({ browser: true, exportConditions: ['production'] }), terser(TERSER_OPTIONS)],
});
const { output } = await bundle.generate({ format: 'es', inlineDynamicImports: true });

/** The feed parser as the single file contains it: with the module stubs, and minified. */
export const { readFeed } = await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);

/** Returns the feed or the error that `read` makes of a source, as text that can be compared. */
export function outcomeOf(read, source, options) {
  try {
    return JSON.stringify(read(source, options));
  } catch (error) {
    return String(error);
  }
}
