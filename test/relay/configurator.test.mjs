// What the configurator puts into a recipe is what the recipe then asks for, in the server that it is for.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { fillRecipe, recipeAddress } from '../../demo/configurator/relay.js';
import { missingFor, startRelay } from '../support/relay-recipes.mjs';
import { startSource } from '../support/relay-source.mjs';
import { ask, certificate, isFeed, names, wanted } from '../support/relay-suite.mjs';

/** Behind the host: a query as feeds have them, and what means something to a shell, to nginx, to PHP. */
const PATH = '/a%20b/$x%2Fy/rss.xml';
const QUERY = '?feed=rss2&cat=3&q=%C3%A5+%25;$(id)!*#part';
const ASKED = '/a%20b/%24x%2Fy/rss.xml?feed=rss2&cat=3&q=%C3%A5+%25%3B%24%28id%29%21%2A';

describe('a recipe that the configurator has filled', { concurrency: 2 }, () => {
  for (const name of wanted) {
    it(`asks for the feed's own address, however it is written: ${name}`, { skip: missingFor(name) }, async () => {
      const source = await startSource(certificate);
      after(source.end);
      const feed = recipeAddress(`${new URL(source.address).origin}${PATH}${QUERY}`);
      const relay = await startRelay(name, { source, certificate, names, fill: (text) => fillRecipe(text, { feed }) });
      after(relay.end);
      const answer = await ask(`${relay.address}?x=1`);
      await relay.rest();
      assert.ok(isFeed(answer, source.feed), `${answer.status} ${answer.body} ${relay.complaints()}`);
      const asked = new Set(source.requests.map(({ url }) => url));
      assert.deepEqual([...asked], [ASKED]);
    });
  }
});
