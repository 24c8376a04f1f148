import { XMLParser } from 'fast-xml-parser';
import { decodeEntities } from './html-entities.js';
import { HTML_ELEMENTS, LITERAL_BRACKET } from './html-to-text.js';
import { httpUrl } from './http-url.js';
import { MAX_DEPTH, MAX_FIELD_LENGTH, MAX_MARKUP_LENGTH, MAX_TAG_LENGTH, MAX_TAGS } from './limits.js';
import { canonicalName, declareNamespaces, type NamespaceScope } from './namespaces.js';

/** An element, named as {@link canonicalName} returns it. Attribute names are in lower case, values are decoded. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Elements, and text. In elements of XHTML it is HTML, in others HTML or plain text. */
  readonly children: readonly (XmlElement | string)[];
  readonly namespaces: NamespaceScope;
  /** What relative URLs are resolved against: `xml:base`, else the URL of the feed if it is known. */
  readonly base: string | undefined;
}

type XmlParent = Pick<XmlElement, 'name' | 'namespaces' | 'base'>;

/** A node of fast-xml-parser with `preserveOrder`: the first key is the element's name, its attributes are under `:@`. */
type ParsedNode = Readonly<Record<string, unknown>>;

/** fast-xml-parser with the options that a feed needs; each comment names what its default breaks. */
const parser = new XMLParser({
  preserveOrder: true, // text and elements of mixed content lose their order
  ignoreAttributes: false, // isPermaLink, enclosures and thumbnails are lost
  attributeNamePrefix: '@', // attributes with reserved names throw
  parseTagValue: false, // a title "007" becomes 7
  trimValues: false, // spaces around CDATA sections are lost
  processEntities: false, // every advisory since 2023 is in that code; html-entities.ts decodes in one pass
  attributeValueProcessor: (_, value) => decodeEntities(value),
  cdataPropName: '#cdata', // CDATA is decoded like text
  allowBooleanAttributes: true, // an attribute without a value breaks the next one
  strictReservedNames: false,
  jPath: false, // paths that no option here uses cost a tenth of the time
  maxNestedTags: MAX_DEPTH,
  transformTagName: (name) => name.toLowerCase().replace(/^@?/, '@'), // reserved names throw; runs twice on empty elements
});

/** What isn't a character of XML 1.0 (§2.2), and U+FDD0, which html-to-text.ts uses. */
const INVALID_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufdd0\ufffe\uffff]/g;

/** A comment, a CDATA section, a tag or processing instruction, a `<` that starts none of them, or text. */
const TOKEN = /<!--[^]*?(?:-->|$)|<!\[CDATA\[[^]*?(?:\]\]>|$)|<[A-Za-z_/?\xc0-\u1fff][^<>]*>?|<|[^<]+/g;

const CDATA_START = '<![CDATA[';
const CDATA_END = ']]>';

/** Returns markup that fast-xml-parser reads without errors: see `limits.ts` for what is cut off. */
function tidyMarkup(markup: string): string {
  const lastTag = markup.lastIndexOf('<');
  const source = lastTag > markup.lastIndexOf('>') ? markup.slice(0, lastTag) : markup; // without a tag that is cut off
  let tidied = '';
  let tags = 0;
  for (const [token] of source.matchAll(TOKEN)) {
    if (token.startsWith(CDATA_START)) tags += 1;
    else if (token.startsWith('<')) tags += token.split('=', MAX_TAGS).length; // with its attributes
    const part = tidyToken(token);
    if (tags > MAX_TAGS || tidied.length + part.length > MAX_MARKUP_LENGTH) break;
    tidied += part;
  }
  return `${tidied}</>`; // the parser drops text that no tag follows
}

function tidyToken(token: string): string {
  if (!token.startsWith('<')) return tidyText(token);
  if (/^<(?:!--|\?)/.test(token)) return '';
  if (token.startsWith(CDATA_START)) {
    // A section that never ends has swallowed the rest of the feed.
    if (!token.endsWith(CDATA_END)) return '';
    return CDATA_START + tidyText(token.slice(CDATA_START.length, -CDATA_END.length)) + CDATA_END;
  }
  // Another `<` ends the token. Only in quotes it is part of the tag.
  if (!token.endsWith('>') && !/["']/.test(token)) return LITERAL_BRACKET + tidyText(token.slice(1));
  return token.length > MAX_TAG_LENGTH ? '' : token.replace(INVALID_CHARACTERS, '');
}

function tidyText(text: string): string {
  return text.slice(0, MAX_FIELD_LENGTH).replace(INVALID_CHARACTERS, '');
}

/** Parses one part of a feed. Returns its first element, or `undefined` if it has none or is nested too deeply. */
export function parseXml(markup: string, parent: XmlParent): XmlElement | undefined {
  try {
    const nodes = parser.parse(tidyMarkup(markup)) as ParsedNode[];
    return nodes.map((node) => readNode(node, parent)).find(isElement);
  } catch {
    return undefined;
  }
}

function readNode(node: ParsedNode, parent: XmlParent): XmlElement | string {
  const [key = ''] = Object.keys(node);
  const isXhtml = parent.name.startsWith('xhtml:');
  if (key === '#text') {
    const source = node[key] as string;
    return isXhtml ? source : decodeEntities(source);
  }
  if (key === '#cdata') {
    const text = (node[key] as [{ '#text': string }])[0]['#text'];
    return isXhtml ? text.replaceAll('&', '&amp;') : text;
  }
  const written = Object.entries(node[':@'] ?? {}).map(
    ([name, value]) => [name.slice(1).toLowerCase(), value === true ? '' : (value as string)] as const,
  );
  const namespaces = declareNamespaces(written, parent.namespaces);
  const attributes = new Map(
    written.map(([name, value]) => [name.includes(':') ? canonicalName(name, namespaces) : name, value]),
  );
  const base = httpUrl(attributes.get('xml:base'), parent.base) ?? parent.base;
  const element = { name: canonicalName(key.slice(1), namespaces), attributes, namespaces, base };
  return { ...element, children: (node[key] as ParsedNode[]).map((child) => readNode(child, element)) };
}

/** Returns whether a node is an element, not text. */
export function isElement(node: XmlElement | string): node is XmlElement {
  return typeof node !== 'string';
}

/** Returns the content of an element: HTML or plain text. HTML elements in it (XHTML, or HTML that isn't escaped) are tags. */
export function contentOf(element: XmlElement): string {
  return toHtml(element).slice(0, MAX_FIELD_LENGTH);
}

function toHtml({ children }: XmlElement): string {
  const parts = children.map((child) => {
    if (!isElement(child)) return child;
    const tag = child.name.slice(child.name.indexOf(':') + 1);
    return HTML_ELEMENTS.has(tag) ? `<${tag}>${toHtml(child)}</${tag}>` : toHtml(child);
  });
  return parts.join('');
}
