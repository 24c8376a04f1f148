import typescript from '@rollup/plugin-typescript';
import { readFileSync } from 'node:fs';
import { inventory } from './scripts/inventory.mjs';
import { singleFile } from './scripts/single-file.mjs';

const { name, version, license } = JSON.parse(readFileSync('package.json', 'utf8'));

const types = (compilerOptions = {}) =>
  typescript({ tsconfig: './tsconfig.build.json', noEmitOnError: true, compilerOptions });

/**
 * Tells which version a copied file is, and where the licences of what is bundled are; and Chromium that it may compile all
 * functions beside the page's own work, for most of them run at once (V8, explicit compile hints).
 */
const preamble = [
  `/*! ${name} ${version} | ${license} | licences of others' code: third-party-licences.txt in the package */`,
  '//# allFunctionsCalledOnLoad',
].join('\n');

export default [
  // one file for <script type="module"> and <script defer>; a second copy returns before Lit asks for its policy again
  {
    input: 'src/define.ts',
    output: {
      file: 'dist/diary-feed.min.js',
      format: 'iife',
      freeze: false, // nobody but this file sees its modules
      inlineDynamicImports: true,
      intro: "if (customElements.get('diary-feed')) return;",
      sourcemap: 'hidden', // the file is copied alone: a map that it names would be missing
    },
    plugins: [...singleFile(preamble), types({ declaration: false, declarationDir: undefined }), inventory],
  },
  // ES modules for bundlers: Lit stays an import, the reader is imported on demand
  {
    input: ['src/index.ts', 'src/define.ts', 'src/feed.ts'],
    output: { dir: 'dist', format: 'es', sourcemap: true, preserveModules: true, preserveModulesRoot: 'src' },
    external: [/^lit(\/|$)/, 'tslib'],
    plugins: [types()],
  },
];
