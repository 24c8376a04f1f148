import { calendarDay, monthOf } from './dates.js';

const WEEKDAY = '(?:mån|tis|ons|tors?|fre|lör|sön)(?:dag(?:en)?|\\.)?';
const DATE_LINE = new RegExp(
  // a holiday's name, the weekday, the day (or the first of several), month and year; nothing else on the line
  `^(?:[\\p{L} ]{3,40}, ?)?(?:${WEEKDAY},? )?(?:den )?(\\d{1,2})(?: (?:och|till|-|–) (?:${WEEKDAY},? )?(?:den )?\\d{1,2})? ` +
    '(\\p{L}{3,9})\\.? (\\d{4})[.:]?$',
  'iu',
);

/**
 * Takes the diary's own date line off a text: `Torsdag den 26 mars 2015` as its whole first line (DESIGN, "The diary's
 * own habits"). A sentence that begins with a date is left alone.
 */
export function takeDayLine(text: string): { day?: string; rest: string } {
  const end = text.indexOf('\n');
  const line = (end < 0 ? text : text.slice(0, end)).replace(/\s+/g, ' ');
  const [, date, month, year] = (line.length < 100 && DATE_LINE.exec(line)) || [];
  const day = date && month && year ? calendarDay(Number(year), monthOf(month), Number(date)) : undefined;
  return day ? { day, rest: end < 0 ? '' : text.slice(end + 1) } : { rest: text };
}
