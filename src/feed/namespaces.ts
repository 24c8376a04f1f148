/**
 * The namespaces of feeds by the prefix that this parser uses for them. `''` is RSS in all its versions. URIs are compared
 * without protocol, case and trailing `/` or `#`, because feeds vary in them.
 */
const NAMESPACE_URIS = {
  '':
    'backend.userland.com/rss2 backend.userland.com/rss blogs.law.harvard.edu/tech/rss ' +
    'channel.netscape.com/rdf/simple/0.9 cyber.law.harvard.edu/rss/rss.html my.netscape.com/rdf/simple/0.9 ' +
    'my.netscape.com/publish/formats/rss-0.91.dtd purl.org/net/rss1.1 purl.org/rss/1.0',
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

/** Twice the length of the longest URI above: a longer one isn't compared. */
const MAX_URI_LENGTH = 100;

/** Prefix of all namespaces that this parser doesn't know. */
const UNKNOWN = '?';

/** The namespaces that an element declares: this parser's prefix by the feed's. */
export interface NamespaceScope {
  readonly declared: ReadonlyMap<string, string>;
  readonly outer: NamespaceScope | undefined;
}

/**
 * Returns the scope within an element.
 *
 * @param attributes All attributes of the element, names in lower case.
 */
export function declareNamespaces(
  attributes: readonly (readonly [name: string, value: string])[],
  outer: NamespaceScope | undefined,
): NamespaceScope | undefined {
  const declared = new Map<string, string>();
  for (const [name, uri] of attributes) {
    // An unknown default namespace is a misspelled one of the format itself.
    if (name === 'xmlns') declared.set('', prefixOf(uri) ?? lookUp('', outer) ?? '');
    else if (name.startsWith('xmlns:')) declared.set(name.slice(6), prefixOf(uri) ?? UNKNOWN);
  }
  return declared.size > 0 ? { declared, outer } : outer;
}

/** Returns an element's name with this parser's prefix: `title`, `dc:date`, `?:title` in an unknown namespace. */
export function canonicalName(name: string, scope: NamespaceScope | undefined): string {
  const colon = name.indexOf(':');
  const written = name.slice(0, Math.max(colon, 0));
  // Many feeds use well-known prefixes without declaring them.
  const prefix = lookUp(written, scope) ?? written;
  return (prefix && `${prefix}:`) + name.slice(colon + 1);
}

function lookUp(prefix: string, scope: NamespaceScope | undefined): string | undefined {
  for (let current = scope; current; current = current.outer) {
    const known = current.declared.get(prefix);
    if (known !== undefined) return known;
  }
  return undefined;
}

function prefixOf(uri: string): string | undefined {
  if (uri.length > MAX_URI_LENGTH) return undefined;
  return PREFIXES.get(
    uri
      .trim()
      .toLowerCase()
      .replace(/^https?:\/\/|[/#]{1,3}$/g, ''),
  );
}
