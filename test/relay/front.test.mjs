// Recipes that recipes.test.mjs doesn't run: servers in front of relay.mjs, and files that are only parsed.
import { XMLValidator } from 'fast-xml-parser';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';
import { missingFor, missingForFront, startFront, startRelay } from '../support/relay-recipes.mjs';
import { feedOf, startSource } from '../support/relay-source.mjs';
import { certificate, isFeed, nameServer, send } from '../support/relay-suite.mjs';

describe('web.config', () => {
  it('is well-formed XML', () => {
    assert.equal(XMLValidator.validate(readFileSync(path.join(root, 'docs/relay/web.config'), 'utf8')), true);
  });
});

describe('the shortcode of wordpress.php', () => {
  it('accepts all attributes of the element, and lang', () => {
    const manifest = JSON.parse(readFileSync(path.join(root, 'dist/custom-elements.json'), 'utf8'));
    const { attributes } = manifest.modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName);
    const [, first, second] = /ATTRIBUTES = '(.+)' \.\s+'(.+)'/.exec(
      readFileSync(path.join(root, 'docs/relay/wordpress.php'), 'utf8'),
    );
    assert.deepEqual(`${first}${second}`.split(' ').sort(), [...attributes.map(({ name }) => name), 'lang'].sort());
  });
});

describe('relay.mjs', { concurrency: 1, skip: missingFor('Node') }, () => {
  const ends = [];
  after(async () => {
    for (const end of ends.reverse()) await end();
  });

  for (const kind of ['nginx', 'apache', 'caddyfile']) {
    it(`works with a reverse proxy: ${kind}`, { skip: missingForFront(kind) }, async () => {
      const source = await startSource(certificate);
      ends.push(source.end);
      Object.assign(source, { type: 'text/xml', feed: feedOf(1, 'iso-8859-1') });
      const relay = await startRelay('Node', { source, certificate, nameServer });
      ends.push(relay.end);
      const front = await startFront(kind, relay);
      ends.push(front.end);
      const response = await send(`${front.url}?x`, { headers: { cookie: 'x' } });
      assert.ok(isFeed(response, source.feed), `${response.status} ${front.log()}`);
      assert.equal(response.headers['content-type'], 'text/plain');
      assert.equal(response.headers['content-security-policy'].split(', ')[0], "sandbox; default-src 'none'");
      assert.equal((await send(front.url, { headers: { 'if-none-match': response.headers.etag } })).status, 304);
      assert.equal(source.requests.length, 1);
    });
  }
});
