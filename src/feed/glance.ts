import { readDate } from './dates.js';
import { MAX_DAY_LINE, takeDayLine } from './day-line.js';
import { decodeEntities, ENCODED_TWICE } from './entities.js';
import type { Entry } from './model.js';
import { TEXT_NAMES } from './names.js';
import type { PlainField } from './plain-entry.js';
import { htmlToText } from './text.js';

/** When an entry was: all that its place in a list depends on. */
export type Moment = { [K in 'date' | 'day']?: Entry[K] | undefined };

/** Characters of a text that are enough to see whether it opens with a date line, markup and all. */
const BEGINNING = 200;

/** Markup of which a beginning tells the same as the whole: nothing that hides what comes after it. */
const UNUSUAL = /<(?!\/?(?:p|br|div|span|strong|b|em|i|a|ul|ol|li|h\d|img)\b)/i;

/** What ends a line, in a text with markup. */
const LINE_END = /<(?:\/p|\/div|br)\b/i;

/**
 * When a plain item of RSS was, as its full reading would say; `undefined` where only that can tell. Of the thousands of
 * entries of a long feed few are shown: this finds out which.
 *
 * @param fields All of them, under names that mean what they usually do.
 */
export function glance(source: string, fields: readonly PlainField[]): Moment | undefined {
  const find = (name: string): PlainField | undefined => fields.find((field) => field.name === name);
  const contentOf = (field: PlainField | undefined): string =>
    field?.isOrdinary ? source.slice(field.from, field.end) : '';
  const written = contentOf(find('pubdate'));
  const read = written.includes('<') ? undefined : readDate(decodeEntities(written));
  const textName = TEXT_NAMES.find((name) => find(name));
  if (!read || !textName) return read;
  if (textName !== 'description' && textName !== 'content:encoded') return undefined;
  const line = firstLine(contentOf(find(textName)));
  const { day = read.day } = takeDayLine(line ?? '');
  return line ? { date: read.date, day } : undefined;
}

/**
 * The first line of a text, or enough of it to see that it is no date line; `undefined` where its beginning does not tell.
 *
 * @param content As it stands in the markup.
 */
function firstLine(content: string): string | undefined {
  const beginning = content.slice(0, BEGINNING);
  const [, cdata] = /^\s*<!\[CDATA\[(.*?)(?:\]\]>\s*)?$/s.exec(beginning) ?? [];
  const html = cdata ?? decodeEntities(beginning);
  const end = html.search(LINE_END);
  const line = end < 0 ? html : `${html.slice(0, end)}<br>`;
  if (UNUSUAL.test(line) || line.includes(']]>') || ENCODED_TWICE.test(line)) return undefined;
  const [text = ''] = htmlToText(line).split('\n');
  const isEnded = end >= 0 || content.length <= BEGINNING || text.length >= MAX_DAY_LINE;
  return isEnded ? text : undefined;
}
