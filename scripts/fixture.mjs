// npm run fixture -- URL-or-file [NAME]: saves a feed that is read wrong as a pair of fixtures: its bytes, and the result of the
// feed parser. Correct the result by hand: the tests expect it. Run npm run build first.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readFeed } from '../dist/feed.js';
import { root } from './run.mjs';

const [source = '', givenName = path.parse(source.split('?')[0]).name] = process.argv.slice(2);
if (!source) throw new Error('Usage: npm run fixture -- URL-or-file [NAME]');
const response = /^https?:/.test(source) ? await fetch(source, { signal: AbortSignal.timeout(30_000) }) : undefined;
const bytes = response ? new Uint8Array(await response.arrayBuffer()) : readFileSync(source);
const contentType = response?.headers.get('content-type') ?? undefined;

/** Returns the result with the same URL as in test/feed/read-feed.test.ts. */
function createExpectation() {
  try {
    return { contentType, feed: readFeed(bytes, { contentType, url: 'https://dagbok.example/kommun/rss.xml' }) };
  } catch (error) {
    return { contentType, error: error.code };
  }
}

const name = givenName.toLowerCase().replace(/[^a-z0-9.-]+/g, '-');
const file = path.join(root, 'test/fixtures', name);
writeFileSync(`${file}.xml`, bytes, { flag: 'wx' }); // fails if the fixture exists
writeFileSync(`${file}.json`, `${JSON.stringify(createExpectation(), null, 2)}\n`);
console.log(`test/fixtures/${name}.xml and .json. Next steps:
1. Shorten the feed to what matters, and replace other people's texts. Keep the encoding.
2. Correct the .json.
3. npm test -- test/feed/read-feed.test.ts: it fails as long as the feed is read wrong.`);
