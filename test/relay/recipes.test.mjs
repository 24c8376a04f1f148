// Runs each recipe of docs/relay/ unchanged in its server, with a feed host that works and then fails.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { missingFor, RECIPES } from '../support/relay-recipes.mjs';
import { feedOf, HARMFUL, makeCertificate } from '../support/relay-source.mjs';
import { certificate, isFeed, recipeNames, send, useRelay, waitForResponse } from '../support/relay-suite.mjs';

/** What a complete relay does in addition to what every relay does. */
const COMPLETE = {
  dropsUnknownHeaders: true,
  /** Keeps a good copy if a response with 200 is cut off. */
  checksBody: true,
  stopsAtSizeLimit: true,
  /** Limits the time for the complete response, not only the time between two parts of it. */
  limitsTotalTime: true,
  /** Waits before it requests a feed again that failed. */
  pausesAfterFailure: true,
  revalidates: true,
  keepsCopyOnRestart: true,
  forwardsCharset: true,
  /** The number of requests for twenty visitors at the same time. */
  requestsOfVisitors: 1,
};

/** What each relay does. The table in docs/relay/README.md explains it to readers. */
const PROMISES = {
  nginx: {
    ...COMPLETE,
    dropsUnknownHeaders: false,
    checksBody: false,
    stopsAtSizeLimit: false,
    limitsTotalTime: false,
    pausesAfterFailure: false,
  },
  PHP: COMPLETE,
  WordPress: COMPLETE,
  Node: { ...COMPLETE, keepsCopyOnRestart: false },
  cron: { ...COMPLETE, requestsOfVisitors: 0, revalidates: false, forwardsCharset: false },
};

const POLICY = "sandbox; default-src 'none'";

/** Headers with data about a visitor. */
const VISITOR = {
  cookie: 'session=hemlig',
  referer: 'https://kommun.example/intern-sida',
  origin: 'https://kommun.example',
  authorization: 'Basic aGVtbGln',
  'user-agent': 'Mozilla/5.0 (visitor)',
  'accept-language': 'sv-SE',
  'x-forwarded-for': '192.0.2.1',
  'x-real-ip': '192.0.2.1',
  forwarded: 'for=192.0.2.1',
  dnt: '1',
  'sec-fetch-site': 'same-origin',
  'sec-ch-ua': '"Visitor"',
  'if-none-match': '"visitor"',
  range: 'bytes=0-9',
  'cache-control': 'no-cache',
  'x-visitor': 'hemlig',
};

/** The only headers that a relay may send to the feed host. */
const RELAY_HEADERS = {
  accept: /application\/rss\+xml/,
  'user-agent': /^diary-feed relay$/,
  host: /^localhost:\d+$/,
  connection: /close|keep-alive/i,
  'accept-encoding': /gzip/,
  'accept-language': /^\*$/, // Node's fetch
  'sec-fetch-mode': /^cors$/, // Node's fetch
  referer: /^https:\/\/localhost:\d+\/feed\.xml$/, // WordPress: the URL of the feed
  'if-none-match': /^"[0-9a-f]{16}"$/,
  'if-modified-since': /^Thu, 05 Nov 2026 09:00:00 GMT$/,
};

/** The only headers that a relay may send to a visitor. */
const RESPONSE_HEADERS = [
  ...['accept-ranges', 'age', 'cache-control', 'connection', 'content-length', 'content-security-policy'],
  ...['content-type', 'date', 'etag', 'host', 'keep-alive', 'last-modified', 'server', 'transfer-encoding'],
  ...['warning', 'x-content-type-options'],
];

/** Failures of the feed host, in two groups that are tested at the same time. */
const FAILURES = {
  'sends no feed': ['no connection', 'no response', 'status 500', 'redirect to an internal server'],
  'sends a wrong body': ['HTML page', 'half a feed', 'gzip bomb', 'endless body', 'slow body', 'disconnected body'],
};

/** Makes the feed host fail in this way and sends requests until the relay has noticed it, and three more. Returns all responses. */
async function sendDuring(failure, { relay, source }) {
  await source.respondWith(failure);
  const responses = [];
  const end = Date.now() + 1500; // a host without a connection doesn't notice requests
  for (let later = 0; later < 3;) {
    responses.push(await send(relay.url));
    await setTimeout(100);
    if (failure === 'no connection' ? Date.now() > end : source.endedResponses > 0) later++;
  }
  return responses;
}

/** Asserts that a browser treats a response as harmless text if it opens it as a page of the relay's host. */
function assertHarmless({ headers }) {
  assert.match(headers['content-type'], /^text\/plain(?:; charset=[\w-]+)?$/);
  assert.equal(headers['x-content-type-options'].split(', ')[0], 'nosniff');
  for (const policy of headers['content-security-policy'].split(', ')) assert.equal(policy, POLICY);
}

describe('a relay', { concurrency: true }, () => {
  for (const name of recipeNames) {
    const skip = missingFor(name);
    const promises = PROMISES[name.split(/,| without/)[0]];

    describe(name, { skip, concurrency: 1, timeout: 120_000 }, () => {
      const setup = useRelay(name, {});

      it('sends no data about the visitor to the feed host', async () => {
        const { relay, source } = setup;
        const { status } = await send(`${relay.url}?visitor=hemlig`, { headers: VISITOR });
        assert.ok([200, 206, 304].includes(status));
        for (const { headers } of source.requests) {
          for (const [header, value] of Object.entries(headers)) {
            assert.match(value, RELAY_HEADERS[header] ?? /^(?!)/, header);
          }
        }
      });

      it('serves the bytes of the feed as harmless text', async () => {
        const { relay, source } = setup;
        const response = await send(relay.url);
        assert.ok(isFeed(response, source.feed), `${response.status} ${relay.log()}`);
        assertHarmless(response);
        assert.equal(response.headers['cache-control'], 'public, max-age=300');
      });

      it('forwards no harmful header of the feed host', async () => {
        const { headers } = await send(setup.relay.url);
        for (const [header, value] of Object.entries(headers)) {
          assert.notEqual(value, HARMFUL[header], header);
          if (header === 'x-unknown') continue;
          assert.ok(RESPONSE_HEADERS.includes(header), header);
        }
        assert.equal(headers['x-unknown'], promises.dropsUnknownHeaders ? undefined : 'of the source');
      });

      it('requests one URL only, whatever a visitor adds to its URL', async () => {
        const { relay, source } = setup;
        for (const addition of [
          '?url=http://127.0.0.1/secret',
          '/../secret',
          '/%2e%2e/secret',
          '%3furl=x',
          '#',
          ';x',
        ]) {
          await send(relay.url + addition);
        }
        for (const { url, method, name: host } of source.requests) {
          assert.deepEqual([method, url, host], ['GET', '/feed.xml', 'localhost']);
        }
        assert.deepEqual(source.internal.requests, []);
      });

      it('sends one request in ten minutes for all visitors', async () => {
        const { relay, source } = setup;
        await relay.stopCron();
        await send(relay.url);
        const count = source.requests.length;
        await setTimeout(2100); // longer than the short times of the other tests
        for (let visitor = 0; visitor < 5; visitor++) await send(`${relay.url}?${visitor}`, { headers: VISITOR });
        assert.equal(source.requests.length, count);
        if (!RECIPES[name].cron) assert.ok(count <= 2);
      });

      it('allows the methods GET and HEAD only', async () => {
        const { relay, source } = setup;
        const head = await send(relay.url, { method: 'HEAD' });
        assert.deepEqual([head.status, head.body.length], [200, 0]);
        assertHarmless(head);
        for (const method of ['POST', 'DELETE']) {
          const { status, body } = await send(relay.url, { method });
          assert.ok([403, 405, 503].includes(status) && !body.equals(source.feed), `${method} ${status}`);
        }
        assert.ok(source.requests.every(({ method }) => method === 'GET'));
      });

      it('sends an ETag, and 304 for it', async () => {
        const { relay } = setup;
        const { etag } = (await send(relay.url)).headers;
        const again = await send(relay.url, { headers: { 'if-none-match': etag } });
        assert.deepEqual([again.status, again.body.length, again.headers.etag], [304, 0, etag]);
        assert.equal((await send(relay.url, { headers: { 'if-none-match': '"other"' } })).status, 200);
      });

      it('keeps its copy when it restarts, if it promises so', async () => {
        const { relay, source } = setup;
        await source.respondWith('no connection');
        await relay.restart();
        assert.equal(isFeed(await send(relay.url), source.feed), promises.keepsCopyOnRestart);
      });
    });

    describe(`${name} without a copy`, { skip, concurrency: 1, timeout: 120_000 }, () => {
      const setup = useRelay(name, { visitors: 24 });
      const failing = useRelay(name, {}, (source) => source.respondWith('status 500'));

      it('sends one request at most for twenty visitors at the same time', async () => {
        const { relay, source } = setup;
        await relay.stopCron();
        source.delay = 300;
        const before = source.requests.length;
        const responses = await Promise.all(
          Array.from({ length: 20 }, (_, visitor) => send(`${relay.url}?${visitor}`)),
        );
        for (const response of responses) assert.ok(isFeed(response, source.feed), `${response.status} ${relay.log()}`);
        assert.equal(source.requests.length - before, promises.requestsOfVisitors);
      });

      it('pauses after a failure, if it promises so', async () => {
        const { relay, source } = failing;
        await send(relay.url);
        await relay.stopCron();
        const before = source.requests.length;
        for (let visitor = 0; visitor < 5; visitor++) await send(relay.url);
        assert.equal(source.requests.length - before, promises.pausesAfterFailure ? 0 : 5);
      });
    });

    if (name === 'PHP') {
      describe('PHP with its folder inside the document root', { skip, concurrency: 1 }, () => {
        const setup = useRelay(name, { isCopyInDocumentRoot: true });

        it('stores and serves nothing', async () => {
          const { relay, source } = setup;
          assert.equal((await send(relay.url)).status, 503);
          assert.match(relay.log(), /within what the web server shows/);
          assert.equal(source.requests.length, 0);
        });
      });
    }

    describe(`${name} with a feed that changes`, { skip, concurrency: 1, timeout: 120_000 }, () => {
      const setup = useRelay(name, { hasShortTimes: true });
      const change = async (changes) => {
        Object.assign(setup.source, changes);
        return waitForResponse(setup.relay, (response) => isFeed(response, setup.source.feed));
      };

      it('forwards a valid charset of the feed host, and no other', async () => {
        for (const [number, type, charset] of [
          [2, 'text/xml; charset="ISO-8859-1"', '; charset=ISO-8859-1'],
          [3, undefined, ''],
          [4, 'text/xml; charset=<script>', ''],
        ]) {
          const response = await change({ feed: feedOf(number, 'iso-8859-1'), type });
          const expected = promises.forwardsCharset ? `text/plain${charset}` : 'text/plain';
          assert.equal(response.headers['content-type'], expected);
          assertHarmless(response);
        }
      });

      it('serves a compressed response', async () => {
        const { headers } = await change({ feed: feedOf(9), isCompressed: true });
        assert.equal(headers['content-encoding'], undefined);
      });

      it('revalidates with the ETag of the feed host, if it promises so', async () => {
        const { relay, source } = setup;
        await source.respondWith('feed');
        while (source.endedResponses < 3) await send(relay.url).then(() => setTimeout(50));
        const hasTag = ({ headers }) => headers['if-none-match'] !== undefined;
        assert.equal(source.requests.slice(-2).every(hasTag), promises.revalidates);
      });
    });

    for (const [group, failures] of Object.entries(FAILURES)) {
      describe(`${name} while the feed host ${group}`, { skip, concurrency: 1, timeout: 120_000 }, () => {
        const setup = useRelay(name, { hasShortTimes: true });

        for (const failure of failures) {
          it(`keeps the last good copy: ${failure}`, async () => {
            const { relay, source } = setup;
            await source.respondWith('feed');
            await waitForResponse(relay, (response) => isFeed(response, source.feed));
            const responses = await sendDuring(failure, setup);
            if (promises.checksBody || failure !== 'half a feed') {
              for (const response of responses) {
                assert.ok(isFeed(response, source.feed), `${response.status} ${relay.log()}`);
              }
            }
            for (const response of responses) {
              if (response.status === 200) assertHarmless(response);
              assert.equal(response.headers.location, undefined);
            }
            assert.deepEqual(source.internal.requests, [], 'a redirect is followed');
            if (failure === 'endless body') assert.equal(source.hasSentAll, !promises.stopsAtSizeLimit);
            if (failure === 'slow body') assert.equal(source.hasSentAll, !promises.limitsTotalTime);
          });
        }

        it('serves the new feed when the feed host works again', async () => {
          const { relay, source } = setup;
          source.feed = feedOf(7);
          await source.respondWith('feed');
          await waitForResponse(relay, (response) => isFeed(response, source.feed));
        });
      });
    }

    describe(`${name} if the feed host failed from the start`, { skip, concurrency: 1, timeout: 120_000 }, () => {
      const unknown = skip ? undefined : makeCertificate();
      const setup = useRelay(name, { hasShortTimes: true, isForOtherOrigins: true }, (source) =>
        source.useCertificate(unknown),
      );
      after(() => unknown?.end());

      const assertUnavailable = ({ status, headers }) => {
        assert.equal(status, 503);
        assert.match(headers['retry-after'], /^(?:30|1)$/);
        if (!name.includes('Apache')) assert.match(headers['content-type'], /^text\/plain/); // Apache's page is HTML
        assert.equal(headers['access-control-allow-origin'], '*');
        assert.match(headers['access-control-expose-headers'], /^Retry-After$/);
        assert.equal(headers['content-security-policy'], POLICY);
      };

      it('accepts no unknown certificate', async () => {
        const { relay, source } = setup;
        try {
          for (let time = 0; time < 3; time++) assertUnavailable(await send(relay.url));
          assert.deepEqual(source.requests, []);
        } finally {
          source.useCertificate(certificate);
        }
      });

      for (const failure of ['no connection', 'status 500', 'redirect to an internal server', 'HTML page']) {
        it(`sends 503 and Retry-After: ${failure}`, async () => {
          for (const response of await sendDuring(failure, setup)) {
            if (promises.checksBody || failure !== 'HTML page') assertUnavailable(response);
            assert.equal(response.headers['content-security-policy'], POLICY);
            assert.equal(response.headers.location, undefined);
            if (response.status >= 400) assert.ok(!response.body.includes('vecka fel'), 'an error page is forwarded');
          }
          assert.deepEqual(setup.source.internal.requests, [], 'a redirect is followed');
        });
      }

      it('serves the feed to pages of other origins when the feed host works', async () => {
        const { relay, source } = setup;
        await source.respondWith('feed');
        const { headers } = await waitForResponse(relay, (response) => isFeed(response, source.feed));
        assert.equal(headers['access-control-allow-origin'], '*');
        assert.equal(headers['access-control-expose-headers'], 'Retry-After');
        assert.equal(headers['access-control-allow-credentials'], undefined);
      });
    });
  }
});
