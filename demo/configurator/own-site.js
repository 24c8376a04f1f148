// Which feeds are on the webmaster's own site: there a browser reads them, whatever this page may read.

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
