import { readDate } from './dates.js';
import { MAX_DAY_LINE, takeDayLine } from './day-line.js';
import { childrenNamed, contentOf, isElement, type Element, type Text } from './element.js';
import { decodeEntities, ENCODED_TWICE } from './entities.js';
import type { Entry } from './model.js';
import { TEXT_NAMES } from './names.js';
import { htmlToText } from './text.js';

/** When an entry was: all that its place in a list depends on. */
export type Moment = { [K in 'date' | 'day']?: Entry[K] | undefined };

/** Characters of a text that are enough to see whether it opens with a date line, markup and all. */
const BEGINNING = 300;

/** Markup of which a beginning tells the same as the whole: nothing that hides what comes after it. */
const UNUSUAL = /<(?!\/?(?:p|br|div|span|strong|b|em|i|a|ul|ol|li|h\d|img)\b)/i;

/** What ends a line, in a text that has any markup. */
const LINE_END = /<(?:\/p|\/div|br)\b/i;

/**
 * When an entry was, as its full reading would say; `undefined` where only that can tell. Of the thousands of entries of a
 * long feed few are shown: this finds out which.
 */
export function glance(entry: Element): Moment | undefined {
  const [pubDate] = childrenNamed(entry, 'pubdate');
  const read = pubDate && entry.name === 'item' ? readDate(contentOf(pubDate)) : undefined;
  const textName = read && TEXT_NAMES.find((name) => childrenNamed(entry, name).length > 0);
  if (!read || !textName) return read;
  const [text] = childrenNamed(entry, textName);
  const [first, ...others] = text?.children.filter((child) => isElement(child) || child.source.trim()) ?? [];
  if (!text || !first || isElement(first) || others.length > 0 || text.attributes.size > 0) return undefined;
  const line = firstLine(first);
  const { day = read.day } = takeDayLine(line ?? '');
  return line ? { date: read.date, day } : undefined;
}

/** The first line of a text, or enough of it to see that it is no date line; `undefined` where its beginning does not tell. */
function firstLine({ source, isCdata }: Text): string | undefined {
  const beginning = source.slice(0, BEGINNING);
  const html = isCdata ? beginning : decodeEntities(beginning);
  if (UNUSUAL.test(html) || ENCODED_TWICE.test(html)) return undefined;
  const end = html.search(LINE_END);
  const [line = ''] = htmlToText(end < 0 ? html : `${html.slice(0, end)}<br>`).split('\n');
  const isEnded = end >= 0 || source.length <= BEGINNING || line.length >= MAX_DAY_LINE;
  return isEnded ? line : undefined;
}
