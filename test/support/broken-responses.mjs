// Responses that node:http can't send, byte by byte on the socket. `feed-server.mjs` sends them for `failure=NAME`.
import { setTimeout as pause } from 'node:timers/promises';
import { constants, gzipSync } from 'node:zlib';

/** Maximum duration of a response in milliseconds. */
const TIMEOUT_MS = 20_000;

/** Characters of a long header. WebKitGTK accepts 64 kB of headers per response, Chromium 256 kB, Firefox 384 kB. */
const HUGE = 60_000;

/** Returns the head of a response with a CORS header; the connection ends with it, because `Content-Length` may be wrong. */
function head(lines = [], status = '200 OK', contentTypes = ['application/rss+xml']) {
  const all = [
    `HTTP/1.1 ${status}`,
    ...contentTypes.map((type) => `Content-Type: ${type}`),
    'Cache-Control: no-store',
    'Access-Control-Allow-Origin: *',
    'Connection: close',
    ...lines,
  ];
  return `${all.join('\r\n')}\r\n\r\n`;
}

/** Resets the connection after the data was sent. */
async function reset(socket) {
  await pause(100);
  socket.resetAndDestroy();
}

async function stall(socket) {
  for (let waited = 0; !socket.destroyed && waited < TIMEOUT_MS; waited += 50) await pause(50);
}

/** Returns a function that writes a few bytes at a time. */
function drip(text, size, delay) {
  const bytes = Buffer.from(text);
  return async (socket) => {
    for (let start = 0; start < bytes.length && !socket.destroyed; start += size) {
      socket.write(bytes.subarray(start, start + size));
      await pause(delay);
    }
  };
}

/** Returns a function that writes a text repeatedly until the browser disconnects. */
function repeat(text) {
  return async (socket) => {
    for (let waited = 0; !socket.destroyed && waited < TIMEOUT_MS; waited += 50) {
      socket.write(text);
      await pause(50);
    }
  };
}

function chunk(bytes) {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}

const halfOf = (bytes) => bytes.subarray(0, bytes.length >> 1);

/** Compresses half of a feed, without the end of the stream. */
const cutGzip = (feed) => gzipSync(halfOf(feed), { finishFlush: constants.Z_SYNC_FLUSH });

/** Steps for a feed: bytes to write, and functions. The connection ends after the last one. */
const RESPONSES = {
  'closed-before-headers': () => [],
  'reset-before-headers': () => [reset],
  'stalled-before-headers': () => [stall],
  'closed-within-headers': () => ['HTTP/1.1 200 OK\r\nContent-Type: applica'],
  'slow-headers': (feed) => [drip(head([`Content-Length: ${feed.length}`]), 1, 1), feed],
  'endless-headers': () => ['HTTP/1.1 200 OK\r\n', repeat('X-More: of them\r\n')],
  'huge-headers': (feed) => [head([`X-Huge: ${'x'.repeat(1_000_000)}`]), feed],
  'many-charsets': (feed) => [head([], '200 OK', [`text/xml${';charset=klingon'.repeat(HUGE / 16)}`]), feed],
  'two-content-types': (feed) => [head([], '200 OK', ['text/html; charset=klingon', 'text/xml; charset=utf-8']), feed],
  'no-content-type': (feed) => [head([], '200 OK', []), feed],
  'location-without-redirect': (feed) => [
    head(['Location: /elsewhere', 'Refresh: 0; url=/elsewhere', 'Link: </elsewhere>; rel="alternate"']),
    feed,
  ],
  'other-protocol': () => ['220 mail.example ESMTP\r\n'],
  'unknown-status': () => [head([], '999 Request denied')],
  'closed-within-body': (feed) => [head([`Content-Length: ${feed.length}`]), halfOf(feed)],
  'reset-within-body': (feed) => [head([`Content-Length: ${feed.length}`]), halfOf(feed), reset],
  'stalled-within-body': (feed) => [head([`Content-Length: ${feed.length}`]), halfOf(feed), stall],
  'slow-body': (feed) => [head([`Content-Length: ${feed.length}`]), drip(feed, 7, 2)],
  'dripping-body': (feed) => [head(), halfOf(feed), repeat(' ')],
  'no-length': (feed) => [head(), feed],
  'short-length': (feed) => [head([`Content-Length: ${feed.length - 100}`]), feed],
  'long-length': (feed) => [head([`Content-Length: ${feed.length + 100}`]), feed],
  'huge-length': (feed) => [head([`Content-Length: ${'9'.repeat(400)}`]), feed],
  'unexpected-304': () => [head(['ETag: "1"'], '304 Not Modified')],
  gzip: (feed) => [head(['Content-Encoding: gzip']), gzipSync(feed)],
  'cut-gzip': (feed) => [head(['Content-Encoding: gzip']), cutGzip(feed)],
  'invalid-gzip': (feed) => [head(['Content-Encoding: gzip']), feed],
  'undeclared-gzip': (feed) => [head(), gzipSync(feed)],
  'unknown-encoding': (feed) => [head(['Content-Encoding: rot13']), feed],
  'closed-within-chunks': (feed) => [head(['Transfer-Encoding: chunked']), chunk(halfOf(feed))],
  'closed-before-last-chunk': (feed) => [head(['Transfer-Encoding: chunked']), chunk(feed)],
};

/** Sends that response and ends the connection. */
export async function sendBrokenResponse(name, socket, feed) {
  const steps = RESPONSES[name]?.(feed) ?? [head([], '500 Unknown failure')];
  for (const step of steps) {
    if (typeof step === 'function') await step(socket);
    else socket.write(step);
  }
  socket.end();
}
