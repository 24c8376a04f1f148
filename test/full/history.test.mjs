import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { driven, mount, openStage, stateOf, useChromium, waitForStatus } from '../support/chromium.mjs';

const ENTRIES = ['Inlägg 3', 'Inlägg 2', 'Inlägg 1'];

describe('an element on a page that the visitor leaves and comes back to', () => {
  const chromium = useChromium();
  const ask = (path) => fetch(`${chromium.origin}/feed-server/${path}`);
  async function open(parameters) {
    const page = await openStage(chromium);
    await mount(page, `/feed-server/feed?${parameters}`);
    return page;
  }

  /** Ends when something has been asked so many times with that id. */
  async function arrived(id, times = 1) {
    while ((await (await ask(`requests?id=${id}`)).json()).length < times) await setTimeout(20);
  }

  /** Goes to another page and back; the browser has kept this one as it was. */
  async function goAndReturn(page, meanwhile = () => undefined) {
    await page.evaluate(() => addEventListener('pageshow', ({ persisted }) => (window.isAsItWas = persisted)));
    await page.goto(`${chromium.origin}/test/pages/other.html`);
    await meanwhile();
    await page.goBack();
    assert.equal(await page.evaluate(() => window.isAsItWas), true);
  }

  async function assertListed(page) {
    const { links, events, errors } = await stateOf(page);
    assert.deepEqual([links, events, errors], [ENTRIES, ['loadstart', 'load', 'loadend'], []]);
  }

  it('still has its list', driven, async () => {
    const page = await open('items=3');
    await waitForStatus(page, 'ready');
    await goAndReturn(page);
    await assertListed(page);
  });

  it('still says that it has failed', driven, async () => {
    const page = await open('status=404');
    await waitForStatus(page, 'failed');
    const before = await stateOf(page);
    await goAndReturn(page);
    assert.deepEqual(await stateOf(page), before);
    assert.deepEqual([before.code, before.buttons.length, before.isFallbackVisible], ['http', 1, true]);
  });

  it('is tried again by itself where it was going to be', driven, async () => {
    const page = await open(`items=3&fails=1&id=${randomUUID()}`);
    await waitForStatus(page, 'failed');
    await goAndReturn(page);
    await waitForStatus(page, 'ready');
    assert.deepEqual((await stateOf(page)).links, ENTRIES);
  });

  for (const [when, isOpenedAway] of [
    ['afterwards', false],
    ['meanwhile', true],
  ]) {
    it(`gets the feed that was on its way and has come ${when}`, driven, async () => {
      const [gate, id] = [randomUUID(), randomUUID()];
      const page = await open(`items=3&gate=${gate}&id=${id}`);
      await arrived(id);
      const openGate = () => ask(`open?gate=${gate}`);
      await goAndReturn(page, isOpenedAway ? openGate : undefined);
      if (!isOpenedAway) {
        assert.equal((await stateOf(page)).status, 'loading');
        await openGate();
      }
      await waitForStatus(page, 'ready');
      await assertListed(page);
    });
  }

  it('begins anew a load that was cut off meanwhile, and does not stay loading', driven, async () => {
    const [gate, id] = [randomUUID(), randomUUID()];
    const page = await open(`reset=1&gate=${gate}&id=${id}`);
    await arrived(id);
    await goAndReturn(page, () => ask(`open?gate=${gate}`));
    await arrived(id, 2);
    await waitForStatus(page, 'failed');
    const { code, buttons, isFallbackVisible, errors } = await stateOf(page);
    assert.deepEqual([code, buttons.length, isFallbackVisible, errors], ['network', 1, true, []]);
  });
});
