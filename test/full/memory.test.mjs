// Bytes that an element holds of a long feed: those of its entries, and none of the feed's text. V8 keeps a string in memory
// as long as a part of it is used: one word could hold 7 MB.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { driven, mount, openPage, stateOf, useChromium, waitForStatus } from '../support/chromium.mjs';
import { bytesHeld, collectGarbage, readHeap } from '../support/heap.mjs';

/** Limit for an element with a feed of ten thousand entries. */
const MAX_BYTES = 1_000_000;

/** Longer than any text of an entry here. */
const LONG = 20_000;

const LONG_FEED = 'items=10000&length=520';
/** Long enough to exceed the limit. */
const OTHER_FEED = 'items=3000&length=520';
const TINY_FEED = 'items=3&length=520';

const urlOf = (parameters) => `/feed-server/feed?${parameters}`;

/** Returns strings and buffers that are longer than any text of an entry. */
async function longStrings(session) {
  const isText = ({ type, name }) => type.endsWith('string') || /StringData|ArrayBufferData/.test(name);
  const long = (await readHeap(session)).filter((node) => isText(node) && node.size > LONG);
  return long.map(({ type, name, size }) => `${type} ${size} ${name.slice(0, 60)}`).sort();
}

describe('the memory of a page with an element', () => {
  const chromium = useChromium();

  /** Returns what a page holds when its element has `status` with that feed. */
  async function measure(parameters, status = 'ready') {
    const page = await openPage(chromium);
    const session = await page.createCDPSession();
    await mount(page, urlOf(parameters));
    await waitForStatus(page, status);
    const bytes = await bytesHeld(session);
    const strings = await longStrings(session);
    const { errors } = await stateOf(page);
    assert.deepEqual(errors, []);
    await page.close();
    return { bytes, strings };
  }

  let tiny;
  const tinyPage = async () => (tiny ??= await measure(TINY_FEED));

  async function assertLittle(parameters, status, test) {
    const response = await fetch(`${chromium.origin}${urlOf(parameters)}`);
    const size = (await response.arrayBuffer()).byteLength;
    assert.ok(size > (parameters === LONG_FEED ? 7 : 1.5) * MAX_BYTES, `${size} bytes`);
    const [before, after] = [await tinyPage(), await measure(parameters, status)];
    const bytes = after.bytes - before.bytes;
    test.diagnostic(`${size} bytes of feed, ${bytes} bytes held`);
    assert.ok(bytes < MAX_BYTES, `${bytes} bytes held`);
    assert.deepEqual(after.strings, before.strings, "no part of the feed's text");
  }

  for (const [what, parameters, status] of [
    ['ten thousand entries', LONG_FEED],
    ['a long feed of Atom', `${OTHER_FEED}&form=atom`],
    ['a long HTML page', `${OTHER_FEED}&form=page`, 'failed'],
  ]) {
    it(`grows by 1 MB at most for ${what}`, driven, (test) => assertLittle(parameters, status, test));
  }

  it("doesn't contain the feed before a reload", driven, async () => {
    const page = await openPage(chromium);
    await mount(page, urlOf(TINY_FEED));
    await waitForStatus(page, 'ready');
    const isKept = async () => {
      await collectGarbage(await page.createCDPSession());
      return page.evaluate(() => window.first.deref() !== undefined);
    };
    await page.evaluate(() => (window.first = new WeakRef(document.querySelector('diary-feed').feed.entries[0])));
    assert.equal(await isKept(), true);
    await page.evaluate(() => document.querySelector('diary-feed').reload());
    assert.equal(await isKept(), false);
  });
});
