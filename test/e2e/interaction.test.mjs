// A script that asks where something is, while the page is not laid out, makes the browser do that at once, and often again
// and again ("forced reflow"). The element never asks. How long its work takes is told by test/bench/interaction.mjs.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { driven, openStage, useChromium } from '../support/chromium.mjs';
import { traceOf } from '../support/trace.mjs';

const SCRIPT = '/dist/diary-feed.min.js';

/** Runs in the page: mounts an element and ends when it has loaded, or failed. */
const mountAndWait = (page, attributes) =>
  page.evaluate(
    (values) =>
      new Promise((resolve) => {
        const element = document.createElement('diary-feed');
        for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
        const link = document.createElement('a');
        link.href = 'https://dagbok.example/';
        link.textContent = 'Dagboken';
        element.append(link);
        element.addEventListener('loadend', () => resolve(), { once: true });
        document.querySelector('main').append(element);
      }),
    attributes,
  );

/** Runs in the page: presses a button of the element, which has the focus then. */
const press = (page, part, ending) =>
  page.evaluate(
    async (name, event) => {
      const element = document.querySelector('diary-feed');
      const ended = event && new Promise((resolve) => element.addEventListener(event, resolve, { once: true }));
      element.shadowRoot.querySelector(`[part=${name}]`).click();
      await (ended ?? element.updateComplete);
    },
    part,
    ending,
  );

const reload = (page) => page.evaluate(() => document.querySelector('diary-feed').reload());

const isLayout = ({ name }) => name === 'Layout' || name === 'UpdateLayoutTree';

/** Elements whose styles a move of the focus touches: what has lost it, what has got it, and what holds them. */
const FOCUS_RINGS = 4;

/** What the element's script has forced, by the function nearest to each: layouts, and styles of more than a ring of the focus. */
function forcedLayouts(events) {
  return events
    .filter(isLayout)
    .filter(({ args }) => args.beginData?.stackTrace?.some(({ url }) => url.endsWith(SCRIPT)))
    .filter(({ name, args }) => name === 'Layout' || args.elementCount > FOCUS_RINGS)
    .map(({ args }) => args.beginData.stackTrace[0].functionName);
}

describe('the page is laid out by the browser alone', () => {
  const chromium = useChromium();

  const feed = {
    heading: '',
    show: 'date summary',
    limit: 50,
    more: 50,
    src: '/feed-server/feed?items=200&length=300',
  };

  async function assertNoneForced(page, action) {
    const events = await traceOf(page, action);
    assert.ok(events.some(isLayout), 'there was something to lay out');
    assert.deepEqual(forcedLayouts(events), []);
  }

  it('while an element loads, and loads anew', driven, async () => {
    const page = await openStage(chromium);
    await assertNoneForced(page, () => mountAndWait(page, feed));
    await assertNoneForced(page, () => reload(page));
    await page.close();
  });

  it('while a lazy one finds out whether it is near', driven, async () => {
    const page = await openStage(chromium);
    await assertNoneForced(page, () => mountAndWait(page, { ...feed, loading: 'lazy' }));
    await page.close();
  });

  it('while one fails, and is tried again', driven, async () => {
    const page = await openStage(chromium);
    const id = randomUUID();
    await assertNoneForced(page, () => mountAndWait(page, { ...feed, src: `/feed-server/feed?status=404&id=${id}` }));
    await fetch(`${chromium.origin}/feed-server/heal?id=${id}`);
    await assertNoneForced(page, () => press(page, 'retry', 'loadend'));
    await page.close();
  });

  it('while it changes what is shown', driven, async () => {
    const page = await openStage(chromium);
    await mountAndWait(page, feed);
    await assertNoneForced(page, () =>
      page.evaluate(async () => {
        const element = document.querySelector('diary-feed');
        Object.assign(element, { limit: 10, show: 'summary', heading: 'Dagboken' });
        await element.updateComplete;
        document.documentElement.lang = 'en';
        document.body.append(element);
        await element.updateComplete;
      }),
    );
    await page.close();
  });

  it('while a press shows more entries and moves the focus to the first of them', driven, async () => {
    const page = await openStage(chromium);
    await mountAndWait(page, feed);
    await page.focus('diary-feed >>> [part=more]');
    const events = await traceOf(page, () => press(page, 'more'));
    const focusedIndex = await page.evaluate(() => {
      const { shadowRoot } = document.querySelector('diary-feed');
      return [...shadowRoot.querySelectorAll('[part=link]')].indexOf(shadowRoot.activeElement);
    });
    assert.equal(focusedIndex, feed.limit);
    assert.deepEqual(forcedLayouts(events), []);
    const layouts = events.filter(({ name }) => name === 'Layout').map(({ args }) => args.beginData.dirtyObjects);
    const large = layouts.filter((objects) => objects > 100);
    assert.equal(large.length, 1, `once for the frame: layouts of ${layouts.join(', ')} objects`);
    await page.close();
  });

  it('is what the trace would tell otherwise', driven, async () => {
    const page = await openStage(chromium);
    await page.evaluate(() => {
      const { insertBefore } = Node.prototype;
      Node.prototype.insertBefore = function (...values) {
        void document.body.offsetHeight;
        return insertBefore.apply(this, values);
      };
    });
    const events = await traceOf(page, () => mountAndWait(page, feed));
    assert.ok(forcedLayouts(events).length > 0);
    await page.close();
  });
});
