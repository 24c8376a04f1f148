// Answers that node:http is too kind to give, byte by byte on the socket. `feed-server.mjs` gives them as `fault=NAME`.
import { setTimeout as pause } from 'node:timers/promises';
import { constants, gzipSync } from 'node:zlib';

/** Nothing here lasts longer than this, in milliseconds. */
const LIMIT = 20_000;

/** Characters of a long header. WebKitGTK accepts 64 kB of headers per response, Chromium 256 kB, Firefox 384 kB. */
const HUGE = 60_000;

/** The head of an answer that any page may read; the connection ends with it, as `Content-Length` may be false. */
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

/** Lets pages on other origins read that header. */
const EXPOSED = 'Access-Control-Expose-Headers: Retry-After';

/** What has been written comes first, then the reset. */
async function reset(socket) {
  await pause(100);
  socket.resetAndDestroy();
}

async function stall(socket) {
  for (let waited = 0; !socket.destroyed && waited < LIMIT; waited += 50) await pause(50);
}

/** Writes a few bytes at a time. */
function drip(text, size, delay) {
  const bytes = Buffer.from(text);
  return async (socket) => {
    for (let start = 0; start < bytes.length && !socket.destroyed; start += size) {
      socket.write(bytes.subarray(start, start + size));
      await pause(delay);
    }
  };
}

/** Writes the same again and again, for as long as somebody reads it. */
function repeat(text) {
  return async (socket) => {
    for (let waited = 0; !socket.destroyed && waited < LIMIT; waited += 50) {
      socket.write(text);
      await pause(50);
    }
  };
}

function chunk(bytes) {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}

const halfOf = (bytes) => bytes.subarray(0, bytes.length >> 1);

/** Half of a feed, compressed: the other half and the end are missing. */
const cutGzip = (feed) => gzipSync(halfOf(feed), { finishFlush: constants.Z_SYNC_FLUSH });

/** What each does with a feed: bytes to write, and what happens between them. The connection ends behind the last. */
const FAULTS = {
  'closed-before-headers': () => [],
  'reset-before-headers': () => [reset],
  'stalled-before-headers': () => [stall],
  'closed-within-headers': () => ['HTTP/1.1 200 OK\r\nContent-Type: applica'],
  'reset-within-headers': () => ['HTTP/1.1 200 OK\r\nContent-Type: applica', reset],
  'stalled-within-headers': () => ['HTTP/1.1 200 OK\r\nContent-Type: applica', stall],
  'slow-headers': (feed) => [drip(head([`Content-Length: ${feed.length}`]), 1, 1), feed],
  'endless-headers': () => ['HTTP/1.1 200 OK\r\n', repeat('X-More: of them\r\n')],
  'huge-headers': (feed) => [head([`X-Huge: ${'x'.repeat(1_000_000)}`]), feed],
  'spaces-before-charset': (feed) => [head([], '200 OK', [`text/xml;charset=${' '.repeat(200_000)}!`]), feed],
  'many-charsets': (feed) => [head([], '200 OK', [`text/xml${';charset=klingon'.repeat(HUGE / 16)}`]), feed],
  'two-content-types': (feed) => [head([], '200 OK', ['text/html; charset=klingon', 'text/xml; charset=utf-8']), feed],
  'no-content-type': (feed) => [head([], '200 OK', []), feed],
  'letters-in-charset': (feed) => [head([], '200 OK', ['text/xml; charset=åäö']), feed],
  'digits-in-retry-after': () => [head([EXPOSED, `Retry-After: ${'9'.repeat(HUGE)}`], '503 Service Unavailable')],
  'spaces-in-retry-after': () => [head([EXPOSED, `Retry-After: 3${' '.repeat(HUGE)}!`], '503 Service Unavailable')],
  'no-header': (feed) => [head(['no header, as it has no colon']), feed],
  'location-without-redirect': (feed) => [
    head(['Location: /elsewhere', 'Refresh: 0; url=/elsewhere', 'Link: </elsewhere>; rel="alternate"']),
    feed,
  ],
  'redirect-without-location': (feed) => [head([], '302 Found'), feed],
  'two-locations': (feed) => [head(['Location: /one', 'Location: /other'], '302 Found'), feed],
  'no-http': () => ['220 mail.example ESMTP\r\n'],
  'no-reason': () => [head([], '404 ')],
  'unknown-status': () => [head([], '999 Request denied')],

  'closed-within-body': (feed) => [head([`Content-Length: ${feed.length}`]), halfOf(feed)],
  'reset-within-body': (feed) => [head([`Content-Length: ${feed.length}`]), halfOf(feed), reset],
  'stalled-within-body': (feed) => [head([`Content-Length: ${feed.length}`]), halfOf(feed), stall],
  'slow-body': (feed) => [head([`Content-Length: ${feed.length}`]), drip(feed, 7, 2)],
  'dripping-body': (feed) => [head(), halfOf(feed), repeat(' ')],

  'no-length': (feed) => [head(), feed],
  'short-length': (feed) => [head([`Content-Length: ${feed.length - 100}`]), feed],
  'zero-length': (feed) => [head(['Content-Length: 0']), feed],
  'long-length': (feed) => [head([`Content-Length: ${feed.length + 100}`]), feed],
  'two-lengths': (feed) => [head([`Content-Length: ${feed.length}`, 'Content-Length: 7']), feed],
  'endless-length': (feed) => [head([`Content-Length: ${'9'.repeat(400)}`]), feed],
  'negative-length': (feed) => [head(['Content-Length: -1']), feed],
  'length-in-letters': (feed) => [head(['Content-Length: some']), feed],
  'body-of-204': (feed) => [head([`Content-Length: ${feed.length}`], '204 No Content'), feed],
  'unasked-304': () => [head(['ETag: "1"'], '304 Not Modified')],

  gzip: (feed) => [head(['Content-Encoding: gzip']), gzipSync(feed)],
  'cut-gzip': (feed) => [head(['Content-Encoding: gzip']), cutGzip(feed)],
  'cut-gzip-by-length': (feed) => {
    const bytes = cutGzip(feed);
    return [head(['Content-Encoding: gzip', `Content-Length: ${bytes.length}`]), bytes];
  },
  'false-gzip': (feed) => [head(['Content-Encoding: gzip']), feed],
  'false-brotli': (feed) => [head(['Content-Encoding: br']), feed],
  'unsaid-gzip': (feed) => [head(), gzipSync(feed)],
  'unknown-encoding': (feed) => [head(['Content-Encoding: rot13']), feed],

  'closed-within-chunks': (feed) => [head(['Transfer-Encoding: chunked']), chunk(halfOf(feed))],
  'closed-before-last-chunk': (feed) => [head(['Transfer-Encoding: chunked']), chunk(feed)],
  'false-chunk-size': (feed) => [head(['Transfer-Encoding: chunked']), chunk(halfOf(feed)), 'what?\r\n', feed],
  'false-chunked': (feed) => [head(['Transfer-Encoding: chunked']), feed],
};

/** Answers with that fault, and ends the connection. */
export async function giveFault(name, socket, feed) {
  const steps = FAULTS[name]?.(feed) ?? [head([], '500 No such fault')];
  for (const step of steps) {
    if (typeof step === 'function') await step(socket);
    else socket.write(step);
  }
  socket.end();
}
