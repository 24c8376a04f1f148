// npm run fixture -- URL-or-file [NAME]: makes a feed that looks wrong a pair of fixtures: its bytes, and what the
// reader makes of them now. Correct the second by hand: it is what the tests will ask for.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './run.mjs';

const [source, wanted] = process.argv.slice(2);
const reader = path.join(root, 'dist/feed.js');
if (!source || !existsSync(reader)) {
  console.error('npm run fixture -- URL-or-file [NAME], after npm run build');
  process.exit(1);
}
const { readFeed } = await import(reader);

const isUrl = /^https?:/.test(source);
const response = isUrl ? await fetch(source, { signal: AbortSignal.timeout(30_000) }) : undefined;
const bytes = response ? new Uint8Array(await response.arrayBuffer()) : readFileSync(source);
const contentType = response?.headers.get('content-type') ?? undefined;

const plain = path.basename(isUrl ? new URL(source).pathname : source).replace(/\.\w+$/, '');
const name = (wanted ?? plain).toLowerCase().replace(/[^a-z0-9.-]+/g, '-') || 'feed';
const file = path.join(root, 'test/fixtures', name);
if (existsSync(`${file}.xml`)) {
  console.error(`test/fixtures/${name}.xml is there already: give another name.`);
  process.exit(1);
}

/** As test/feed/read.test.ts reads it: relative addresses start from the host of all examples. */
function expectation() {
  try {
    return { contentType, feed: readFeed(bytes, { contentType, url: 'https://dagbok.example/kommun/rss.xml' }) };
  } catch (error) {
    return { contentType, error: error.code };
  }
}

writeFileSync(`${file}.xml`, bytes);
writeFileSync(`${file}.json`, `${JSON.stringify(expectation(), null, 2)}\n`);
console.log(`test/fixtures/${name}.xml and .json. Now:
1. Cut the feed down to what matters, and put invented texts in the place of others' (keep the encoding).
2. Write into the .json what a reader should make of it.
3. npm test -- --files test/feed/read.test.ts: it fails where the reader is wrong.`);
