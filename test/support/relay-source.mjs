// The host of a feed that the relays of docs/relay/ are tried against: on https, well or ill as told, and hostile in every
// header. Beside it stands a server that is nobody's business, to which it redirects.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { findServer } from '../../scripts/servers.mjs';

/** As in the recipes. */
const MAX_BYTES = 5_000_000;

/** More than any relay may take, and an end for the test's own machine. */
const ENDLESS_BYTES = 20_000_000;

/** What no relay may hand on in the name of its own host. */
export const HARMFUL = {
  'set-cookie': 'spy=1; Path=/',
  'clear-site-data': '"*"',
  'strict-transport-security': 'max-age=0',
  refresh: '0; url=https://evil.example/',
  link: '<https://evil.example/x.js>; rel=preload; as=script',
  'content-security-policy': 'default-src *',
  'access-control-allow-origin': 'https://evil.example',
  'access-control-allow-credentials': 'true',
  'content-disposition': 'attachment; filename=x.exe',
  'service-worker-allowed': '/',
  'speculation-rules': '"https://evil.example/x.json"',
  'x-accel-redirect': '/secret',
  'x-sendfile': '/etc/hostname',
  'report-to': '{"group":"x","max_age":1,"endpoints":[{"url":"https://evil.example/"}]}',
};

/** What confuses a cache that listens. */
const UNCACHEABLE = {
  'cache-control': 'private, no-store, max-age=0',
  pragma: 'no-cache',
  expires: 'Thu, 01 Jan 1970 00:00:00 GMT',
  vary: '*',
  'x-accel-expires': '0',
};
const CACHEABLE = {
  'cache-control': 'public, max-age=31536000, immutable',
  expires: 'Fri, 01 Jan 2038 00:00:00 GMT',
  'x-accel-expires': '31536000',
};

/** A feed of invented entries; of its number, so that one can tell which it is. */
export function feedOf(number, encoding = 'utf-8') {
  const markup =
    `<?xml version="1.0" encoding="${encoding}"?>\n<rss version="2.0"><channel><title>Ävträsks dagbok</title>` +
    `<item><title>Fjällräddningen övar, vecka ${number}</title><link>https://dagbok.example/${number}</link>` +
    `<pubDate>Thu, 05 Nov 2026 10:00:00 +0100</pubDate></item></channel></rss>\n`;
  return Buffer.from(markup, encoding === 'utf-8' ? 'utf8' : 'latin1');
}

const PAGE = '<!doctype html><html><title>Underhåll</title><h1>Vi är snart tillbaka</h1></html>';

function send(response, status, headers, body = '') {
  response.writeHead(status, { ...HARMFUL, 'x-unknown': 'of the source', ...headers });
  response.end(body);
}

const accepts = ({ headers }, encoding) => headers['accept-encoding']?.includes(encoding);

/** How the source can answer; each is given what the test has set. */
const ANSWERS = {
  well({ feed, type, isWithoutTag, isCompressed }, request, response) {
    const etag = `"${createHash('sha256').update(feed).digest('hex').slice(0, 16)}"`;
    const headers = { ...UNCACHEABLE, 'last-modified': 'Thu, 05 Nov 2026 09:00:00 GMT' };
    if (type) headers['content-type'] = type;
    if (!isWithoutTag) headers.etag = etag;
    if (!isWithoutTag && request.headers['if-none-match'] === etag) return send(response, 304, headers);
    if (!isCompressed || !accepts(request, 'gzip')) return send(response, 200, headers, feed);
    return send(response, 200, { ...headers, 'content-encoding': 'gzip' }, gzipSync(feed));
  },
  'with 500': (_, request, response) => send(response, 500, CACHEABLE, feedOf('fel')), // whole, and yet none
  'with 404': (_, request, response) => send(response, 404, CACHEABLE, feedOf('fel')),
  'with a redirect to the inside': ({ inside }, request, response) =>
    send(response, 302, { ...CACHEABLE, location: `${inside.origin}/secret` }),
  'with a redirect to another host': ({ inside }, request, response) =>
    send(response, 301, { ...CACHEABLE, location: `${inside.origin.replace('127.0.0.1', 'localhost')}/feed.xml` }),
  'with a page and 200': (_, request, response) =>
    send(response, 200, { ...CACHEABLE, 'content-type': 'text/html; charset=utf-8' }, PAGE),
  'with nothing and 200': (_, request, response) =>
    send(response, 200, { ...CACHEABLE, 'content-type': 'application/rss+xml', 'content-length': '0' }),
  'with half a feed, as if it were whole': ({ feed }, request, response) =>
    send(response, 200, { ...CACHEABLE, 'content-type': 'application/rss+xml' }, feed.subarray(0, feed.length >> 1)),
  'with too much, and says so'({ feed }, request, response) {
    const length = MAX_BYTES + 1_000_000;
    const headers = { ...CACHEABLE, 'content-type': 'application/rss+xml', 'content-length': length };
    send(response, 200, headers, Buffer.concat([feed, Buffer.alloc(length - feed.length, ' ')]));
  },
  'with too much, and does not say so'({ feed }, request, response) {
    response.writeHead(200, { ...CACHEABLE, 'content-type': 'application/rss+xml' });
    response.write(Buffer.alloc(MAX_BYTES, ' '));
    response.end(feed);
  },
  'with a bomb'(source, request, response) {
    if (!accepts(request, 'gzip')) return ANSWERS['with too much, and says so'](source, request, response);
    const packed = gzipSync(
      Buffer.concat([source.feed.subarray(0, -7), Buffer.alloc(ENDLESS_BYTES, ' '), source.feed]),
    );
    const headers = { ...CACHEABLE, 'content-type': 'application/rss+xml', 'content-encoding': 'gzip' };
    return send(response, 200, { ...headers, 'content-length': packed.length }, packed);
  },
  'without end'(source, request, response) {
    response.writeHead(200, { ...CACHEABLE, 'content-type': 'application/rss+xml' });
    const pieces = function* () {
      yield source.feed;
      for (let sent = 0; sent < ENDLESS_BYTES; sent += 65_536) yield Buffer.alloc(65_536, ' ');
      source.hasSentAll = true;
    };
    pipeline(Readable.from(pieces()), response, { end: false }).then(
      () => response.destroy(), // an end that is none
      () => undefined,
    );
  },
  'with a part, and breaks off'({ feed }, request, response) {
    response.writeHead(200, { ...CACHEABLE, 'content-type': 'application/rss+xml', 'content-length': feed.length });
    response.write(feed.subarray(0, feed.length >> 1), () => response.socket?.destroySoon());
  },
  never: () => undefined,
  'in drops': async (source, request, response) => {
    response.writeHead(200, { ...CACHEABLE, 'content-type': 'application/rss+xml' });
    for (let drop = 0; drop < 16 && !response.destroyed; drop++) {
      response.write(source.feed.subarray(drop, drop + 1));
      await setTimeout(100);
    }
    source.hasSentAll = !response.destroyed;
    response.destroy();
  },
};

/** A certificate for `localhost` that nobody knows, as `{ key, cert, file, end }`; `file` is what to trust. */
export function makeCertificate() {
  const folder = mkdtempSync(path.join(tmpdir(), 'diary-feed-'));
  const [key, file] = ['key.pem', 'certificate.pem'].map((name) => path.join(folder, name));
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc'];
  const { status, stderr } = spawnSync(
    findServer('openssl').program,
    ['req', '-x509', ...curve, '-keyout', key, '-out', file, '-days', '2', '-subj', '/CN=localhost'].concat([
      '-addext',
      'subjectAltName=DNS:localhost',
    ]),
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  const end = () => rmSync(folder, { recursive: true });
  return { key: readFileSync(key), cert: readFileSync(file), file, end };
}

function listen(server, port = 0) {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve(server.address().port));
  });
}

/**
 * A source: `address`; `requests`, what it has been asked, as `{ method, url, headers, name }` with the name
 * that TLS was told, and `inside.requests`; to set:
 * `feed`, `type` (of media), `isWithoutTag`, `isCompressed`, `delay` in milliseconds, and by `answer(how)` the way in which it answers, one of
 * `ANSWERS` or `not at all`. Since then `ended` answers have ended, and `hasSentAll` says whether nobody has cut off one that
 * was too long.
 */
export async function startSource(certificate) {
  const source = {
    requests: [],
    ended: 0,
    feed: feedOf(1),
    type: 'application/rss+xml; charset=utf-8',
    isWithoutTag: false,
    isCompressed: false,
    delay: 0,
  };
  let how = 'well';

  const inside = { requests: [] };
  const insideServer = createServer((request, response) => {
    inside.requests.push(request.url);
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feedOf('hemlig'));
  });
  inside.origin = `http://127.0.0.1:${await listen(insideServer)}`;
  source.inside = inside;

  const server = createSecureServer({ key: certificate.key, cert: certificate.cert }, async (request, response) => {
    const { method, url, headers, socket } = request;
    source.requests.push({ method, url, headers, name: socket.servername });
    const asked = how;
    response.on('close', () => (source.ended += asked === how ? 1 : 0));
    await setTimeout(source.delay);
    if (asked in ANSWERS) await ANSWERS[asked](source, request, response);
    else response.destroy(); // it came as the source went
  });
  server.on('tlsClientError', () => undefined); // who does not trust it goes away
  const port = await listen(server);
  source.address = `https://localhost:${port}/feed.xml`;

  source.answer = async (next) => {
    const wasDown = how === 'not at all';
    how = next;
    Object.assign(source, { ended: 0, hasSentAll: false });
    if (next === 'not at all') {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    } else {
      if (wasDown) await listen(server, port);
      server.closeIdleConnections();
    }
  };
  /** From now on it shows another certificate. */
  source.showCertificate = (other) => {
    server.setSecureContext({ key: other.key, cert: other.cert });
    server.closeAllConnections();
  };
  source.end = async () => {
    for (const each of [server, insideServer]) {
      each.closeAllConnections();
      await new Promise((resolve) => each.close(resolve));
    }
  };
  return source;
}

/** A server of names for nginx: every name is this machine. Gives `address` and `end`. */
export async function startNameServer() {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const end = query.indexOf(0, 12) + 5; // behind the name, type and class of the question
    const isAddress = query.readUInt16BE(end - 4) === 1;
    const head = Buffer.from([...query.subarray(0, 2), 0x81, 0x80, 0, 1, 0, isAddress ? 1 : 0, 0, 0, 0, 0]);
    const answer = isAddress ? Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]) : Buffer.alloc(0);
    socket.send(Buffer.concat([head, query.subarray(12, end), answer]), port, address);
  });
  await new Promise((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { address: `127.0.0.1:${socket.address().port}`, end: () => socket.close() };
}
