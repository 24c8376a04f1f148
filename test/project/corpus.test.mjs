// Feeds of other projects' test suites, where they lie beside this one: not part of the project.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';

const scorer = path.join(root, '../shared/corpus/score.mjs');
const skip = existsSync(scorer) ? false : 'the corpus is not here';

function score(...args) {
  const { stdout, stderr } = spawnSync(process.execPath, [scorer, ...args], { cwd: root, encoding: 'utf8' });
  const [, passed, total] = /cases (\d+)\/(\d+)/.exec(stdout) ?? assert.fail(stderr);
  const [, datesPassed, datesTotal] = /dates (\d+)\/(\d+)/.exec(stdout);
  return { cases: Number(passed) / Number(total), dates: Number(datesPassed) / Number(datesTotal), report: stdout };
}

describe('the corpus', { skip }, () => {
  it('of RSS is read right in 98 of 100 cases, its dates in 95', () => {
    const { cases, dates, report } = score();
    assert.ok(cases >= 0.98 && dates >= 0.95, report);
  });

  it('gives the same dates in a zone far away', () => {
    const { dates, report } = score('--dates-only', '--tz', 'Pacific/Kiritimati');
    assert.ok(dates >= 0.95, report);
  });

  it('of Atom is read right in 95 of 100 cases', () => {
    const { cases, report } = score('--atom');
    assert.ok(cases >= 0.95, report);
  });

  it('of broken input always ends in a feed or a FeedError, within a second', () => {
    const { cases, report } = score('--cases', 'robust.jsonl', '--no-dates');
    assert.equal(cases, 1, report);
  });
});
