import { omitUndefined, type Entry, type Feed } from './types.js';

/**
 * Merges feeds into one: their entries one after the other, each with the title and language of its feed. An entry that
 * several feeds contain is that of the first. Title, link and language are those that all feeds share.
 */
export function mergeFeeds(feeds: readonly Feed[]): Feed {
  const shared = (name: 'title' | 'link' | 'language'): string | undefined => {
    const values = new Set(feeds.map((feed) => feed[name]));
    return values.size === 1 ? feeds[0]?.[name] : undefined;
  };
  const seen = new Set<string>();
  const entries = feeds.flatMap((feed) => {
    const unseen = feed.entries.filter((entry) => !identitiesOf(entry).some((identity) => seen.has(identity)));
    // Only now: entries of one feed are never duplicates of each other.
    for (const identity of feed.entries.flatMap(identitiesOf)) seen.add(identity);
    const origin = omitUndefined<Pick<Entry, 'source' | 'language'>>({ source: feed.title, language: feed.language });
    return unseen.map((entry) => ({ ...entry, ...origin }));
  });
  return omitUndefined<Feed>({ title: shared('title'), link: shared('link'), language: shared('language'), entries });
}

/**
 * Returns the keys that identify an entry: two entries with a common key are the same. Many feeds number their entries from
 * 1, and some link all entries to one page. An entry is identified by its time and its link or id; by link, id and title if
 * the times differ; by link and title if it has no time.
 */
function identitiesOf({ link, id, title, day, date }: Entry): string[] {
  const time = date?.valueOf() ?? day;
  // The same URL can be written with another protocol or slash.
  const [page, name] = [link, id].map((text) => text?.replace(/^https?:|\/$/g, ''));
  const keys = [
    page && time !== undefined && [time, page],
    page && time === undefined && title && ['', page, title],
    name && time !== undefined && [time, name],
    page && name && title && [page, name, title],
  ];
  return keys.flatMap((key) => (key ? JSON.stringify(key) : []));
}
