import { decodeEntities } from './html-entities.js';
import { httpUrl } from './http-url.js';

/** Characters of a page that are searched: its head, with all the scripts and style sheets that some pages have there. */
export const MAX_HEAD_LENGTH = 300_000;

/** A comment, closed or not, or the start of a tag. */
const TAG_START = /<!--(?:-?>|[^]*?(?:--!?>|$))|<([a-z][^\s/>]*)/gi;

/** One attribute (https://html.spec.whatwg.org/multipage/parsing.html#before-attribute-name-state). */
const ATTRIBUTE = /[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*))?)?/y;

const TAG_END = /[\s/]*>/y;

/** Elements in a head whose content isn't markup of the page. */
const OPAQUE = /^(?:script|style|title|noscript|template|textarea|iframe|xmp)$/;

/** Media types of feeds, in order of preference; RDF can be other data too. */
const FEED_TYPES = [/^application\/(?:rss|atom)\+xml\b/i, /^application\/rdf\+xml\b/i];

/** Returns whether a text starts as an HTML page does. */
export function isHtmlPage(text: string): boolean {
  return /^(?:<!doctype html|<html|<head|<body)|<html[\s>]/i.test(text.trimStart().slice(0, 1000));
}

/**
 * Returns the URL of the first feed that the head of an HTML page links to, in linear time:
 * `<link rel="alternate" type="application/rss+xml" href="…">`.
 *
 * @param url URL of the page.
 */
export function discoverFeed(page: string, url: string | undefined): string | undefined {
  const { links, base } = readHead(page.slice(0, MAX_HEAD_LENGTH));
  const baseUrl = httpUrl(base, url) ?? url;
  for (const type of FEED_TYPES) {
    for (const link of links) {
      const isAlternate = /(?:^|\s)alternate(?:\s|$)/i.test(link.get('rel') ?? '');
      const isFeed = isAlternate && type.test(link.get('type')?.trim() ?? '');
      const feedUrl = isFeed && httpUrl(link.get('href'), baseUrl);
      if (feedUrl) return feedUrl;
    }
  }
  return undefined;
}

type Attributes = ReadonlyMap<string, string>;

/** Returns the attributes of each `link`, and the `href` of the first `base`. */
function readHead(head: string): { links: Attributes[]; base: string | undefined } {
  const links: Attributes[] = [];
  let base: string | undefined;
  TAG_START.lastIndex = 0;
  for (let match = TAG_START.exec(head); match; match = TAG_START.exec(head)) {
    const name = match[1]?.toLowerCase();
    if (!name) continue;
    if (name === 'body') break;
    const attributes = readAttributes(head, TAG_START.lastIndex);
    if (!attributes) break;
    TAG_START.lastIndex = TAG_END.lastIndex;
    if (name === 'link') links.push(attributes);
    if (name === 'base') base ??= attributes.get('href');
    if (!OPAQUE.test(name)) continue;
    const endTag = new RegExp(`</${name}[\\s/>]`, 'gi');
    endTag.lastIndex = TAG_START.lastIndex;
    if (!endTag.test(head)) break;
    TAG_START.lastIndex = endTag.lastIndex;
  }
  return { links, base };
}

/** Returns the attributes after a tag's name and sets `TAG_END.lastIndex`; `undefined` if the tag has no end. */
function readAttributes(head: string, start: number): Attributes | undefined {
  const attributes = new Map<string, string>();
  for (let index = start; ; index = ATTRIBUTE.lastIndex) {
    TAG_END.lastIndex = index;
    if (TAG_END.test(head)) return attributes;
    ATTRIBUTE.lastIndex = index;
    const [, name = '', double, single, unquoted] = ATTRIBUTE.exec(head) ?? [];
    if (!name) return undefined;
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, decodeEntities(double ?? single ?? unquoted ?? ''));
  }
}
