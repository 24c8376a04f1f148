import { childrenNamed, contentOf, type Element } from './element.js';
import {
  authorOf,
  categoriesOf,
  first,
  imageOf,
  languageTag,
  readLine,
  readLink,
  readMoment,
  readText,
  toEntry,
  type OpenFeed,
} from './fields.js';
import type { Entry } from './model.js';
import { TEXT_NAMES } from './names.js';
import { httpUrl } from './url.js';

/** `guid` is a link unless it says that it is none (RSS 2.0, `isPermaLink`), and only where it is a whole address. */
function readPermalink(guid: Element): string | undefined {
  const isPermalink = guid.attributes.get('ispermalink')?.toLowerCase() !== 'false';
  return isPermalink ? httpUrl(contentOf(guid)) : undefined;
}

/** Where each field of an item may stand, in order of preference: RSS itself, then what was made for the purpose. */
const CARRIERS = {
  title: words('title dc:title atom:title media:title itunes:title'),
  link: words('link atom:link feedburner:origlink'),
  moment: words(
    'pubdate dc:date dc:created dc:issued atom:published atom:issued atom:created atom:updated atom:modified dc:modified',
  ),
  // `author` is an address by the standard, `dc:creator` a name
  author: words('dc:creator dc:author author atom:author itunes:author googleplay:author'),
  categories: words('category dc:subject atom:category media:category itunes:category itunes:keywords'),
  image: words('media:thumbnail media:content enclosure itunes:image'),
};

function words(list: string): string[] {
  return list.split(' ');
}

function readItem(item: Element): Entry {
  return toEntry({
    id:
      first(item, ['guid', 'atom:id'], readLine) ??
      (item.attributes.get('rdf:about')?.trim() || undefined) ??
      first(item, ['dc:identifier'], readLine),
    title: first(item, CARRIERS.title, readLine),
    link: first(item, CARRIERS.link, readLink) ?? first(item, ['guid'], readPermalink),
    moment: first(item, CARRIERS.moment, readMoment),
    text: first(item, TEXT_NAMES, readText),
    author: authorOf(item, CARRIERS.author),
    categories: categoriesOf(item, CARRIERS.categories),
    image: imageOf(item, CARRIERS.image),
  });
}

/** Opens RSS 2.0 and its forebears (0.9x, 1.0/RDF), where items stand in the channel or beside it. */
export function openRss(root: Element): OpenFeed {
  const channel = childrenNamed(root, 'channel')[0] ?? root;
  return {
    fields: {
      title: first(channel, ['title', 'dc:title', 'atom:title'], readLine),
      link: first(channel, ['link', 'atom:link'], readLink),
      language:
        first(channel, ['language', 'dc:language'], (element) => languageTag(contentOf(element))) ??
        languageTag(channel.attributes.get('xml:lang') ?? root.attributes.get('xml:lang')),
    },
    places: [...new Set([channel, root])],
    entryName: 'item',
    readEntry: readItem,
  };
}
