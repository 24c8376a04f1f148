import { decodeEntities } from './entities.js';
import type { EntryMarkup } from './markup.js';
import { isEntry } from './names.js';
import { isHtml } from './text.js';
import { httpUrl } from './url.js';

/**
 * The namespaces of feeds, each under the prefix that this reader knows it by; `''` is RSS itself, in all its
 * versions. Addresses are compared without protocol, case and a final `/` or `#`, because feeds vary in them.
 */
const NAMESPACES = new Map(
  Object.entries({
    '': [
      'backend.userland.com/rss2',
      'backend.userland.com/rss',
      'blogs.law.harvard.edu/tech/rss',
      'channel.netscape.com/rdf/simple/0.9',
      'cyber.law.harvard.edu/rss/rss.html',
      'my.netscape.com/publish/formats/rss-0.91.dtd',
      'my.netscape.com/rdf/simple/0.9',
      'purl.org/net/rss1.1',
      'purl.org/rss/1.0',
    ],
    atom: ['www.w3.org/2005/atom', 'purl.org/atom/ns', 'purl.org/atom'],
    content: ['purl.org/rss/1.0/modules/content'],
    dc: ['purl.org/dc/elements/1.1', 'purl.org/dc/elements/1.0', 'purl.org/dc/terms'],
    feedburner: ['rssnamespace.org/feedburner/ext/1.0'],
    googleplay: ['www.google.com/schemas/play-podcasts/1.0'],
    itunes: ['www.itunes.com/dtds/podcast-1.0.dtd'],
    media: ['search.yahoo.com/mrss', 'search.yahoo.com/mrss/rss', 'www.rssboard.org/media-rss'],
    rdf: ['www.w3.org/1999/02/22-rdf-syntax-ns'],
    xhtml: ['www.w3.org/1999/xhtml'],
    xml: ['www.w3.org/xml/1998/namespace'],
  }).flatMap(([prefix, addresses]) => addresses.map((address): [string, string] => [address, prefix])),
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

/** What fast-xml-parser gives with `preserveOrder`: one key, the name, beside `:@`, the attributes. */
export type ParsedNode = Record<string, unknown>;

const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';

/** Characters of the longest address in {@link NAMESPACES}, twice: a longer one is none of them, and is not looked at. */
const MAX_NAMESPACE_LENGTH = 100;

/** The canonical prefix of a namespace's address, or `undefined`. */
function prefixOf(address: string): string | undefined {
  if (address.length > MAX_NAMESPACE_LENGTH) return undefined;
  const compared = address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/|[/#]+$/g, '');
  return NAMESPACES.get(compared);
}

function lookUp(prefix: string, scope: Scope | undefined): string | undefined {
  for (let current = scope; current; current = current.outer) {
    const canonical = current.own.get(prefix);
    if (canonical !== undefined) return canonical;
  }
  return undefined;
}

function extendScope(scope: Scope, node: ParsedNode): Scope {
  const declarations = attributeEntries(node).filter(([name]) => /^xmlns(?::|$)/.test(name));
  if (declarations.length === 0) return scope;
  const own = declarations.map(([name, address]): [string, string] => {
    // without a prefix, an unknown namespace is a mistyped one of the feed's own
    const unknown = name === 'xmlns' ? (lookUp('', scope) ?? '') : '?';
    return [name.slice(6), prefixOf(address) ?? unknown];
  });
  return { own: new Map(own), outer: scope };
}

/** A prefix that was never declared means what it usually means: many feeds forget to declare it. */
export function canonicalName(name: string, scope: Scope): string {
  const colon = name.indexOf(':');
  const written = name.slice(0, Math.max(colon, 0));
  const prefix = lookUp(written, scope) ?? written;
  return (prefix && `${prefix}:`) + name.slice(colon + 1);
}

/** Attributes by their canonical name, decoded; those that declare namespaces left out. */
function readAttributes(node: ParsedNode, scope: Scope): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [name, value] of attributeEntries(node)) {
    if (!/^xmlns(?::|$)/.test(name)) attributes.set(name.includes(':') ? canonicalName(name, scope) : name, value);
  }
  return attributes;
}

function attributeEntries(node: ParsedNode): [string, string][] {
  return Object.entries(node[ATTRIBUTES] ?? {}).map(([name, value]) => [
    name.slice(1).toLowerCase(), // the parser's prefix for attributes is one character long
    typeof value === 'string' ? decodeEntities(value) : '',
  ]);
}

function textOf(node: ParsedNode | undefined): string {
  const text = node?.[TEXT];
  return typeof text === 'string' ? text : '';
}

/**
 * The document's nodes as {@link Element} and {@link Text}, names resolved through the namespaces in scope.
 *
 * @param runs What stands in the places of entries, one by one; without them an entry is an element like others.
 */
export function toElements(
  nodes: readonly ParsedNode[],
  { base, scope }: Place,
  runs?: Iterator<EntryMarkup[], undefined>,
): Pick<Element, 'children' | 'entries'> {
  const found: Pick<Element, 'children' | 'entries'> = { children: [], entries: [] };
  for (const node of nodes) {
    const name = Object.keys(node).find((key) => key !== ATTRIBUTES);
    if (name === undefined) continue;
    const inside = node[name] as ParsedNode[];
    if (name === TEXT) found.children.push({ source: textOf(node), isCdata: false });
    else if (name === CDATA) found.children.push({ source: textOf(inside[0]), isCdata: true });
    else if (runs && isEntry(name)) found.entries.push(...(runs.next().value ?? []));
    else {
      const inner = extendScope(scope, node);
      const attributes = readAttributes(node, inner);
      const ownBase = httpUrl(attributes.get('xml:base'), base) ?? base;
      found.children.push({
        name: canonicalName(name, inner),
        attributes,
        ...toElements(inside, { base: ownBase, scope: inner }, runs),
        base: ownBase,
        scope: inner,
      });
    }
  }
  return found;
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
