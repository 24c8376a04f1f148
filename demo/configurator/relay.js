// The recipes by which a page's own server hands a feed on, with the webmaster's own addresses in them. Their texts come from
// docs/relay/, by the build.
import { readAddress } from './values.js';

/** The files of each way, in the order in which they are put up, and the address under which they hand the feed on. */
const WAYS = {
  nginx: { files: ['nginx.conf'] },
  'cron-nginx': { files: ['cron.sh', 'cron-nginx.conf'] },
  'cron-apache': { files: ['cron.sh', 'cron-apache.conf'] },
  caddy: { files: ['cron.sh', 'Caddyfile'] },
  php: { files: ['relay.php'], path: '/dagbok.php' },
  wordpress: { files: ['wordpress.php'] },
  node: { files: ['relay.mjs', 'in front of relay.mjs'] },
  iis: { files: ['iis-task.ps1', 'web.config'] },
};

/** The ways by name, the one to be recommended first. */
export const RELAYS = Object.keys(WAYS);

/**
 * A feed's address as any recipe can hold it within its quotes, or `undefined`. What could end them, or mean something there,
 * is written as `%` and its number, which a server takes for the same.
 */
export function recipeAddress(written) {
  if (!readAddress(written) || !URL.canParse(written)) return undefined;
  const url = new URL(written);
  url.hash = '';
  if (!/^[a-z0-9._-]+$/.test(url.hostname)) return undefined;
  const numbered = (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return url.href.replace(/[^\w.~:/?&=%+,@-]/g, numbered);
}

/** A recipe with addresses in the places of the invented ones: that of the feed, from `recipeAddress`, and the site's own. */
export function fillRecipe(text, { feed, site }) {
  const filled = feed ? text.replaceAll('https://dagbok.example/feed.xml', () => feed) : text;
  const host = URL.canParse(site ?? '') ? new URL(site).host : '';
  return /^[a-z0-9.:-]+$/.test(host) ? filled.replaceAll('kommun.example', () => host) : filled;
}

/**
 * What a webmaster puts up, or `undefined` where no way is chosen: `path`, where the feed is then; `files`, as pairs of name and
 * text; `isTested`; and whether the feed's address is in them, `isFilled`.
 *
 * @param way one of `RELAYS`
 * @param recipes as the build writes them
 */
export function relayFor(way, { src, site, recipes }) {
  const { files, path = '/dagbok.xml' } = WAYS[way] ?? {};
  if (!files) return undefined;
  const feed = recipeAddress(src ?? '');
  const texts = files.map((name) => [name, fillRecipe(recipes[name], { feed, site })]);
  return {
    path,
    files: texts,
    isFilled: Boolean(feed) && !texts.some(([, text]) => text.includes('https://dagbok.example')),
    isTested: !texts.some(([, text]) => /not tested/i.test(text.slice(0, 400))),
  };
}
