/** A point in time, and the calendar day if the text has no time. */
export interface ParsedDate {
  date: Date;
  /** `YYYY-MM-DD`. Only if the text has no time. */
  day?: string;
}

/**
 * Hours east of UTC, each followed by the time zones with that offset: those of RFC 822 §5.1 and others that feeds use. If
 * a name has several meanings, it is the one that feed readers agree on (`ist` is Israel, `bst` Britain). All other
 * names, including the single letters of RFC 822, mean UTC (RFC 2822 §4.3).
 */
const ZONES =
  '-12 idlw -10 hst -9 akst -8 pst pt akdt -7 mst mt pdt -6 cst ct mdt -5 est et cdt -4 ast at edt -3.5 nst ' +
  '-3 adt art brt -2.5 ndt 1 cet met mez bst west 2 cest mest mesz eet cat sast ist 3 eest msk 8 awst hkt sgt ' +
  '9 jst kst 9.5 acst 10 aest 10.5 acdt 11 aedt 12 nzst 13 nzdt';

const HOURS_EAST = parseZones();

function parseZones(): ReadonlyMap<string, number> {
  const hoursEast = new Map<string, number>();
  let hours = 0;
  for (const word of ZONES.split(' ')) {
    if (/\d/.test(word)) hours = Number(word);
    else hoursEast.set(word, hours);
  }
  return hoursEast;
}

/** Months in English and Swedish; those of other languages come from `Intl`. */
const MONTHS =
  'january/januari february/februari march/mars april/april may/maj june/juni july/juli august/augusti ' +
  'september/september october/oktober november/november december/december';

/** Other languages whose months are recognized: those of the neighbors, and others seen in feeds. */
const MONTH_LANGUAGES = 'nb da fi de fr es it nl pt pl cs hu el is et'.split(' ');

const NAMED_MONTHS = MONTHS.split(' ').map((names) => names.split('/'));
let foreignMonths: string[][] | undefined;

/** Returns the text in lower case and without accents (`Mär`, `août`, `Ιούλ`); NFC keeps Hangul syllables together. */
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
      // With the day, because some languages have another form in dates: Polish `7 lipca`, not `lipiec`.
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

/** Cache of months by their names: ten thousand entries have a few dozen different ones. */
const knownMonths = new Map<string, number>();
const MAX_KNOWN_MONTHS = 1000;

/** Returns 1–12 for the name of a month or an abbreviation of at least three letters, else 0. */
export function monthOf(name: string): number {
  const known = knownMonths.get(name);
  if (known !== undefined) return known;
  const month = findMonth(fold(name));
  if (month && knownMonths.size < MAX_KNOWN_MONTHS) knownMonths.set(name, month);
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

/** Returns the day as `YYYY-MM-DD`, or `undefined` if the calendar has no such day. January is month 1. */
export function calendarDay(year: number, month: number, day: number): string | undefined {
  const isMonth =
    month >= 1 && month <= 12 && year >= 100 && year <= 9999 && [year, month, day].every(Number.isInteger);
  // Day 0 of the next month is the last day of this one.
  const exists = isMonth && day >= 1 && (day <= 28 || day <= new Date(Date.UTC(year, month, 0)).getUTCDate());
  const [yyyy, mm, dd] = [year, month, day].map((number) => String(number).padStart(2, '0'));
  return exists ? `${yyyy?.padStart(4, '0')}-${mm}-${dd}` : undefined;
}

/** Returns the year that two to four digits mean: 00–49 is 2000–2049, 50–99 is 1950–1999 (RFC 2822 §4.3). */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 3) return year;
  return year + (digits.length < 3 && year < 50 ? 2000 : 1900);
}

interface Day {
  /** `YYYY-MM-DD`: the first day if the text is only a year or a month. */
  day: string;
  /** Whether the text contains the day. */
  isExact: boolean;
}

function toDay(year: number, month: number, date: number, isExact = true): Day | undefined {
  const day = calendarDay(year, month, date);
  return day ? { day, isExact } : undefined;
}

/** Returns the day of an ordinal date of ISO 8601: day 60 of 2015 is 1 March. */
function ordinalDay(year: number, dayOfYear: number): Day | undefined {
  const date = new Date(Date.UTC(year, 0, dayOfYear));
  return date.getUTCFullYear() === year ? toDay(year, date.getUTCMonth() + 1, date.getUTCDate()) : undefined;
}

/** Parses a date of one number: `YYYYMMDD`, `YYMMDD`, the ordinal dates `YYYYDDD` and `YYDDD`, or a year. */
function parseNumber(digits: string): Day | undefined {
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

/** Parses a date without its time. */
function parseDay(text: string): Day | undefined {
  const numbers = text.match(/\d+/g) ?? [];
  const [first = '', second = '', third = ''] = numbers;
  if (numbers.length > 3) return undefined;

  // English weekdays aren't looked up: the first lookup of another language's months is slow.
  const months = (text.match(/(?<!\p{L})(?!mon|tue|wed|thu|fri|sat|sun)\p{L}{3,}/gu) ?? [])
    .map(monthOf)
    .filter(Boolean);
  if (months.length > 0) {
    if (numbers.length !== 2) return undefined;
    // A weekday can look like a month (`mar. 9 avr`): it precedes a date that ends with the year, and follows others.
    return first.length > 3
      ? toDay(Number(first), months[0] ?? 0, Number(second))
      : toDay(fullYear(second), months.at(-1) ?? 0, Number(first));
  }
  if (numbers.length === 1) return /\p{L}/u.test(text) ? undefined : parseNumber(first);
  if (first.length === 4) {
    if (third) return toDay(Number(first), Number(second), Number(third));
    return second.length === 3
      ? ordinalDay(Number(first), Number(second))
      : toDay(Number(first), Number(second), 1, false);
  }
  if (numbers.length < 3) return undefined;
  // Slashes are American, unless the first number can't be a month.
  if (text.includes('/') && Number(first) <= 12) return toDay(fullYear(third), Number(first), Number(second));
  return third.length === 2 && text.includes('-')
    ? toDay(fullYear(first), Number(second), Number(third))
    : toDay(fullYear(third), Number(second), Number(first));
}

/** Cache of formatters by time zone: making one takes fifty times as long as using it. */
const offsetFormats = new Map<string, Intl.DateTimeFormat>();

/** Returns the minutes east of UTC in an IANA time zone at `time`, or 0 if there is no such zone. */
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

/** A time of day, its zone and in some formats the year (`Mon Aug 27 12:13:35 PDT 2012`). */
const TIME = new RegExp(
  '(오전|오후|[ap]\\.?m\\.?)?(?:^|\\D)(\\d{1,2}):(\\d\\d)(?::(\\d\\d)(?:[.,]\\d+)?)? ?([ap]\\.?m\\b\\.?)? ?' +
    '(?:(?:gmt|utc?|z)? ?([+-])(\\d{1,2})(?::?(\\d\\d))?z?|([a-z]+/[a-z_/]+|[a-z]+))?(?: (\\d{4}))?[ .,]*$',
);

/** Characters of the longest real date, with its time zone in words, and some more. */
const MAX_DATE_LENGTH = 120;

/** Returns the text folded, without comments in brackets (which nest), and with the usual separators. */
function normalizeDate(text: string): string {
  let source = fold(text);
  for (let before = ''; before !== source;) {
    before = source;
    source = source.replace(/\([^()]*\)/g, ' ');
  }
  return source
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\bkl\.? ?(\d{1,2})[.:](\d\d)/, '$1:$2')
    .replace(/^(\d{4})(\d\d)(\d\d)t?(\d\d)(\d\d)(?:(\d\d))?(?!\d)/, (_, ...digits: (string | undefined)[]) => {
      const [year, month, date, hour, minute, second = '00'] = digits;
      return `${year}-${month}-${date} ${hour}:${minute}:${second}`;
    });
}

/** RFC 822 as most feeds write it, on a day that every month has: all browsers read it alike, ten times as fast. */
const COMMON_FORMAT =
  /^(?:[A-Z][a-z]{2}, )?(?:0?[1-9]|1\d|2[0-8]) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?:19|20)\d\d (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d (?:GMT|[+-](?:0\d|1[0-3])[0-5]\d)$/;

/**
 * Parses a date of a feed: the formats of RFC 822 and ISO 8601 with their common mistakes, numeric dates, Unix time in
 * seconds, and month names in 17 languages. The default time zone is UTC. A date without a time is midnight UTC and has
 * a `day`. Returns `undefined` for other text and for days that the calendar doesn't have.
 */
export function parseDate(text: string | undefined): ParsedDate | undefined {
  if (text && COMMON_FORMAT.test(text)) return { date: new Date(text) };
  const source = normalizeDate(text?.slice(0, MAX_DATE_LENGTH) ?? '');
  if (/^\d{9,10}$/.test(source)) return { date: new Date(Number(source) * 1000) };

  const time = TIME.exec(source);
  if (!time) {
    const found = /\d:\d/.test(source) ? undefined : parseDay(source);
    return found && { date: new Date(`${found.day}T00:00:00Z`), ...(found.isExact && { day: found.day }) };
  }
  const [, before, hourDigits, minute, second = '0', after, sign, hoursEast, minutesEast = '0', zone, year = ''] = time;
  const found = parseDay(`${source.slice(0, time.index)} ${year}`);
  const halfOfDay = before ?? after;
  let hour = Number(hourDigits);
  if (halfOfDay) hour = (hour % 12) + (/^(p|오후)/.test(halfOfDay) ? 12 : 0);
  const isTime = hour < 24 || (hour === 24 && !Number(minute) && !Number(second));
  const isOffset = !sign || (Number(hoursEast) <= 14 && Number(minutesEast) < 60);
  if (!found || !isTime || !isOffset || Number(minute) > 59 || Number(second) > 60) return undefined;

  const seconds = (hour * 60 + Number(minute)) * 60 + Number(second);
  const local = Date.parse(`${found.day}T00:00:00Z`) + seconds * 1000;
  let east = (HOURS_EAST.get(zone ?? '') ?? 0) * 60;
  if (sign) east = (sign === '-' ? -1 : 1) * (Number(hoursEast) * 60 + Number(minutesEast));
  // The offset depends on the time, which depends on the offset: the second result is right.
  else if (zone?.includes('/')) east = offsetAt(zone, local - offsetAt(zone, local) * 60_000);
  return { date: new Date(local - east * 60_000) };
}
