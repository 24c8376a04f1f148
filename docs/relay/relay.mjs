// A relay for one feed: Node fetches it, keeps it in memory, and serves it at /dagbok.xml. Requires Node 20 or newer, and no
// packages. It listens only on this machine: README.md in the same folder contains the lines for your web server.
// As a service, /etc/systemd/system/dagbok.service:
//
//   [Service]
//   ExecStart=/usr/bin/node /usr/local/lib/dagbok/relay.mjs
//   DynamicUser=yes
//   Restart=always
//   [Install]
//   WantedBy=multi-user.target
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

// EDIT: the URL of the feed, not one that redirects; and the path and port of the relay
const ADDRESS = 'https://dagbok.example/feed.xml';
const PATH = '/dagbok.xml';
const PORT = 8081;

// EDIT: '*' allows pages on other origins
const OTHER_ORIGINS = '';

const FRESH = 600_000; // milliseconds: lifetime of a copy
const RETRY = 30_000; // pause after a failure
const TIMEOUT = 8_000; // for a complete request
const PATIENCE = 2_000; // that a visitor waits for a new copy if there is an old one
const MAX_BYTES = 5_000_000;

let copy; // { body, type, etag, source: { etag, lastModified } }
let dueAt = 0;
let underWay;

/** Fetches the feed if the copy is old. Visitors who come in the meantime wait for the same request. Never rejects. */
function refresh() {
  if (Date.now() < dueAt) return undefined;
  underWay ??= fetchFeed()
    .then(
      (newer) => {
        copy = newer;
        dueAt = Date.now() + FRESH;
      },
      (error) => {
        console.error(`${ADDRESS}: ${error.cause?.message ?? error.message}. The copy stays as it is.`);
        dueAt = Date.now() + RETRY;
      },
    )
    .finally(() => (underWay = undefined));
  return underWay;
}

/** Returns the current feed. Throws if it can't be loaded. */
async function fetchFeed() {
  const headers = {
    accept: 'application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.1',
    'user-agent': 'diary-feed relay',
  };
  if (copy?.source.etag) headers['if-none-match'] = copy.source.etag;
  if (copy?.source.lastModified) headers['if-modified-since'] = copy.source.lastModified;

  const response = await fetch(ADDRESS, { headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT) });
  if (response.status !== 200) {
    await response.body?.cancel();
    if (response.status === 304 && copy) return copy;
    const advice = response.status < 400 ? '; find the last address with curl -sIL, and write that into ADDRESS' : '';
    throw new Error(`it answered ${response.status}${advice}`);
  }
  const body = await readBody(response);
  if (!isWholeFeed(body)) throw new Error('it is not a feed, or not a whole one');

  const charset = /;\s*charset\s*=\s*(?:["']\s*)?([\w.:-]+)/i.exec(response.headers.get('content-type') ?? '')?.[1];
  return {
    body,
    type: charset ? `text/plain; charset=${charset}` : 'text/plain', // browsers don't run text
    etag: createHash('sha256').update(`${charset}`).update(body).digest('hex').slice(0, 32),
    source: { etag: response.headers.get('etag'), lastModified: response.headers.get('last-modified') },
  };
}

async function readBody(response) {
  const chunks = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES} bytes`); // also aborts the request
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A feed starts and ends with its root element. The zero bytes of UTF-16 are removed before the check. */
function isWholeFeed(body) {
  const textOf = (bytes) => bytes.toString('latin1').replaceAll('\0', '');
  return (
    /<(?:rss|(?:[\w.-]+:)?feed|rdf:RDF)(?=[\s>])/i.test(textOf(body.subarray(0, 4096))) &&
    /<\/(?:rss|(?:[\w.-]+:)?feed|rdf:RDF)\s*>/i.test(textOf(body.subarray(-4096)))
  );
}

const server = createServer(async (request, response) => {
  const answer = (status, headers, body) => {
    response.writeHead(status, {
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "sandbox; default-src 'none'",
      ...(OTHER_ORIGINS && {
        'Access-Control-Allow-Origin': OTHER_ORIGINS,
        'Access-Control-Expose-Headers': 'Retry-After',
      }),
      ...headers,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  const refuse = (status, text, headers) =>
    answer(status, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store', ...headers }, `${text}\n`);

  if (request.url.replace(/\?.*/s, '') !== PATH) return refuse(404, 'Nothing is here.');
  if (!['GET', 'HEAD'].includes(request.method)) return refuse(405, 'Only GET and HEAD are answered.');

  const refreshed = refresh();
  if (refreshed) {
    let timer;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE)));
    await (copy ? Promise.race([refreshed, patience]) : refreshed);
    clearTimeout(timer);
  }
  if (!copy) {
    const text = 'The host of the feed gave no feed, and there is no copy.';
    return refuse(503, text, { 'Retry-After': RETRY / 1000 });
  }
  const headers = { 'Content-Type': copy.type, 'Cache-Control': 'public, max-age=300', ETag: `"${copy.etag}"` };
  if (request.headers['if-none-match']?.includes(copy.etag)) return answer(304, headers);
  return answer(200, { ...headers, 'Content-Length': copy.body.length }, copy.body);
});
server.listen(PORT, '127.0.0.1');
