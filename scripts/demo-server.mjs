// Serves the demo on this machine only: the folders demo/, dist/ and docs/, as a good municipal server does.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { root } from './run.mjs';

const FOLDERS = ['demo', 'dist', 'docs'].map((name) => path.join(root, name, path.sep));

/** Feeds contain their encoding. */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.md': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
};

const ENCODINGS = { br: promisify(brotliCompress), gzip: promisify(gzip) };

async function answer({ method, url, headers }, response) {
  const { pathname } = new URL(url, 'http://127.0.0.1');
  if (pathname === '/') return response.writeHead(302, { location: '/demo/' }).end();
  const file = path.join(root, decodeURIComponent(pathname), pathname.endsWith('/') ? 'index.html' : '');
  const type = TYPES[path.extname(file)];
  const isOurs = FOLDERS.some((folder) => file.startsWith(folder));
  const bytes = isOurs && type && (await readFile(file).catch(() => undefined));
  if (!bytes || !['GET', 'HEAD'].includes(method)) return response.writeHead(404).end('Not found');

  const encoding = Object.keys(ENCODINGS).find((name) => new RegExp(`\\b${name}\\b`).test(headers['accept-encoding']));
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
  const fields = {
    'content-type': type,
    'cache-control': 'no-cache', // an edited file is visible at once
    etag: `"${hash}${encoding ? `-${encoding}` : ''}"`,
    vary: 'accept-encoding',
    ...(encoding && { 'content-encoding': encoding }),
  };
  if (headers['if-none-match'] === fields.etag) return response.writeHead(304, fields).end();
  const body = encoding ? await ENCODINGS[encoding](bytes) : bytes;
  return response.writeHead(200, { ...fields, 'content-length': body.length }).end(method === 'GET' ? body : undefined);
}

/** Serves the demo on a port, or on a free one if that is taken. Resolves to the server when it listens. */
export async function startDemoServer(port = 0) {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(400).end('Bad request'));
  });
  const listen = (wanted) =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', resolve);
    });
  await listen(port).catch((error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    return listen(0);
  });
  return server;
}
