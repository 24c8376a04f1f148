// npm run check: types, lint rules, unused code, formatting, the element manifest and generated docs.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root, run, warnAboutOldNode } from './run.mjs';

warnAboutOldNode();
run('types', 'typescript/bin/tsc', ['--noEmit']);
run('lint', 'eslint/bin/eslint.js', ['--max-warnings', '0', '.']);
run('unused code', 'knip/bin/knip.js', ['--treat-config-hints-as-errors']);
run('format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']);
run('element manifest', '@custom-elements-manifest/analyzer/cem.js', [
  'analyze',
  '--config',
  'scripts/manifest.config.mjs',
]);
const docs = spawnSync(process.execPath, [path.join(root, 'scripts/docs.mjs'), '--check'], { stdio: 'inherit' });
if (docs.status === 0) console.log('No problems found.');
process.exit(docs.status ?? 1);
