import { present } from './fields.js';
import type { Entry } from './model.js';
import { EntryOutline, type FeedOutline } from './outline.js';

/**
 * Several feeds as one: their entries behind each other, each with the title and the language of its feed. An entry that is in
 * two feeds is that of the first. Of the feeds' own fields those stay that all say alike.
 */
export function mergeFeeds(feeds: readonly FeedOutline[]): FeedOutline {
  const isShared = sharedMoments(feeds);
  const seen = new Set<string>();
  const entries = feeds.flatMap((feed) => {
    const names: string[] = [];
    const own = feed.entries.filter((entry) => {
      const moment = momentOf(entry);
      if (!isShared(moment)) return true;
      const found = namesOf(entry.read(), moment);
      names.push(...found);
      return !found.some((name) => seen.has(name));
    });
    for (const name of names) seen.add(name); // not before: within one feed nothing is dropped
    return own.map((entry) => entryOf(feed, entry));
  });
  const alike = (name: 'title' | 'link' | 'language'): string | undefined => {
    const values = new Set(feeds.map(({ fields }) => fields[name]));
    return values.size === 1 ? feeds[0]?.fields[name] : undefined;
  };
  const fields = { title: alike('title'), link: alike('link'), language: alike('language') };
  return { fields: present<FeedOutline['fields']>(fields), entries };
}

/** Tells the moments of which more than one feed has entries: only these are read to see whether they are the same. */
function sharedMoments(feeds: readonly FeedOutline[]): (moment: string) => boolean {
  const counts = new Map<string, number>();
  for (const { entries } of feeds) {
    for (const moment of new Set(entries.map(momentOf))) counts.set(moment, (counts.get(moment) ?? 0) + 1);
  }
  return (moment) => (counts.get(moment) ?? 0) > 1;
}

/** '' where there is none. */
function momentOf({ date, day }: EntryOutline): string {
  return date ? String(date.valueOf()) : (day ?? '');
}

/** What an entry is the same by: its link; and its id, where the moment is the same too, for many feeds count from 1. */
function namesOf({ link, id }: Entry, moment: string): string[] {
  return [link, moment && id].filter(Boolean).map((name) => `${moment} ${name}`);
}

/** An entry that says which feed it is from. */
function entryOf({ fields: { title, language } }: FeedOutline, entry: EntryOutline): EntryOutline {
  const origin = present<Pick<Entry, 'source' | 'language'>>({ source: title, language });
  return new EntryOutline(entry, '', () => ({ ...entry.read(), ...origin }));
}
