// What an element holds of a long feed, in bytes: those of its own entries, and none of the feed's text. A string that was
// cut from a longer one keeps the whole of that, so that one word kept is seven megabytes kept, on every page of a phone.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { driven, mount, openStage, stateOf, useChromium, waitForStatus } from '../support/chromium.mjs';
import { bytesHeld, collectGarbage, readHeap } from '../support/heap.mjs';

/** The promise: what a ready element holds of ten thousand entries. */
const MAX_BYTES = 1_000_000;

/** Characters of no text of an entry here; what is longer is a part of the feed itself. */
const LONG = 20_000;

const LONG_FEED = 'items=10000&length=520';
/** As long as it must be to be seen. */
const OTHER_FEED = 'items=3000&length=520';
const TINY_FEED = 'items=3&length=520';

const address = (parameters) => `/feed-server/feed?${parameters}`;

/** Strings and buffers that are longer than any text of an entry. */
async function longStrings(session) {
  const isText = ({ type, name }) => type.endsWith('string') || /StringData|ArrayBufferData/.test(name);
  const long = (await readHeap(session)).filter((node) => isText(node) && node.size > LONG);
  return long.map(({ type, name, size }) => `${type} ${size} ${name.slice(0, 60)}`).sort();
}

describe('the memory of a page with an element', () => {
  const chromium = useChromium();

  /** What a page holds whose element has come to `status` with that feed. */
  async function measure(parameters, status = 'ready') {
    const page = await openStage(chromium);
    const session = await page.createCDPSession();
    await mount(page, address(parameters));
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
    const response = await fetch(`${chromium.origin}${address(parameters)}`);
    const size = (await response.arrayBuffer()).byteLength;
    assert.ok(size > (parameters === LONG_FEED ? 7 : 1.5) * MAX_BYTES, `${size} bytes`);
    const [before, after] = [await tinyPage(), await measure(parameters, status)];
    const bytes = after.bytes - before.bytes;
    test.diagnostic(`${size} bytes of feed, ${bytes} bytes held`);
    assert.ok(bytes < MAX_BYTES, `${bytes} bytes held`);
    assert.deepEqual(after.strings, before.strings, 'no part of the feed itself');
  }

  it(
    'is measured so that a word cut from the text of a feed is seen to keep it, and the bytes are seen',
    driven,
    async () => {
      const keeping = {
        word: async (url) => (window.kept = (await (await fetch(url)).text()).slice(5000, 5020)),
        bytes: async (url) => (window.kept = await (await fetch(url)).arrayBuffer()),
      };
      const before = await tinyPage();
      for (const [what, keep] of Object.entries(keeping)) {
        const page = await openStage(chromium);
        await page.evaluate(`(${keep})(${JSON.stringify(address(LONG_FEED))}).then(() => undefined)`);
        const session = await page.createCDPSession();
        const bytes = (await bytesHeld(session)) - before.bytes;
        assert.ok(bytes > 5_000_000, `${what}: ${bytes} bytes`);
        assert.ok((await longStrings(session)).length > before.strings.length, what);
        await page.close();
      }
    },
  );

  for (const [what, parameters, status] of [
    ['ten thousand entries', LONG_FEED],
    ['a long feed of Atom', `${OTHER_FEED}&form=atom`],
    ['a long HTML page that comes instead', `${OTHER_FEED}&form=page`, 'failed'],
  ]) {
    it(`is at most 1 MB more for ${what}`, driven, (test) => assertLittle(parameters, status, test));
  }

  it('is not that of a feed which the element shows no more', driven, async () => {
    const page = await openStage(chromium);
    await mount(page, address(TINY_FEED));
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
