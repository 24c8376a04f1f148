import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { it } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { root } from '../../scripts/run.mjs';

/** What is said of the single file's weight, by how it is compressed. */
const TOLD = /(\d+) kB(?:\s+of\s+it)?(?:\s+compressed)?,?\s+\(?with brotli[,;] (\d+) kB with gzip/;

it('what is told of the single file is what it weighs, by both ways to compress it', () => {
  const file = readFileSync(path.join(root, 'dist/diary-feed.min.js'));
  const weights = [brotliCompressSync(file), gzipSync(file)].map(({ length }) => length / 1000);
  for (const page of ['README.md', 'CHANGELOG.md', 'docs/comparison.md']) {
    const told = TOLD.exec(readFileSync(path.join(root, page), 'utf8').replaceAll('**', ''))?.slice(1);
    assert.ok(told, page);
    for (const [index, weight] of weights.entries())
      assert.ok(Math.abs(told[index] - weight) < 1, `${page}: ${told[index]} kB is ${weight}`);
  }
});

it('what is built is within the limits of scripts/size.mjs', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'scripts/size.mjs')], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stdout + stderr);
});
