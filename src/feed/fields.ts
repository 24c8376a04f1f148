import { readDate, type ReadDate } from './dates.js';
import { takeDayLine } from './day-line.js';
import { childrenNamed, contentOf, isElement, type Element } from './element.js';
import { MAX_VALUES } from './limits.js';
import type { Entry } from './model.js';
import { htmlToLine, htmlToText, tidyLines } from './text.js';
import { httpUrl } from './url.js';

/** Names of elements in order of preference: the first that says something is taken. */
export type Carriers = readonly string[];

/** What the first of the named children that says something gives. */
export function first<T>(element: Element, names: Carriers, read: (child: Element) => T | undefined): T | undefined {
  for (const name of names) {
    for (const child of childrenNamed(element, name).slice(0, MAX_VALUES)) {
      const value = read(child);
      if (value !== undefined) return value;
    }
  }
  return undefined;
}

/** The paragraphs of an element's text. */
export function readText(element: Element): string | undefined {
  return htmlToText(htmlOf(element)) || undefined;
}

/** {@link readText} in one line. */
export function readLine(element: Element): string | undefined {
  return htmlToLine(htmlOf(element)) || undefined;
}

/**
 * The content as HTML: that is what RSS holds, and Atom where it does not say otherwise. Atom's `text` is plain
 * (RFC 4287 §3.1.1.1), so that its references stand for themselves; other types than text come in Base64 (§4.1.3.3).
 */
function htmlOf(element: Element): string {
  const content = contentOf(element);
  if (element.children.some(isElement)) return content;
  const type = element.attributes.get('type') ?? '';
  if (element.attributes.get('mode') === 'base64' || /^(?!text\/|.*(?:html|xml)$)\w+\//.test(type)) {
    return fromBase64(content) ?? content;
  }
  return type === 'text' || type === 'text/plain' ? content.replaceAll('&', '&amp;') : content;
}

function fromBase64(text: string): string | undefined {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

/** When an element says that something was. */
export function readMoment(element: Element): ReadDate | undefined {
  return readDate(contentOf(element));
}

/**
 * An address as content (`link`) or as an attribute (`atom:link`, where it leads to the page itself: RFC 4287
 * §4.2.7.2).
 */
export function readLink(element: Element): string | undefined {
  const rel = element.attributes.get('rel')?.toLowerCase() ?? 'alternate';
  if (!/alternate|deep-link/.test(rel)) return undefined;
  const href = element.attributes.get('href');
  // an empty reference is the base itself (RFC 3986 §4.4)
  return httpUrl(contentOf(element), element.base) ?? httpUrl(href?.trim() === '' ? element.base : href, element.base);
}

/**
 * A name, of `address@example.org (Name)` as RSS has it, `Name <address>`, or elements as Atom has it; else what there
 * is.
 */
function readAuthor(element: Element): string | undefined {
  const text = first(element, ['name', 'atom:name', 'email', 'atom:email'], readLine) ?? readLine(element);
  if (!text || !/[>)]$/.test(text)) return text;
  const brackets = [text.search(/[<(]/), Math.max(text.lastIndexOf('<'), text.lastIndexOf('('))];
  for (const bracket of brackets) {
    const before = text.slice(0, Math.max(bracket, 0)).trim();
    const within = text.slice(bracket + 1, -1).trim();
    if (before && isMailAddress(within)) return before;
    if (within && isMailAddress(before)) return within;
  }
  return text;
}

function isMailAddress(text: string): boolean {
  return text.includes('@') && !/\s/.test(text);
}

/** All authors that the first carrier names, parted by commas. */
export function authorOf(element: Element, names: Carriers): string | undefined {
  for (const name of names) {
    const authors = childrenNamed(element, name)
      .slice(0, MAX_VALUES)
      .flatMap((child) => readAuthor(child) ?? []);
    if (authors.length > 0) return [...new Set(authors)].join(', ');
  }
  return undefined;
}

/** One category an element, but for the keywords of podcasts; `itunes:category` nests. */
function readCategories(element: Element): string[] {
  const { name, attributes } = element;
  if (name === 'itunes:keywords') return (readLine(element) ?? '').split(',').flatMap((word) => word.trim() || []);
  const label = tidyLines(attributes.get('label') ?? attributes.get('text') ?? attributes.get('term') ?? '');
  const own = label || readLine({ ...element, children: element.children.filter((child) => !isElement(child)) });
  return [...(own ? [own] : []), ...childrenNamed(element, name).flatMap(readCategories)];
}

/** What all the named children say, each category once. */
export function categoriesOf(element: Element, names: Carriers): string[] {
  const named = names.flatMap((name) => childrenNamed(element, name)).slice(0, MAX_VALUES);
  return [...new Set(named.flatMap(readCategories))].slice(0, MAX_VALUES);
}

/**
 * The address of a picture; of carriers that may hold anything, only where they say that it is one. A link of Atom leads to
 * what goes with the entry where it is an `enclosure` (RFC 4287 §4.2.7.2).
 */
function readImage(element: Element): string | undefined {
  const isImage = element.name === 'media:thumbnail' || element.name === 'itunes:image' || kindOf(element) === 'image';
  return isImage ? fileOf(element) : undefined;
}

/** The address of a file that is no picture, and says what it is. */
function readEnclosure(element: Element): string | undefined {
  const kind = kindOf(element);
  return kind && kind !== 'image' ? fileOf(element) : undefined;
}

/** What a file is, as its media type begins: `image`, `audio`, `application`. */
function kindOf({ attributes }: Element): string | undefined {
  return (attributes.get('type') ?? attributes.get('medium'))?.trim().toLowerCase().split('/')[0];
}

function fileOf({ name, attributes, base }: Element): string | undefined {
  if (name === 'atom:link' && attributes.get('rel') !== 'enclosure') return undefined;
  return httpUrl(attributes.get('url') ?? attributes.get('href'), base);
}

/** The first picture that an element or the groups of media within it carry (Media RSS, `media:group`). */
export function imageOf(element: Element, names: Carriers): string | undefined {
  return mediaOf(element, names, readImage);
}

/** The first other file that goes with an element. */
export function enclosureOf(element: Element, names: Carriers): string | undefined {
  return mediaOf(element, names, readEnclosure);
}

function mediaOf(
  element: Element,
  names: Carriers,
  read: (element: Element) => string | undefined,
): string | undefined {
  const groups = ['media:group', 'media:content'].flatMap((name) => childrenNamed(element, name));
  for (const name of names) {
    for (const parent of [element, ...groups]) {
      const address = first(parent, [name], read);
      if (address) return address;
    }
  }
  return undefined;
}

/** Seconds, of `1:02:03`, `2:03` or `123` (Apple, `itunes:duration`). */
export function readDuration(element: Element): number | undefined {
  const text = contentOf(element).trim();
  if (!/^\d{1,6}(?::\d{1,2}){0,2}$/.test(text)) return undefined;
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) || undefined;
}

/** A language tag; what is none, such as `Svenska`, says nothing. */
export function languageTag(text: string | undefined): string | undefined {
  const tag = text?.trim().replaceAll('_', '-') ?? '';
  return /^[a-z]{2,3}(?:-[a-z\d]{1,8})*$/i.test(tag) ? tag : undefined;
}

/** The fields of an entry as they are read, before the diary's date line is taken off the text. */
type ReadFields = Pick<Entry, 'categories'> & {
  [K in 'id' | 'title' | 'link' | 'author' | 'image' | 'enclosure' | 'text']: string | undefined;
} & { moment: ReadDate | undefined; duration: number | undefined };

/** The entry of what was read: the diary's date line goes from the text to the day. */
export function toEntry({ moment, text, ...fields }: ReadFields): Entry {
  const { day = moment?.day, rest } = takeDayLine(text ?? '');
  return present<Omit<Entry, 'source' | 'language'>>({
    ...fields,
    date: moment?.date,
    day,
    summary: rest || undefined,
  });
}

/** Without the properties that are `undefined`: what a feed does not say is absent. */
export function present<T extends object>(value: { [K in keyof T]-?: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}
