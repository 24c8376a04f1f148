// Requests and bytes that a page with elements costs the feed's server.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { driven, mount, openPage, stateOf, useChromium, waitForStatus } from '../support/chromium.mjs';

const ENTRIES = ['Inlägg 2000', 'Inlägg 1999', 'Inlägg 1998', 'Inlägg 1997', 'Inlägg 1996'];

/** Maximum of a response's headers. */
const HEADERS = 500;

const chromium = useChromium();

const urlOf = (parameters) => `/feed-server/feed?${new URLSearchParams({ items: 2000, length: 200, ...parameters })}`;

/** Returns the requests with that id when `count` of them have ended. */
async function requestsOf(id, { count }) {
  for (;;) {
    const requests = await (await fetch(`${chromium.origin}/feed-server/requests?id=${id}`)).json();
    if (requests.length >= count && requests.every(({ status }) => status)) return requests;
    await setTimeout(20);
  }
}

const openGate = (gate) => fetch(`${chromium.origin}/feed-server/open?gate=${gate}`);

/** Runs before the page: counts the bytes that are decoded in parts larger than an entry. */
function countDecodedBytes() {
  const { decode } = TextDecoder.prototype;
  window.decodedBytes = 0;
  TextDecoder.prototype.decode = function (bytes, ...options) {
    if (bytes?.byteLength > 4000) window.decodedBytes += bytes.byteLength;
    return decode.call(this, bytes, ...options);
  };
}

describe('twenty elements with one feed', () => {
  /** Appends the elements, each with other attributes and `pause` milliseconds after the last. */
  const mountTwenty = (page, src, pause = 0) =>
    page.evaluate(
      async (url, milliseconds) => {
        for (let index = 0; index < 20; index++) {
          const element = document.createElement('diary-feed');
          element.limit = index + 1;
          element.show = ['none', 'date', 'date summary'][index % 3];
          element.heading = ['Dagboken', '', null][index % 3];
          element.src = index % 2 ? new URL(url, location.href).href : url;
          document.querySelector('main').append(element);
          if (milliseconds) await new Promise((resolve) => window.setTimeout(resolve, milliseconds));
        }
      },
      src,
      pause,
    );

  const outcome = (page) =>
    page.evaluate(async () => {
      const elements = [...document.querySelectorAll('diary-feed')];
      const isPending = ({ status }) => status === 'idle' || status === 'loading';
      while (elements.some(isPending)) await new Promise((resolve) => window.setTimeout(resolve, 20));
      const [first, ...others] = elements;
      return {
        counts: elements.map(({ entries }) => entries.length),
        isOneReading: others.every(({ feed }) =>
          feed.entries.every((entry, index) => entry === first.feed.entries[index]),
        ),
        decodedBytes: window.decodedBytes,
      };
    });

  for (const [when, pause] of [
    ['are added at the same time', 0],
    ['are added one by one during the load', 5],
  ]) {
    it(`send one request and read it once if they ${when}`, driven, async () => {
      const [id, gate] = [randomUUID(), randomUUID()];
      const page = await chromium.browser.newPage();
      await page.evaluateOnNewDocument(countDecodedBytes);
      await page.goto(`${chromium.origin}/test/pages/stage.html`);
      await mountTwenty(page, urlOf({ id, gate }), pause);
      await openGate(gate);
      const { counts, isOneReading, decodedBytes } = await outcome(page);
      const requests = await requestsOf(id, { count: 1 });
      assert.deepEqual(
        counts,
        Array.from({ length: 20 }, (_, index) => index + 1),
      );
      assert.equal(requests.length, 1);
      const [{ bytes }] = requests;
      assert.ok(decodedBytes > bytes / 2 && decodedBytes < bytes * 1.5, `${decodedBytes} of ${bytes} bytes read`);
      assert.ok(isOneReading, 'the elements share the entries');
    });
  }
});

describe('a second visit to a page', () => {
  async function visit(src) {
    const page = await openPage(chromium);
    await mount(page, src);
    await waitForStatus(page, 'ready');
    const { links, errors } = await stateOf(page);
    assert.deepEqual([links, errors], [ENTRIES, []]);
    return page;
  }

  it('sends no request while the cached feed is fresh', driven, async () => {
    const id = randomUUID();
    const src = urlOf({ id, cache: 'max-age=600' });
    await visit(src);
    await visit(src);
    const requests = await requestsOf(id, { count: 1 });
    assert.equal(requests.length, 1);
    assert.ok(requests[0].bytes > 100_000);
  });

  it('revalidates a cached feed without a body', driven, async () => {
    const id = randomUUID();
    const src = urlOf({ id, cache: 'no-cache', etag: '"one"' });
    await visit(src);
    await visit(src);
    const [first, second] = await requestsOf(id, { count: 2 });
    assert.deepEqual([first.status, second.status, second.headers['if-none-match']], [200, 304, '"one"']);
    assert.ok(first.bytes > 100_000 && second.bytes < HEADERS, `${first.bytes} and ${second.bytes} bytes`);
  });

  it('revalidates a fresh feed with reload()', driven, async () => {
    const id = randomUUID();
    const page = await visit(urlOf({ id, cache: 'max-age=600', etag: '"one"' }));
    await page.evaluate(() => document.querySelector('diary-feed').reload());
    const [, second, ...others] = await requestsOf(id, { count: 2 });
    assert.deepEqual([second.status, second.headers['if-none-match'], others], [304, '"one"', []]);
    assert.equal(second.headers['cache-control'], 'max-age=0');
    assert.ok(second.bytes < HEADERS, `${second.bytes} bytes`);
    assert.deepEqual((await stateOf(page)).links, ENTRIES);
  });
});

describe('a visit of an hour', () => {
  /** Lets an hour of virtual time pass. */
  async function waitAnHour(page) {
    const session = await page.createCDPSession();
    const end = new Promise((resolve) => session.once('Emulation.virtualTimeBudgetExpired', resolve));
    const policy = {
      policy: 'pauseIfNetworkFetchesPending',
      budget: 3_600_000,
      maxVirtualTimeTaskStarvationCount: 1000,
    };
    await session.send('Emulation.setVirtualTimePolicy', policy);
    await end;
  }

  it('sends one request if it succeeds', driven, async () => {
    const id = randomUUID();
    const page = await openPage(chromium);
    await mount(page, urlOf({ id }));
    await waitForStatus(page, 'ready');
    await waitAnHour(page);
    assert.equal((await requestsOf(id, { count: 1 })).length, 1);
  });

  it('sends three requests while the server fails, whatever happens to the element', driven, async () => {
    const id = randomUUID();
    const page = await openPage(chromium);
    await mount(page, urlOf({ id, status: 503 }));
    await waitForStatus(page, 'failed');
    await page.evaluate(() => {
      const element = document.querySelector('diary-feed');
      for (let time = 0; time < 20; time++) {
        window.dispatchEvent(new Event('online'));
        document.body.append(element);
      }
    });
    await waitAnHour(page);
    assert.equal((await requestsOf(id, { count: 3 })).length, 3);
  });
});
