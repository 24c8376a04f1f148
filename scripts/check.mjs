// npm run check: types, lint rules, unused code, formatting, the element manifest and generated docs.
import { run, warnAboutOldNode } from './run.mjs';

warnAboutOldNode();
run('types', 'node_modules/typescript/bin/tsc --noEmit');
run('lint', 'node_modules/eslint/bin/eslint.js --max-warnings 0 .');
run('unused code', 'node_modules/knip/bin/knip.js --treat-config-hints-as-errors');
run('format', 'node_modules/prettier/bin/prettier.cjs --check --log-level warn .');
run('manifest', 'node_modules/@custom-elements-manifest/analyzer/cem.js analyze --config scripts/manifest.config.mjs');
run('docs', 'scripts/reference.mjs --check');
console.log('No problems found.');
