import type { Entry } from './feed/model.js';

/** `Intl`'s own lengths of a date; each holds the year. */
export type DateStyle = 'full' | 'long' | 'medium' | 'short';

/** A date as the page shows it, and as machines read it (`<time datetime>`). */
export interface ShownDate {
  text: string;
  datetime: string;
}

/** A formatter costs fifty times what it formats: one a zone serves thousands of entries. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(timeZone: string): Intl.DateTimeFormat {
  const known = dayFormats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone }); // the Swedish way to write a date is ISO 8601
  dayFormats.set(timeZone, format);
  return format;
}

/** The calendar day of an entry as `YYYY-MM-DD`: its own, else that of its date in the diary's zone. */
export function dayOf(entry: Entry, timeZone: string): string | undefined {
  if (entry.day || !entry.date) return entry.day;
  return dayFormat(timeZone).format(entry.date);
}

/** The day of an entry in words of `language`, or `undefined` where the entry has none. */
export function showDate(
  { day, date }: Entry,
  { language, dateStyle, timeZone }: { language: string; dateStyle: DateStyle; timeZone: string },
): ShownDate | undefined {
  const moment = day ? new Date(`${day}T00:00:00Z`) : date;
  if (!moment || Number.isNaN(moment.valueOf())) return undefined;
  const format = new Intl.DateTimeFormat(language, { dateStyle, timeZone: day ? 'UTC' : timeZone });
  return { text: format.format(moment), datetime: day ?? moment.toISOString() };
}
