import type { Moment } from './feed/glance.js';

/** `Intl`'s own lengths of a date, each of which holds the year; `relative`: in days, as long as people count them. */
export type DateStyle = 'full' | 'long' | 'medium' | 'short' | 'relative';

/** A date as the page shows it, and as machines read it (`<time datetime>`). */
interface ShownDate {
  text: string;
  /** The date itself, where the text only says how many days it is away. */
  fullText?: string;
  /** Language of the text. */
  language: string;
  datetime: string;
}

/** The language of dates where the browser knows none in the one that is wanted; it would take the visitor's own. */
const OTHERWISE = 'sv';

/** Days, back or ahead, that are told as such (issue 8): farther away they say less than the date. */
const RELATIVE_DAYS = 30;

/** Milliseconds. */
const DAY = 86_400_000;

const STYLES = {
  day: {},
  month: { month: 'long', year: 'numeric' },
  full: { dateStyle: 'full' },
  long: { dateStyle: 'long' },
  medium: { dateStyle: 'medium' },
  short: { dateStyle: 'short' },
  relative: { dateStyle: 'long' },
} as const;

/** A day of our era. */
const PLAIN_DAY = /^(?!0000)(\d{4})-(\d\d)-(\d\d)$/;

const SWEDISH_MONTHS = 'januari februari mars april maj juni juli augusti september oktober november december'.split(
  ' ',
);

/** A formatter costs fifty times what it formats: one of a kind serves thousands of entries. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(language: string, timeZone: string, style: keyof typeof STYLES): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${style}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat([language, OTHERWISE], { timeZone, ...STYLES[style] });
  formats.set(key, format);
  return format;
}

/** The part of `Temporal` that is asked for here. */
interface Temporal {
  Instant: { fromEpochMilliseconds: (time: number) => { toZonedDateTimeISO: (timeZone: string) => ZonedDateTime } };
}

interface ZonedDateTime {
  toPlainDate: () => { toString: () => string };
}

/** The calendar day of an entry as `YYYY-MM-DD`: its own, else that of its date in the diary's zone. */
export function dayOf({ day, date }: Moment, timeZone: string): string | undefined {
  if (day || !date) return day;
  const { Temporal } = globalThis as { Temporal?: Temporal };
  if (!Temporal) return formatFor('sv-SE', timeZone, 'day').format(date); // the Swedish way to write a date is ISO 8601
  return Temporal.Instant.fromEpochMilliseconds(date.valueOf()).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** Days from today to the day of an entry, both in the diary's zone: -1 is yesterday. `undefined` where it has none. */
export function daysAhead(entry: Moment, timeZone: string): number | undefined {
  const day = dayOf(entry, timeZone);
  const today = dayOf({ date: new Date() }, timeZone);
  return day && today ? (Date.parse(day) - Date.parse(today)) / DAY : undefined;
}

/**
 * Sees to it that the first date is written without delay: to make the first formatter of a page takes a slow phone as long as all
 * the rest of the list. Days in Swedish need none where the browser finds them by itself.
 */
export function prepareDates({ language, dateStyle }: { language: string; dateStyle: DateStyle }): void {
  if (!isPlain(language, dateStyle) || !('Temporal' in globalThis)) formatFor(language, 'UTC', dateStyle);
}

function isPlain(language: string, style: keyof typeof STYLES): boolean {
  return style === 'long' && /^sv\b/i.test(language);
}

/** The day of an entry in words of `language`, or `undefined` where the entry has none. */
export function showDate(
  entry: Moment,
  { language, dateStyle, timeZone }: { language: string; dateStyle: DateStyle; timeZone: string },
): ShownDate | undefined {
  const shown = format(entry, language, timeZone, dateStyle);
  const days = dateStyle === 'relative' ? (daysAhead(entry, timeZone) ?? Infinity) : Infinity;
  if (!shown || Math.abs(days) > RELATIVE_DAYS) return shown;
  const relative = new Intl.RelativeTimeFormat(shown.language, { numeric: 'auto' }).format(days, 'day');
  return { ...shown, text: capitalize(relative, shown.language), fullText: shown.text };
}

/** The month of an entry with its year, in words of `language`; `undefined` where the entry has no day. */
export function showMonth(entry: Moment, language: string, timeZone: string): ShownDate | undefined {
  const shown = format(entry, language, timeZone, 'month');
  return shown && { ...shown, text: capitalize(shown.text, shown.language) };
}

function format(
  { day, date }: Moment,
  language: string,
  timeZone: string,
  style: keyof typeof STYLES,
): ShownDate | undefined {
  const moment = day ? new Date(`${day}T00:00:00Z`) : date;
  if (!moment || Number.isNaN(moment.valueOf())) return undefined;
  const datetime = day ?? moment.toISOString();
  const [, year, month, dayOfMonth] =
    (isPlain(language, style) && PLAIN_DAY.exec(dayOf({ day, date }, timeZone) ?? '')) || [];
  if (year) {
    // letter by letter what Intl writes
    return { text: `${Number(dayOfMonth)} ${SWEDISH_MONTHS[Number(month) - 1]} ${Number(year)}`, language, datetime };
  }
  const format = formatFor(language, day ? 'UTC' : timeZone, style);
  return {
    text: format.format(moment),
    language: format.resolvedOptions().locale,
    datetime,
  };
}

/** `Intl` writes for the middle of a sentence. */
function capitalize(text: string, language: string): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}
