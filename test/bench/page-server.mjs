// One server for all contenders: the same page, the same headers, the same feed; only the script is another.
import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { makeFeed } from './feeds.mjs';

/** How a line brings a feed: in pieces of so many bytes, 7 MB in about a second. */
const PIECE = 65_536;
const BYTES_PER_MILLISECOND = 7000;

/** Clocks of such a page are exact to 5 microseconds instead of 100 (HTML, cross-origin isolation). */
const ISOLATED = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

const head =
  '<!doctype html><html lang="sv"><meta charset="utf-8"><title>Dagbok</title><link rel="icon" href="data:,">';

const pageOf = (query) => `${head}
<meta name="viewport" content="width=device-width, initial-scale=1">
<script type="module" src="/elements/${query.get('element')}.js"></script>
<h1>Kommunen</h1>
<diary-feed src="/feed.xml?${query.get('feed').replaceAll('&', '&amp;')}"><a href="https://dagbok.example/">Kommunchefens dagbok</a></diary-feed>
`;

const feeds = new Map();

function feedOf(query) {
  const key = query.toString();
  if (!feeds.has(key)) {
    const text = makeFeed({
      count: Number(query.get('count')),
      hasDateLines: query.has('date-lines'),
      isReversed: query.has('reversed'),
    });
    feeds.set(key, query.has('gzip') ? gzipSync(text) : Buffer.from(text));
  }
  return feeds.get(key);
}

async function sendAtPace(response, body) {
  const start = performance.now();
  for (let sent = 0; sent < body.length;) {
    const end = Math.min(sent + PIECE, body.length);
    const due = start + end / BYTES_PER_MILLISECOND;
    if (due > performance.now()) await setTimeout(due - performance.now());
    response.write(body.subarray(sent, end));
    sent = end;
  }
  response.end();
}

/**
 * Serves, to this machine only:
 *
 *     /element?element=NAME&feed=QUERY    a page with an element for that feed
 *     /blank, /isolated                   a page with nothing; and one with an exact clock
 *     /elements/… /readers/…              `scripts`
 *     /feed.xml?count=N                   a feed of N entries: &date-lines &reversed, as feeds.mjs has them; &gzip; &paced
 */
export async function startPageServer(scripts) {
  const server = createServer((request, response) => {
    const { pathname, searchParams: query } = new URL(request.url, 'http://127.0.0.1');
    const send = (type, body, headers = {}) => {
      const all = { 'content-type': type, 'content-length': body.length, 'cache-control': 'no-store', ...headers };
      response.writeHead(200, all).end(body);
    };
    if (pathname === '/element') send('text/html; charset=utf-8', Buffer.from(pageOf(query)));
    else if (pathname === '/blank') send('text/html; charset=utf-8', Buffer.from(head));
    else if (pathname === '/isolated') send('text/html; charset=utf-8', Buffer.from(head), ISOLATED);
    else if (scripts.has(pathname)) send('text/javascript', scripts.get(pathname), { 'content-encoding': 'br' });
    else if (pathname === '/feed.xml') {
      const body = feedOf(query);
      const type = 'application/rss+xml; charset=utf-8';
      if (!query.has('paced')) send(type, body, query.has('gzip') ? { 'content-encoding': 'gzip' } : {});
      else {
        response.writeHead(200, { 'content-type': type, 'content-length': body.length, 'cache-control': 'no-store' });
        void sendAtPace(response, body);
      }
    } else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    end() {
      server.close();
      server.closeAllConnections();
    },
  };
}
