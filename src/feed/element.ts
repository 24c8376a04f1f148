import { decodeEntities } from './entities.js';
import type { PlainEntry } from './plain-entry.js';
import { isHtml } from './text.js';
import { httpUrl } from './url.js';

/**
 * The namespaces of feeds, each under the prefix that this reader knows it by; `''` is RSS itself, in all its
 * versions. Addresses are compared without protocol, case and a final `/` or `#`, because feeds vary in them.
 */
const NAMESPACES = new Map(
  Object.entries({
    '':
      'backend.userland.com/rss2 backend.userland.com/rss blogs.law.harvard.edu/tech/rss ' +
      'channel.netscape.com/rdf/simple/0.9 cyber.law.harvard.edu/rss/rss.html my.netscape.com/rdf/simple/0.9 ' +
      'my.netscape.com/publish/formats/rss-0.91.dtd purl.org/net/rss1.1 purl.org/rss/1.0',
    atom: 'www.w3.org/2005/atom purl.org/atom/ns purl.org/atom',
    content: 'purl.org/rss/1.0/modules/content',
    dc: 'purl.org/dc/elements/1.1 purl.org/dc/elements/1.0 purl.org/dc/terms',
    feedburner: 'rssnamespace.org/feedburner/ext/1.0',
    googleplay: 'www.google.com/schemas/play-podcasts/1.0',
    itunes: 'www.itunes.com/dtds/podcast-1.0.dtd',
    media: 'search.yahoo.com/mrss search.yahoo.com/mrss/rss www.rssboard.org/media-rss',
    rdf: 'www.w3.org/1999/02/22-rdf-syntax-ns',
    xhtml: 'www.w3.org/1999/xhtml',
    xml: 'www.w3.org/xml/1998/namespace',
  }).flatMap(([prefix, addresses]) => addresses.split(' ').map((address): [string, string] => [address, prefix])),
);

/** The prefixes that an element declares, to those of {@link NAMESPACES}; an unknown namespace is `?`. */
export interface Scope {
  own: ReadonlyMap<string, string>;
  outer?: Scope;
}

/** What names and addresses mean within an element. */
export interface Place {
  scope: Scope;
  /** What relative addresses start from: `xml:base`, else the feed's own address. */
  base: string;
}

/** Text of a document: as it stands in the markup, its references undecoded, or the content of a CDATA section. */
export interface Text {
  source: string;
  isCdata: boolean;
}

/** An element of a feed, its name canonical: `title`, `dc:date`, `?:title` for a namespace that means nothing here. */
export interface Element extends Place {
  name: string;
  /** By name, lower case, `rdf:about` canonical too; values decoded. */
  attributes: ReadonlyMap<string, string>;
  children: (Element | Text)[];
  /** The entries that stand directly in it, not parsed yet. */
  entries: EntryMarkup[];
}

/** An entry that stands in an element: one that is plain is not made an element before it is needed. */
export type EntryMarkup = (PlainEntry & { element?: never }) | { element: Element };

/** Characters of the longest address in {@link NAMESPACES}, twice: a longer one is none of them, and is not looked at. */
const MAX_NAMESPACE_LENGTH = 100;

/** The canonical prefix of a namespace's address, or `undefined`. */
function prefixOf(address: string): string | undefined {
  if (address.length > MAX_NAMESPACE_LENGTH) return undefined;
  const compared = address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/(?<![/#])[/#]+$/, '');
  return NAMESPACES.get(compared);
}

function lookUp(prefix: string, scope: Scope | undefined): string | undefined {
  for (let current = scope; current; current = current.outer) {
    const canonical = current.own.get(prefix);
    if (canonical !== undefined) return canonical;
  }
  return undefined;
}

/** A prefix that was never declared means what it usually means: many feeds forget to declare it. */
export function canonicalName(name: string, scope: Scope): string {
  const colon = name.indexOf(':');
  const written = name.slice(0, Math.max(colon, 0));
  const prefix = lookUp(written, scope) ?? written;
  return (prefix && `${prefix}:`) + name.slice(colon + 1);
}

/** Attributes as they are written: values in quotes of either kind; one without them has none. */
const ATTRIBUTE = /([^\s=]+)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'))?/g;

/**
 * An element of which nothing but the start tag is known, its names resolved through the namespaces in scope.
 *
 * @param written Its name, lower case.
 * @param source What stands between its name and the end of the tag.
 */
export function makeElement(written: string, source: string, outer: Place): Element {
  const declared = new Map<string, string>();
  const others: [name: string, value: string][] = [];
  for (const [, name = '', quoted, singleQuoted = ''] of source.matchAll(ATTRIBUTE)) {
    const lowerCase = name.toLowerCase();
    const value = decodeEntities(quoted ?? singleQuoted);
    const isDeclaration = lowerCase === 'xmlns' || lowerCase.startsWith('xmlns:');
    // without a prefix, an unknown namespace is a mistyped one of the feed's own
    const unknown = lowerCase === 'xmlns' ? (lookUp('', outer.scope) ?? '') : '?';
    if (isDeclaration) declared.set(lowerCase.slice(6), prefixOf(value) ?? unknown);
    else others.push([lowerCase, value]);
  }
  const scope = declared.size > 0 ? { own: declared, outer: outer.scope } : outer.scope;
  const attributes = new Map(
    others.map(([name, value]) => [name.includes(':') ? canonicalName(name, scope) : name, value]),
  );
  const base = httpUrl(attributes.get('xml:base'), outer.base) ?? outer.base;
  return { name: canonicalName(written, scope), attributes, children: [], entries: [], scope, base };
}

/** Whether a node is an element; else it is text. */
export function isElement(node: Element | Text): node is Element {
  return 'name' in node;
}

/** The child elements of that name, in order. */
export function childrenNamed(element: Element, name: string): Element[] {
  return element.children.filter((child): child is Element => isElement(child) && child.name === name);
}

/**
 * What stands in an element, decoded once: for RSS that is HTML or plain text. Elements within it (XHTML, or HTML that
 * was not escaped) come back as tags with their text as it stands in the markup, so that one reader of HTML sees both.
 */
export function contentOf(element: Element): string {
  if (element.children.some(isElement)) return toMarkup(element);
  return (element.children as Text[])
    .map(({ source, isCdata }) => (isCdata ? source : decodeEntities(source)))
    .join('');
}

function toMarkup({ name, children }: Element): string {
  const isXhtml = name.startsWith('xhtml:');
  return children
    .map((child) => {
      // in XHTML a CDATA section is text, in RSS it is HTML
      if (!isElement(child)) return isXhtml && child.isCdata ? child.source.replaceAll('&', '&amp;') : child.source;
      const tag = child.name.slice(child.name.indexOf(':') + 1);
      // an element that is not of HTML leaves its text: nobody wrote its tags for people
      return isHtml(tag) ? `<${tag}>${toMarkup(child)}</${tag}>` : toMarkup(child);
    })
    .join('');
}
