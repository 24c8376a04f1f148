import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertLinks, read } from '../support/report.mjs';

const page = read('docs/comparison.md');
const tables = page
  .split('\n\n')
  .filter((block) => block.startsWith('| Feature'))
  .map((block) =>
    block
      .trim()
      .split('\n')
      .map((row) =>
        row
          .slice(2, -2)
          .split(' | ')
          .map((cell) => cell.trim()),
      ),
  );
const sources = [...page.matchAll(/^(\d+)\. ([\s\S]*?)(?=\n\d+\. |$(?![\s\S]))/gm)];

describe('docs/comparison.md', () => {
  it('says something of everybody in every row', () => {
    assert.equal(tables.length, 3);
    for (const [head, , ...rows] of tables) {
      assert.ok(rows.length > 15);
      assert.equal(head[1], 'diary-feed');
      for (const row of rows) assert.deepEqual([row.length, row.every(Boolean)], [head.length, true], row[0]);
      const features = rows.map(([feature]) => feature);
      assert.deepEqual(features, [...new Set(features)]);
    }
  });

  it('names for everybody what was looked at, with a link', () => {
    const named = tables.flatMap(([head]) => head.slice(2)).map((name) => /\[(\d+)\]$/.exec(name)?.[1]);
    assert.deepEqual(
      sources.map(([, number]) => number),
      named,
    );
    for (const [text] of sources) assert.match(text, /\]\(https:\/\//);
  });

  it('links to what is there', () => assertLinks(page));
});
