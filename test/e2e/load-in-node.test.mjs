// The feed parser in Node: network failures.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { loadFeed } from '../../dist/feed.js';
import { startFeedServer } from '../support/feed-server.mjs';

let server;

before(async () => (server = await startFeedServer()));
after(() => server.end());

/** Returns the error of a load with that response. */
async function errorOf(response, timeout) {
  const url = `${server.origin}/feed-server/feed?${new URLSearchParams({ items: 2, ...response })}`;
  return loadFeed(url, { timeout }).then(
    () => assert.fail('loaded'),
    (error) => error,
  );
}

describe('loadFeed in Node', () => {
  for (const [response, code, retryAfter] of [
    [{ failure: 'closed-before-headers' }, 'network', undefined],
    [{ failure: 'reset-within-body' }, 'network', undefined],
    [{ failure: 'long-length' }, 'network', undefined],
    [{ failure: 'stalled-before-headers' }, 'timeout', 0],
    [{ failure: 'stalled-within-body' }, 'timeout', 0],
    [{ status: 404 }, 'http', undefined],
    [{ status: 503, head: 'Retry-After: 30' }, 'http', 30_000],
    [{ status: 503, head: 'Retry-After: 90' }, 'http', undefined],
    [{ status: 204 }, 'not-a-feed', undefined],
    [{ endless: 1 }, 'too-large', undefined],
  ]) {
    it(`rejects with ${code} for ${JSON.stringify(response)}`, async () => {
      const error = await errorOf(response, code === 'timeout' ? 500 : 20_000);
      assert.deepEqual([error.code, error.retryAfter], [code, retryAfter]);
      assert.match(error.message, new RegExp(`^diary-feed: .+ See troubleshooting\\.md#${code}$`));
    });
  }

  it('reports the cause of a network failure that Node knows', async () => {
    await assert.rejects(loadFeed('http://127.0.0.1:1/'), ({ code, message }) => {
      assert.equal(code, 'network');
      assert.match(
        message,
        /^diary-feed: http:\/\/127\.0\.0\.1:1\/ can't be loaded\. Error: .+\. See troubleshooting\.md#network$/,
      );
      return true;
    });
  });

  for (const url of ['/dagbok.xml', '', 'file:///dagbok.xml'])
    it(`rejects anything but absolute http: and https: URLs: ${JSON.stringify(url)}`, async () => {
      await assert.rejects(loadFeed(url), { name: 'FeedError', code: 'bad-url' });
    });

  // Node 20's fetch never ends such a body, even if it is aborted; newer versions reject it.
  it('rejects a body that is not valid gzip', { timeout: 5000 }, async () => {
    assert.match((await errorOf({ failure: 'invalid-gzip' }, 1000)).code, /^(?:network|timeout)$/);
  });

  it("explains that a page on https: can't load a feed over http:", async () => {
    globalThis.location = { protocol: 'https:' };
    const { message } = await errorOf({ failure: 'closed-before-headers' }).finally(() => delete globalThis.location);
    assert.match(message, /A page on https: can't load a feed over http:\. Use the https: URL of the feed\./);
  });
});
