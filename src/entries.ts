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

/**
 * Milliseconds by which the beginning of a day in some zone may be away from a moment within it: a day, and on either side
 * the farthest that a zone's clock has ever been from UTC, 16 hours.
 */
export const DOUBT = (16 + 24 + 16) * 3_600_000;

/** A moment of the day of an entry, in milliseconds since 1970, wrong by {@link DOUBT} at most; -Infinity where it has none. */
export function roughTime({ day, date }: Moment): number {
  return day ? Date.parse(day) : (date?.valueOf() ?? -Infinity);
}

/**
 * Those of the entries that come first in the order of `sortEntries`, in the feed's own order. To find the day of a moment
 * in a zone costs more than to read the moment: here only those are asked that may be among the first.
 */
export function firstEntries<T extends Moment>(
  entries: readonly T[],
  count: number,
  sort: Sort,
  timeZone: string,
): readonly T[] {
  if (entries.length <= count) return entries;
  if (sort === 'feed') return entries.slice(0, count);
  const times = entries.map(roughTime);
  const least = Float64Array.from(times).sort().at(-count) ?? 0;
  const candidates = entries.filter((_, index) => (times[index] ?? 0) >= least - DOUBT);
  const first = new Set(sortEntries(candidates, sort, timeZone).slice(0, count));
  return candidates.filter((entry) => first.has(entry));
}
