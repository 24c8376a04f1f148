import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { driven, mount, openPage, stateOf, useChromium, waitForStatus } from '../support/chromium.mjs';

const ENTRIES = ['Inlägg 3', 'Inlägg 2', 'Inlägg 1'];

describe('an element on a page in the back/forward cache', () => {
  const chromium = useChromium();
  const ask = (path) => fetch(`${chromium.origin}/feed-server/${path}`);
  async function open(parameters) {
    const page = await openPage(chromium);
    await mount(page, `/feed-server/feed?${parameters}`);
    return page;
  }

  /** Resolves when the server has received this number of requests with that id. */
  async function waitForRequests(id, times = 1) {
    while ((await (await ask(`requests?id=${id}`)).json()).length < times) await setTimeout(20);
  }

  /** Goes to another page and back; the browser restores this one from its cache. */
  async function goAndReturn(page, meanwhile = () => undefined) {
    await page.evaluate(() => addEventListener('pageshow', ({ persisted }) => (window.isRestored = persisted)));
    await page.goto(`${chromium.origin}/test/pages/other.html`);
    await meanwhile();
    await page.goBack();
    assert.equal(await page.evaluate(() => window.isRestored), true);
  }

  async function assertListed(page) {
    const { links, events, errors } = await stateOf(page);
    assert.deepEqual([links, events, errors], [ENTRIES, ['loadstart', 'load', 'loadend'], []]);
  }

  it('keeps its list', driven, async () => {
    const page = await open('items=3');
    await waitForStatus(page, 'ready');
    await goAndReturn(page);
    await assertListed(page);
  });

  it('keeps its failure', driven, async () => {
    const page = await open('status=404');
    await waitForStatus(page, 'failed');
    const before = await stateOf(page);
    await goAndReturn(page);
    assert.deepEqual(await stateOf(page), before);
    assert.deepEqual([before.code, before.buttons.length, before.isFallbackVisible], ['http', 1, true]);
  });

  it('continues its retries', driven, async () => {
    const page = await open(`items=3&fails=1&id=${randomUUID()}`);
    await waitForStatus(page, 'failed');
    await goAndReturn(page);
    await waitForStatus(page, 'ready');
    assert.deepEqual((await stateOf(page)).links, ENTRIES);
  });

  for (const [when, isOpenedAway] of [
    ['after the return', false],
    ['on the other page', true],
  ]) {
    it(`shows the feed that arrives ${when}`, driven, async () => {
      const [gate, id] = [randomUUID(), randomUUID()];
      const page = await open(`items=3&gate=${gate}&id=${id}`);
      await waitForRequests(id);
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

  it('repeats a load that was disconnected meanwhile', driven, async () => {
    const [gate, id] = [randomUUID(), randomUUID()];
    const page = await open(`reset=1&gate=${gate}&id=${id}`);
    await waitForRequests(id);
    await goAndReturn(page, () => ask(`open?gate=${gate}`));
    await waitForRequests(id, 2);
    await waitForStatus(page, 'failed');
    const { code, buttons, isFallbackVisible, errors } = await stateOf(page);
    assert.deepEqual([code, buttons.length, isFallbackVisible, errors], ['network', 1, true, []]);
  });
});
