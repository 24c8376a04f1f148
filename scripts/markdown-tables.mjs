// Tables in Markdown, and pages with generated tables between `<!-- table: NAME -->` and `<!-- end -->`.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';
import { root } from './run.mjs';

/** Returns a table. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/**
 * Returns a page with all its tables filled, formatted by Prettier.
 *
 * @param tables Content by name.
 * @throws {Error} If the page has a table that isn't in `tables`.
 */
export async function fillTables(page, tables) {
  const file = path.join(root, page);
  const text = readFileSync(file, 'utf8').replace(
    /(<!-- table: (.+?) -->)[\s\S]*?(<!-- end -->)/g,
    (_, start, name, end) => {
      if (tables[name] === undefined) throw new Error(`${page}: unknown table "${name}". Use ${Object.keys(tables)}.`);
      return `${start}\n\n${tables[name]}\n\n${end}`;
    },
  );
  return prettier.format(text, { ...(await prettier.resolveConfig(file)), parser: 'markdown' });
}
