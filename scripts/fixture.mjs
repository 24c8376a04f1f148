// npm run fixture -- URL-or-file [NAME]: saves a feed that is read wrong as a pair of fixtures: its bytes, and the result of the
// feed parser. Correct the result by hand: the tests expect it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './run.mjs';

const [source, givenName] = process.argv.slice(2);
const parser = path.join(root, 'dist/feed.js');
if (!source || !existsSync(parser)) {
  console.error('Usage: npm run fixture -- URL-or-file [NAME]. Run npm run build first.');
  process.exit(1);
}
const { readFeed } = await import(parser);

const isUrl = /^https?:/.test(source);
const response = isUrl ? await fetch(source, { signal: AbortSignal.timeout(30_000) }) : undefined;
const bytes = response ? new Uint8Array(await response.arrayBuffer()) : readFileSync(source);
const contentType = response?.headers.get('content-type') ?? undefined;

const stem = path.basename(isUrl ? new URL(source).pathname : source).replace(/\.\w+$/, '');
const name = (givenName ?? stem).toLowerCase().replace(/[^a-z0-9.-]+/g, '-') || 'feed';
const file = path.join(root, 'test/fixtures', name);
if (existsSync(`${file}.xml`)) {
  console.error(`test/fixtures/${name}.xml exists already. Choose another name.`);
  process.exit(1);
}

/** Returns the result with the same URL as in test/feed/read-feed.test.ts. */
function createExpectation() {
  try {
    return { contentType, feed: readFeed(bytes, { contentType, url: 'https://dagbok.example/kommun/rss.xml' }) };
  } catch (error) {
    return { contentType, error: error.code };
  }
}

writeFileSync(`${file}.xml`, bytes);
writeFileSync(`${file}.json`, `${JSON.stringify(createExpectation(), null, 2)}\n`);
console.log(`test/fixtures/${name}.xml and .json. Next steps:
1. Shorten the feed to what matters, and replace other people's texts. Keep the encoding.
2. Correct the .json.
3. npm test -- test/feed/read-feed.test.ts: it fails as long as the feed is read wrong.`);
