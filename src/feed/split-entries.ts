import { MAX_ENTRIES, MAX_MARKUP_LENGTH } from './limits.js';

/** Start of a feed. Everything before it (DOCTYPE, comments, warnings of the server's script) is dropped. */
const ROOT = /<(?:[\w-]+:)?(?:rss|rdf|feed|channel)(?=[\s/>])/i;

/** End of a feed; a warning of the server's script can follow. */
const ROOT_END = /<\/(?:[\w-]+:)?(?:rss|rdf|feed|channel)(?=[\s>])/i;

/** A comment, a CDATA section, or the tag of an entry: the group is `/` for an end tag. */
const TOKEN = /<!--[^]*?(?:-->|$)|<!\[CDATA\[[^]*?(?:\]\]>|$)|<(\/?)(?:[\w-]+:)?(?:item|entry)(?=[\s/>])[^<>]*>/gi;

/** A date in an entry, as far as {@link pickEntries} needs it. */
const DATE =
  /<(?:\w+:)?(?:pubdate|published|issued|updated|date|created|modified)\b[^<>]*>(?:<!\[CDATA\[)?([^<\]]{0,40})/i;

/** A feed in parts, which are parsed separately: broken markup in one entry doesn't affect the others. */
export interface FeedParts {
  /** Everything but the entries. */
  frame: string;
  /** The markup of each entry. */
  entries: string[];
  /** Whether the feed has its end tag: if not, entries may be missing. */
  isComplete: boolean;
}

/**
 * Splits the text of a feed at its entries, in linear time. Returns `undefined` if the text doesn't contain a feed. An entry
 * without an end tag ends at the next one. If the feed is cut off, its last, incomplete entry is dropped.
 */
export function splitFeed(text: string): FeedParts | undefined {
  const start = text.search(ROOT);
  if (start < 0 || /<html[\s>]/i.test(text.slice(0, start))) return undefined;
  const markup = text.slice(start);
  const entries: string[] = [];
  let frame = '';
  let frameEnd = 0; // everything before it is in `frame` or `entries`
  let entryStart = -1; // of the entry that isn't closed yet
  for (const { 0: tag, 1: slash, index } of markup.matchAll(TOKEN)) {
    if (entries.length === MAX_ENTRIES) break;
    if (slash === undefined) continue;
    const end = index + tag.length;
    if (entryStart >= 0) {
      frameEnd = slash ? end : index;
      entries.push(markup.slice(entryStart, frameEnd));
      entryStart = -1;
    }
    if (slash) continue;
    frame += markup.slice(frameEnd, index);
    frameEnd = end;
    if (tag.endsWith('/>')) entries.push(tag);
    else entryStart = index;
  }
  if (entryStart < 0) frame += markup.slice(frameEnd);
  return { frame, entries, isComplete: ROOT_END.test(frame) };
}

/** Returns the first and the latest `count` entries in the feed's order, or fewer if their markup is too long. */
export function pickEntries(entries: readonly string[], count: number): readonly string[] {
  if (entries.length <= count) return entries;
  // Date.parse is enough to compare by: reading 20,000 dates with parse-date.ts takes seconds.
  const times = entries.map((markup) => Date.parse(DATE.exec(markup)?.[1] ?? '') || -Infinity);
  const feedOrder = [...entries.keys()];
  const timeOrder = [...feedOrder].sort((a, b) => (times[b] ?? 0) - (times[a] ?? 0));
  const picked = new Set<number>();
  let length = 0;
  for (const index of [...timeOrder.slice(0, count), ...feedOrder.slice(0, count)]) {
    length += entries[index]?.length ?? 0;
    if (length > MAX_MARKUP_LENGTH && picked.size > 0) break;
    picked.add(index);
  }
  return entries.filter((_, index) => picked.has(index));
}
