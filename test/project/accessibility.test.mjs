import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertLinks, assertTests, read, rowsUnder } from '../support/report.mjs';

/** The success criteria of WCAG 2.2 by level; 4.1.1 is obsolete. */
const CRITERIA = {
  A: `1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4
    2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2`.split(/\s+/),
  AA: `1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8 3.1.2
    3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3`.split(/\s+/),
};

/** Those that EN 301 549 v3.2.1, which holds WCAG 2.1, has no clause for. */
const NEW = ['2.4.11', '2.5.7', '2.5.8', '3.2.6', '3.3.7', '3.3.8'];

const page = read('docs/accessibility.md');
const rows = rowsUnder(page, 'Criterion');

describe('docs/accessibility.md', () => {
  it('has every criterion of levels A and AA with its clause of EN 301 549', () => {
    const told = rows.map(([name, level, clause]) => `${name.split(' ')[0]} ${level} ${clause}`);
    const expected = Object.entries(CRITERIA).flatMap(([level, numbers]) =>
      numbers.map((number) => `${number} ${level} ${NEW.includes(number) ? '–' : `9.${number}`}`),
    );
    assert.equal(expected.length, 55);
    assert.deepEqual(told.sort(), expected.sort());
  });

  it('names a test wherever a criterion applies, and each is there', () => {
    for (const [name, , , how, tests] of rows) {
      if (!how.startsWith('Not applicable: ')) assertTests(tests, name);
    }
    for (const [what, tests] of rowsUnder(page, 'What')) assertTests(tests, what);
  });

  it('links to what is there, and so does its Swedish sister', () => {
    assertLinks(page);
    assertLinks(read('docs/tillganglighet.md'));
  });
});
