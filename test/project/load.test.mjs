// The reader alone, as a program in Node has it: the faults of a network that need no page.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { loadFeed } from '../../dist/feed.js';
import { startFeedServer } from '../support/feed-server.mjs';

let server;

before(async () => (server = await startFeedServer()));
after(() => server.end());

/** The error of a load with that answer. */
async function errorOf(answer, timeout) {
  const url = `${server.origin}/feed-server/feed?${new URLSearchParams({ items: 2, ...answer })}`;
  return loadFeed(url, { timeout }).then(
    () => assert.fail('loaded'),
    (error) => error,
  );
}

describe('loadFeed in Node', () => {
  for (const [answer, code, retryAfter] of [
    [{ fault: 'closed-before-headers' }, 'network', 0],
    [{ fault: 'reset-within-body' }, 'network', 0],
    [{ fault: 'long-length' }, 'network', 0],
    [{ fault: 'stalled-before-headers' }, 'timeout', undefined],
    [{ fault: 'stalled-within-body' }, 'timeout', undefined],
    [{ status: 404 }, 'http', undefined],
    [{ status: 503, head: 'Retry-After: 30' }, 'http', 30_000],
    [{ status: 503, head: 'Retry-After: 90' }, 'http', undefined],
    [{ status: 204 }, 'not-a-feed', undefined],
    [{ endless: 1 }, 'too-large', undefined],
  ]) {
    it(`ends as ${code} with ${JSON.stringify(answer)}`, async () => {
      const error = await errorOf(answer, code === 'timeout' ? 500 : 20_000);
      assert.deepEqual([error.code, error.retryAfter], [code, retryAfter]);
      assert.match(error.message, new RegExp(`^diary-feed: .+ See README\\.md#${code}$`));
    });
  }

  it('says what Node knows of a host that does not answer', async () => {
    await assert.rejects(loadFeed('http://127.0.0.1:1/'), ({ code, message }) => {
      assert.equal(code, 'network');
      assert.match(
        message,
        /^diary-feed: http:\/\/127\.0\.0\.1:1\/ could not be read: Error: .+\. See README\.md#network$/,
      );
      return true;
    });
  });

  for (const address of ['/dagbok.xml', '', 'file:///dagbok.xml'])
    it(`takes whole addresses of http: and https: only: ${JSON.stringify(address)}`, async () => {
      await assert.rejects(loadFeed(address), { name: 'FeedError', code: 'bad-url' });
    });

  // Node 20's fetch never ends such a body, not even when it is aborted; newer ones say that it is no gzip
  it('ends with gzip that is none', { timeout: 5000 }, async () => {
    assert.match((await errorOf({ fault: 'false-gzip' }, 1000)).code, /^(?:network|timeout)$/);
  });

  it('tells a page on https that it cannot read an address on http', async () => {
    globalThis.location = { protocol: 'https:' };
    const { message } = await errorOf({ fault: 'closed-before-headers' }).finally(() => delete globalThis.location);
    assert.match(message, /a page on https may not read an address on http\. Use the https address\./);
  });
});
