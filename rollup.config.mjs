import typescript from '@rollup/plugin-typescript';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { readFileSync } from 'node:fs';
import { inventory } from './scripts/inventory.mjs';

const { name, version, license } = JSON.parse(readFileSync('package.json', 'utf8'));

const types = (compilerOptions = {}) =>
  typescript({ tsconfig: './tsconfig.build.json', noEmitOnError: true, compilerOptions });

/** What of fast-xml-parser never runs with the options in src/feed/parse.ts, and why. */
const unused = {
  // judges the entities that a DOCTYPE declares, and reads it: src/feed/markup.ts takes every DOCTYPE away before
  'is-unsafe': 'export const isUnsafe = () => true, HTML = [], XML = [];',
  './DocTypeReader.js': 'export default class {}',
  // processEntities is off
  '@nodable/entities':
    'export class EntityDecoder { reset() {} } export const XML = {}, CURRENCY = {}, COMMON_HTML = {}, ENTITY_ACTION = {};',
  strnum: 'export default (value) => value;', // parseTagValue and parseAttributeValue are off
  '../validator.js': 'export const validate = () => true;', // parse() is never asked to validate
  './node2json.js': 'export default (value) => value;', // preserveOrder is on
};

const isStub = (id) => id.startsWith('\0slim:');

const slimParser = {
  name: 'slim-parser',
  resolveId: (id, importer) =>
    id in unused && importer?.includes('/fast-xml-parser/') ? { id: `\0slim:${id}`, moduleSideEffects: false } : null,
  load: (id) => (isStub(id) ? unused[id.slice('\0slim:'.length)] : null),
};

/** Tells which version a copied file is, and where the licences of what is bundled are. */
const preamble = `/*! ${name} ${version} | ${license} | licences of others' code: third-party-licences.txt in the package */`;

export default [
  // one file for <script type="module"> and <script defer>; a second copy returns before Lit asks for its policy again
  {
    input: 'src/define.ts',
    output: {
      file: 'dist/diary-feed.min.js',
      format: 'iife',
      inlineDynamicImports: true,
      intro: "if (customElements.get('diary-feed')) return;",
      sourcemap: 'hidden', // the file is copied alone: a map that it names would be missing
    },
    plugins: [
      slimParser,
      resolve({ browser: true, exportConditions: ['production'] }),
      types({ declaration: false, declarationDir: undefined }),
      // ASCII: on a page in another encoding a plain script is read as if it were in that one
      terser({
        ecma: 2022,
        module: true,
        compress: { passes: 3 },
        format: { comments: false, preamble, ascii_only: true },
      }),
      inventory(unused, isStub),
    ],
  },
  // ES modules for bundlers: Lit and the parser stay imports, the reader is imported on demand
  {
    input: ['src/index.ts', 'src/define.ts', 'src/feed.ts'],
    output: { dir: 'dist', format: 'es', sourcemap: true, preserveModules: true, preserveModulesRoot: 'src' },
    external: [/^lit(\/|$)/, 'fast-xml-parser', 'tslib'],
    plugins: [types()],
  },
];
