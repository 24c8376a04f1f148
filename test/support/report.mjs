// What the tests of the reports in docs/ share: their tables, and whether the tests that they name are there.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/run.mjs';

export const read = (file) => readFileSync(path.join(root, file), 'utf8');

/** The rows of all tables of a page whose head begins with `first`, as their cells. */
export function rowsUnder(page, first) {
  const tables = page.split('\n\n').filter((block) => new RegExp(`^\\| ${first} +\\|`).test(block));
  const rows = tables.flatMap((table) => table.trim().split('\n').slice(2));
  return rows.map((row) => row.split(' | ').map((cell) => cell.replace(/^\| | +\|$/g, '').trim()));
}

/** Titles of a file's tests as patterns: what a template fills in can be anything, if enough is left. */
function titlesIn(file) {
  const found = read(file).matchAll(
    /\b(?:it|describe)\(\s*(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|`((?:\\.|[^`\\])*)`)/g,
  );
  const titles = [...found].map(([, single, double, template]) =>
    (single ?? double ?? template).replace(/\\(.)/g, '$1'),
  );
  const parts = titles.map((title) => title.split(/\$\{[^}]*\}/));
  return parts
    .filter((texts) => texts.join('').trim().length > 4)
    .map((texts) => new RegExp(`^${texts.map((text) => text.replace(/[^\w\s]/g, '\\$&')).join('.+')}$`, 's'));
}

/** That a cell names a test at least, `[file](../test/file) “title”, “title”; …`, and that each is there. */
export function assertTests(cell, claim) {
  const named = [...cell.matchAll(/\]\(\.\.\/(test\/[^)]+)\)([^[]*)/g)];
  assert.ok(named.length > 0, `no test: ${claim}`);
  for (const [, file, text] of named) {
    const titles = [...text.matchAll(/“(.+?)”/g)].map(([, title]) => title);
    assert.ok(titles.length > 0, `no test of ${file}: ${claim}`);
    const known = titlesIn(file);
    for (const title of titles)
      assert.ok(
        known.some((pattern) => pattern.test(title)),
        `${file} has no “${title}”`,
      );
  }
}

/** That the files that a page of docs/ links to are there. */
export function assertLinks(page) {
  for (const [, file] of page.matchAll(/\]\((?!https?:|#)([^)#]+)/g))
    assert.ok(existsSync(path.join(root, 'docs', file)), file);
}
