import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as limits from '../../dist/feed/limits.js';
import { assertLinks, assertTests, read, rowsUnder } from '../support/report.mjs';

const page = read('docs/security.md');

describe('docs/security.md', () => {
  it('names a test for every promise, and each is there', () => {
    const rows = rowsUnder(page, 'Promise');
    assert.ok(rows.length > 20);
    for (const [promise, tests] of rows) assertTests(tests, promise);
  });

  it('has the limits as they are', () => {
    const rows = Object.entries(limits).map(([name, value]) => [`\`${name}\``, value.toLocaleString('en')]);
    assert.deepEqual(rowsUnder(page, 'Constant').sort(), rows.sort());
  });

  it('has the policy that the tests run under', () => {
    const [, policy] = /STRICT_POLICY =\s*"(.+)"/.exec(read('test/support/strict-policy.mjs'));
    assert.ok(page.includes(`\n${policy}\n`), policy);
  });

  it('names files that are there', () => {
    assertLinks(page);
  });
});
