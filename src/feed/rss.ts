import { readDate, type ReadDate } from './dates.js';
import { takeDayLine } from './day-line.js';
import { childrenNamed, contentOf, isElement, type Element } from './element.js';
import { FeedError } from './errors.js';
import { MAX_ENTRIES } from './limits.js';
import type { Entry, Feed } from './model.js';
import { htmlToLine, htmlToText } from './text.js';
import { httpUrl } from './url.js';

/** What the first of the named children that says something gives; names in order of preference. */
function first<T>(element: Element, names: string, read: (child: Element) => T | undefined): T | undefined {
  for (const name of names.split(' ')) {
    for (const child of childrenNamed(element, name)) {
      const value = read(child);
      if (value !== undefined) return value;
    }
  }
  return undefined;
}

function readText(element: Element): string | undefined {
  return htmlToText(contentOf(element)) || undefined;
}

function readLine(element: Element): string | undefined {
  return htmlToLine(contentOf(element)) || undefined;
}

function readMoment(element: Element): ReadDate | undefined {
  return readDate(contentOf(element));
}

/** An address as content (`link`) or as an attribute (`atom:link`, where it leads to the page itself: RFC 4287 §4.2.7.2). */
function readLink(element: Element): string | undefined {
  const rel = element.attributes.get('rel')?.toLowerCase() ?? 'alternate';
  if (!/alternate|deep-link/.test(rel)) return undefined;
  return httpUrl(contentOf(element), element.base) ?? httpUrl(element.attributes.get('href'), element.base);
}

/** `guid` is a link unless it says that it is none (RSS 2.0, `isPermaLink`), and only where it is a whole address. */
function readPermalink(guid: Element): string | undefined {
  return guid.attributes.get('ispermalink')?.toLowerCase() === 'false' ? undefined : httpUrl(contentOf(guid));
}

/** RSS names authors as `address@example.org (Name)`, others as `Name <address>`: the name, else what there is. */
function readAuthor(element: Element): string | undefined {
  const name = first(element, 'name atom:name', readLine);
  const text = name ?? readLine(element);
  const inBrackets = /^\S+@\S+ \((.+)\)$/.exec(text ?? '')?.[1];
  return inBrackets ?? (text?.replace(/\s*[<(]\S+@\S+[>)]$/, '') || text);
}

/** One category an element, but for the keywords of podcasts; `itunes:category` nests. */
function readCategories(element: Element): string[] {
  const { name, attributes } = element;
  if (name === 'itunes:keywords')
    return contentOf(element)
      .split(',')
      .flatMap((word) => word.trim() || []);
  const label = (attributes.get('label') ?? attributes.get('text') ?? attributes.get('term'))?.trim();
  const own = label ?? readLine({ ...element, children: element.children.filter((child) => !isElement(child)) });
  return [...(own ? [own] : []), ...childrenNamed(element, name).flatMap(readCategories)];
}

function isImage(element: Element): boolean {
  const type = element.attributes.get('type') ?? '';
  return type.startsWith('image/') || element.attributes.get('medium') === 'image';
}

function readImage(element: Element): string | undefined {
  const url = element.attributes.get('url') ?? element.attributes.get('href');
  return element.name === 'media:content' || element.name === 'enclosure'
    ? httpUrl(isImage(element) ? url : undefined, element.base)
    : httpUrl(url, element.base);
}

function readLanguage(element: Element): string | undefined {
  const tag = contentOf(element).trim().replaceAll('_', '-');
  return /^[a-z]{2,8}(?:-[a-z\d]{1,8})*$/i.test(tag) ? tag : undefined;
}

const DATES =
  'pubdate dc:date dc:created dc:issued atom:published atom:issued atom:created atom:updated atom:modified dc:modified';
const TEXTS =
  'content:encoded xhtml:body body fullitem description atom:content atom:summary dc:description media:description ' +
  'itunes:summary googleplay:description itunes:subtitle';
const CATEGORIES = 'category dc:subject atom:category media:category itunes:category itunes:keywords'.split(' ');

function readEntry(item: Element): Entry {
  const posted = first(item, DATES, readMoment);
  const text = first(item, TEXTS, readText);
  const { day = posted?.day, rest } = takeDayLine(text ?? '');
  return present({
    id:
      first(item, 'guid atom:id', readLine) ??
      item.attributes.get('rdf:about') ??
      first(item, 'dc:identifier', readLine),
    title: first(item, 'title dc:title atom:title media:title itunes:title', readLine),
    link: first(item, 'link atom:link feedburner:origlink', readLink) ?? first(item, 'guid', readPermalink),
    date: posted?.date,
    day,
    summary: rest || undefined,
    author: first(item, 'author dc:creator dc:author atom:author itunes:author googleplay:author', readAuthor),
    categories: [...new Set(CATEGORIES.flatMap((name) => childrenNamed(item, name).flatMap(readCategories)))],
    image: first(item, 'media:thumbnail media:content enclosure itunes:image', readImage),
  });
}

/** Without the properties that are `undefined`: what a feed does not say is absent. */
function present<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}

/**
 * Reads RSS 2.0 and its forebears (0.9x, 1.0/RDF), where items stand in the channel or beside it.
 *
 * @throws {FeedError} `too-large` past {@link MAX_ENTRIES}.
 */
export function readRss(root: Element, address: string): Feed {
  const channel = childrenNamed(root, 'channel')[0] ?? root;
  const items = [...new Set([channel, root])].flatMap((parent) => childrenNamed(parent, 'item'));
  if (items.length > MAX_ENTRIES) {
    throw new FeedError('too-large', `${address} has more than ${MAX_ENTRIES} entries.`);
  }
  return present({
    title: first(channel, 'title dc:title atom:title', readLine),
    link: first(channel, 'link atom:link', readLink),
    language: first(channel, 'language dc:language', readLanguage) ?? root.attributes.get('xml:lang'),
    entries: items.map(readEntry),
  });
}
