// What the docs have to paste, tried as it stands there: the guide's code, and the policies of docs/self-hosting.md.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { root } from '../../scripts/run.mjs';
import { driven, useChromium } from '../support/chromium.mjs';
import { readPage } from '../support/markdown.mjs';

const page = readFileSync(path.join(root, 'docs/self-hosting.md'), 'utf8');
const script = readFileSync(path.join(root, 'dist/diary-feed.min.js'));
const [integrity] = Object.values(JSON.parse(readFileSync(path.join(root, 'dist/sri.json'), 'utf8')));

const FEED =
  '<rss><channel><item><title>Möten</title><link>https://dagbok.example/1</link>' +
  '<enclosure url="PICTURES/icon.svg" type="image/svg+xml" length="1"/></item></channel></rss>';

/** The policies of the page by name. */
const policies = new Map(
  [...page.matchAll(/<!-- policy: (.+) -->\n\n```\n(.+)\n```/g)].map(([, name, policy]) => [name, policy]),
);

/** What is asked of a server is answered with what the test wants of that path: headers, and a body. */
async function startHost() {
  const answers = new Map();
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    const { body, ...headers } = answers.get(request.url) ?? {};
    response.writeHead(body === undefined ? 404 : 200, headers).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const end = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, answers, asked, end };
}

describe('docs/self-hosting.md', () => {
  const chromium = useChromium();
  let own;
  let other;

  before(async () => {
    own = await startHost();
    other = await startHost();
    const icon = { 'content-type': 'image/svg+xml', body: readFileSync(path.join(root, 'demo/icon.svg')) };
    for (const host of [own, other]) {
      const feed = { 'content-type': 'application/rss+xml', body: FEED.replace('PICTURES', other.origin) };
      host.answers.set('/dagbok.xml', feed);
      host.answers.set('/open.xml', { ...feed, 'access-control-allow-origin': '*' });
      host.answers.set('/icon.svg', icon);
      const file = { 'content-type': 'text/javascript', body: script };
      host.answers.set('/assets/diary-feed.min.js', file);
      host.answers.set('/open/diary-feed.min.js', { ...file, 'access-control-allow-origin': '*' });
      host.answers.set('/odd/diary-feed.min.js', { ...file, 'content-type': 'application/octet-stream' });
      const css = readFileSync(path.join(root, 'dist/themes/cards.css'));
      host.answers.set('/assets/themes/cards.css', { 'content-type': 'text/css', body: css });
    }
  });
  after(() => {
    own.end();
    other.end();
  });

  /** How an element ends on a page of that HTML and policy: its status or code, what the policy forbade, what was shown. */
  async function visit({
    policy = '',
    tag = '<script type="module" src="/assets/diary-feed.min.js"></script>',
    src = '/dagbok.xml',
    attributes = '',
    address = '/page.html',
    head = '',
    waits = true,
  }) {
    own.answers.set(address, {
      'content-type': 'text/html; charset=utf-8',
      ...(policy && { 'content-security-policy': policy }),
      body: `<!doctype html>${head}${tag}<diary-feed src="${src}" ${attributes}><a href="https://dagbok.example/">Dagboken</a></diary-feed>`,
    });
    const tab = await chromium.browser.newPage();
    try {
      await tab.evaluateOnNewDocument(() => {
        globalThis.forbidden = [];
        document.addEventListener('securitypolicyviolation', (event) => forbidden.push(event.effectiveDirective));
      });
      await tab.goto(`${own.origin}${address}`, { waitUntil: 'load' });
      const look = () =>
        tab.evaluate(() => {
          const element = document.querySelector('diary-feed');
          const image = element.shadowRoot?.querySelector('img');
          return {
            end: element.error?.code ?? element.status ?? 'undefined',
            forbidden: [...new Set(globalThis.forbidden)],
            isImageShown: Boolean(image?.complete && image.naturalWidth > 0),
            display: getComputedStyle(element.shadowRoot?.querySelector('ul') ?? element).display,
            isFallbackShown: element.querySelector('a').checkVisibility(),
          };
        });
      let seen = await look();
      while (waits && ['undefined', 'idle', 'loading'].includes(seen.end)) {
        await setTimeout(20);
        seen = await look();
      }
      if (attributes.includes('image')) {
        await tab.waitForNetworkIdle({ idleTime: 100 });
        seen = await look();
      }
      return seen;
    } finally {
      await tab.close();
    }
  }

  const policyOf = (name) => {
    const policy = policies.get(name);
    assert.ok(policy, `docs/self-hosting.md has no policy ${name}`);
    return policy.replace('https://dagbok.example', other.origin).replace('https://bilder.example', other.origin);
  };
  const without = (policy, directive) => policy.replace(new RegExp(`;? ?\\b${directive} [^;]+`), '');

  it('has no policy that is not tried here', () => {
    assert.deepEqual([...policies.keys()], ['own', 'other host', 'theme and pictures', 'nonce', 'trusted types']);
  });

  it('has a policy for the file and the feed on the own server, of which nothing can be left out', driven, async () => {
    const policy = policyOf('own');
    const { end, forbidden } = await visit({ policy });
    assert.deepEqual([end, forbidden], ['ready', []]);
    const blocked = await visit({ policy: without(policy, 'connect-src') });
    assert.equal(blocked.end, 'blocked-by-csp');
    assert.equal(blocked.isFallbackShown, true);
    const scriptless = await visit({ policy: without(policy, 'script-src'), waits: false });
    assert.deepEqual([scriptless.end, scriptless.isFallbackShown], ['undefined', true]);
  });

  it('has a policy for a feed on another host, which must let every origin read it', driven, async () => {
    const policy = policyOf('other host');
    const { end, forbidden } = await visit({ policy, src: `${other.origin}/open.xml` });
    assert.deepEqual([end, forbidden], ['ready', []]);
    assert.equal((await visit({ policy, src: `${other.origin}/dagbok.xml` })).end, 'network');
    assert.equal((await visit({ policy: policyOf('own'), src: `${other.origin}/open.xml` })).end, 'blocked-by-csp');
  });

  it('has a policy for a theme and pictures, of which nothing can be left out', driven, async () => {
    const choice = {
      attributes: 'show="image"',
      head: '<link rel="stylesheet" href="/assets/themes/cards.css">',
    };
    const policy = policyOf('theme and pictures');
    const seen = await visit({ policy, ...choice });
    assert.deepEqual([seen.end, seen.forbidden, seen.isImageShown, seen.display], ['ready', [], true, 'grid']);
    const imageless = await visit({ policy: without(policy, 'img-src'), ...choice });
    assert.deepEqual([imageless.forbidden, imageless.isImageShown], [['img-src'], false]);
    const styleless = await visit({ policy: without(policy, 'style-src'), ...choice });
    assert.deepEqual([styleless.forbidden, styleless.display], [['style-src-elem'], 'block']);
  });

  it('has a policy with a nonce, which the tag needs', driven, async () => {
    const policy = policyOf('nonce');
    const [, nonce] = /'nonce-(.+?)'/.exec(policy);
    const tag = `<script type="module" nonce="${nonce}" src="/assets/diary-feed.min.js"></script>`;
    const { end, forbidden } = await visit({ policy, tag });
    assert.deepEqual([end, forbidden], ['ready', []]);
    const withSelf = policy.replace("'strict-dynamic'", "'strict-dynamic' 'self'");
    assert.equal((await visit({ policy: withSelf, waits: false })).end, 'undefined');
  });

  it('has a policy with Trusted Types, of which the name cannot be left out', driven, async () => {
    const policy = policyOf('trusted types');
    const { end, forbidden } = await visit({ policy });
    assert.deepEqual([end, forbidden], ['ready', []]);
    const refused = await visit({ policy: policy.replace('lit-html', "'none'"), waits: false });
    assert.deepEqual([refused.end, refused.isFallbackShown], ['undefined', true]);
  });

  it('tells what a host for files must send', driven, async () => {
    const tagOf = (folder, attributes) =>
      `<script ${attributes} src="${other.origin}/${folder}/diary-feed.min.js"></script>`;
    const hash = `integrity="${integrity}"`;
    for (const [attributes, closed, open] of [
      ['type="module"', 'undefined', 'ready'],
      [`type="module" ${hash}`, 'undefined', 'ready'],
      [`defer crossorigin="anonymous" ${hash}`, 'undefined', 'ready'],
      [`defer ${hash}`, 'undefined', 'undefined'],
      ['defer', 'ready', 'ready'],
    ]) {
      for (const [folder, expected] of [
        ['assets', closed],
        ['open', open],
      ]) {
        const { end } = await visit({ tag: tagOf(folder, attributes), waits: expected === 'ready' });
        assert.equal(end, expected, `${folder}: ${attributes}`);
      }
    }
    const policy = `default-src 'none'; script-src ${other.origin}; connect-src 'self'`;
    assert.equal((await visit({ policy, tag: tagOf('open', 'type="module"') })).end, 'ready');
  });

  it('asks for the type of a script', driven, async () => {
    const tag = (attributes) => `<script ${attributes} src="/odd/diary-feed.min.js"></script>`;
    assert.equal((await visit({ tag: tag('type="module"'), waits: false })).end, 'undefined');
  });

  it('tells where addresses begin, in subfolders and with a base', driven, async () => {
    const tag = '<script type="module" src="assets/diary-feed.min.js"></script>';
    for (const [address, head, expected] of [
      ['/start.html', '', 'ready'],
      ['/sv/kommun/start.html', '', 'undefined'],
      ['/sv/kommun/start.html', '<base href="/">', 'ready'],
    ]) {
      const { end } = await visit({ address, head, tag, src: 'dagbok.xml', waits: expected === 'ready' });
      assert.equal(end, expected, `${address} ${head}`);
    }
    assert.equal(
      (await visit({ address: '/sv/kommun/om.html' })).end,
      'ready',
      'with / first they are right everywhere',
    );
  });

  it('is asked once for what never changes', driven, async () => {
    const name = '/assets/diary-feed-0.1.0.min.js';
    const [, header] = /`Cache-Control: (max-age=\d+, immutable)`/.exec(page);
    own.answers.set(name, { 'content-type': 'text/javascript', 'cache-control': header, body: script });
    const tag = `<script type="module" src="${name}"></script>`;
    for (const address of ['/one.html', '/two.html', '/three.html']) {
      assert.equal((await visit({ tag, address })).end, 'ready');
    }
    assert.equal(own.asked.filter((asked) => asked === name).length, 1);
  });
});

describe('docs/guide.md', () => {
  const chromium = useChromium();
  let host;
  let html;
  let css;

  before(async () => {
    host = await startHost();
    const { snippets } = await readPage('docs/guide.md');
    [html, css] = ['html', 'css'].map((language) => snippets.find((snippet) => snippet.language === language).code);
    const feed = readFileSync(path.join(root, 'demo/feeds/dagbok.xml'));
    host.answers.set('/assets/diary-feed.min.js', { 'content-type': 'text/javascript', body: script });
    host.answers.set('/dagbok.xml', { 'content-type': 'application/rss+xml', body: feed });
  });
  after(() => host.end());

  /** What a narrow window shows of a page with that code. */
  async function look(tab, code, style) {
    const body = `<!doctype html><html lang="sv"><style>${style}</style>${code}<footer>Kontakt</footer></html>`;
    host.answers.set('/page.html', { 'content-type': 'text/html; charset=utf-8', body });
    await tab.goto(`${host.origin}/page.html`);
    if (code === html) {
      await tab.waitForFunction(() => document.querySelector('diary-feed').status === 'ready');
    }
    return tab.evaluate(() => {
      const element = document.querySelector('diary-feed');
      const count = (selector) => element.shadowRoot?.querySelectorAll(selector).length ?? 0;
      return {
        counts: ['li a[href]', 'time', 'h2', '[part=summary]'].map(count),
        height: element.getBoundingClientRect().height,
        footer: Math.round(document.querySelector('footer').getBoundingClientRect().top),
      };
    });
  }

  it('gives a list, whose place is kept free by the height that it tells to measure', driven, async () => {
    const tab = await chromium.browser.newPage();
    await tab.setViewport({ width: 320, height: 800 });
    const { counts, height } = await look(tab, html, '');
    assert.deepEqual(counts, [5, 5, 1, 5]);
    const rule = css.replaceAll(/\d+rem;/g, `${height / 16}rem;`);
    assert.notEqual(rule, css);
    const shown = await look(tab, html, rule);
    const waiting = await look(tab, html.replace('/assets/', '/nowhere/'), rule);
    assert.deepEqual(waiting.counts, [0, 0, 0, 0]);
    assert.equal(waiting.footer, shown.footer);
    const unruly = await look(tab, html.replace('/assets/', '/nowhere/'), '');
    assert.ok(unruly.footer < shown.footer - 100, 'without the rule it jumps');
    await tab.close();
  });
});
