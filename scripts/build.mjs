// npm run build: dist/ from src/: the single file, the ES modules with their types, the manifest, what editors are told, the themes,
// the hash, the SBOM, licences; and the relay recipes for the demo's configurator.
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { writeEditorData } from './editor-data.mjs';
import { readRecipes } from './relay-recipes.mjs';
import { root, run } from './run.mjs';

const dist = path.join(root, 'dist');
rmSync(dist, { recursive: true, force: true });

run('rollup: the single file and the ES modules', 'rollup/dist/bin/rollup', ['-c', '--silent']);
run('element manifest', '@custom-elements-manifest/analyzer/cem.js', [
  'analyze',
  '--config',
  'scripts/manifest.config.mjs',
]);

writeEditorData();

cpSync(path.join(root, 'src/themes'), path.join(dist, 'themes'), { recursive: true });
writeFileSync(path.join(dist, 'relay-recipes.json'), `${JSON.stringify(readRecipes(), null, 2)}\n`);
// what is declarations already the compiler only reads
for (const name of readdirSync(path.join(root, 'src/frameworks')).filter((file) => file.endsWith('.d.ts'))) {
  copyFileSync(path.join(root, 'src/frameworks', name), path.join(dist, 'frameworks', name));
}

const name = 'diary-feed.min.js';
const file = readFileSync(path.join(dist, name));
const integrity = `sha384-${createHash('sha384').update(file).digest('base64')}`;
writeFileSync(path.join(dist, 'sri.json'), `${JSON.stringify({ [name]: integrity }, null, 2)}\n`);
console.log(`dist/${name}: ${(brotliCompressSync(file).length / 1000).toFixed(1)} kB brotli, ${integrity}`);
