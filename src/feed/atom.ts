import { childrenNamed, contentOf, type Element } from './element.js';
import {
  authorOf,
  categoriesOf,
  first,
  imageOf,
  languageTag,
  readImage,
  readLine,
  readLink,
  readMoment,
  readText,
  toEntry,
  type OpenFeed,
} from './fields.js';
import type { Entry } from './model.js';

/** A link to a picture that goes with the entry (RFC 4287 §4.2.7.2, `enclosure`). */
function readEnclosure(link: Element): string | undefined {
  return link.attributes.get('rel') === 'enclosure' ? readImage(link) : undefined;
}

function readEntry(entry: Element, feedAuthor: string | undefined): Entry {
  const [source] = childrenNamed(entry, 'atom:source');
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
    author: authorOf(entry, ['atom:author', 'dc:creator']) ?? (source ? authorOf(source, ['atom:author']) : feedAuthor),
    categories: categoriesOf(entry, ['atom:category', 'dc:subject']),
    image: imageOf(entry, ['media:thumbnail', 'media:content']) ?? first(entry, ['atom:link'], readEnclosure),
  });
}

/** Opens Atom 1.0 (RFC 4287) and 0.3. */
export function openAtom(root: Element): OpenFeed {
  const author = authorOf(root, ['atom:author']);
  return {
    fields: {
      title: first(root, ['atom:title', 'dc:title'], readLine),
      link: first(root, ['atom:link'], readLink),
      language:
        languageTag(root.attributes.get('xml:lang')) ??
        first(root, ['dc:language'], (element) => languageTag(contentOf(element))),
    },
    places: [root],
    entryName: 'atom:entry',
    readEntry: (entry) => readEntry(entry, author),
  };
}
