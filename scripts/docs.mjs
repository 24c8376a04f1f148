// npm run docs: fills the tables of docs/reference.md. With `--check`, only compares. Run npm run build first.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fillTables } from './markdown-tables.mjs';
import { referenceTables } from './reference.mjs';
import { root } from './run.mjs';

const page = 'docs/reference.md';
const text = await fillTables(page, referenceTables());
if (!process.argv.includes('--check')) writeFileSync(path.join(root, page), text);
else if (text !== readFileSync(path.join(root, page), 'utf8')) {
  console.error(`${page} is out of date. Run npm run docs.`);
  process.exitCode = 1;
}
