import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fillTables } from '../../scripts/readme-tables.mjs';
import { root } from '../../scripts/run.mjs';
import { ASSUMPTIONS, measureSizes, simulateAll } from '../bench/scale.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');
const page = read('docs/scale.md');

/** Bytes by which the script may have changed since: the figures need not follow each build. */
const LEEWAY = 2000;

describe('docs/scale.md', () => {
  const [, written] = /\| (\d+) kB +\| The script/.exec(page);
  const script = 1000 * Number(written);

  it('knows what the script weighs', () => {
    const measured = measureSizes().script;
    assert.ok(Math.abs(measured - script) <= LEEWAY, `${measured} bytes, not ${script}: npm run scale`);
  });

  it('says what the simulation says, and draws it', async () => {
    const { tables, drawing } = simulateAll({ ...measureSizes(), script });
    assert.equal(page, await fillTables(page, tables), 'npm run scale');
    assert.equal(read('docs/scale.svg'), drawing, 'npm run scale');
  });

  it('promises of its headers what came of them', () => {
    const [, maxAge, stale] = /max-age=(\d+), stale-while-revalidate=(\d+), stale-if-error/.exec(page);
    const [row] = /^\| the same, and old while a new one is asked for .* at most/m.exec(page);
    assert.match(row, new RegExp(`${(2 * (Number(maxAge) + Number(stale))) / 60} min at most`));
  });
});

describe('the simulation', () => {
  const sizes = { raw: 10_000, compressed: 2500, script: 24_000 };
  const small = { ...ASSUMPTIONS, views: [3000, ''], municipalities: [20, ''] };

  it('gives the same each time, and something else for another seed', () => {
    const first = JSON.stringify(simulateAll(sizes, small));
    assert.equal(JSON.stringify(simulateAll(sizes, small)), first);
    assert.notEqual(JSON.stringify(simulateAll(sizes, { ...small, seed: [1, ''] })), first);
  });

  it('lets relays ask no more often than they may', () => {
    const { tables } = simulateAll(sizes, { ...small, views: [100_000, ''] });
    const [, requests] = /\| relays, 15 minutes \| ([\d,]+)/.exec(tables.host);
    const most = 20 * 24 * 4;
    const count = Number(requests.replaceAll(',', ''));
    assert.ok(count <= most && count > most / 2, `${count} of ${most}`);
  });
});
