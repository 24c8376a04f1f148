// Where a written address leads: to the webmaster's own site, where a browser reads feeds whatever this page may read, or to
// another; and whether it is what was meant.

/** What a path is resolved against where no site is named; no site is called so. */
const NOWHERE = 'https://page.invalid';

const originOf = (address) => new URL(address, NOWHERE).origin;

/** Whether a checked address is on the own site: a path, or of the site's origin. */
export function isOwn(address, site) {
  const origin = originOf(address);
  return origin === NOWHERE || Boolean(site && URL.canParse(site) && new URL(site).origin === origin);
}

/** A checked address as this page can ask for it, or `undefined` for a path of a site that nobody has named. */
export function resolveOn(site, address) {
  if (originOf(address) !== NOWHERE) return address;
  return site && URL.canParse(address, site) ? new URL(address, site).href : undefined;
}

/** A name with dots in it, the last part of which is no number. */
const HOST = /^(?:[\p{L}\p{N}_-]+\.)+\p{L}{2,}$/u;

/** What files are called by that feeds come from; no host ends so. */
const FILE = /\.(?:xml|rss|atom|rdf|json|php|aspx?|ashx|jsp|cgi|html?|txt)$/i;

/**
 * The whole address that somebody had in mind who left out `https://`, or `undefined`. `www.kommun.example/rss` is a path, by
 * the letter; nobody has a folder of that name.
 */
export function meantBy(address) {
  const [first] = address.split(/[/?#]/, 1);
  return HOST.test(first) && !FILE.test(first) ? `https://${address}` : undefined;
}

/** A whole address of `http:` as one of `https:`, or `undefined`: what a page on https may not read, but on the own machine. */
export function secured(address) {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname } = new URL(address);
  const isLoopback = /^(?:127\.\d+\.\d+\.\d+|\[::1\]|(?:.+\.)?localhost)$/.test(hostname);
  return protocol === 'http:' && !isLoopback ? address.replace(/^http:/i, 'https:') : undefined;
}
