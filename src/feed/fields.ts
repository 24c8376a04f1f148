import { readDate, type ReadDate } from './dates.js';
import { takeDayLine } from './day-line.js';
import { childrenNamed, contentOf, isElement, type Element } from './element.js';
import { MAX_VALUES } from './limits.js';
import type { Entry } from './model.js';
import { present } from './present.js';
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

/** A file that is no picture. */
function readEnclosure(element: Element): EnclosedFile | undefined {
  const address = kindOf(element) === 'image' ? undefined : fileOf(element);
  return address ? { address, type: element.attributes.get('type')?.trim() || undefined } : undefined;
}

/** How an address ends that says what is there; that of a program says nothing. */
const EXTENSION = /\.(?!php|asp|ashx|jsp|cgi)[a-z\d]{2,4}(?:[?#]|$)/i;
const PICTURE = /\.(?:avif|bmp|gif|heic|jfif|jpe?g|png|svg|webp)(?:[?#]|$)/i;

/**
 * What a file is, as its media type begins: `image`, `audio`, `application`. Where the feed does not say it the address does;
 * without an extension `media:content` is taken for a picture, as most are.
 */
function kindOf({ name, attributes }: Element): string {
  const told = attributes.get('type')?.trim() || attributes.get('medium')?.trim();
  if (told) return told.toLowerCase().split('/')[0] ?? '';
  const address = attributes.get('url') ?? attributes.get('href') ?? '';
  const isPicture = PICTURE.test(address) || (name === 'media:content' && !EXTENSION.test(address));
  return isPicture ? 'image' : '';
}

function fileOf({ name, attributes, base }: Element): string | undefined {
  if (name === 'atom:link' && attributes.get('rel') !== 'enclosure') return undefined;
  return httpUrl(attributes.get('url') ?? attributes.get('href'), base);
}

/** The first picture that an element or the groups of media within it carry (Media RSS, `media:group`). */
export function imageOf(element: Element, names: Carriers): string | undefined {
  return mediaOf(element, names, readImage);
}

/** A file that goes with an entry, and its media type where the feed says it. */
interface EnclosedFile {
  address: string;
  type: string | undefined;
}

/** The first other file that goes with an element. */
export function enclosureOf(element: Element, names: Carriers): EnclosedFile | undefined {
  return mediaOf(element, names, readEnclosure);
}

function mediaOf<T>(element: Element, names: Carriers, read: (element: Element) => T | undefined): T | undefined {
  const groups = ['media:group', 'media:content'].flatMap((name) => childrenNamed(element, name));
  for (const name of names) {
    for (const parent of [element, ...groups]) {
      const found = first(parent, [name], read);
      if (found) return found;
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
  [K in 'id' | 'title' | 'link' | 'author' | 'image' | 'text']: string | undefined;
} & { moment: ReadDate | undefined; file: EnclosedFile | undefined; duration: number | undefined };

/** The entry of what was read: the diary's date line goes from the text to the day. */
export function toEntry({ moment, text, file, ...fields }: ReadFields): Entry {
  const { day = moment?.day, rest } = takeDayLine(text ?? '');
  return present<Omit<Entry, 'source' | 'language'>>({
    ...fields,
    enclosure: file?.address,
    enclosureType: file?.type,
    date: moment?.date,
    day,
    summary: rest || undefined,
  });
}
