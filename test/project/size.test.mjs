import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';

describe('the size of the build', () => {
  it('is within the limits of scripts/size.mjs', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'scripts/size.mjs')], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stdout + stderr);
  });
});
