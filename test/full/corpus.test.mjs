// Feeds from other projects' test suites, which aren't part of this project. Without them the tests are skipped.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';

const scorer = path.join(root, '../shared/corpus/score.mjs');
const skip = existsSync(scorer) ? false : 'the corpus is missing';

function score(...args) {
  const { stdout, stderr } = spawnSync(process.execPath, [scorer, ...args], { cwd: root, encoding: 'utf8' });
  const [, passed, total] = /cases (\d+)\/(\d+)/.exec(stdout) ?? assert.fail(stderr);
  const [, datesPassed, datesTotal] = /dates (\d+)\/(\d+)/.exec(stdout);
  return { cases: Number(passed) / Number(total), dates: Number(datesPassed) / Number(datesTotal), report: stdout };
}

describe('the corpus', { skip }, () => {
  it('passes 99 % of the RSS cases and 95 % of the dates', () => {
    const { cases, dates, report } = score();
    assert.ok(cases >= 0.99 && dates >= 0.95, report);
  });

  it('passes as many dates in another time zone', () => {
    const { dates, report } = score('--dates-only', '--tz', 'Pacific/Kiritimati');
    assert.ok(dates >= 0.95, report);
  });

  it('passes 94.5 % of the Atom cases', () => {
    const { cases, report } = score('--atom');
    assert.ok(cases >= 0.945, report);
  });

  it('results in a feed or a FeedError within a second for broken input', () => {
    const { cases, report } = score('--cases', 'robust.jsonl', '--no-dates');
    assert.equal(cases, 1, report);
  });
});
