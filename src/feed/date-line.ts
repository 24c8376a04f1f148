import { calendarDay, monthOf } from './parse-date.js';

const WEEKDAY = /^(?:mån|tis|ons|tors?|fre|lör|sön)(?:dag(?:en)?)?$/;

/** Words and signs between weekdays, days and months. */
const CONNECTIVES = new Set(['den', 'och', 'samt', 'till', '-', '–', ',', '.', ':', 'e', 'a', '/']);

/** Endings of holidays, which can start the line: `Juldagen, tisdag den …`, `Kristi himmelsfärd, …`. */
const HOLIDAY = /^[\p{L} ]*(?:dag|dagen|afton|aftonen|helgen|jul|påsk|pingst|maj|lucia|advent|himmelsfärd), /u;

/** Characters of a date line; a longer first line is a sentence. */
const MAX_DATE_LINE_LENGTH = 100;

/**
 * Takes the diary's date line off a text: a first line that is only a date, such as `Torsdag den 26 mars 2015`. If it names
 * several days, the first one is returned. A sentence that starts with a date stays in the text.
 */
export function takeDateLine(text: string): { day?: string; rest: string } {
  const end = text.indexOf('\n');
  const line = end < 0 ? text : text.slice(0, end);
  const day = line.length < MAX_DATE_LINE_LENGTH ? parseDateLine(line) : undefined;
  return day ? { day, rest: end < 0 ? '' : text.slice(end + 1) } : { rest: text };
}

function parseDateLine(line: string): string | undefined {
  const words = line.toLowerCase().replace(/\s+/g, ' ').replace(HOLIDAY, '').replace(/[.:]$/, '');
  const [, days, year] = /^(.+) (\d{4})$/.exec(words) ?? [];
  const tokens = days?.match(/\d+|\p{L}+|\S/gu) ?? [];
  let date = 0;
  let month = 0;
  for (const token of tokens) {
    if (CONNECTIVES.has(token) || WEEKDAY.test(token)) continue;
    if (/^\d/.test(token)) date ||= Number(token);
    else if (!monthOf(token)) return undefined;
    else if (date) month ||= monthOf(token); // the month of the first day follows it
  }
  return date && month ? calendarDay(Number(year), month, date) : undefined;
}
