import { rollup } from 'rollup';
import path from 'node:path';
import { root } from '../../scripts/run.mjs';
import { singleFile } from '../../scripts/single-file.mjs';

const bundle = await rollup({ input: path.join(root, 'dist/feed.js'), plugins: singleFile() });
const { output } = await bundle.generate({ format: 'es', inlineDynamicImports: true });

/** The reader as the single file has it: with what is cut from the parser, and minified. */
export const { readFeed } = await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);

/** What a reader makes of bytes, a feed or an error, as text that can be compared. */
export function outcome(read, bytes, source) {
  try {
    return JSON.stringify(read(bytes, source));
  } catch (error) {
    return String(error);
  }
}
