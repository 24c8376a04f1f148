import { childrenNamed, contentOf, type Element } from './element.js';
import {
  authorOf,
  categoriesOf,
  checkCount,
  first,
  imageOf,
  languageTag,
  present,
  readImage,
  readLine,
  readLink,
  readMoment,
  readText,
  toEntry,
} from './fields.js';
import type { Entry, Feed } from './model.js';

/** A link to a picture that goes with the entry (RFC 4287 §4.2.7.2, `enclosure`). */
function readEnclosure(link: Element): string | undefined {
  return link.attributes.get('rel') === 'enclosure' ? readImage(link) : undefined;
}

function readEntry(entry: Element, feed: Element): Entry {
  return toEntry({
    id: first(entry, ['atom:id'], readLine),
    title: first(entry, ['atom:title', 'dc:title', 'media:title'], readLine),
    link: first(entry, ['atom:link'], readLink),
    moment: first(
      entry,
      ['atom:published', 'atom:issued', 'atom:updated', 'atom:modified', 'atom:created', 'dc:date'],
      readMoment,
    ),
    text: first(entry, ['atom:content', 'atom:summary', 'dc:description', 'media:description'], readText),
    // the feed's author is that of every entry that names none (RFC 4287 §4.1.1)
    author:
      authorOf(entry, ['atom:author', 'dc:creator']) ??
      authorOf(childrenNamed(entry, 'atom:source')[0] ?? feed, ['atom:author']),
    categories: categoriesOf(entry, ['atom:category', 'dc:subject']),
    image: imageOf(entry, ['media:thumbnail', 'media:content']) ?? first(entry, ['atom:link'], readEnclosure),
  });
}

/**
 * Reads Atom 1.0 (RFC 4287) and 0.3.
 *
 * @throws {FeedError} `too-large` past the limit of entries.
 */
export function readAtom(root: Element, address: string): Feed {
  const entries = childrenNamed(root, 'atom:entry');
  checkCount(entries, address);
  return present<Feed>({
    title: first(root, ['atom:title', 'dc:title'], readLine),
    link: first(root, ['atom:link'], readLink),
    language:
      languageTag(root.attributes.get('xml:lang')) ??
      first(root, ['dc:language'], (element) => languageTag(contentOf(element))),
    entries: entries.map((entry) => readEntry(entry, root)),
  });
}
