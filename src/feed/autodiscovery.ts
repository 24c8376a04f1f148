import { decodeEntities } from './html-entities.js';
import { httpUrl } from './http-url.js';

/** Characters of a page that are searched: its head, with all the scripts and style sheets that some pages have there. */
export const MAX_HEAD_LENGTH = 300_000;

/** Comments, and elements whose content isn't markup of the page. One of these that isn't closed contains the rest. */
const HIDDEN = /<!--(?:-?>|[^]*?(?:-->|$))|<(script|style|title|noscript|template)\b[^]*?(?:<\/\1|$)/gi;

const TAG = /<(link|base)\s([^<>]*)>/gi;

const ATTRIBUTE = /(?<![\w-])([a-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))/gi;

/** Returns whether a text starts as an HTML page does. */
export function isHtmlPage(text: string): boolean {
  return /^(?:<!doctype html|<html|<head|<body)|<html[\s>]/i.test(text.trimStart().slice(0, 1000));
}

/** Returns the URL of the first feed that the head of an HTML page at `url` links to, in linear time. */
export function discoverFeed(page: string, url: string | undefined): string | undefined {
  const [head = ''] = page
    .slice(0, MAX_HEAD_LENGTH)
    .replace(HIDDEN, '')
    .split(/<body[\s>]/i, 1);
  const tags = [...head.matchAll(TAG)].map(([, name = '', text = '']) => ({ name, attributes: readAttributes(text) }));
  const base = tags.find(({ name }) => name.toLowerCase() === 'base')?.attributes.get('href');
  const baseUrl = httpUrl(base, url) ?? url;
  for (const { attributes } of tags) {
    const isAlternate = /(?:^|\s)alternate(?:\s|$)/i.test(attributes.get('rel') ?? '');
    const isFeed = isAlternate && /^\s*application\/(?:rss|atom)\+xml\b/i.test(attributes.get('type') ?? '');
    const feedUrl = isFeed && httpUrl(attributes.get('href'), baseUrl);
    if (feedUrl) return feedUrl;
  }
  return undefined;
}

function readAttributes(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single, unquoted]) => [
      name.toLowerCase(),
      decodeEntities(double ?? single ?? unquoted ?? ''),
    ]),
  );
}
