import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { minifyStyles } from './minify-styles.mjs';
import { slimLit } from './slim-lit.mjs';

/**
 * Makes code small without a change of what it does.
 *
 * @param preamble The comment that the file opens with.
 */
export const minify = (preamble = '') =>
  terser({
    ecma: 2022,
    module: true,
    compress: { passes: 3, hoist_funs: true, keep_fargs: false },
    // ASCII: on a page in another encoding a plain script is read as if it were in that one
    format: { comments: false, preamble, ascii_only: true },
  });

/**
 * A plugin of rollup by which the element is defined after all that it needs has run: where Lit's policy is refused the script
 * ends before, and the fallback stays.
 */
const defineLast = {
  name: 'define-last',
  transform: (code, id) =>
    id.replaceAll('\\', '/').endsWith('/src/define.ts')
      ? { code: `import './template.js';\n${code}`, map: null }
      : null,
};

/** A plugin of rollup that leaves out what tells that a module has not come: here all are one file. */
const allThere = {
  name: 'all-there',
  transform: (code) => ({ code: code.replace(/\.catch\(failToImport\('[^']*'\)\)/g, ''), map: null }),
};

/** What makes one small file of all modules, in the build and in the test that reads feeds with it. */
export const singleFile = (preamble) => [
  defineLast,
  allThere,
  slimLit,
  minifyStyles,
  resolve({ browser: true, exportConditions: ['production'] }),
  minify(preamble),
];
