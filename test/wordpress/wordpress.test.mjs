// The element on pages of a real WordPress, as its users publish them.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';
import { driven, stateOf, useChromium, waitForStatus } from '../support/chromium.mjs';
import { missingFor } from '../support/relay-recipes.mjs';
import { feedOf } from '../support/relay-source.mjs';
import { send, useRelay } from '../support/relay-suite.mjs';
import { ROLES } from '../support/wordpress.mjs';

const RECIPE = 'WordPress without stand-ins';

const ELEMENT =
  '<diary-feed src="/dagbok.xml" heading="Dagboken"><a href="https://dagbok.example/">Läs dagboken</a></diary-feed>';
const SNIPPET = `<script src="/wp-content/uploads/diary-feed.min.js"></script>\n${ELEMENT}`;
const block = (name, content) => `<!-- wp:${name} -->\n${content}\n<!-- /wp:${name} -->`;

const FEED = Buffer.from(
  feedOf(3)
    .toString()
    .replace(
      '</item>',
      '<description><![CDATA[<p>Övning :-) med "bilar" &lt;/script&gt;</p><img src="/1.png" alt=""><script>alert(1)</script><p>Klart.]]></description></item>',
    ),
);

const skip = missingFor(RECIPE) || driven.skip;

/** Runs in a page of a user: uploads a file to the media library. Returns the message of an error. */
async function upload(name, type, content) {
  const nonce = await (await fetch('/wp-admin/admin-ajax.php?action=rest-nonce')).text();
  const headers = { 'x-wp-nonce': nonce, 'content-disposition': `attachment; filename="${name}"` };
  const body = new Blob([content], { type });
  return (await (await fetch('/?rest_route=/wp/v2/media', { method: 'POST', headers, body })).json()).message;
}

/** Runs in a page of a user: sends what the editor sends when the user publishes. Returns the URL. */
async function save(content) {
  const nonce = await (await fetch('/wp-admin/admin-ajax.php?action=rest-nonce')).text();
  const headers = { 'content-type': 'application/json', 'x-wp-nonce': nonce };
  const body = JSON.stringify({ title: 'Om kommunen', content, status: 'publish' });
  return (await (await fetch('/?rest_route=/wp/v2/posts', { method: 'POST', headers, body })).json()).link;
}

describe('a page in WordPress', { skip, concurrency: 1, timeout: 120_000 }, () => {
  const chromium = useChromium();
  const setup = useRelay(RECIPE, {}, (source) => void (source.feed = FEED));
  const pages = {};

  before(async () => {
    for (const user of ['admin', ...ROLES]) pages[user] = await logIn(user);
  });
  async function logIn(user) {
    const context = await chromium.browser.createBrowserContext();
    const page = await context.newPage();
    await page.goto(`${setup.relay.origin}/wp-login.php`);
    await page.type('#user_login', user);
    await page.type('#user_pass', 'password');
    await Promise.all([page.waitForNavigation(), page.click('#wp-submit')]);
    return page;
  }

  async function publish(user, content) {
    const page = pages[user];
    await page.goto(`${setup.relay.origin}/wp-admin/profile.php`);
    return page.evaluate(save, content);
  }

  /** Opens a page as a visitor. Returns it with the paths that it requests. */
  async function visit(url) {
    const context = await chromium.browser.createBrowserContext();
    const page = await context.newPage();
    const requests = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    await page.goto(url);
    return { page, requests };
  }

  const countOf = (page, selector) => page.$$eval(selector, (found) => found.length);

  const assertShown = async (page) => {
    await waitForStatus(page, 'ready');
    const { links, isFallbackVisible } = await stateOf(page);
    assert.deepEqual([links.at(-1), isFallbackVisible], ['Fjällräddningen övar, vecka 3', false]);
  };

  for (const user of ['admin', 'editor']) {
    it(`keeps the pasted code of the role ${user}`, async () => {
      const { page } = await visit(await publish(user, block('html', SNIPPET)));
      await assertShown(page);
    });
  }

  it('keeps only the link of the role author', async () => {
    const { page } = await visit(await publish('author', block('html', SNIPPET)));
    assert.equal(await countOf(page, 'diary-feed, script[src*=diary-feed]'), 0);
    assert.equal(await countOf(page, 'a[href="https://dagbok.example/"]'), 1);
  });

  it('keeps the element on one line in the classic editor', async () => {
    const { page } = await visit(await publish('admin', SNIPPET));
    await assertShown(page);
    assert.equal(await countOf(page, 'diary-feed br'), 0);
  });

  it('shows the element of an author with the filter of docs/cms.md', async () => {
    const [, plugin] = /```php\n(.*?)```/s.exec(readFileSync(path.join(root, 'docs/cms.md'), 'utf8'));
    writeFileSync(path.join(setup.relay.folder, 'site/wp-content/mu-plugins/filter.php'), plugin);
    const { page } = await visit(await publish('author', block('html', SNIPPET)));
    await assertShown(page);
    assert.equal(await countOf(page, '.entry-content script'), 0);
  });

  it('rejects script and themes in the media library, even of an administrator', async () => {
    const page = pages.admin;
    await page.goto(`${setup.relay.origin}/wp-admin/profile.php`);
    for (const [file, type] of [
      ['dist/diary-feed.min.js', 'text/javascript'],
      ['dist/themes/cards.css', 'text/css'],
    ]) {
      const message = await page.evaluate(
        upload,
        path.basename(file),
        type,
        readFileSync(path.join(root, file), 'utf8'),
      );
      assert.match(message, /not allowed to upload this file type/, file);
    }
  });

  describe('with the shortcode', () => {
    const SHORTCODE =
      '[diary-feed heading="Dagboken" show="date summary" expand onclick="alert(1)"]Läs dagboken[/diary-feed]';

    before(() => send(setup.relay.url)); // the copy is fresh

    it('shows HTML in CDATA sections as text', async () => {
      const { page } = await visit(await publish('author', block('shortcode', SHORTCODE)));
      await assertShown(page);
      assert.deepEqual(await page.$eval('diary-feed', ({ entries }) => entries.map(({ summary }) => summary)), [
        'Övning :-) med "bilar" </script>\nKlart.',
      ]);
    });

    it("shows an author's list without a request for the feed", async () => {
      const { page, requests } = await visit(await publish('author', block('shortcode', SHORTCODE)));
      await assertShown(page);
      assert.ok(!requests.includes('/dagbok.xml'), requests.join());
      const attributes = await page.$eval('diary-feed', (element) => element.getAttributeNames());
      assert.deepEqual(attributes, ['src', 'heading', 'show', 'expand']);
      assert.equal(
        await page.$eval('diary-feed > a', (link) => link.outerHTML),
        `<a href="${new URL('/', setup.source.url)}">Läs dagboken</a>`,
      );
    });
  });
});
