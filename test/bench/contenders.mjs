// Bundles the contenders, and serves the same page and feed to all of them: only the script differs.
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { rollup } from 'rollup';
import { root } from '../../scripts/run.mjs';
import { TERSER_OPTIONS } from '../../scripts/terser-options.mjs';
import { makeFeed } from './feeds.mjs';
import { CONTENDERS } from './scenarios.mjs';

const ENTRY = 'define-contender';

/** Returns a module that exists only in memory: it defines a contender's class as `<diary-feed>`. */
function defineContender(name) {
  const file = JSON.stringify(path.join(root, `test/bench/contenders/${name}.js`));
  const code = `import { ${CONTENDERS[name]} as Feed } from ${file}; customElements.define('diary-feed', Feed);`;
  return {
    name: ENTRY,
    resolveId: (id) => (id === ENTRY ? id : null),
    load: (id) => (id === ENTRY ? code : null),
  };
}

async function bundle(name) {
  const bundled = await rollup({
    input: ENTRY,
    plugins: [
      defineContender(name),
      resolve({ browser: true, exportConditions: ['production'] }),
      terser(TERSER_OPTIONS),
    ],
    // rss-parser's file for browsers is a plain script, whose `this` is the window.
    moduleContext: (id) => (id.includes('rss-parser.min.js') ? 'window' : undefined),
  });
  const { output } = await bundled.generate({ format: 'es', inlineDynamicImports: true });
  return output[0].code;
}

/** Returns the script of each contender by its name, minified and compressed with brotli. */
export async function bundleContenders() {
  const scripts = {};
  for (const name of Object.keys(CONTENDERS)) {
    const code = CONTENDERS[name] ? await bundle(name) : readFileSync(path.join(root, 'dist/diary-feed.min.js'));
    scripts[name] = brotliCompressSync(code);
  }
  return scripts;
}

const BLANK_PAGE =
  '<!doctype html><html lang="sv"><meta charset="utf-8"><title>Dagbok</title><link rel="icon" href="data:,">';

const elementPage = (contender, feed) => `${BLANK_PAGE}
<meta name="viewport" content="width=device-width, initial-scale=1">
<script type="module" src="/script?${contender}"></script>
<h1>Kommunen</h1>
<diary-feed src="/feed.xml?${feed.replaceAll('&', '&amp;')}"><a href="https://dagbok.example/">Kommunchefens dagbok</a></diary-feed>
`;

const feeds = new Map();

/** Returns the body of a feed; it is made once. */
function feedOf(query) {
  const key = query.toString();
  if (!feeds.has(key)) {
    const text = makeFeed(Number(query.get('count')));
    feeds.set(key, query.has('gzip') ? gzipSync(text) : Buffer.from(text));
  }
  return feeds.get(key);
}

/**
 * Starts the server, on this machine only:
 *
 *     /element?contender=NAME&feed=QUERY   a page with an element for that feed
 *     /blank                               a page without one
 *     /script?NAME                         the script of a contender
 *     /feed.xml?count=N[&gzip]             a feed of N entries
 */
export async function startServer(scripts) {
  const server = createServer((request, response) => {
    const { pathname, search, searchParams: query } = new URL(request.url, 'http://127.0.0.1');
    const send = (type, content, encoding = 'identity') => {
      const body = Buffer.from(content);
      const headers = { 'content-type': type, 'content-length': body.length, 'content-encoding': encoding };
      response.writeHead(200, { ...headers, 'cache-control': 'no-store' }).end(body);
    };
    if (pathname === '/element') send('text/html', elementPage(query.get('contender'), query.get('feed')));
    else if (pathname === '/blank') send('text/html', BLANK_PAGE);
    else if (pathname === '/script') send('text/javascript', scripts[search.slice(1)], 'br');
    else if (pathname === '/feed.xml') {
      send('application/rss+xml; charset=utf-8', feedOf(query), query.has('gzip') ? 'gzip' : undefined);
    } else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
