// Bytes in, entries out: feedsmith, which reads the fields as they stand in the feed.
import { parseRssFeed } from 'feedsmith';

const decoder = new TextDecoder();

export function read(bytes) {
  return parseRssFeed(decoder.decode(bytes)).items;
}
