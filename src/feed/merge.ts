import type { Entry } from './model.js';
import { EntryOutline, type FeedOutline } from './outline.js';
import { present } from './present.js';
import { inSlices } from './slices.js';

/**
 * Several feeds as one: their entries behind each other, each with the title and the language of its feed. An entry that is in
 * two feeds is that of the first. Of the feeds' own fields those stay that all say alike.
 *
 * @throws The signal's reason, once it is aborted.
 */
export async function mergeFeeds(feeds: readonly FeedOutline[], signal?: AbortSignal): Promise<FeedOutline> {
  const alike = (name: 'title' | 'link' | 'language'): string | undefined => {
    const values = new Set(feeds.map(({ fields }) => fields[name]));
    return values.size === 1 ? feeds[0]?.fields[name] : undefined;
  };
  const fields = { title: alike('title'), link: alike('link'), language: alike('language') };
  return {
    fields: present<FeedOutline['fields']>(fields),
    entries: await inSlices(mergeEntries(feeds), signal),
    addresses: feeds.flatMap(({ addresses = [] }) => addresses),
  };
}

function* mergeEntries(feeds: readonly FeedOutline[]): Generator<undefined, EntryOutline[]> {
  const seen = new Set<string>();
  const entries: EntryOutline[] = [];
  for (const feed of feeds) {
    const own: string[] = [];
    for (const entry of feed.entries) {
      const names = namesOf(entry.read());
      if (!names.some((name) => seen.has(name))) entries.push(entryOf(feed, entry));
      own.push(...names);
      yield;
    }
    for (const name of own) seen.add(name); // not before: within one feed nothing is dropped
  }
  return entries;
}

/**
 * What an entry is the same by. Many feeds count from 1, and some lead from every entry to the same page: what tells is the
 * moment with the link or with the id; where the moments differ, link, id and title together; where there is none, link and title.
 */
function namesOf({ link, id, title, day, date }: Entry): string[] {
  const moment = date?.valueOf() ?? day;
  const [place, name] = [link, id].map((text) => text?.replace(/^https?:|\/$/g, '')); // one address in two spellings
  const isDated = moment !== undefined;
  return [
    place && (isDated ? [moment, place] : title && ['', place, title]),
    isDated && name && [moment, name],
    place && name && title && [place, name, title],
  ].flatMap((parts) => (parts ? JSON.stringify(parts) : []));
}

/** An entry that says which feed it is from. */
function entryOf({ fields: { title, language } }: FeedOutline, entry: EntryOutline): EntryOutline {
  const origin = present<Pick<Entry, 'source' | 'language'>>({ source: title, language });
  return new EntryOutline(entry, '', () => ({ ...entry.read(), ...origin }));
}
