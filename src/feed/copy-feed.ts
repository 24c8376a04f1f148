import { httpUrl } from './http-url.js';
import { omitUndefined, type Entry, type Feed } from './types.js';

/**
 * Returns a checked copy of a feed that a script provides (see `FeedInit`). A field of the wrong type is missing in the copy,
 * as is a URL that isn't an absolute `http:` or `https:` URL. ISO 8601 text and numbers become dates.
 */
export function copyFeed(value: unknown): Feed {
  const { title, link, language, entries } = Object(value) as Record<string, unknown>;
  return omitUndefined<Feed>({
    title: textOf(title),
    link: urlOf(link),
    language: textOf(language),
    entries: Array.isArray(entries) ? entries.map(copyEntry) : [],
  });
}

function copyEntry(value: unknown): Entry {
  const { id, title, link, date, day, summary, author, categories, image, source, language } = Object(value) as Record<
    string,
    unknown
  >;
  return omitUndefined<Entry>({
    id: textOf(id),
    title: textOf(title),
    link: urlOf(link),
    date: dateOf(date),
    day: dayOf(day),
    summary: textOf(summary),
    author: textOf(author),
    categories: Array.isArray(categories) ? categories.flatMap((category) => textOf(category) ?? []) : [],
    image: urlOf(image),
    source: textOf(source),
    language: textOf(language),
  });
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() ? value : undefined;
}

function urlOf(value: unknown): string | undefined {
  return typeof value === 'string' ? httpUrl(value) : undefined;
}

function dateOf(value: unknown): Date | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && !(value instanceof Date)) return undefined;
  const date = new Date(value);
  return Number.isNaN(date.valueOf()) ? undefined : date;
}

/** Returns a `YYYY-MM-DD` day that the calendar has. */
function dayOf(value: unknown): string | undefined {
  const day = dateOf(value)?.toISOString().slice(0, 10);
  return day === value ? day : undefined;
}
