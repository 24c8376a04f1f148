// A feed host for the tests of the relays: on https, with harmful headers, and with failures. A second, internal server receives
// its redirects.
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
import { findServer } from './servers.mjs';

/** More than any relay may accept. */
const ENDLESS_BYTES = 20_000_000;

/** Headers that no relay may forward. */
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

/** Headers that may affect a cache. */
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

/** Returns a feed with a number in its entry. */
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

/** The responses by name. */
const RESPONSES = {
  feed({ feed, type, isCompressed }, request, response) {
    const etag = `"${createHash('sha256').update(feed).digest('hex').slice(0, 16)}"`;
    const headers = { ...UNCACHEABLE, 'last-modified': 'Thu, 05 Nov 2026 09:00:00 GMT' };
    if (type) headers['content-type'] = type;
    headers.etag = etag;
    if (request.headers['if-none-match'] === etag) return send(response, 304, headers);
    if (!isCompressed || !accepts(request, 'gzip')) return send(response, 200, headers, feed);
    return send(response, 200, { ...headers, 'content-encoding': 'gzip' }, gzipSync(feed));
  },
  'status 500': (_, request, response) => send(response, 500, CACHEABLE, feedOf('fel')), // a complete feed, but with 500
  'redirect to an internal server': ({ internal }, request, response) =>
    send(response, 302, { ...CACHEABLE, location: `${internal.origin}/secret` }),
  'HTML page': (_, request, response) =>
    send(response, 200, { ...CACHEABLE, 'content-type': 'text/html; charset=utf-8' }, PAGE),
  'half a feed': ({ feed }, request, response) =>
    send(response, 200, { ...CACHEABLE, 'content-type': 'application/rss+xml' }, feed.subarray(0, feed.length >> 1)),
  'gzip bomb'(source, request, response) {
    if (!accepts(request, 'gzip')) return RESPONSES['endless body'](source, request, response);
    const packed = gzipSync(
      Buffer.concat([source.feed.subarray(0, -7), Buffer.alloc(ENDLESS_BYTES, ' '), source.feed]),
    );
    const headers = { ...CACHEABLE, 'content-type': 'application/rss+xml', 'content-encoding': 'gzip' };
    return send(response, 200, { ...headers, 'content-length': packed.length }, packed);
  },
  'endless body'(source, request, response) {
    response.writeHead(200, { ...CACHEABLE, 'content-type': 'application/rss+xml' });
    const pieces = function* () {
      yield source.feed;
      for (let sent = 0; sent < ENDLESS_BYTES; sent += 65_536) yield Buffer.alloc(65_536, ' ');
      source.hasSentAll = true;
    };
    pipeline(Readable.from(pieces()), response, { end: false }).then(
      () => response.destroy(), // no regular end
      () => undefined,
    );
  },
  'disconnected body'({ feed }, request, response) {
    response.writeHead(200, { ...CACHEABLE, 'content-type': 'application/rss+xml', 'content-length': feed.length });
    response.write(feed.subarray(0, feed.length >> 1), () => response.socket?.destroySoon());
  },
  'no response': () => undefined,
  'slow body': async (source, request, response) => {
    response.writeHead(200, { ...CACHEABLE, 'content-type': 'application/rss+xml' });
    for (let drop = 0; drop < 16 && !response.destroyed; drop++) {
      response.write(source.feed.subarray(drop, drop + 1));
      await setTimeout(100);
    }
    source.hasSentAll = !response.destroyed;
    response.destroy();
  },
};

/** Creates a certificate for `localhost`. */
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
 * Starts a feed host. `url`; `requests` as `{ method, url, headers, name }`, with the server name of TLS; `internal.requests`. Settings:
 * `feed`, content `type`, `isCompressed`, `delay` in milliseconds, and `respondWith(kind)`, a key of `RESPONSES` or `no connection`. Since
 * that call, `endedResponses` have ended, and `hasSentAll` is whether no relay aborted a response that was too long.
 */
export async function startSource(certificate) {
  const source = {
    requests: [],
    endedResponses: 0,
    feed: feedOf(1),
    type: 'application/rss+xml; charset=utf-8',
    isCompressed: false,
    delay: 0,
  };
  let kind = 'feed';

  const internal = { requests: [] };
  const internalServer = createServer((request, response) => {
    internal.requests.push(request.url);
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feedOf('hemlig'));
  });
  internal.origin = `http://127.0.0.1:${await listen(internalServer)}`;
  source.internal = internal;

  const server = createSecureServer({ key: certificate.key, cert: certificate.cert }, async (request, response) => {
    const { method, url, headers, socket } = request;
    source.requests.push({ method, url, headers, name: socket.servername });
    const requested = kind;
    response.on('close', () => (source.endedResponses += requested === kind ? 1 : 0));
    await setTimeout(source.delay);
    if (requested in RESPONSES) await RESPONSES[requested](source, request, response);
    else response.destroy(); // the connection was opened before `respondWith`
  });
  server.on('tlsClientError', () => undefined); // a relay that rejects the certificate
  const port = await listen(server);
  source.url = `https://localhost:${port}/feed.xml`;

  source.respondWith = async (next) => {
    const wasDown = kind === 'no connection';
    kind = next;
    Object.assign(source, { endedResponses: 0, hasSentAll: false });
    if (next === 'no connection') {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    } else {
      if (wasDown) await listen(server, port);
      server.closeIdleConnections();
    }
  };
  source.useCertificate = (other) => {
    server.setSecureContext({ key: other.key, cert: other.cert });
    server.closeAllConnections();
  };
  source.end = async () => {
    for (const each of [server, internalServer]) {
      each.closeAllConnections();
      await new Promise((resolve) => each.close(resolve));
    }
  };
  return source;
}

/** Starts a name server for nginx that resolves every name to this machine. */
export async function startNameServer() {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const end = query.indexOf(0, 12) + 5; // after the name, type and class of the question
    const isAddress = query.readUInt16BE(end - 4) === 1;
    const head = Buffer.from([...query.subarray(0, 2), 0x81, 0x80, 0, 1, 0, isAddress ? 1 : 0, 0, 0, 0, 0]);
    const answer = isAddress ? Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]) : Buffer.alloc(0);
    socket.send(Buffer.concat([head, query.subarray(12, end), answer]), port, address);
  });
  await new Promise((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { address: `127.0.0.1:${socket.address().port}`, end: () => socket.close() };
}
