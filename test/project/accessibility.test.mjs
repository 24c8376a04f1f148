import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';

/** The success criteria of WCAG 2.2, levels A and AA. 4.1.1 is obsolete. */
const CRITERIA = `
  1.1.1 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5 1.4.1 1.4.2 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12
  1.4.13 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.4.5 2.4.6 2.4.7 2.4.11 2.5.1 2.5.2 2.5.3 2.5.4
  2.5.7 2.5.8 3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 3.2.4 3.2.6 3.3.1 3.3.2 3.3.3 3.3.4 3.3.7 3.3.8 4.1.2 4.1.3`;

describe('docs/accessibility.md', () => {
  it('has one row for each criterion of levels A and AA', () => {
    const page = readFileSync(path.join(root, 'docs/accessibility.md'), 'utf8');
    const criteria = [...page.matchAll(/^\| (\d\.\d\.\d+)\b/gm)].map(([, criterion]) => criterion);
    assert.deepEqual(criteria.sort(), CRITERIA.trim().split(/\s+/).sort());
  });
});
