// The server that the tests speak to: feeds byte for byte, and every way in which one can fail to come.
// The same answers stand on the tests' own origin and, by startFeedServer, on another one.
//
//   /feed-server/fixtures                 the names of test/fixtures/*.xml, as JSON
//   /feed-server/feed?…                   an answer; see `answer` for its parameters
//   /feed-server/open?gate=ID             lets the answers go that wait at a gate
//   /feed-server/heal?id=ID               from now on all is well with that id
//   /feed-server/requests?id=ID           what has been asked with that id, as JSON; `bytes` went over the wire for an answer
//   /feed-server/hostile                  how many feeds each family of hostile-feeds.mjs has, and of how many entries
//   /feed-server/hostile-what?…           what the feed tries that `feed?…` gives for the same parameters
//   /feed-server/origin                   the address of the other origin
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { bombOf } from './bombs.mjs';
import { giveFault } from './faults.mjs';
import { COUNTS, feedsOf, PAYLOADS } from './hostile-feeds.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const fixtures = path.join(root, 'test/fixtures');

/** A gate that nobody opens opens by itself: no test waits longer. */
const GATE_LIMIT = 20_000;

const gates = new Map();
const requests = new Map();
const healed = new Set();
const hostile = new Map();
let otherOrigin = '';

function gate(id) {
  if (!gates.has(id)) {
    const made = {};
    made.opened = new Promise((resolve) => {
      made.open = resolve;
      setTimeout(resolve, GATE_LIMIT).unref();
    });
    gates.set(id, made);
  }
  return gates.get(id);
}

/**
 * `file=NAME` of test/fixtures, `shared=NAME` of the real feeds where they are, `bomb=NAME` of bombs.mjs,
 * `hostile=FAMILY&index=N` of hostile-feeds.mjs (`&alone=N` of that feed's tries), `items=N` (`&length=N`: characters of
 * each one's text, `&form=` one of `FORMS`, `&before=TEXT`), `text=…`, or nothing.
 */
function bodyOf(query) {
  if (query.has('hostile')) return Buffer.from(hostileFeed(query).markup);
  if (query.has('bomb')) return Buffer.from(bombOf(query.get('bomb')));
  if (query.has('items')) {
    const feed = longFeed(Number(query.get('items')), query.get('form') ?? undefined, Number(query.get('length')));
    return Buffer.from(`${query.get('before') ?? ''}${feed}`);
  }
  const name = query.get('file') ?? query.get('shared');
  if (name === null) return Buffer.from(query.get('text') ?? '');
  const folder = query.has('file') ? fixtures : path.join(root, '../shared/feeds');
  const file = path.join(folder, path.basename(name));
  return existsSync(file) ? readFileSync(file) : undefined;
}

/** The feeds of a family, made once. */
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

/** A feed of so many entries, the oldest first: as no CMS writes it, so that the order shows. */
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

/** Markup of an entry by form; a `page` has no entries. */
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

/** HTML of about so many characters, unlike that of any other entry. */
function textOf(number, length) {
  let html = '';
  for (let count = 0; html.length < length; count++) {
    html += `<p>${SENTENCES[(number + count) % SENTENCES.length]} Ärende ${number}:${count}.</p>`;
  }
  return html;
}

/** What is given with an id that has healed, and before a fault that comes later: two entries, for any page. */
const HEALTHY = new URLSearchParams({ items: 2, cors: 1 });

/**
 * status=404 · type=… · cors=1 · gate=ID (waits there before the headers) · body-gate=ID (and within the body) ·
 * fails=N (503 to the first N with that id) · lasts=N (503 to all but the first N) · gzip=1 · reset=1 (breaks off) · redirect=URL (`self`: here) · endless=1 ·
 * size=N (declares N bytes) · head=LINES (further header fields) · preflight=1 (allows what a preflight asks) ·
 * fault=NAME (one of faults.mjs) · good=N (all is well with the first N of that id) · id=ID (counts) ·
 * cache=VALUE (Cache-Control, else `no-store`) · etag=TAG (304 to who has that) · check-gate=ID (who has one waits there)
 */
async function answer(request, response, query) {
  const id = query.get('id');
  if (id) {
    const entry = { headers: request.headers, method: request.method, time: Date.now(), isAborted: false };
    const { socket } = request;
    const written = socket.bytesWritten; // a browser may have used the connection before
    requests.set(id, [...(requests.get(id) ?? []), entry]);
    response.on('close', () => {
      entry.isAborted = !response.writableFinished;
      entry.status = response.statusCode;
      entry.bytes = socket.bytesWritten - written;
    });
    if (healed.has(id) || requests.get(id).length <= Number(query.get('good'))) query = HEALTHY;
  }
  if (query.has('gate')) await gate(query.get('gate')).opened;
  if (query.has('check-gate') && request.headers['if-none-match']) await gate(query.get('check-gate')).opened;
  if (query.has('reset')) return request.socket.destroy();
  if (query.has('preflight') && request.method === 'OPTIONS') {
    const allow = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
    return response.writeHead(204, allow).end();
  }

  const plain = bodyOf(query);
  if (query.has('fault')) return giveFault(query.get('fault'), request.socket, plain);
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
  const fails = count <= Number(query.get('fails')) || count > Number(query.get('lasts') ?? Infinity);
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

/** 64 MB at most: far past every limit of the reader, and an end for the test's own machine. */
function sendWithoutEnd(response) {
  const chunk = Buffer.alloc(65_536, '<rss><channel><item><title>x</title></item>');
  let left = 1024;
  const send = () => {
    while (left-- > 0) if (!response.write(chunk)) return response.once('drain', send);
    response.end();
  };
  send();
}

/** Answers what begins with /feed-server/; says whether it did. */
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
    case 'heal':
      healed.add(query.get('id'));
      json(true);
      break;
    case 'requests':
      json(requests.get(query.get('id')) ?? []);
      break;
    case 'hostile':
      json({ counts: COUNTS, families: Object.keys(PAYLOADS).map(describeFamily) });
      break;
    case 'hostile-what':
      json(hostileFeed(query).what ?? 'many');
      break;
    case 'origin':
      json(otherOrigin);
      break;
    case 'feed':
      answer(request, response, query).catch(() => response.destroy());
      break;
    default:
      response.writeHead(404).end();
  }
  return true;
}

/** Serves the same on another origin; gives that origin, and a function that ends it. */
export async function startFeedServer() {
  const server = createServer((request, response) => {
    response.shouldKeepAlive = false; // browsers ask anew by themselves when a connection breaks that has been used before
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
