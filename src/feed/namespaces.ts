/** Namespaces by this parser's prefix for them; `''` is RSS. Feeds vary in protocol, case and trailing `/` or `#` of the URIs. */
const NAMESPACE_URIS = {
  '': 'purl.org/rss/1.0 purl.org/net/rss1.1 backend.userland.com/rss2 my.netscape.com/rdf/simple/0.9',
  atom: 'www.w3.org/2005/atom purl.org/atom/ns purl.org/atom',
  content: 'purl.org/rss/1.0/modules/content',
  dc: 'purl.org/dc/elements/1.1 purl.org/dc/elements/1.0 purl.org/dc/terms',
  feedburner: 'rssnamespace.org/feedburner/ext/1.0',
  googleplay: 'www.google.com/schemas/play-podcasts/1.0',
  itunes: 'www.itunes.com/dtds/podcast-1.0.dtd',
  media: 'search.yahoo.com/mrss search.yahoo.com/mrss/rss www.rssboard.org/media-rss',
  rdf: 'www.w3.org/1999/02/22-rdf-syntax-ns',
  xhtml: 'www.w3.org/1999/xhtml',
  xml: 'www.w3.org/xml/1998/namespace',
};

const PREFIXES = new Map(
  Object.entries(NAMESPACE_URIS).flatMap(([prefix, uris]) => uris.split(' ').map((uri) => [uri, prefix] as const)),
);

/** This parser's prefix by the feed's. An inner scope inherits from the outer one. */
export type NamespaceScope = Readonly<Record<string, string | undefined>>;

/** Returns a scope in which a prefix means the same as in this parser: many feeds don't declare them. */
export function createScope(defaultPrefix: string): NamespaceScope {
  return Object.assign(Object.create(null) as NamespaceScope, { '': defaultPrefix });
}

/** Returns the scope within an element. The names of its attributes are in lower case. */
export function declareNamespaces(
  attributes: readonly (readonly [name: string, value: string])[],
  outer: NamespaceScope,
): NamespaceScope {
  const declarations = attributes.filter(([name]) => name.startsWith('xmlns'));
  if (declarations.length === 0) return outer;
  const scope = Object.create(outer) as Record<string, string | undefined>;
  for (const [name, uri] of declarations) {
    const prefix = PREFIXES.get(
      uri
        .trim()
        .toLowerCase()
        .replace(/^https?:\/\/|[/#]{1,3}$/g, ''),
    );
    // An unknown default namespace is a misspelled one of the format itself.
    if (name === 'xmlns') scope[''] = prefix ?? outer[''];
    else scope[name.slice(6)] = prefix ?? '?';
  }
  return scope;
}

/** Returns an element's name with this parser's prefix: `title`, `dc:date`, `?:title` in an unknown namespace. */
export function canonicalName(name: string, scope: NamespaceScope): string {
  const colon = name.indexOf(':');
  const written = name.slice(0, Math.max(colon, 0));
  const prefix = scope[written] ?? written;
  return (prefix && `${prefix}:`) + name.slice(colon + 1);
}
