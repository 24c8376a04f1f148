import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import * as limits from '../../dist/feed/limits.js';
import { root } from '../../scripts/run.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');
const page = read('docs/security.md');

/** The rows of all tables whose head begins with `first`, as their cells. */
function rowsUnder(first) {
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

describe('docs/security.md', () => {
  it('names a test for every promise, and each is there', () => {
    const rows = rowsUnder('Promise');
    assert.ok(rows.length > 20);
    for (const [promise, tests] of rows) {
      const named = [...tests.matchAll(/\]\(\.\.\/(test\/[^)]+)\)([^[]*)/g)];
      assert.ok(named.length > 0, `no test: ${promise}`);
      for (const [, file, text] of named) {
        const titles = [...text.matchAll(/“(.+?)”/g)].map(([, title]) => title);
        assert.ok(titles.length > 0, `no test of ${file}: ${promise}`);
        const known = titlesIn(file);
        for (const title of titles)
          assert.ok(
            known.some((pattern) => pattern.test(title)),
            `${file} has no “${title}”`,
          );
      }
    }
  });

  it('has the limits as they are', () => {
    const rows = Object.entries(limits).map(([name, value]) => [`\`${name}\``, value.toLocaleString('en')]);
    assert.deepEqual(rowsUnder('Constant').sort(), rows.sort());
  });

  it('has the policy that the tests run under', () => {
    const [, policy] = /STRICT_POLICY =\s*"(.+)"/.exec(read('test/support/strict-policy.mjs'));
    assert.ok(page.includes(`\n${policy}\n`), policy);
  });

  it('names files that are there', () => {
    for (const [, file] of page.matchAll(/\]\((?!https?:|#)([^)#]+)/g))
      assert.ok(existsSync(path.join(root, 'docs', file)), file);
  });
});
