// The recipes for a server that fetches the feed and serves it again, with the webmaster's URL in them. The build takes their
// text from docs/relay/.
import { readUrl } from './values.js';

/** The files of each kind of server in the order of installation, and the path of the feed. */
const SERVERS: Record<string, { files: readonly string[]; path?: string }> = {
  nginx: { files: ['nginx.conf'] },
  'cron-nginx': { files: ['cron.sh', 'cron-nginx.conf'] },
  'cron-apache': { files: ['cron.sh', 'cron-apache.conf'] },
  caddy: { files: ['cron.sh', 'Caddyfile'] },
  php: { files: ['relay.php'], path: '/dagbok.php' },
  wordpress: { files: ['wordpress.php'] },
  node: { files: ['relay.mjs', 'in front of relay.mjs'] },
  iis: { files: ['iis-task.ps1', 'web.config'] },
};

/** The feed's URL in every recipe of docs/relay/. */
const SAMPLE_URL = 'https://dagbok.example/feed.xml';

export interface Recipe {
  /** Path of the feed on the webmaster's site. */
  path: string;
  /** Name and text of each file. */
  files: readonly [name: string, text: string][];
  isTested: boolean;
  /** Whether the files contain the feed's URL. */
  hasUrl: boolean;
}

/** Returns a URL as every recipe can quote it, or `undefined`. Characters that could end a quote are percent-encoded. */
export function quotableUrl(written: string): string | undefined {
  if (!readUrl(written) || !URL.canParse(written)) return undefined;
  const url = new URL(written);
  url.hash = '';
  if (!/^[a-z0-9._-]+$/.test(url.hostname)) return undefined;
  return url.href.replace(
    /[^\w.~:/?&=%+,@-]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Returns the recipe for a kind of server. */
export function createRecipe(server: string, feedUrl: string, texts: Readonly<Record<string, string>>): Recipe {
  const { files, path = '/dagbok.xml' } = SERVERS[server] ?? { files: [] };
  const url = quotableUrl(feedUrl);
  const filled = files.map((name): [string, string] => {
    const text = texts[name] ?? '';
    return [name, url ? text.replaceAll(SAMPLE_URL, () => url) : text];
  });
  return {
    path,
    files: filled,
    isTested: !filled.some(([, text]) => /not tested/i.test(text.slice(0, 400))),
    hasUrl: url !== undefined && !filled.some(([, text]) => text.includes('https://dagbok.example')),
  };
}

/** Returns the path of the feed with that number: `/dagbok.xml`, `/dagbok-2.xml`. */
export const numberPath = (path: string, number: number): string =>
  number === 1 ? path : path.replace(/(\.[^./]*)?$/, (end) => `-${number}${end}`);
