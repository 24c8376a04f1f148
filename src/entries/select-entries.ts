import type { Entry } from '../feed/types.js';
import { dayOf, daysFromToday } from './format-date.js';

/** Order of the entries. */
export type Sort = 'newest' | 'feed';

/** Filters and order of the entries. Lists are comma-separated; `null` means no filter. */
export interface Selection {
  sort: Sort;
  category: string | null;
  match: string | null;
  exclude: string | null;
  /** Days. */
  since: number | null;
  /** IANA name of the diary's time zone. */
  timeZone: string;
}

/** Returns the matching entries in the order in which they are shown. */
export function selectEntries(entries: readonly Entry[], selection: Selection): Entry[] {
  const matching = entries.filter(createFilter(selection));
  return selection.sort === 'newest' ? sortByDay(matching, selection.timeZone) : matching;
}

/** Returns the newest entry, or `undefined` without entries. */
export function findNewest(entries: readonly Entry[], timeZone: string): Entry | undefined {
  return sortByDay(entries, timeZone)[0];
}

/** By day in the diary's time zone, then by time, then in the feed's order. Entries without a date come last. */
function sortByDay(entries: readonly Entry[], timeZone: string): Entry[] {
  const keyed = entries.map((entry) => ({
    entry,
    day: dayOf(entry, timeZone) ?? '',
    time: entry.date?.valueOf() ?? 0,
  }));
  keyed.sort((a, b) => (a.day === b.day ? b.time - a.time : a.day < b.day ? 1 : -1));
  return keyed.map(({ entry }) => entry);
}

function createFilter({ category, match, exclude, since, timeZone }: Selection): (entry: Entry) => boolean {
  const [categories, matches, excluded] = [category, match, exclude].map(foldWords);
  return (entry) => {
    if (since !== null && (daysFromToday(entry, timeZone) ?? -Infinity) < -since) return false;
    if (categories && !entry.categories.some((name) => categories.includes(fold(name)))) return false;
    if (!matches && !excluded) return true;
    const text = foldedTextOf(entry);
    return (!matches || matches.some((word) => text.includes(word))) && !excluded?.some((word) => text.includes(word));
  };
}

/** The comparable forms of comma-separated words, or `undefined` if nothing visible is among them. */
function foldWords(list: string | null): string[] | undefined {
  const words = list?.split(',').map(fold).filter(Boolean) ?? [];
  return words.length > 0 ? words : undefined;
}

/** The element filters at each update; to fold the texts of a long feed each time would be slow on a phone. */
const foldedTexts = new WeakMap<Entry, string>();

/** One line a field, so that no phrase matches across two fields. */
function foldedTextOf(entry: Entry): string {
  const { title = '', summary = '', categories } = entry;
  const text = foldedTexts.get(entry) ?? [title, summary, ...categories].map(fold).join('\n');
  foldedTexts.set(entry, text);
  return text;
}

/** All but ASCII and the letters that Nordic languages and German count as letters of their own. */
const OTHER_LETTERS = /[^\u0000-\u007fåäöæøü]+/g;

/** Returns a text in a form to compare: lower case, without marks and invisible characters, white space collapsed. */
function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFC')
    .replace(OTHER_LETTERS, (letters) => letters.normalize('NFD').replace(/[\p{M}\p{Cf}]/gu, ''))
    .replace(/\s+/g, ' ')
    .trim();
}
