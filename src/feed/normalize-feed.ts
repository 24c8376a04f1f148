import { takeDateLine } from './date-line.js';
import { SOURCES } from './field-sources.js';
import { htmlToLine, htmlToText } from './html-to-text.js';
import { httpUrl } from './http-url.js';
import { MAX_VALUES } from './limits.js';
import { parseDate } from './parse-date.js';
import { contentOf, isElement, type XmlElement } from './parse-xml.js';
import { omitUndefined, type Entry, type Feed } from './types.js';

/** Returns the element that contains the fields of the feed: the channel of RSS, the root of Atom. */
export function findChannel(root: XmlElement): XmlElement {
  return findSources(root, 'channel')[0] ?? root;
}

/** Returns the fields of the feed itself. */
export function normalizeFeed(root: XmlElement): Omit<Feed, 'entries'> {
  const channel = findChannel(root);
  return omitUndefined<Omit<Feed, 'entries'>>({
    title: readFirst(channel, SOURCES.title, readLine),
    link: readFirst(channel, SOURCES.link, readLink),
    language: readFirst(channel, SOURCES.language, readLanguage) ?? readFirst(root, SOURCES.language, readLanguage),
  });
}

/** Returns the author of the feed, who is the author of each Atom entry that names none (RFC 4287 §4.1.1). */
export function readFeedAuthor(root: XmlElement): string | undefined {
  return readAuthors(root, 'atom:author');
}

/** Returns the entry that an element contains, or `undefined` if the element isn't an entry of RSS, RDF or Atom. */
export function normalizeEntry(element: XmlElement, feedAuthor: string | undefined): Entry | undefined {
  if (element.name !== 'item' && element.name !== 'atom:entry') return undefined;
  // An entry that was copied from another feed names that feed's author in `source`.
  const [origin] = findSources(element, 'atom:source');
  const date = readFirst(element, SOURCES.date, (source) => parseDate(contentOf(source)));
  const { day = date?.day, rest } = takeDateLine(readFirst(element, SOURCES.summary, readText) ?? '');
  return omitUndefined<Omit<Entry, 'source' | 'language'>>({
    id: readFirst(element, SOURCES.id, readLine),
    title: readFirst(element, SOURCES.title, readLine),
    link: readFirst(element, SOURCES.link, readLink) ?? readFile(element, SOURCES.enclosure, (file) => !isImage(file)),
    date: date?.date,
    day,
    summary: rest || undefined,
    author: readAuthors(element, SOURCES.author) ?? (origin ? readFeedAuthor(origin) : feedAuthor),
    categories: readCategories(element),
    image: readFile(element, SOURCES.image, isImage),
  });
}

/** Returns the child elements with one of the names, in the order of the names. `@` marks an attribute. */
function findSources(element: XmlElement, names: string): XmlElement[] {
  return names.split(' ').flatMap((name) => {
    const attribute = name.startsWith('@') ? element.attributes.get(name.slice(1)) : undefined;
    if (attribute !== undefined) return [{ ...element, name, children: [attribute] }];
    return element.children
      .filter((child) => isElement(child) && child.name === name)
      .slice(0, MAX_VALUES) as XmlElement[];
  });
}

/** Returns the first usable value of the sources. */
function readFirst<T>(element: XmlElement, names: string, read: (source: XmlElement) => T | undefined): T | undefined {
  for (const source of findSources(element, names)) {
    const value = read(source);
    if (value !== undefined) return value;
  }
  return undefined;
}

function readText(element: XmlElement): string | undefined {
  return htmlToText(readHtml(element)) || undefined;
}

function readLine(element: XmlElement): string | undefined {
  return htmlToLine(readHtml(element)) || undefined;
}

/** Returns the content as HTML. Atom's `text` is plain (RFC 4287 §3.1.1.1), types other than text are in Base64 (§4.1.3.3). */
function readHtml(element: XmlElement): string {
  const content = contentOf(element);
  if (element.children.some(isElement)) return content;
  const type = element.attributes.get('type') ?? '';
  const isBase64 = element.attributes.get('mode') === 'base64' || /^(?!text\/|.*(?:html|xml)$)\w+\//.test(type);
  if (isBase64) return decodeBase64(content) ?? content;
  return type === 'text' || type === 'text/plain' ? content.replaceAll('&', '&amp;') : content;
}

function decodeBase64(text: string): string | undefined {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

/** Returns a BCP 47 tag. Text that isn't one, such as `Svenska`, is ignored. */
function readLanguage(element: XmlElement): string | undefined {
  const tag = contentOf(element).trim().replaceAll('_', '-');
  return /^[a-z]{2,3}(?:-[a-z\d]{1,8})*$/i.test(tag) ? tag : undefined;
}

/** Returns the URL in a `link`, an `atom:link` unless its `rel` isn't the page itself, or a `guid` unless it isn't a permalink. */
function readLink(element: XmlElement): string | undefined {
  const { name, attributes, base } = element;
  if (attributes.get('ispermalink')?.toLowerCase() === 'false') return undefined;
  if (!/alternate|deep-link/i.test(attributes.get('rel') ?? 'alternate')) return undefined;
  const href = attributes.get('href');
  // An empty reference is the base URL itself (RFC 3986 §4.4).
  return httpUrl(contentOf(element), name === 'guid' ? undefined : base) ?? httpUrl(href === '' ? base : href, base);
}

/** Returns all authors in the first source with an author, separated by commas. */
function readAuthors(element: XmlElement, names: string): string | undefined {
  const lists = names
    .split(' ')
    .map((name) => findSources(element, name).flatMap((source) => readAuthor(source) ?? []));
  return lists.map((authors) => [...new Set(authors)].join(', ')).find(Boolean);
}

const MAIL_ADDRESS = /^[^\s@]+@\S+$/;

/** Returns the name in `mail@example.org (Name)` (RSS), `Name <mail@example.org>` or child elements (Atom), else the text. */
function readAuthor(element: XmlElement): string | undefined {
  const text = readFirst(element, 'name atom:name email atom:email', readLine) ?? readLine(element);
  const [, before = '', inBrackets = ''] = /^(.*)[(<]([^()<>]*)[)>]$/.exec(text ?? '') ?? [];
  if (MAIL_ADDRESS.test(inBrackets) && before.trim()) return before.trim();
  return (MAIL_ADDRESS.test(before.trim()) && inBrackets.trim()) || text;
}

function readCategories(element: XmlElement): string[] {
  return [...new Set(findSources(element, SOURCES.categories).flatMap(readCategory))].slice(0, MAX_VALUES);
}

/** Returns the category of an element and, because `itunes:category` nests, those in it. Keywords are comma-separated. */
function readCategory(element: XmlElement): string[] {
  const { name, attributes } = element;
  const label = htmlToLine(attributes.get('label') ?? attributes.get('text') ?? attributes.get('term') ?? '');
  const text = label || (readLine(element) ?? '');
  const categories = name === 'itunes:keywords' ? text.split(',').map((word) => word.trim()) : [text];
  return [...categories.filter(Boolean), ...findSources(element, name).flatMap(readCategory)];
}

/** Returns the first URL of a file that `matches`, also in groups of media. An Atom link must be an enclosure (RFC 4287 §4.2.7.2). */
function readFile(element: XmlElement, names: string, matches: (file: XmlElement) => boolean): string | undefined {
  const files = [element, ...findSources(element, 'media:group media:content')].flatMap((parent) =>
    findSources(parent, names),
  );
  for (const file of files) {
    const { name, attributes, base } = file;
    const isFile = name !== 'atom:link' || attributes.get('rel') === 'enclosure';
    const url = isFile && matches(file) && httpUrl(urlOf(file), base);
    if (url) return url;
  }
  return undefined;
}

/** Returns the URL in an element for a file, as it is written. */
function urlOf({ attributes }: XmlElement): string | undefined {
  return attributes.get('url') ?? attributes.get('href');
}

const IMAGE_FILE = /\.(?:avif|bmp|gif|jpe?g|png|svg|webp)(?:[?#]|$)/i;
const OTHER_FILE = /\.(?:m4[av]|mov|mp[34]|ogg|pdf|webm)(?:[?#]|$)/i;

/** Returns whether a file is an image, by its media type or else its URL. Most files in `media:content` are. */
function isImage(file: XmlElement): boolean {
  const { name, attributes } = file;
  if (name === 'media:thumbnail' || name === 'itunes:image') return true;
  const type = attributes.get('type')?.trim() || attributes.get('medium')?.trim();
  if (type) return /^image\b/i.test(type);
  const url = urlOf(file) ?? '';
  return name === 'media:content' ? !OTHER_FILE.test(url) : IMAGE_FILE.test(url);
}
