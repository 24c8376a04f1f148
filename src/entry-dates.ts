import type { Moment } from './feed/glance.js';
import type { Entry } from './feed/model.js';

/** `Intl`'s own lengths of a date; each holds the year. */
export type DateStyle = 'full' | 'long' | 'medium' | 'short';

/** A date as the page shows it, and as machines read it (`<time datetime>`). */
interface ShownDate {
  text: string;
  /** Language of the text. */
  language: string;
  datetime: string;
}

/** The language of dates where the browser knows none in the one that is wanted; it would take the visitor's own. */
const OTHERWISE = 'sv';

/** A formatter costs fifty times what it formats: one of a kind serves thousands of entries. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(language: string, timeZone: string, dateStyle?: DateStyle): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${dateStyle}`;
  const format =
    formats.get(key) ?? new Intl.DateTimeFormat([language, OTHERWISE], { timeZone, ...(dateStyle && { dateStyle }) });
  formats.set(key, format);
  return format;
}

/** The calendar day of an entry as `YYYY-MM-DD`: its own, else that of its date in the diary's zone. */
export function dayOf(entry: Moment, timeZone: string): string | undefined {
  if (entry.day || !entry.date) return entry.day;
  return formatFor('sv-SE', timeZone).format(entry.date); // the Swedish way to write a date is ISO 8601
}

/** Sees to it that the first date is written without delay: to make the first formatter of a page takes long. */
export function prepareDates({ language, dateStyle }: { language: string; dateStyle: DateStyle }): void {
  formatFor(language, 'UTC', dateStyle);
}

/** The day of an entry in words of `language`, or `undefined` where the entry has none. */
export function showDate(
  { day, date }: Entry,
  { language, dateStyle, timeZone }: { language: string; dateStyle: DateStyle; timeZone: string },
): ShownDate | undefined {
  const moment = day ? new Date(`${day}T00:00:00Z`) : date;
  if (!moment || Number.isNaN(moment.valueOf())) return undefined;
  const format = formatFor(language, day ? 'UTC' : timeZone, dateStyle);
  return {
    text: format.format(moment),
    language: format.resolvedOptions().locale,
    datetime: day ?? moment.toISOString(),
  };
}
