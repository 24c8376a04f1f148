/**
 * The elements that can contain each field of a feed and its entries, in RSS, RDF and Atom, in order of preference: the
 * format's own element before those of its extensions. The first one with a usable value is read. Names are those of
 * `namespaces.ts`; `@` marks an attribute.
 */
export const SOURCES = {
  /** `rdf:about` is an attribute of the entry. */
  id: 'guid atom:id @rdf:about dc:identifier',
  title: 'title dc:title atom:title media:title itunes:title',
  /** An entry without any of them uses its enclosed file. */
  link: 'link atom:link feedburner:origlink guid',
  date: 'pubdate atom:published atom:issued dc:date dc:created dc:issued atom:created atom:updated atom:modified dc:modified',
  /** The full text comes before an abstract: the element shortens it. */
  summary:
    'content:encoded xhtml:body body fullitem description atom:content atom:summary dc:description media:description ' +
    'itunes:summary googleplay:description itunes:subtitle',
  /** `author` of RSS is an e-mail address by the standard, `dc:creator` is a name. */
  author: 'atom:author dc:creator dc:author author itunes:author googleplay:author',
  /** All of them are read. */
  categories: 'category atom:category dc:subject media:category itunes:category itunes:keywords',
  /** Of elements for any kind of file, only those that contain an image are read. */
  image: 'media:thumbnail media:content enclosure itunes:image atom:link',
  /** Files that aren't images. */
  enclosure: 'enclosure media:content atom:link',
  /** Of the feed. `xml:lang` is an attribute of the channel or the root. */
  language: 'language dc:language @xml:lang',
};
