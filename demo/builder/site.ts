// Whether a URL is on the webmaster's site, and whether it is complete.
import { UNKNOWN_SITE } from './values.js';

/** Whether a URL is a path on the webmaster's site. */
export const isPath = (url: string): boolean => new URL(url, UNKNOWN_SITE).origin === new URL(UNKNOWN_SITE).origin;

/** Returns the path of a URL with its query: what the code contains if the feed is on the webmaster's site. */
export function pathOf(url: string): string {
  const { pathname, search } = new URL(url, UNKNOWN_SITE);
  return pathname + search;
}

/** A host name with dots whose last part isn't a number. */
const HOST = /^(?:[\p{L}\p{N}_-]+\.)+\p{L}{2,}$/u;

/** Endings of feed files. No host name ends like that. */
const FILE = /\.(?:xml|rss|atom|rdf|json|php|aspx?|ashx|jsp|cgi|html?|txt)$/i;

/** Returns the URL with `https://` if that is probably missing: `www.kommun.example/rss` is a path, but nobody means one. */
export function addMissingProtocol(url: string): string | undefined {
  const [first = ''] = url.split(/[/?#]/, 1);
  return HOST.test(first) && !FILE.test(first) ? `https://${url}` : undefined;
}

/** Returns an `http:` URL with `https:`, or `undefined`. A page on https can load http only from the visitor's own machine. */
export function withHttps(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname } = new URL(url);
  const isLoopback = /^(?:127\.\d+\.\d+\.\d+|\[::1\]|(?:.+\.)?localhost)$/.test(hostname);
  return protocol === 'http:' && !isLoopback ? url.replace(/^http:/i, 'https:') : undefined;
}

/** Returns the host of an absolute URL, or ''. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '');

/** Returns the source of a URL in a Content-Security-Policy: its origin, or `'self'`. */
export function cspSource(url: string): string {
  if (!url || isPath(url)) return "'self'";
  const { origin } = new URL(url, UNKNOWN_SITE);
  // a host can contain a semicolon, which would start another directive
  return /^https?:\/\/(?:[a-z0-9._-]+|\[[0-9a-f:]+\])(?::\d+)?$/.test(origin) ? origin : "'self'";
}
