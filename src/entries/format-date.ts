import type { Entry } from '../feed/types.js';

/** Lengths of a date as in `Intl`, each with the year; `relative`: in days, up to 30 of them. */
export type DateStyle = 'full' | 'long' | 'medium' | 'short' | 'relative';

/** Language, time zone and style of a date. */
export interface DateOptions {
  /** BCP 47 tag. If the browser can't format dates in it, they are Swedish. */
  language: string;
  /** IANA name of the diary's time zone. */
  timeZone: string;
  dateStyle: DateStyle;
}

/** A date for people and for machines. */
export interface FormattedDate {
  text: string;
  /** The date in full, if `text` only counts days. */
  fullText?: string;
  /** Language of the text. */
  language: string;
  /** Value of `<time datetime>`. */
  datetime: string;
}

/** Date and day of an entry. */
type Dated = { [K in 'date' | 'day']?: Entry[K] | undefined };

type FormatName = 'day' | 'month' | Exclude<DateStyle, 'relative'>;

/** Days from today up to which "3 days ago" is clearer than the date. */
const MAX_RELATIVE_DAYS = 30;

const MS_PER_DAY = 86_400_000;

const OPTIONS: Record<FormatName, Intl.DateTimeFormatOptions> = {
  day: {},
  month: { month: 'long', year: 'numeric' },
  full: { dateStyle: 'full' },
  long: { dateStyle: 'long' },
  medium: { dateStyle: 'medium' },
  short: { dateStyle: 'short' },
};

/** A formatter costs fifty times as much as one date, and the first one of a page 50 ms on a slow phone. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(language: string, timeZone: string, name: FormatName): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${name}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    // plain English is British: these are European pages. Without "sv" a language that the browser doesn't support, such as
    // Lule Sámi, would give dates in the visitor's language.
    const locales = [/^en$/i.test(language) ? 'en-GB' : language, 'sv'];
    formatter = new Intl.DateTimeFormat(locales, { timeZone, ...OPTIONS[name] });
    formatters.set(key, formatter);
  }
  return formatter;
}

/** Creates the formatters that {@link dayOf} and {@link formatDate} may need, while the browser waits for a slow network. */
export function prepareFormatters(language: string, timeZone: string, dateStyle: DateStyle): void {
  formatterFor('sv-SE', timeZone, 'day');
  const name = dateStyle === 'relative' ? 'long' : dateStyle;
  if (!isLongSwedish(language, name)) formatterFor(language, timeZone, name);
}

/** Returns the calendar day of an entry as `YYYY-MM-DD`: its own `day`, else that of its date in the diary's time zone. */
export function dayOf({ day, date }: Dated, timeZone: string): string | undefined {
  // dates in sv-SE have the form of ISO 8601
  return day ?? (date && formatterFor('sv-SE', timeZone, 'day').format(date));
}

/** Returns the days from today to an entry's day in the diary's time zone, -1 for yesterday; `undefined` without a date. */
export function daysFromToday(entry: Dated, timeZone: string): number | undefined {
  const day = dayOf(entry, timeZone);
  const today = dayOf({ date: new Date() }, timeZone);
  return day && today ? (Date.parse(day) - Date.parse(today)) / MS_PER_DAY : undefined;
}

/** Returns whether an entry's day may be today or later. In every time zone, today is at most one day before today in UTC. */
export function mayBeUpcoming({ day }: Dated): boolean {
  return day === undefined || Date.parse(day) > Date.now() - 2 * MS_PER_DAY;
}

/** Returns an entry's date as text, or `undefined` if it has none. */
export function formatDate(entry: Dated, { language, timeZone, dateStyle }: DateOptions): FormattedDate | undefined {
  if (dateStyle !== 'relative') return format(entry, language, timeZone, dateStyle);
  const full = format(entry, language, timeZone, 'long');
  const days = daysFromToday(entry, timeZone);
  if (!full || days === undefined || Math.abs(days) > MAX_RELATIVE_DAYS) return full;
  const relative = new Intl.RelativeTimeFormat(full.language, { numeric: 'auto' }).format(days, 'day');
  return { ...full, text: capitalize(relative, full.language), fullText: full.text };
}

/** Returns the month and year of an entry as text, or `undefined` if it has no date. */
export function formatMonth(entry: Dated, language: string, timeZone: string): FormattedDate | undefined {
  const month = format(entry, language, timeZone, 'month');
  return month && { ...month, text: capitalize(month.text, month.language) };
}

function format({ day, date }: Dated, language: string, timeZone: string, name: FormatName): FormattedDate | undefined {
  const moment = day ? new Date(`${day}T00:00:00Z`) : date;
  if (!moment || Number.isNaN(moment.valueOf())) return undefined;
  const datetime = day ?? moment.toISOString();
  if (isLongSwedish(language, name)) {
    const text = formatLongSwedish(dayOf({ day, date: moment }, timeZone) ?? '');
    if (text) return { text, language, datetime };
  }
  const formatter = formatterFor(language, day ? 'UTC' : timeZone, name);
  return { text: formatter.format(moment), language: formatter.resolvedOptions().locale, datetime };
}

const SWEDISH_MONTHS = 'januari februari mars april maj juni juli augusti september oktober november december'.split(
  ' ',
);

function isLongSwedish(language: string, style: FormatName): boolean {
  return style === 'long' && /^sv\b/i.test(language);
}

/** Formats a day such as "2015-03-26" as `Intl` does, without a formatter, which is slow to create. */
function formatLongSwedish(day: string): string | undefined {
  const [, year, month, dayOfMonth] = /^(?!0000)(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  return year && `${Number(dayOfMonth)} ${SWEDISH_MONTHS[Number(month) - 1]} ${Number(year)}`;
}

/** `Intl` writes for the middle of a sentence. */
function capitalize(text: string, language: string): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}
