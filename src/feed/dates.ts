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

/** 1–12 for the name of a month, or three letters or more of its beginning; else 0. */
export function monthOf(name: string): number {
  const word = fold(name);
  if (word.length < 3) return 0;
  const startsWithWord = (month: string): boolean => month.startsWith(word);
  const index = NAMED_MONTHS.findIndex((names) => names.some(startsWithWord));
  if (index >= 0) return index + 1;
  foreignMonths ??= listForeignMonths();
  return foreignMonths.findIndex((names) => names.some(startsWithWord)) + 1;
}

/** The calendar day as `YYYY-MM-DD`, or `undefined` where the calendar has no such day. Months count from 1. */
export function calendarDay(year: number, month: number, day: number): string | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 100 && year <= 9999;
  return exists ? date.toISOString().slice(0, 10) : undefined;
}

/** RFC 2822 §4.3: 00–49 are of this century, 50–99 of the last. */
function fullYear(digits: string): number {
  const year = Number(digits);
  return digits.length > 2 ? year : year + (year < 50 ? 2000 : 1900);
}

/** A date that is one number: `YYYYMMDD`, `YYMMDD`, and the ordinal dates `YYYYDDD` and `YYDDD` of ISO 8601; or a year. */
function readNumber(digits: string): string | undefined {
  const split = { 8: [4, 6], 6: [2, 4], 7: [4, 4], 5: [2, 2], 4: [4, 4] }[digits.length];
  const [year = 0, month = 0] = split ?? [];
  if (!split) return undefined;
  if (digits.length === 4) return calendarDay(Number(digits), 1, 1);
  if (year === month) return ordinalDay(fullYear(digits.slice(0, year)), Number(digits.slice(year)));
  return calendarDay(fullYear(digits.slice(0, year)), Number(digits.slice(year, month)), Number(digits.slice(month)));
}

function ordinalDay(year: number, dayOfYear: number): string | undefined {
  const date = new Date(Date.UTC(year, 0, dayOfYear));
  return calendarDay(year, date.getUTCMonth() + 1, date.getUTCDate());
}

/** The day that the text without its time names, as `YYYY-MM-DD`. */
function readDay(text: string): string | undefined {
  const numbers = text.match(/\d+/g) ?? [];
  const [first = '', second = '', third = ''] = numbers;
  if (numbers.length > 3) return undefined;

  // a weekday may stand before the month and look like one: `mar. 9 avr`
  const month = (text.match(/\p{L}{3,}/gu) ?? []).reverse().map(monthOf).find(Boolean);
  if (month) {
    if (numbers.length !== 2) return undefined;
    return first.length > 2
      ? calendarDay(Number(first), month, Number(second))
      : calendarDay(fullYear(second), month, Number(first));
  }
  if (numbers.length === 1) return readNumber(first);
  if (first.length === 4) {
    if (second.length === 3 && !third) return ordinalDay(Number(first), Number(second));
    return calendarDay(Number(first), Number(second), Number(third || 1));
  }
  if (numbers.length < 3) return undefined;
  if (text.includes('/')) {
    // only American software writes slashes, unless the first number can be no month
    return Number(first) > 12
      ? calendarDay(fullYear(third), Number(second), Number(first))
      : calendarDay(fullYear(third), Number(first), Number(second));
  }
  return third.length === 2 && text.includes('-')
    ? calendarDay(fullYear(first), Number(second), Number(third))
    : calendarDay(fullYear(third), Number(second), Number(first));
}

/** Minutes east of UTC in `zone` (an IANA name) at `time`, or 0 where there is no such zone. */
function offsetAt(zone: string, time: number): number {
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    const name = format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hour, minute] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hour ?? 0) * 60 + Number(minute ?? 0));
  } catch {
    return 0;
  }
}

const TIME =
  /(오전|오후|[ap]\.?m\.?)?(?:\s|^|\D)(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*([ap]\.?m\b\.?)?\s*(?:(?:gmt|utc?|z)?\s*([+-])(\d{1,2})(?::?(\d\d))?|([a-z]+\/[a-z_/]+|[a-z]+))?(?:\s+(\d{4}))?[\sz.,]*$/;

/**
 * Reads a date as feeds write it: the families of RFC 822 and ISO 8601, their common misspellings, numeric dates, Unix
 * time in seconds, and month names of sixteen languages. Without a zone it is UTC, without a time it is midnight UTC
 * and the `day` is given too. What cannot be read, or is on no calendar, is `undefined`.
 */
export function readDate(text: string | undefined): ReadDate | undefined {
  // 120 characters: the longest real one (JavaScript's own toString with its zone's name) has 70
  const source = fold(text?.slice(0, 120) ?? '')
    .replace(/\([^()]*\)/g, ' ')
    .trim()
    .replace(/^(\d{4})(\d\d)(\d\d)t?(\d\d)(\d\d)(\d\d)?(?!\d)/, (_, ...[y, m, d, hour, minute, second]: string[]) =>
      [`${y}-${m}-${d} ${hour}:${minute}`, second ?? '00'].join(':'),
    );
  if (/^\d{9,10}$/.test(source)) return { date: new Date(Number(source) * 1000) };

  const time = TIME.exec(source);
  if (!time) {
    if (/\d:\d/.test(source)) return undefined;
    const day = readDay(source);
    return day ? { date: new Date(`${day}T00:00:00Z`), ...(isWholeDay(source) && { day }) } : undefined;
  }
  const [, before, hourDigits, minute, second, after, sign, offsetHours, offsetMinutes, zone, year = ''] = time;
  const day = readDay(`${source.slice(0, time.index)} ${year}`);
  const halfOfDay = before ?? after;
  let hour = Number(hourDigits);
  if (halfOfDay) hour = (hour % 12) + (/^(p|오후)/.test(halfOfDay) ? 12 : 0);
  const isTime = hour < 24 || (hour === 24 && !Number(minute) && !Number(second ?? 0));
  if (!day || !isTime || Number(minute) > 59 || Number(second ?? 0) > 60) return undefined;

  const local = Date.parse(`${day}T00:00:00Z`) + ((hour * 60 + Number(minute)) * 60 + Number(second ?? 0)) * 1000;
  let east = 0;
  if (sign) east = (sign === '-' ? -1 : 1) * (Number(offsetHours) * 60 + Number(offsetMinutes ?? 0));
  else if (zone?.includes('/')) east = offsetAt(zone, local);
  else if (zone) east = (HOURS_EAST.get(zone) ?? 0) * 60;
  return { date: new Date(local - east * 60_000) };
}

/** Whether a date without a time names its day, not only a month or a year. */
function isWholeDay(text: string): boolean {
  return (text.match(/\d+/g) ?? []).join('').length > 4 && !/^\d{4}-\d\d?$/.test(text);
}
