// Bytes in, entries out: rss-parser, which adds the text without its markup and the date in ISO 8601.
import 'rss-parser/dist/rss-parser.min.js';

const decoder = new TextDecoder();
const parser = new window.RSSParser();

export async function read(bytes) {
  return (await parser.parseString(decoder.decode(bytes))).items;
}
