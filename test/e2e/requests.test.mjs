// What a page with elements costs the feed's server, counted there: requests, and bytes on the wire.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { driven, mount, openStage, stateOf, useChromium, waitForStatus } from '../support/chromium.mjs';

const ENTRIES = ['Inlägg 2000', 'Inlägg 1999', 'Inlägg 1998', 'Inlägg 1997', 'Inlägg 1996'];

/** Bytes of an answer that are headers: none here has more. */
const HEADERS = 500;

const chromium = useChromium();

const addressOf = (parameters) =>
  `/feed-server/feed?${new URLSearchParams({ items: 2000, length: 200, ...parameters })}`;

/** What has been asked with that id, once so much has been asked and answered. */
async function requestsOf(id, { count }) {
  for (;;) {
    const requests = await (await fetch(`${chromium.origin}/feed-server/requests?id=${id}`)).json();
    if (requests.length >= count && requests.every(({ status }) => status)) return requests;
    await setTimeout(20);
  }
}

const openGate = (gate) => fetch(`${chromium.origin}/feed-server/open?gate=${gate}`);

/** Runs before the page: counts the bytes that are made text in pieces larger than an entry. */
function countDecodedBytes() {
  const { decode } = TextDecoder.prototype;
  window.decodedBytes = 0;
  TextDecoder.prototype.decode = function (bytes, ...options) {
    if (bytes?.byteLength > 4000) window.decodedBytes += bytes.byteLength;
    return decode.call(this, bytes, ...options);
  };
}

describe('twenty elements on one page with one feed', () => {
  /** Puts them on the page, each showing something else of it; `pause` is between two. */
  const mountTwenty = (page, src, pause = 0) =>
    page.evaluate(
      async (address, milliseconds) => {
        for (let index = 0; index < 20; index++) {
          const element = document.createElement('diary-feed');
          element.limit = index + 1;
          element.show = ['none', 'date', 'date summary'][index % 3];
          element.heading = ['Dagboken', '', null][index % 3];
          element.src = index % 2 ? new URL(address, location.href).href : address;
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

  for (const [how, pause] of [
    ['that come at once', 0],
    ['that come one by one while it is on its way', 5],
  ]) {
    it(`cost one request and one reading, for those ${how}`, driven, async () => {
      const [id, gate] = [randomUUID(), randomUUID()];
      const page = await chromium.browser.newPage();
      await page.evaluateOnNewDocument(countDecodedBytes);
      await page.goto(`${chromium.origin}/test/pages/stage.html`);
      await mountTwenty(page, addressOf({ id, gate }), pause);
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
      assert.ok(isOneReading, 'they hold the same entries');
    });
  }
});

describe('a second visit to a page', () => {
  async function visit(src) {
    const page = await openStage(chromium);
    await mount(page, src);
    await waitForStatus(page, 'ready');
    const { links, errors } = await stateOf(page);
    assert.deepEqual([links, errors], [ENTRIES, []]);
    return page;
  }

  /** Nothing that would have been asked meanwhile is still to come. */
  const settled = () => setTimeout(200);

  it('asks nothing of the server within the time that the feed may be kept', driven, async () => {
    const id = randomUUID();
    const src = addressOf({ id, cache: 'max-age=600' });
    await visit(src);
    await visit(src);
    await settled();
    const requests = await requestsOf(id, { count: 1 });
    assert.equal(requests.length, 1);
    assert.ok(requests[0].bytes > 100_000);
  });

  for (const [when, cache, head] of [
    ['that must be asked for each time', 'no-cache', ''],
    ['that has been kept for its time', 'max-age=600', 'Age: 601'],
  ]) {
    it(`has no feed on the wire ${when}, where the server still has the same`, driven, async () => {
      const id = randomUUID();
      const src = addressOf({ id, cache, etag: '"one"', ...(head && { head }) });
      await visit(src);
      await visit(src);
      const [first, second, ...others] = await requestsOf(id, { count: 2 });
      assert.deepEqual([first.status, second.status, others], [200, 304, []]);
      assert.equal(first.headers['if-none-match'], undefined);
      assert.equal(second.headers['if-none-match'], '"one"');
      assert.ok(first.bytes > 100_000, `${first.bytes} bytes`);
      assert.ok(second.bytes < HEADERS, `${second.bytes} bytes`);
    });
  }

  it('has the feed on the wire where the server tells nothing to know it by', driven, async () => {
    const id = randomUUID();
    const src = addressOf({ id, cache: 'no-cache' });
    await visit(src);
    await visit(src);
    const [first, second] = await requestsOf(id, { count: 2 });
    assert.deepEqual([second.status, second.bytes], [200, first.bytes]);
  });

  it(
    'shows at once what is kept a little past its time, and asks behind it, where the server allows that',
    driven,
    async () => {
      const [id, gate] = [randomUUID(), randomUUID()];
      const cache = 'max-age=600, stale-while-revalidate=600';
      const src = addressOf({ id, cache, head: 'Age: 601', etag: '"one"', 'check-gate': gate });
      await visit(src);
      await visit(src);
      await openGate(gate); // not before the list was shown
      const [, second] = await requestsOf(id, { count: 2 });
      assert.equal(second.status, 304);
    },
  );

  it('can ask anew by reload(), also within that time, and pays no more than headers', driven, async () => {
    const id = randomUUID();
    const page = await visit(addressOf({ id, cache: 'max-age=600', etag: '"one"' }));
    await page.evaluate(() => document.querySelector('diary-feed').reload());
    const [, second, ...others] = await requestsOf(id, { count: 2 });
    assert.deepEqual([second.status, second.headers['if-none-match'], others], [304, '"one"', []]);
    assert.equal(second.headers['cache-control'], 'max-age=0');
    assert.ok(second.bytes < HEADERS, `${second.bytes} bytes`);
    assert.deepEqual((await stateOf(page)).links, ENTRIES);
  });
});
