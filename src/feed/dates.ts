/** A moment, and the calendar day where the text names a day and no time. */
export interface ReadDate {
  date: Date;
  /** `YYYY-MM-DD`, only where the text gives no time. */
  day?: string;
}

/**
 * Hours east of UTC and the names of such zones: RFC 822 §5.1, and what feeds write besides. Where a name has several
 * meanings the one that feed readers agree on is taken (`ist` Israel's, `bst` Britain's). A name that is not here,
 * the single letters of RFC 822 included, counts as UTC (RFC 2822 §4.3).
 */
const ZONES =
  '-12 idlw -10 hst -9 akst -8 pst pt akdt -7 mst mt pdt -6 cst ct mdt -5 est et cdt -4 ast at edt -3.5 nst ' +
  '-3 adt art brt -2.5 ndt 1 cet met mez bst west 2 cest mest mesz eet cat sast ist 3 eest msk 8 awst hkt sgt ' +
  '9 jst kst 9.5 acst 10 aest 10.5 acdt 11 aedt 12 nzst 13 nzdt';

const HOURS_EAST = new Map<string, number>();
let hours = 0;
for (const word of ZONES.split(' ')) {
  if (/\d/.test(word)) hours = Number(word);
  else HOURS_EAST.set(word, hours);
}

/** English and Swedish, a month a word; the months of other languages are the platform's to know. */
const MONTHS =
  'january/januari february/februari march/mars april/april may/maj june/juni july/juli august/augusti ' +
  'september/september october/oktober november/november december/december';

/** The languages whose month names are read besides: the neighbours', and those seen in feeds. */
const MONTH_LANGUAGES = 'nb da fi de fr es it nl pt pl cs hu el is et'.split(' ');

const NAMED_MONTHS = MONTHS.split(' ').map((names) => names.split('/'));
let foreignMonths: string[][] | undefined;

/** `Mär`, `août` and `Ιούλ` without their accents; Hangul stays in one piece. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase();
}

function listForeignMonths(): string[][] {
  const formats = MONTH_LANGUAGES.flatMap((language) =>
    (['long', 'short'] as const).map(
      // with the day, as a date is written: `7 lipca`, not `lipiec`
      (month) => new Intl.DateTimeFormat(language, { day: 'numeric', month, timeZone: 'UTC' }),
    ),
  );
  return NAMED_MONTHS.map((_, month) =>
    formats.map((format) => {
      const parts = format.formatToParts(Date.UTC(2000, month, 1));
      return fold(parts.find(({ type }) => type === 'month')?.value ?? '');
    }),
  );
}

/** Months by their names as they were written: ten thousand entries have a few dozen. */
const knownMonths = new Map<string, number>();

/** 1–12 for the name of a month, or three letters or more of its beginning; else 0. */
export function monthOf(name: string): number {
  const known = knownMonths.get(name);
  if (known !== undefined) return known;
  const month = findMonth(fold(name));
  if (month && knownMonths.size < 1000) knownMonths.set(name, month);
  return month;
}

function findMonth(word: string): number {
  if (word.length < 3) return 0;
  const startsWithWord = (month: string): boolean => month.startsWith(word);
  const index = NAMED_MONTHS.findIndex((names) => names.some(startsWithWord));
  if (index >= 0) return index + 1;
  foreignMonths ??= listForeignMonths();
  return foreignMonths.findIndex((names) => names.some(startsWithWord)) + 1;
}

/** The calendar day as `YYYY-MM-DD`, or `undefined` where the calendar has no such day. Months count from 1. */
export function calendarDay(year: number, month: number, day: number): string | undefined {
  const isMonth =
    month >= 1 && month <= 12 && year >= 100 && year <= 9999 && [year, month, day].every(Number.isInteger);
  // the day before the first of the next month is the last; every month has 28
  const exists = isMonth && day >= 1 && (day <= 28 || day <= new Date(Date.UTC(year, month, 0)).getUTCDate());
  const [yyyy, mm, dd] = [year, month, day].map((number) => String(number).padStart(2, '0'));
  return exists ? `${yyyy?.padStart(4, '0')}-${mm}-${dd}` : undefined;
}

/** RFC 2822 §4.3: 00–49 are of this century, 50–99 of the last; three digits count from 1900. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 3) return year;
  return year + (digits.length < 3 && year < 50 ? 2000 : 1900);
}

/** A day, and whether the text names it; of a year or a month it is the first. */
interface Day {
  /** `YYYY-MM-DD` */
  day: string;
  isNamed: boolean;
}

function toDay(year: number, month: number, date: number, isNamed = true): Day | undefined {
  const day = calendarDay(year, month, date);
  return day ? { day, isNamed } : undefined;
}

/** The ordinal dates of ISO 8601: the 60th day of 2015 is 1 March. */
function ordinalDay(year: number, dayOfYear: number): Day | undefined {
  const date = new Date(Date.UTC(year, 0, dayOfYear));
  return date.getUTCFullYear() === year ? toDay(year, date.getUTCMonth() + 1, date.getUTCDate()) : undefined;
}

/** A date that is one number: `YYYYMMDD`, `YYMMDD`, the ordinal dates `YYYYDDD` and `YYDDD`, or a year. */
function readNumber(digits: string): Day | undefined {
  const year = fullYear(digits.slice(0, digits.length % 4 === 2 || digits.length === 5 ? 2 : 4));
  const [month, date] = [Number(digits.slice(-4, -2)), Number(digits.slice(-2))];
  switch (digits.length) {
    case 4:
      return toDay(year, 1, 1, false);
    case 5:
    case 7:
      return ordinalDay(year, Number(digits.slice(-3)));
    case 6:
    case 8:
      return toDay(year, month, date);
    default:
      return undefined;
  }
}

/** The day that the text without its time names. */
function readDay(text: string): Day | undefined {
  const numbers = text.match(/\d+/g) ?? [];
  const [first = '', second = '', third = ''] = numbers;
  if (numbers.length > 3) return undefined;

  const months = (text.match(/\p{L}{3,}/gu) ?? []).map(monthOf).filter(Boolean);
  if (months.length > 0) {
    if (numbers.length !== 2) return undefined;
    // a weekday may look like a month; it stands before a date that ends in its year (`mar. 9 avr`), else behind it
    return first.length > 3
      ? toDay(Number(first), months[0] ?? 0, Number(second))
      : toDay(fullYear(second), months.at(-1) ?? 0, Number(first));
  }
  if (numbers.length === 1) return /\p{L}/u.test(text) ? undefined : readNumber(first);
  if (first.length === 4) {
    if (third) return toDay(Number(first), Number(second), Number(third));
    return second.length === 3
      ? ordinalDay(Number(first), Number(second))
      : toDay(Number(first), Number(second), 1, false);
  }
  if (numbers.length < 3) return undefined;
  // only American software writes slashes, unless the first number can be no month
  if (text.includes('/') && Number(first) <= 12) return toDay(fullYear(third), Number(first), Number(second));
  return third.length === 2 && text.includes('-')
    ? toDay(fullYear(first), Number(second), Number(third))
    : toDay(fullYear(third), Number(second), Number(first));
}

/** A formatter costs fifty times what it formats: one of a zone serves thousands of entries. */
const offsetFormats = new Map<string, Intl.DateTimeFormat>();

/** Minutes east of UTC in `zone` (an IANA name) at `time`, or 0 where there is no such zone. */
function offsetAt(zone: string, time: number): number {
  try {
    const format =
      offsetFormats.get(zone) ?? new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    offsetFormats.set(zone, format);
    const name = format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hour, minute] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hour ?? 0) * 60 + Number(minute ?? 0));
  } catch {
    return 0;
  }
}

/** A time of day, then its zone, then perhaps the year (`Mon Aug 27 12:13:35 PDT 2012`). */
const TIME = new RegExp(
  '(오전|오후|[ap]\\.?m\\.?)?(?:\\s|^|\\D)(\\d{1,2}):(\\d\\d)(?::(\\d\\d)(?:[.,]\\d+)?)?\\s*([ap]\\.?m\\b\\.?)?\\s*' +
    '(?:(?:gmt|utc?|z)?\\s*([+-])(\\d{1,2})(?::?(\\d\\d))?|([a-z]+/[a-z_/]+|[a-z]+))?(?:\\s+(\\d{4}))?[\\sz.,]*$',
);

/** The text as the rules above want it: folded, without comments (which nest), compact and Swedish times written out. */
function tidy(text: string): string {
  let source = fold(text);
  for (let before = ''; before !== source;) {
    before = source;
    source = source.replace(/\([^()]*\)/g, ' ');
  }
  return source
    .trim()
    .replace(/\bkl\.? ?(\d{1,2})[.:](\d\d)/, '$1:$2')
    .replace(/^(\d{4})(\d\d)(\d\d)t?(\d\d)(\d\d)(?:(\d\d))?(?!\d)/, (_, ...digits: (string | undefined)[]) => {
      const [year, month, date, hour, minute, second = '00'] = digits;
      return `${year}-${month}-${date} ${hour}:${minute}:${second}`;
    });
}

/** RFC 822 as most feeds write it, on a day that every month has: every browser reads this alike, at a tenth of the cost. */
const COMMON =
  /^(?:[A-Z][a-z]{2}, )?(?:0?[1-9]|1\d|2[0-8]) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?:19|20)\d\d (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d (?:GMT|[+-](?:0\d|1[0-3])[0-5]\d)$/;

/**
 * Reads a date as feeds write it: the families of RFC 822 and ISO 8601, their common misspellings, numeric dates, Unix
 * time in seconds, and month names of sixteen languages. Without a zone it is UTC, without a time it is midnight UTC
 * and the `day` is given too. What cannot be read, or is on no calendar, is `undefined`.
 */
export function readDate(text: string | undefined): ReadDate | undefined {
  if (text && COMMON.test(text)) return { date: new Date(text) };
  const source = tidy(text?.slice(0, 120) ?? ''); // the longest real one, with its zone's name in words, has 70
  if (/^\d{9,10}$/.test(source)) return { date: new Date(Number(source) * 1000) };

  const time = TIME.exec(source);
  if (!time) {
    const read = /\d:\d/.test(source) ? undefined : readDay(source);
    return read && { date: new Date(`${read.day}T00:00:00Z`), ...(read.isNamed && { day: read.day }) };
  }
  const [, before, hourDigits, minute, second = '0', after, sign, hoursEast, minutesEast = '0', zone, year = ''] = time;
  const read = readDay(`${source.slice(0, time.index)} ${year}`);
  const halfOfDay = before ?? after;
  let hour = Number(hourDigits);
  if (halfOfDay) hour = (hour % 12) + (/^(p|오후)/.test(halfOfDay) ? 12 : 0);
  const isTime = hour < 24 || (hour === 24 && !Number(minute) && !Number(second));
  const isOffset = !sign || (Number(hoursEast) <= 14 && Number(minutesEast) < 60);
  if (!read || !isTime || !isOffset || Number(minute) > 59 || Number(second) > 60) return undefined;

  const seconds = (hour * 60 + Number(minute)) * 60 + Number(second);
  const local = Date.parse(`${read.day}T00:00:00Z`) + seconds * 1000;
  let east = (HOURS_EAST.get(zone ?? '') ?? 0) * 60;
  if (sign) east = (sign === '-' ? -1 : 1) * (Number(hoursEast) * 60 + Number(minutesEast));
  // the offset depends on the moment, which depends on the offset: a second look is enough
  else if (zone?.includes('/')) east = offsetAt(zone, local - offsetAt(zone, local) * 60_000);
  return { date: new Date(local - east * 60_000) };
}
