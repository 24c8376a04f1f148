import { calendarDay, monthOf } from './dates.js';

const WEEKDAY = /^(?:mån|tis|ons|tors?|fre|lör|sön)(?:dag(?:en)?)?$/;

/** What may stand between weekdays, days and months. */
const CONNECTIVES = new Set(['den', 'och', 'samt', 'till', '-', '–', ',', '.', ':', 'e', 'a', '/']);

/** How the name of a holiday ends, which may open the line: `Juldagen, tisdag den …`, `Kristi himmelsfärd, …`. */
const HOLIDAY = /^[\p{L} ]*(?:dag|dagen|afton|aftonen|helgen|jul|påsk|pingst|maj|lucia|advent|himmelsfärd), /u;

/** A line of a hundred characters is a sentence, not a date. */
const MAX_LENGTH = 100;

/**
 * Takes the diary's own date line off a text: `Torsdag den 26 mars 2015` as its whole first line (DESIGN, "The diary's
 * own habits"). Of several days the first is given. A sentence that begins with a date is left alone.
 */
export function takeDayLine(text: string): { day?: string; rest: string } {
  const end = text.indexOf('\n');
  const line = end < 0 ? text : text.slice(0, end);
  const day = line.length < MAX_LENGTH ? readDayLine(line) : undefined;
  return day ? { day, rest: end < 0 ? '' : text.slice(end + 1) } : { rest: text };
}

function readDayLine(line: string): string | undefined {
  const words = line.toLowerCase().replace(/\s+/g, ' ').replace(HOLIDAY, '').replace(/[.:]$/, '');
  const [, days, year] = /^(.+) (\d{4})$/.exec(words) ?? [];
  const tokens = days?.match(/\d+|\p{L}+|[^\s]/gu) ?? [];
  let date = 0;
  let month = 0;
  for (const token of tokens) {
    if (CONNECTIVES.has(token) || WEEKDAY.test(token)) continue;
    if (/^\d/.test(token)) date ||= Number(token);
    else if (!monthOf(token)) return undefined;
    else if (date) month ||= monthOf(token); // the month of the first day, not one that stands before it
  }
  return date && month ? calendarDay(Number(year), month, date) : undefined;
}
