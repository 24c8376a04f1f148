// npm start: builds, serves the demo on this machine only, prints its address. Ends with Ctrl+C.
import { createServer } from 'node:http';
import sirv from 'sirv';
import { root } from './run.mjs';
import './build.mjs';

/** Files as they lie on the disk, byte for byte, never cached: what one edits is what one sees. */
const files = sirv(root, { dev: true });

const notFound = (response) => response.writeHead(404).end('Not found');

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://127.0.0.1');
  if (pathname === '/') response.writeHead(302, { location: '/demo/' }).end();
  else if (/^\/(?:demo|dist)\//.test(pathname)) files(request, response, () => notFound(response));
  else notFound(response);
});

const wanted = Number(process.env.PORT ?? 8000);
server.once('error', (error) => {
  if (error.code !== 'EADDRINUSE') throw error;
  server.listen(0, '127.0.0.1'); // the port is taken: any free one
});
server.once('listening', () => console.log(`\n  Demo: http://127.0.0.1:${server.address().port}/demo/\n`));
server.listen(wanted, '127.0.0.1');
