// Server of the tests: feeds byte by byte, and network failures. It serves the same on the page's origin and, by startFeedServer,
// on another one.
//
//   /feed-server/fixtures                 names of test/fixtures/*.xml, as JSON
//   /feed-server/feed?…                   a response; see `respond` for its parameters
//   /feed-server/open?gate=ID             releases the responses that wait at a gate
//   /feed-server/recover?id=ID            responses with that id are good from now on
//   /feed-server/requests?id=ID           requests with that id, as JSON; `bytes` is the size of the response on the wire
//   /feed-server/hostile                  number of feeds of each family of hostile-feeds.mjs, and of their entries
//   /feed-server/origin                   the other origin
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { bombOf } from './bombs.mjs';
import { sendBrokenResponse } from './broken-responses.mjs';
import { COUNTS, feedsOf, PAYLOADS } from './hostile-feeds.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const fixtures = path.join(root, 'test/fixtures');

/** Milliseconds after which a gate opens automatically. */
const GATE_TIMEOUT_MS = 20_000;

const gates = new Map();
const requests = new Map();
const recovered = new Set();
const hostile = new Map();
let otherOrigin = '';

function gate(id) {
  if (!gates.has(id)) {
    const made = {};
    made.opened = new Promise((resolve) => {
      made.open = resolve;
      setTimeout(resolve, GATE_TIMEOUT_MS).unref();
    });
    gates.set(id, made);
  }
  return gates.get(id);
}

/**
 * `file=NAME` of test/fixtures, `shared=NAME` of the real feeds if they exist, `bomb=NAME` of bombs.mjs,
 * `hostile=FAMILY&index=N` of hostile-feeds.mjs (`&alone=N`: one of its entries), `items=N` (`&length=N`: characters of each text,
 * `&form=` one of `FORMS`), `text=…`, or nothing.
 */
function bodyOf(query) {
  if (query.has('hostile')) return Buffer.from(hostileFeed(query).markup);
  if (query.has('bomb')) return Buffer.from(bombOf(query.get('bomb')));
  if (query.has('items')) {
    const feed = longFeed(Number(query.get('items')), query.get('form') ?? undefined, Number(query.get('length')));
    return Buffer.from(feed);
  }
  const name = query.get('file') ?? query.get('shared');
  if (name === null) return Buffer.from(query.get('text') ?? '');
  const folder = query.has('file') ? fixtures : path.join(root, '../shared/feeds');
  const file = path.join(folder, path.basename(name));
  return existsSync(file) ? readFileSync(file) : undefined;
}

/** Returns the feeds of a family. */
function hostileFeeds(family) {
  if (!hostile.has(family)) hostile.set(family, feedsOf(family));
  return hostile.get(family);
}

function hostileFeed(query) {
  const feed = hostileFeeds(query.get('hostile'))[Number(query.get('index'))];
  return query.has('alone') ? feed.alone[Number(query.get('alone'))] : feed;
}

function describeFamily(name) {
  return { name, feeds: hostileFeeds(name).map(({ count, alone }) => ({ count, tries: alone.length })) };
}

/** Returns a feed with this number of entries, oldest first. */
function longFeed(count, form = 'rss', length = 0) {
  const write = FORMS[form];
  const entries = Array.from({ length: count }, (_, index) => {
    const date = new Date(Date.UTC(2000, 0, 1 + index, 12));
    return write({ number: index + 1, date, html: length > 0 ? textOf(index + 1, length) : '' });
  });
  const [start, end] = FRAMES[form] ?? FRAMES.rss;
  return `${start}${entries.join('')}${end}`;
}

const escaped = (html) => html.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const RSS_FIELDS = ({ number, date, html }) =>
  `<title>Inlägg ${number}</title><link>https://dagbok.example/${number}</link><pubDate>${date.toUTCString()}</pubDate>` +
  (html && `<category>Månad ${number % 12}</category><description><![CDATA[${html}]]></description>`);

/** Markup of an entry by format. A `page` has no entries. */
const FORMS = {
  rss: (entry) => `<item>${RSS_FIELDS(entry)}</item>`,
  atom: ({ number, date, html }) =>
    `<entry><title>Inlägg ${number}</title><link href="https://dagbok.example/${number}"/>` +
    `<updated>${date.toISOString()}</updated><content type="html">${escaped(html)}</content></entry>`,
  page: ({ html }) => `<article>${html}</article>`,
};

const FRAMES = {
  rss: ['<rss version="2.0"><channel><title>Dagboken</title>', '</channel></rss>'],
  atom: ['<feed xmlns="http://www.w3.org/2005/Atom"><title>Dagboken</title>', '</feed>'],
  page: ['<!doctype html><html lang="sv"><title>Dagboken</title>', '</html>'],
};

const SENTENCES = [
  'Idag har vi talat om vägen till Gárasávvon och om isen, som ligger kvar.',
  'Ledningsgruppen gick igenom budgeten – det tog hela förmiddagen.',
  'På eftermiddagen kom näringslivet på besök.',
];

/** Returns HTML of about this length, different for each entry. */
function textOf(number, length) {
  let html = '';
  for (let count = 0; html.length < length; count++) {
    html += `<p>${SENTENCES[(number + count) % SENTENCES.length]} Ärende ${number}:${count}.</p>`;
  }
  return html;
}

/** Response after recovery, and before a failure that comes later. */
const HEALTHY = new URLSearchParams({ items: 2, cors: 1 });

/**
 * status=404 · type=… · cors=1 · gate=ID (waits there before the headers) · body-gate=ID (and within the body) · fails=N (503 to the
 * first N requests with that id) · gzip=1 · reset=1 (disconnects) · redirect=URL (`self`: here) · endless=1 · size=N (Content-Length) ·
 * head=LINES (further header fields) · preflight=1 (allows any preflight) · failure=NAME (of broken-responses.mjs) · good=N (the first N
 * responses with that id are good) · id=ID (counts requests) · cache=VALUE (Cache-Control, by default `no-store`) · etag=TAG
 */
async function respond(request, response, query) {
  const id = query.get('id');
  if (id) {
    const entry = { headers: request.headers, method: request.method, time: Date.now(), isAborted: false };
    const { socket } = request;
    const written = socket.bytesWritten; // for a connection that was used before
    requests.set(id, [...(requests.get(id) ?? []), entry]);
    response.on('close', () => {
      entry.isAborted = !response.writableFinished;
      entry.status = response.statusCode;
      entry.bytes = socket.bytesWritten - written;
    });
    if (recovered.has(id) || requests.get(id).length <= Number(query.get('good'))) query = HEALTHY;
  }
  if (query.has('gate')) await gate(query.get('gate')).opened;
  if (query.has('reset')) return request.socket.destroy();
  if (query.has('preflight') && request.method === 'OPTIONS') {
    const allow = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
    return response.writeHead(204, allow).end();
  }

  const plain = bodyOf(query);
  if (query.has('failure')) return sendBrokenResponse(query.get('failure'), request.socket, plain);
  const body = plain && query.has('gzip') ? gzipSync(plain) : plain;
  const headers = {
    'content-type': query.get('type') ?? 'application/rss+xml',
    'cache-control': query.get('cache') ?? 'no-store',
  };
  if (query.has('etag')) headers.etag = query.get('etag');
  if (query.has('cors')) headers['access-control-allow-origin'] = '*';
  const target = query.get('redirect');
  if (query.has('redirect')) headers.location = target === 'self' ? request.url : target;
  if (query.has('gzip')) headers['content-encoding'] = 'gzip';
  if (query.has('size')) headers['content-length'] = query.get('size');
  const count = requests.get(id)?.length;
  const fails = count <= Number(query.get('fails'));
  const status = query.has('redirect') ? 302 : fails ? 503 : body ? Number(query.get('status') ?? 200) : 404;
  for (const line of query.get('head')?.split('\n') ?? []) {
    const [, name, value] = /^(.+?):\s*(.*)$/.exec(line);
    response.appendHeader(name, value);
  }
  if (query.has('etag') && request.headers['if-none-match'] === headers.etag)
    return response.writeHead(304, headers).end();
  response.writeHead(status, headers);
  if (query.has('endless')) return sendWithoutEnd(response);
  if (query.has('body-gate') && body) {
    response.write(body.subarray(0, body.length >> 1));
    await gate(query.get('body-gate')).opened;
    return response.end(body.subarray(body.length >> 1));
  }
  return response.end(body);
}

/** Sends 64 MB at most. */
function sendWithoutEnd(response) {
  const chunk = Buffer.alloc(65_536, '<rss><channel><item><title>x</title></item>');
  let left = 1024;
  const send = () => {
    while (left-- > 0) if (!response.write(chunk)) return response.once('drain', send);
    response.end();
  };
  send();
}

/** Handles a request for /feed-server/; returns whether it did. */
export function handleFeedRequest(request, response) {
  const url = new URL(request.url, 'http://127.0.0.1');
  if (!url.pathname.startsWith('/feed-server/')) return false;
  const query = url.searchParams;
  const json = (value) =>
    response
      .writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
      .end(JSON.stringify(value));
  switch (url.pathname.slice('/feed-server/'.length)) {
    case 'fixtures':
      json(readdirSync(fixtures).filter((name) => name.endsWith('.xml')));
      break;
    case 'open':
      gate(query.get('gate')).open();
      json(true);
      break;
    case 'recover':
      recovered.add(query.get('id'));
      json(true);
      break;
    case 'requests':
      json(requests.get(query.get('id')) ?? []);
      break;
    case 'hostile':
      json({ counts: COUNTS, families: Object.keys(PAYLOADS).map(describeFamily) });
      break;
    case 'origin':
      json(otherOrigin);
      break;
    case 'feed':
      respond(request, response, query).catch(() => response.destroy());
      break;
    default:
      response.writeHead(404).end();
  }
  return true;
}

/** Starts the server on another origin. Returns the origin, and a function that stops it. */
export async function startFeedServer() {
  const server = createServer((request, response) => {
    response.shouldKeepAlive = false; // browsers repeat a request if a reused connection fails
    if (!handleFeedRequest(request, response)) response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  otherOrigin = `http://127.0.0.1:${server.address().port}`;
  const end = () => {
    server.close();
    server.closeAllConnections();
  };
  return { origin: otherOrigin, end };
}
