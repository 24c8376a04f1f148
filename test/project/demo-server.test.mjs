import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { startDemoServer } from '../../scripts/demo-server.mjs';
import { root } from '../../scripts/run.mjs';

/** Stands in for the build, which takes a minute, by a module of its name. */
const WITHOUT_BUILD = `import { register } from 'node:module';
register('data:text/javascript,' + encodeURIComponent(\`
export const load = (url, context, next) => url.endsWith('/scripts/build.mjs')
  ? { format: 'module', shortCircuit: true, source: 'console.log("is building")' }
  : next(url, context);
\`));`;

describe('npm start', () => {
  it('says at once that it takes a while, and then where the demo and the configurator are', async () => {
    const hooks = `data:text/javascript,${encodeURIComponent(WITHOUT_BUILD)}`;
    const start = spawn(process.execPath, ['--import', hooks, path.join(root, 'scripts/start.mjs')], {
      env: { ...process.env, PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 20_000, // without what is waited for it would serve for ever
    });
    try {
      let said = '';
      for await (const chunk of start.stdout) {
        said += chunk;
        if (/configurator\.html\n/.test(said)) break;
      }
      assert.match(said, /^Building.*a minute.*\nis building\n/);
      const addresses = said.match(/http:\S+/g);
      assert.equal(addresses.length, 2);
      for (const address of addresses) assert.equal((await fetch(address)).status, 200, address);
    } finally {
      start.kill();
    }
  });
});

describe("the demo's server", () => {
  let server;
  before(async () => (server = await startDemoServer()));
  after(() => server.close());

  /** Asks for a path as it is written; `fetch` would tidy it up and unpack what comes. */
  const ask = (written, headers = {}) =>
    new Promise((resolve, reject) => {
      const { port } = server.address();
      const request = get({ host: '127.0.0.1', port, path: written, headers, agent: false }, async (response) => {
        const body = Buffer.concat(await response.toArray());
        resolve({ status: response.statusCode, headers: response.headers, body });
      });
      request.on('error', reject);
    });

  const feed = readFileSync(path.join(root, 'demo/feeds/dagbok-latin1.xml'));

  it('sends a feed byte for byte, and leaves its encoding to the feed', async () => {
    const { status, headers, body } = await ask('/demo/feeds/dagbok-latin1.xml');
    assert.deepEqual([status, headers['content-type']], [200, 'application/xml']);
    assert.deepEqual(body, feed);
  });

  it('sends it compressed to whoever takes that', async () => {
    for (const [accepted, sent, unpack] of [
      ['gzip, deflate, br', 'br', brotliDecompressSync],
      ['gzip', 'gzip', gunzipSync],
    ]) {
      const { headers, body } = await ask('/demo/feeds/dagbok-latin1.xml', { 'accept-encoding': accepted });
      assert.equal(headers['content-encoding'], sent);
      assert.ok(body.length < feed.length / 2);
      assert.deepEqual(unpack(body), feed);
    }
  });

  it('sends nothing again to whoever has it', async () => {
    const encodings = { 'accept-encoding': 'br' };
    const { headers } = await ask('/demo/', encodings);
    assert.deepEqual([headers['cache-control'], headers['content-type']], ['no-cache', 'text/html; charset=utf-8']);
    const { status, body } = await ask('/demo/', { ...encodings, 'if-none-match': headers.etag });
    assert.deepEqual([status, body.length], [304, 0]);
    const other = await ask('/demo/', { 'if-none-match': headers.etag });
    assert.equal(other.status, 200, 'it has another encoding of it');
  });

  it('leads from / to the demo', async () => {
    const { status, headers } = await ask('/');
    assert.deepEqual([status, headers.location], [302, '/demo/']);
  });

  it('sends nothing but the demo and what is built', async () => {
    for (const written of [
      '/package.json',
      '/demo/../package.json',
      '/demo/%2e%2e/package.json',
      '/demo/..%2fpackage.json',
      '/demo/%5c..%5c..%5cpackage.json',
      '/demo/feeds',
      '/demo/nothing.html',
      '/demo/%',
      '/demo/%00.html',
      '//example.org/package.json',
      '/%2fetc/hosts.txt',
    ]) {
      const { status, body } = await ask(written);
      assert.ok(status === 404 || status === 400, `${written}: ${status}`);
      assert.ok(body.length < 20, written);
    }
  });

  it('takes another port where one is taken', async () => {
    const other = await startDemoServer(server.address().port);
    assert.notEqual(other.address().port, server.address().port);
    other.close();
  });
});
