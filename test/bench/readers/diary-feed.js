// Bytes in, entries out: the reader as the single file has it. What it gives is plain text, whole addresses and days.
import { readFeed } from '../../../dist/feed.js';

const source = { contentType: 'application/rss+xml; charset=utf-8', url: 'https://dagbok.example/feed.xml' };

export function read(bytes) {
  return readFeed(bytes, source).entries;
}
