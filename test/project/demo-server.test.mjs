import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startDemoServer } from '../../scripts/demo-server.mjs';
import { root } from '../../scripts/run.mjs';

describe('the demo server', () => {
  let server;
  before(async () => (server = await startDemoServer()));
  after(() => server.close());

  /** Requests a path exactly as written. `fetch` would normalize it and decompress the body. */
  const request = (written) =>
    new Promise((resolve, reject) => {
      const { port } = server.address();
      get({ host: '127.0.0.1', port, path: written, agent: false }, async (response) => {
        resolve({ status: response.statusCode, body: Buffer.concat(await response.toArray()) });
      }).on('error', reject);
    });

  it('serves a feed byte for byte', async () => {
    const feed = 'demo/feeds/dagbok-latin1.xml';
    assert.deepEqual(await request(`/${feed}`), { status: 200, body: readFileSync(path.join(root, feed)) });
  });

  for (const written of [
    '/package.json',
    '/demo/../package.json',
    '/demo/%2e%2e/package.json',
    '/demo/..%2fpackage.json',
    '/demo/%5c..%5cpackage.json',
    '/demo/%00.html',
    '//example.org/package.json',
    '/%2fetc/hosts.txt',
  ]) {
    it(`serves nothing outside demo/, dist/ and docs/: ${written}`, async () => {
      const { status } = await request(written);
      assert.ok([400, 404].includes(status), `${status}`);
    });
  }

  it('uses the next free port if its port is taken', async () => {
    const other = await startDemoServer(server.address().port);
    assert.notEqual(other.address().port, server.address().port);
    other.close();
  });
});
