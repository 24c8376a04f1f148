import { dayOf } from './entry-dates.js';
import type { Moment } from './feed/glance.js';

/** In which order entries are shown. */
export type Sort = 'newest' | 'feed';

/**
 * The entries in the order in which they are shown. `newest`: by day in the diary's zone, then by the moment they were
 * posted, then as the feed has them; those without a day come last.
 */
export function sortEntries<T extends Moment>(entries: readonly T[], sort: Sort, timeZone: string): T[] {
  if (sort === 'feed') return [...entries];
  const keyed = entries.map((entry) => ({
    entry,
    day: dayOf(entry, timeZone) ?? '',
    time: entry.date?.valueOf() ?? 0,
  }));
  keyed.sort((a, b) => (a.day === b.day ? b.time - a.time : a.day < b.day ? 1 : -1));
  return keyed.map(({ entry }) => entry);
}
