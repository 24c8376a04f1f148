/** The root elements of the feed formats, lower case, without a prefix. */
const FEED_ROOTS = new Set(['rss', 'rdf', 'feed', 'channel']);

/** Elements that never stand within their own kind, nor in a field: where one begins, these were not closed. */
const ENTRIES = new Set(['item', 'entry']);

/** What is no character of XML 1.0 (§2.2), and the one that has a meaning of its own here (`BRACKET`). */
export const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufdd0\ufffe\uffff]/g;

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Whether an element of that name, lower case, is the root of a feed or its channel in its form, whatever its namespace. */
export function isRoot(name: string): boolean {
  return FEED_ROOTS.has(localName(name));
}

/** Whether an element of that name, lower case, is an entry in its form, whatever its namespace. */
export function isEntry(name: string): boolean {
  return ENTRIES.has(localName(name));
}

/** Elements that may hold the text of an item of RSS: the whole text before an abstract of it. */
export const TEXT_NAMES = (
  'content:encoded xhtml:body body fullitem description atom:content atom:summary dc:description media:description ' +
  'itunes:summary googleplay:description itunes:subtitle'
).split(' ');
