// npm run build: builds dist/ from src/: the single file, the ES modules with types, the manifest, data for editors, themes, the SRI
// hash, SBOM and licenses, and the scripts of the demo.
// `--if-stale` builds only if something that the build reads has changed since dist/ was built.
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { writeEditorData } from './editor-data.mjs';
import { root, run } from './run.mjs';

const dist = path.join(root, 'dist');
const stamp = path.join(dist, '.inputs');
const inputs = hashInputs();
if (process.argv.includes('--if-stale') && existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) {
  console.log('dist/ is up to date');
  process.exit();
}

rmSync(dist, { recursive: true, force: true });

run('rollup: the single file and the ES modules', 'node_modules/rollup/dist/bin/rollup -c --silent');
run(
  'element manifest',
  'node_modules/@custom-elements-manifest/analyzer/cem.js analyze --config scripts/manifest.config.mjs',
);

writeEditorData();

cpSync(path.join(root, 'src/themes'), path.join(dist, 'themes'), { recursive: true });
// The compiler doesn't emit files that are declarations already.
for (const name of readdirSync(path.join(root, 'src/frameworks')).filter((file) => file.endsWith('.d.ts'))) {
  copyFileSync(path.join(root, 'src/frameworks', name), path.join(dist, 'frameworks', name));
}

const name = 'diary-feed.min.js';
const file = readFileSync(path.join(dist, name));
const integrity = `sha384-${createHash('sha384').update(file).digest('base64')}`;
writeFileSync(path.join(dist, 'sri.json'), `${JSON.stringify({ [name]: integrity }, null, 2)}\n`);
console.log(`dist/${name}: ${(brotliCompressSync(file).length / 1000).toFixed(1)} kB brotli, ${integrity}`);
run('rollup: the scripts of the demo', 'node_modules/rollup/dist/bin/rollup -c rollup.demo.config.mjs --silent');
writeFileSync(stamp, inputs);

/** Returns a hash of every file that the build reads. */
function hashInputs() {
  const places = ['src', 'scripts', 'docs/relay', 'demo/builder', 'rollup.config.mjs', 'rollup.demo.config.mjs', 'tsconfig.json', 'tsconfig.build.json', 'package.json', 'package-lock.json']; // prettier-ignore
  const files = places.flatMap((place) => {
    if (statSync(path.join(root, place)).isFile()) return place;
    return readdirSync(path.join(root, place), { recursive: true }).map((name) => path.join(place, name));
  });
  const hash = createHash('sha256');
  for (const file of files.filter((name) => statSync(path.join(root, name)).isFile()).sort()) {
    hash.update(`${file}\n`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest('hex');
}
