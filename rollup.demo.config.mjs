// The scripts of the demo: dist/demo/. They contain the element and Lit, not minified: that takes longer than all the rest.
// scripts/build.mjs runs this last, because the builder needs files of dist/.
import resolve from '@rollup/plugin-node-resolve';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { moduleStubs } from './scripts/module-stubs.mjs';
import { readRecipes } from './scripts/relay-recipes.mjs';
import ts from 'typescript';

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The module demo/builder/build-data.js. */
const buildData = {
  name: 'build-data',
  resolveId: (source) => (source === './build-data.js' ? '\0build-data' : null),
  load(id) {
    if (id !== '\0build-data') return null;
    const data = {
      manifest: readJson('dist/custom-elements.json'),
      recipes: readRecipes(),
      integrity: readJson('dist/sri.json')['diary-feed.min.js'],
      version: readJson('package.json').version,
    };
    return Object.entries(data)
      .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
      .join('\n');
  },
};

const { options: compilerOptions } = ts.convertCompilerOptionsFromJson(readJson('tsconfig.json').compilerOptions, '.');

/** Compiles each file alone, which is quick. `npm run check` checks the types. */
const transpile = {
  name: 'transpile',
  resolveId(source, importer) {
    if (!importer?.endsWith('.ts') || !source.startsWith('.')) return null;
    const file = path.resolve(path.dirname(importer), source.replace(/\.js$/, '.ts'));
    return existsSync(file) ? file : null;
  },
  transform(code, id) {
    if (!id.endsWith('.ts')) return null;
    return ts.transpileModule(code, {
      compilerOptions: { ...compilerOptions, importHelpers: true, sourceMap: false },
      fileName: id,
    }).outputText;
  },
};

export default {
  input: {
    builder: 'demo/builder/feed-builder.ts',
    'start-page': 'demo/builder/start-page.ts',
    'sample-dates': 'demo/builder/sample-dates.ts',
  },
  output: { dir: 'dist/demo', format: 'es', chunkFileNames: '[name].js' },
  plugins: [buildData, moduleStubs, resolve({ browser: true, exportConditions: ['production'] }), transpile],
};
