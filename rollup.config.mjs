import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import { readFileSync } from 'node:fs';
import { inventory } from './scripts/inventory.mjs';
import { moduleStubs } from './scripts/module-stubs.mjs';
import { TERSER_OPTIONS } from './scripts/terser-options.mjs';

const { name, version, license } = JSON.parse(readFileSync('package.json', 'utf8'));

const types = (compilerOptions = {}) =>
  typescript({ tsconfig: './tsconfig.build.json', noEmitOnError: true, compilerOptions });

/**
 * The version of a copied file, and a hint for Chromium to compile all functions off the main thread (V8, explicit compile
 * hints): most of them run at once.
 */
const preamble = [
  '//# allFunctionsCalledOnLoad',
  `/*! ${name} ${version} | ${license} | third-party licenses: third-party-licences.txt in the package */`,
].join('\n');

/** ASCII only: a page in another encoding reads a plain script in that encoding. */
const minify = terser({
  ...TERSER_OPTIONS,
  format: { comments: false, preamble, ascii_only: true },
});

export default [
  // one file for <script type="module"> and <script defer>; a second copy returns before Lit creates its policy again
  {
    input: 'src/define.ts',
    output: {
      file: 'dist/diary-feed.min.js',
      format: 'iife',
      inlineDynamicImports: true,
      intro: "if (customElements.get('diary-feed')) return;",
      sourcemap: 'hidden', // webmasters copy the file without its map
    },
    plugins: [
      moduleStubs,
      resolve({ browser: true, exportConditions: ['production'] }),
      types({ declaration: false, declarationDir: undefined }),
      minify,
      inventory,
    ],
  },
  // ES modules for bundlers
  {
    input: ['src/index.ts', 'src/define.ts', 'src/feed.ts'],
    output: {
      dir: 'dist',
      format: 'es',
      sourcemap: true,
      preserveModules: true,
      preserveModulesRoot: 'src',
      // npm doesn't pack folders called node_modules, where the helper for decorators would be
      entryFileNames: ({ name }) => (name.includes('node_modules/tslib') ? 'decorate.js' : '[name].js'),
    },
    external: [/^lit(\/|$)/, 'fast-xml-parser'],
    plugins: [types()],
  },
];
