// npm run build: builds dist/ from src/: the single file, the ES modules with types, the manifest, data for editors, themes, the SRI
// hash, SBOM and licenses, and the scripts of the demo.
// `--if-stale` builds only if something that the build reads has changed since dist/ was built.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { writeEditorData } from './editor-data.mjs';
import { root, run } from './run.mjs';

const STAMP = 'dist/.inputs';

process.chdir(root);
const inputs = hashInputs();
if (process.argv.includes('--if-stale') && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === inputs) {
  console.log('dist/ is up to date');
  process.exit();
}
rmSync('dist', { recursive: true, force: true });
run('rollup: the single file and the ES modules', 'node_modules/rollup/dist/bin/rollup -c --silent');
run('manifest', 'node_modules/@custom-elements-manifest/analyzer/cem.js analyze --config scripts/manifest.config.mjs');

writeEditorData();
cpSync('src/themes', 'dist/themes', { recursive: true });
// the compiler doesn't emit files that are declarations already
cpSync('src/frameworks', 'dist/frameworks', { recursive: true, filter: (file) => !file.endsWith('props.ts') });

const file = readFileSync('dist/diary-feed.min.js');
const integrity = `sha384-${createHash('sha384').update(file).digest('base64')}`;
writeFileSync('dist/sri.json', `${JSON.stringify({ 'diary-feed.min.js': integrity }, null, 2)}\n`);
console.log(`dist/diary-feed.min.js: ${(brotliCompressSync(file).length / 1000).toFixed(1)} kB brotli, ${integrity}`);
run('rollup: the scripts of the demo', 'node_modules/rollup/dist/bin/rollup -c rollup.demo.config.mjs --silent');
writeFileSync(STAMP, inputs);

/** Returns a hash of every file that the build reads. */
function hashInputs() {
  const folders = ['src', 'scripts', 'docs/relay', 'demo/builder'];
  const inFolders = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true }).map((file) => path.join(folder, file)),
  );
  const inRoot = readdirSync('.').filter((file) => /^(?:rollup|tsconfig|package)\b.*\.(?:mjs|json)$/.test(file));
  const hash = createHash('sha256');
  for (const file of [...inFolders, ...inRoot].filter((file) => statSync(file).isFile()).sort()) {
    hash.update(`${file}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}
