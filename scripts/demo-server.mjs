// npm start: serves the demo on this machine only: the folders demo/, dist/ and docs/, compressed, and feeds byte for byte. Prints
// its URLs. Ends with Ctrl+C.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root, warnAboutOldNode } from './run.mjs';

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

async function respond({ url, headers }, response) {
  const { pathname } = new URL(url, 'http://127.0.0.1');
  if (pathname === '/') return response.writeHead(302, { location: '/demo/' }).end();
  const file = path.join(root, decodeURIComponent(pathname), pathname.endsWith('/') ? 'index.html' : '');
  const type = TYPES[path.extname(file)];
  if (!type || !FOLDERS.some((folder) => file.startsWith(folder))) throw new Error(`${file} isn't served.`);
  const bytes = await readFile(file);
  const isCompressed = headers['accept-encoding']?.includes('gzip');
  response.writeHead(200, {
    'content-type': type,
    'cache-control': 'no-cache', // an edited file is visible at once
    ...(isCompressed && { 'content-encoding': 'gzip' }),
  });
  return response.end(isCompressed ? gzipSync(bytes) : bytes);
}

/** Serves the demo on a port, or on a free one if that is taken. Resolves to the server when it listens. */
export function startDemoServer(port = 0) {
  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.writeHead(404).end('Not found'));
  });
  return new Promise((resolve, reject) => {
    server.on('error', (error) => (error.code === 'EADDRINUSE' ? server.listen(0, '127.0.0.1') : reject(error)));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

if (process.argv[1] === import.meta.filename) {
  warnAboutOldNode();
  const server = await startDemoServer(Number(process.env.PORT ?? 8000));
  const demo = `http://127.0.0.1:${server.address().port}/demo/`;
  console.log(`\n  Demo: ${demo}\n  Builder: ${demo}builder.html\n`);
}
