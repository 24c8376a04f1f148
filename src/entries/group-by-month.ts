import type { Entry } from '../feed/types.js';
import { formatMonth, type FormattedDate } from './format-date.js';

/** Consecutive entries of one month. */
export interface MonthGroup {
  /** The month and year, or `undefined` for entries without a date. */
  month: FormattedDate | undefined;
  entries: Entry[];
}

/** Returns the entries in groups, in their order: a group ends where the month changes. */
export function groupByMonth(entries: readonly Entry[], language: string, timeZone: string): MonthGroup[] {
  const groups: MonthGroup[] = [];
  for (const entry of entries) {
    const month = formatMonth(entry, language, timeZone);
    const last = groups.at(-1);
    if (last && last.month?.text === month?.text) last.entries.push(entry);
    else groups.push({ month, entries: [entry] });
  }
  return groups;
}
