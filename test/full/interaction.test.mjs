// A script that reads a position or size while the layout is out of date forces the browser to compute it at once ("forced
// reflow"). The element does so only when it moves the focus.
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

/** Runs in the page: clicks a button of the element and waits for an event. */
const press = (page, part, event) =>
  page.evaluate(
    async (name, type) => {
      const element = document.querySelector('diary-feed');
      const ended = new Promise((resolve) => element.addEventListener(type, resolve, { once: true }));
      element.shadowRoot.querySelector(`[part=${name}]`).click();
      await ended;
    },
    part,
    event,
  );

const reload = (page) => page.evaluate(() => document.querySelector('diary-feed').reload());

const isLayout = ({ name }) => name === 'Layout' || name === 'UpdateLayoutTree';

/** Elements whose styles a move of the focus changes: the old and the new one, and their ancestors. */
const FOCUS_RINGS = 4;

/** Returns how often the script forced a layout, and the styles of more elements than a move of the focus changes. */
function countForced(events) {
  const forced = events
    .filter(isLayout)
    .filter(({ args }) => args.beginData?.stackTrace?.some(({ url }) => url.endsWith(SCRIPT)));
  return {
    layouts: forced.filter(({ name }) => name === 'Layout').length,
    styles: forced.filter(({ name, args }) => name !== 'Layout' && args.elementCount > FOCUS_RINGS).length,
  };
}

describe('layout of a page that the element never forces', () => {
  const chromium = useChromium();

  const feed = {
    heading: '',
    show: 'date summary',
    limit: 50,
    more: 50,
    src: '/feed-server/feed?items=200&length=300',
  };

  async function assertNoneForced(page, action, { styles } = { styles: 0 }) {
    const events = await traceOf(page, action);
    assert.ok(events.some(isLayout), 'there was something to lay out');
    assert.deepEqual(countForced(events), { layouts: 0, styles });
  }

  /** An element reads the page's link color once. */
  const FIRST_RENDER = { styles: 1 };

  it('happens while an element loads, and loads again', driven, async () => {
    const page = await openStage(chromium);
    await assertNoneForced(page, () => mountAndWait(page, feed), FIRST_RENDER);
    await assertNoneForced(page, () => reload(page));
    await page.close();
  });

  it('happens while a lazy element waits for the viewport', driven, async () => {
    const page = await openStage(chromium);
    await assertNoneForced(page, () => mountAndWait(page, { ...feed, loading: 'lazy' }), FIRST_RENDER);
    await page.close();
  });

  it('happens while a load fails and is tried again', driven, async () => {
    const page = await openStage(chromium);
    const id = randomUUID();
    await assertNoneForced(
      page,
      () => mountAndWait(page, { ...feed, src: `/feed-server/feed?status=404&id=${id}` }),
      FIRST_RENDER,
    );
    await fetch(`${chromium.origin}/feed-server/heal?id=${id}`);
    await assertNoneForced(page, () => press(page, 'retry', 'loadend'));
    await page.close();
  });

  it('happens while attributes, language and position change', driven, async () => {
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

  it('shows in the trace if a script forces it', driven, async () => {
    const page = await openStage(chromium);
    await page.evaluate(() => {
      const { insertBefore } = Node.prototype;
      Node.prototype.insertBefore = function (...values) {
        void document.body.offsetHeight;
        return insertBefore.apply(this, values);
      };
    });
    const events = await traceOf(page, () => mountAndWait(page, feed));
    assert.ok(countForced(events).layouts > 0);
    await page.close();
  });
});
