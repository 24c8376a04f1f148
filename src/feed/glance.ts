import { readDate } from './dates.js';
import { takeDayLine } from './day-line.js';
import { canonicalName, type EntryMarkup } from './element.js';
import { decodeEntities, ENCODED_TWICE } from './entities.js';
import type { Entry } from './model.js';

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
 * @param textNames Names of the elements that may hold the text, the first before the others.
 */
export function glance(entry: EntryMarkup, textNames: readonly string[]): Moment | undefined {
  if (!('fields' in entry)) return undefined;
  const { name: entryName, fields, scope } = entry;
  // under other prefixes than the usual ones the fields would have to be renamed first
  const isUsual = (name: string): boolean => canonicalName(name, scope) === name;
  if (entryName !== 'item' || !isUsual(entryName)) return undefined;
  for (const name of fields.keys()) if (name.includes(':') && !isUsual(name)) return undefined;
  const written = fields.get('pubdate');
  const read = written?.includes('<') ? undefined : readDate(decodeEntities(written ?? ''));
  if (!read) return undefined;
  const textName = textNames.find((name) => fields.has(name));
  if (!textName) return read;
  const line =
    textName === 'description' || textName === 'content:encoded' ? firstLine(fields.get(textName)) : undefined;
  if (line === undefined) return undefined;
  const { day = read.day } = takeDayLine(line);
  return { date: read.date, day };
}

/** The first line of a text, or enough of it to see that it is no date line; `undefined` where it is not that simple. */
function firstLine(content = ''): string | undefined {
  const [, cdata] = /^\s*<!\[CDATA\[(.*)/s.exec(content.slice(0, BEGINNING)) ?? [];
  const html = cdata ?? decodeEntities(content.slice(0, BEGINNING));
  const [, words = '', end] = FIRST_WORDS.exec(html) ?? [];
  if (!ORDINARY.test(words) || ENCODED_TWICE.test(words) || /\n\s*\n/.test(words)) return undefined;
  const line = words.replace(/\s+/g, ' ').trim();
  return line && (end || line.length >= 100) ? line : undefined;
}
