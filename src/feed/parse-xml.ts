import { XMLParser } from 'fast-xml-parser';
import { decodeEntities } from './html-entities.js';
import { isHtmlElement, LITERAL_BRACKET } from './html-to-text.js';
import { httpUrl } from './http-url.js';
import { MAX_DEPTH, MAX_FIELD_LENGTH, MAX_MARKUP_LENGTH, MAX_TAG_LENGTH, MAX_TAGS } from './limits.js';
import { canonicalName, declareNamespaces, type NamespaceScope } from './namespaces.js';

/** What the names and relative URLs in an element mean. */
export interface XmlContext {
  readonly namespaces: NamespaceScope;
  /** What relative URLs are resolved against: `xml:base`, else the URL of the feed if it is known. */
  readonly base: string | undefined;
}

/** An element, named as {@link canonicalName} returns it. Attribute names are in lower case, values are decoded. */
export interface XmlElement extends XmlContext {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (XmlElement | XmlText)[];
  /** The child elements by name, because a field is searched under many names. */
  readonly elements: ReadonlyMap<string, readonly XmlElement[]>;
}

/** Text of a document, not decoded yet, or the content of a CDATA section. */
export interface XmlText {
  readonly source: string;
  readonly isCdata: boolean;
}

/** A node of fast-xml-parser with `preserveOrder`: the element's name is the key, its attributes are under `:@`. */
type ParsedNode = Readonly<Record<string, unknown>>;

/** fast-xml-parser with the options that a feed needs; each comment names what its default breaks. */
const parser = new XMLParser({
  preserveOrder: true, // text and elements of mixed content lose their order
  ignoreAttributes: false, // isPermaLink, enclosures and thumbnails are lost
  attributeNamePrefix: '@', // attributes with reserved names throw
  parseTagValue: false, // a title "007" becomes 7
  trimValues: false, // spaces around CDATA sections are lost
  processEntities: false, // every advisory since 2023 is in that code; html-entities.ts decodes in one pass
  cdataPropName: '#cdata', // CDATA is decoded like text
  allowBooleanAttributes: true, // an attribute without a value breaks the next one
  strictReservedNames: false,
  jPath: false, // paths that no option here uses cost a tenth of the time
  maxNestedTags: MAX_DEPTH,
  transformTagName: safeName,
});

/** Returns the name in lower case. Elements named `constructor` or `prototype` throw in fast-xml-parser: they get a `_`. */
function safeName(name: string): string {
  const lowerCase = name.toLowerCase();
  return lowerCase in Object.prototype || lowerCase === 'prototype' ? `_${lowerCase}` : lowerCase;
}

/** What isn't a character of XML 1.0 (§2.2), and U+FDD0, which html-to-text.ts uses. */
const INVALID_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufdd0\ufffe\uffff]/g;

/** A comment, a CDATA section, a tag or processing instruction, a `<` that starts none of them, or text. */
const TOKEN = /<!--[^]*?(?:-->|$)|<!\[CDATA\[[^]*?(?:\]\]>|$)|<[a-z_/?\xc0-\u1fff][^<>]*>?|<|[^<]+/gi;

const CDATA_START = '<![CDATA[';
const CDATA_END = ']]>';

/** How much more markup of one part of a feed, or of several that are parsed in one task, is parsed. */
type ParseBudget = ReturnType<typeof createBudget>;

export function createBudget(): { characters: number; tags: number } {
  return { characters: MAX_MARKUP_LENGTH, tags: MAX_TAGS };
}

/** Returns markup that fast-xml-parser reads without errors: see `limits.ts` for what is cut off. */
function tidyMarkup(markup: string, budget: ParseBudget): string {
  const lastTag = markup.lastIndexOf('<');
  const source = lastTag > markup.lastIndexOf('>') ? markup.slice(0, lastTag) : markup; // without a tag that is cut off
  let tidied = '';
  for (const [token] of source.matchAll(TOKEN)) {
    const part = tidyToken(token);
    budget.characters -= part.length || token.length;
    if (token.startsWith(CDATA_START)) budget.tags -= 1;
    else if (token.startsWith('<')) budget.tags -= token.split('=', MAX_TAGS).length; // with its attributes
    if (budget.characters < 0 || budget.tags < 0) break;
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
export function parseXml(markup: string, context: XmlContext, budget = createBudget()): XmlElement | undefined {
  if (budget.characters < 0 || budget.tags < 0) return undefined;
  try {
    return toNodes(parser.parse(tidyMarkup(markup, budget)) as ParsedNode[], context).find(isElement);
  } catch {
    return undefined;
  }
}

function toNodes(nodes: readonly ParsedNode[], context: XmlContext): (XmlElement | XmlText)[] {
  return nodes.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ':@');
    if (name === undefined) return [];
    if (name === '#text') return { source: node[name] as string, isCdata: false };
    if (name === '#cdata') return { source: (node[name] as [{ '#text': string }])[0]['#text'], isCdata: true };
    return toElement(name, node, context);
  });
}

function toElement(name: string, node: ParsedNode, outer: XmlContext): XmlElement {
  const written = Object.entries(node[':@'] ?? {}).map(
    ([key, value]) => [key.slice(1).toLowerCase(), typeof value === 'string' ? decodeEntities(value) : ''] as const,
  );
  const namespaces = declareNamespaces(written, outer.namespaces);
  const attributes = new Map(
    written.map(([key, value]) => [key.includes(':') ? canonicalName(key, namespaces) : key, value]),
  );
  const context = { namespaces, base: httpUrl(attributes.get('xml:base'), outer.base) ?? outer.base };
  const children = toNodes(node[name] as ParsedNode[], context);
  return { ...context, name: canonicalName(name, namespaces), attributes, children, elements: groupByName(children) };
}

function groupByName(nodes: readonly (XmlElement | XmlText)[]): ReadonlyMap<string, readonly XmlElement[]> {
  const groups = new Map<string, XmlElement[]>();
  for (const node of nodes.filter(isElement)) {
    const group = groups.get(node.name);
    if (group) group.push(node);
    else groups.set(node.name, [node]);
  }
  return groups;
}

/** Returns whether a node is an element, not text. */
export function isElement(node: XmlElement | XmlText): node is XmlElement {
  return 'name' in node;
}

/**
 * Returns the content of an element, decoded once: HTML or plain text. If it contains elements (XHTML, or HTML that wasn't
 * escaped), they are returned as tags, so that one function reads both kinds of HTML.
 */
export function contentOf(element: XmlElement): string {
  const decode = ({ source, isCdata }: XmlText): string => (isCdata ? source : decodeEntities(source));
  const content =
    element.elements.size > 0 ? toHtml(element) : (element.children as readonly XmlText[]).map(decode).join('');
  return content.slice(0, MAX_FIELD_LENGTH);
}

function toHtml({ name, children }: XmlElement): string {
  const isXhtml = name.startsWith('xhtml:');
  const parts = children.map((child) => {
    // A CDATA section in XHTML is text; in RSS it is HTML.
    if (!isElement(child)) return isXhtml && child.isCdata ? child.source.replaceAll('&', '&amp;') : child.source;
    const tag = child.name.slice(child.name.indexOf(':') + 1);
    return isHtmlElement(tag) ? `<${tag}>${toHtml(child)}</${tag}>` : toHtml(child);
  });
  return parts.join('');
}
