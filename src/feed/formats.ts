import { childrenNamed, contentOf, type Element } from './element.js';
import {
  authorOf,
  categoriesOf,
  enclosureOf,
  first,
  imageOf,
  languageTag,
  readDuration,
  readLine,
  readLink,
  readMoment,
  readText,
  toEntry,
} from './fields.js';
import type { Entry, Feed } from './model.js';
import { TEXT_NAMES } from './names.js';
import { httpUrl } from './url.js';

/** Where each field of an entry may stand, in order of preference: the format itself, then what was made for the purpose. */
const CARRIERS = {
  title: words('title dc:title atom:title media:title itunes:title'),
  link: words('link atom:link feedburner:origlink'),
  moment: words(
    'pubdate atom:published atom:issued dc:date dc:created dc:issued atom:created atom:updated atom:modified dc:modified',
  ),
  // `author` is an address by the standard, `dc:creator` a name
  author: words('atom:author dc:creator dc:author author itunes:author googleplay:author'),
  categories: words('category atom:category dc:subject media:category itunes:category itunes:keywords'),
  image: words('media:thumbnail media:content enclosure itunes:image atom:link'),
  enclosure: words('enclosure media:content atom:link'),
};

function words(list: string): string[] {
  return list.split(' ');
}

/** `guid` is a link unless it says that it is none (RSS 2.0, `isPermaLink`), and only where it is a whole address. */
function readPermalink(guid: Element): string | undefined {
  const isPermalink = guid.attributes.get('ispermalink')?.toLowerCase() !== 'false';
  return isPermalink ? httpUrl(contentOf(guid)) : undefined;
}

/** A feed before its entries are read. */
export interface OpenFeed {
  /** All of a feed but its entries. */
  fields: { [K in Exclude<keyof Feed, 'entries'>]-?: Feed[K] | undefined };
  /** The elements in which the entries stand, in their order. */
  places: readonly Element[];
  /** Gives `undefined` where that is no entry. */
  readEntry: (element: Element) => Entry | undefined;
}

/** Opens RSS 2.0 and its forebears (0.9x, 1.0/RDF), where items stand in the channel or beside it, and Atom (RFC 4287, 0.3). */
export function openFeed(root: Element): OpenFeed {
  const channel = childrenNamed(root, 'channel')[0] ?? root;
  // the feed's author is that of every entry of Atom that names none (RFC 4287 §4.1.1)
  const feedAuthor = authorOf(root, ['atom:author']);

  const readEntry = (entry: Element): Entry | undefined => {
    if (entry.name !== 'item' && entry.name !== 'atom:entry') return undefined;
    const [source] = childrenNamed(entry, 'atom:source');
    return toEntry({
      id:
        first(entry, ['guid', 'atom:id'], readLine) ??
        (entry.attributes.get('rdf:about')?.trim() || first(entry, ['dc:identifier'], readLine)),
      title: first(entry, CARRIERS.title, readLine),
      link: first(entry, CARRIERS.link, readLink) ?? first(entry, ['guid'], readPermalink),
      moment: first(entry, CARRIERS.moment, readMoment),
      text: first(entry, TEXT_NAMES, readText),
      author: authorOf(entry, CARRIERS.author) ?? (source ? authorOf(source, ['atom:author']) : feedAuthor),
      categories: categoriesOf(entry, CARRIERS.categories),
      image: imageOf(entry, CARRIERS.image),
      file: enclosureOf(entry, CARRIERS.enclosure),
      duration: first(entry, ['itunes:duration'], readDuration),
    });
  };

  return {
    fields: {
      title: first(channel, ['title', 'dc:title', 'atom:title'], readLine),
      link: first(channel, ['link', 'atom:link'], readLink),
      language:
        first(channel, ['language', 'dc:language'], (element) => languageTag(contentOf(element))) ??
        languageTag(channel.attributes.get('xml:lang') ?? root.attributes.get('xml:lang')),
    },
    places: [...new Set([channel, root])],
    readEntry,
  };
}
