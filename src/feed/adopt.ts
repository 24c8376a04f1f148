import type { Entry, Feed } from './model.js';
import { outlineOf, type FeedOutline } from './outline.js';
import { present } from './present.js';
import { httpUrl } from './url.js';

/**
 * A program's feed as the element can trust it: what is not of the right type is absent, so is every address that is not an
 * absolute one of `http:` or `https:`; ISO 8601 text is a date.
 */
export function adoptFeed(value: unknown): FeedOutline {
  const { title, link, language, entries } = fieldsOf(value);
  return {
    fields: { ...texts({ title, language }), ...present<Pick<Feed, 'link'>>({ link: addressOf(link) }) },
    entries: Array.isArray(entries) ? entries.map((entry) => outlineOf(adoptEntry(entry))) : [],
  };
}

function adoptEntry(value: unknown): Entry {
  const { id, title, link, summary, author, image, enclosure, source, language, ...others } = fieldsOf(value);
  const { enclosureType, duration, day, date, categories } = others;
  const moment =
    date instanceof Date || typeof date === 'string' || typeof date === 'number' ? new Date(date) : undefined;
  const isDay = typeof day === 'string' && isCalendarDay(day);
  return {
    ...texts({ id, title, summary, author, enclosureType, source, language }),
    ...present<Pick<Entry, 'link' | 'image' | 'enclosure'>>({
      link: addressOf(link),
      image: addressOf(image),
      enclosure: addressOf(enclosure),
    }),
    ...(typeof duration === 'number' && duration > 0 && { duration }),
    ...(moment && !Number.isNaN(moment.valueOf()) && { date: moment }),
    ...(isDay && { day }),
    categories: Array.isArray(categories) ? categories.filter((category) => typeof category === 'string') : [],
  };
}

/** Whether a text is a day of the calendar, as `YYYY-MM-DD`; some browsers take the 30th of February for one of March. */
function isCalendarDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Those of the fields that are text and say something. */
function texts<K extends string>(fields: Record<K, unknown>): Partial<Record<K, string>> {
  const told = Object.entries(fields).filter(([, text]) => typeof text === 'string' && text.trim());
  return Object.fromEntries(told) as Partial<Record<K, string>>;
}

/** The address to which a page may link. */
function addressOf(value: unknown): string | undefined {
  return typeof value === 'string' ? httpUrl(value) : undefined;
}
