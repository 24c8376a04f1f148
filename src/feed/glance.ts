import { readDate } from './dates.js';
import { takeDayLine } from './day-line.js';
import { decodeEntities, ENCODED_TWICE } from './entities.js';
import type { Entry } from './model.js';
import { TEXT_NAMES } from './names.js';
import type { PlainField } from './plain-entry.js';

/** When an entry was: all that its place in a list depends on. */
export type Moment = { [K in 'date' | 'day']?: Entry[K] | undefined };

/** Characters at the beginning of a text that are enough to see whether it opens with a date line. */
const BEGINNING = 400;

/** A text's first words, and what of HTML ends their line. */
const FIRST_WORDS = /^\s*(?:<p>)?([^<&]*)(<\/?(?:p|div|br)\b)?/i;

/** Words of which every reader makes the same: no control characters, none without width. */
const ORDINARY = /^[\x20-\x7e\xa1-\xff\u2013\u2014\u2018-\u201d\u2026\s]+$/;

/**
 * When a plain item of RSS was, as its full reading would say; `undefined` where only that can tell. Of the thousands of
 * entries of a long feed few are shown: this finds out which.
 *
 * @param fields All of them, under names that mean what they usually do.
 */
export function glance(source: string, fields: readonly PlainField[]): Moment | undefined {
  const find = (name: string): PlainField | undefined => fields.find((field) => field.name === name);
  const contentOf = (field: PlainField | undefined, length = Infinity): string =>
    field?.isOrdinary ? source.slice(field.from, Math.min(field.end, field.from + length)) : '';
  const written = contentOf(find('pubdate'));
  const read = written.includes('<') ? undefined : readDate(decodeEntities(written));
  if (!read) return undefined;
  const textName = TEXT_NAMES.find((name) => find(name));
  if (!textName) return read;
  if (textName !== 'description' && textName !== 'content:encoded') return undefined;
  const line = firstLine(contentOf(find(textName), BEGINNING));
  if (line === undefined) return undefined;
  const { day = read.day } = takeDayLine(line);
  return { date: read.date, day };
}

/**
 * The first line of a text, or enough of it to see that it is no date line; `undefined` where it is not that simple.
 *
 * @param content The beginning of it, as it stands in the markup.
 */
function firstLine(content: string): string | undefined {
  const [, cdata] = /^\s*<!\[CDATA\[(.*)/s.exec(content) ?? [];
  const html = cdata ?? decodeEntities(content);
  const [, words = '', end] = FIRST_WORDS.exec(html) ?? [];
  if (!ORDINARY.test(words) || ENCODED_TWICE.test(words) || /\n\s*\n/.test(words)) return undefined;
  const line = words.replace(/\s+/g, ' ').trim();
  return line && (end || line.length >= 100) ? line : undefined;
}
