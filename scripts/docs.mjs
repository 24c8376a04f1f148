// npm run docs: generates the tables of README.md, and docs/reference.md. With `--check` it only compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fillTables } from './readme-tables.mjs';
import { reference } from './reference.mjs';
import { root } from './run.mjs';

const pages = {
  'README.md': await fillTables(readFileSync(path.join(root, 'README.md'), 'utf8')),
  'docs/reference.md': await fillTables(reference()), // only formats it: there are no tables to fill
};

for (const [name, text] of Object.entries(pages)) {
  const file = path.join(root, name);
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (!existsSync(file) || text !== readFileSync(file, 'utf8')) {
    console.error(`${name} is out of date. Run npm run docs.`);
    process.exitCode = 1;
  }
}
