import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root } from '../../scripts/run.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'diary-feed-'));
after(() => rmSync(folder, { recursive: true }));

/** What is reported of a file of tests. */
function report(code) {
  const file = path.join(folder, 'a.test.mjs');
  writeFileSync(file, `import { after, before, describe, it } from 'node:test';\n${code}`);
  const reporter = pathToFileURL(path.join(root, 'scripts/node-reporter.mjs')).href;
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined }; // a run within a run reports to its own
  const { stdout, status } = spawnSync(process.execPath, ['--test', `--test-reporter=${reporter}`, file], { env });
  const { failures, ...counts } = JSON.parse(stdout);
  return { ...counts, failures: failures.join('\n'), isBad: status !== 0 };
}

describe('what is reported of the tests in Node', () => {
  it('counts tests, not suites', () => {
    const { failures, ...counts } = report(
      "describe('a', () => { it('b', () => {}); describe('c', () => it('d', () => {})); it.skip('e'); });",
    );
    assert.deepEqual(counts, { passed: 2, failed: 0, skipped: 1, isBad: false });
    assert.equal(failures, '');
  });

  it('names what failed, and why', () => {
    const { failures, failed } = report("describe('a', () => it('b', () => { throw new Error('planted'); }));");
    assert.equal(failed, 1);
    assert.match(failures, /a\.test\.mjs\n {2}b\n {2}Error: planted/);
  });

  for (const [what, code] of Object.entries({
    'a suite that throws': "describe('a', () => { throw new Error('planted'); });",
    'what runs after the tests':
      "describe('a', () => { after(() => { throw new Error('planted'); }); it('b', () => {}); });",
    'what runs before them':
      "describe('a', () => { before(() => { throw new Error('planted'); }); it('b', () => {}); });",
    'a file that is none': 'no code',
  })) {
    it(`counts ${what} as failed`, () => {
      const { failed, failures, isBad } = report(code);
      assert.ok(failed > 0 && isBad);
      if (code.includes('planted')) assert.match(failures, /planted/);
    });
  }

  it('takes a test that is still to do for one that was left out', () => {
    const { failed, skipped, isBad } = report("it('a', { todo: true }, () => { throw new Error('planted'); });");
    assert.deepEqual([failed, skipped, isBad], [0, 1, false]);
  });
});
