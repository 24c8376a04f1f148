import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import {
  describeAddress,
  describeFailure,
  describeFeed,
  describeLink,
  diaryLink,
  hostOf,
} from '../../demo/configurator/feed-check.js';
import { isRead, isShown, judge, picturesOf, settle } from '../../demo/configurator/judgement.js';
import { isOwn, meantBy, resolveOn, secured } from '../../demo/configurator/own-site.js';
import { fillRecipe, recipeAddress, relayFor, RELAYS } from '../../demo/configurator/relay.js';
import { buildSnippet, escapeHtml, policySource } from '../../demo/configurator/snippet.js';
import { EXAMPLES, readSurface, THEMES } from '../../demo/configurator/surface.js';
import { TEXTS, textIn } from '../../demo/configurator/texts.js';
import {
  readAddress,
  readAddresses,
  readQuery,
  readValue,
  refusedIn,
  writeQuery,
} from '../../demo/configurator/values.js';
import { warningsFor } from '../../demo/configurator/warnings.js';
import { root } from '../../scripts/run.mjs';
import { errorCodes } from '../support/exports.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');
const manifest = JSON.parse(read('dist/custom-elements.json'));
const settings = readSurface(manifest);
const settingOf = (key) => settings.find((setting) => setting.key === key);
const defaults = readQuery('', settings);

/** A snippet for these values beside the defaults. */
const snippetFor = (values = {}, choice = {}) =>
  buildSnippet({
    values: { ...defaults, ...values },
    settings,
    src: 'https://dagbok.example/rss.xml',
    integrity: 'sha384-abc/+=',
    link: 'https://dagbok.example/',
    linkText: 'Dagboken',
    ...choice,
  });

describe('what can be chosen', () => {
  const element = manifest.modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName);

  it('covers every attribute and custom property of the manifest', () => {
    const namesAt = (place) => settings.filter((setting) => setting.place === place).map(({ name }) => name);
    assert.deepEqual(
      namesAt('attribute'),
      element.attributes.map(({ name }) => name),
    );
    assert.deepEqual(
      [...namesAt('property'), '--diary-feed-reserve'],
      element.cssProperties.map(({ name }) => name),
    );
  });

  it('has a kind for each attribute, and its default is a value of that kind', () => {
    for (const { key, kind, options, min, max, fallback, isOptional } of settings) {
      assert.notEqual(kind, undefined, key);
      if (kind === 'keyword') assert.ok(options.includes(fallback), key);
      if (kind === 'tokens')
        assert.ok(
          fallback.split(' ').every((token) => options.includes(token)),
          key,
        );
      if (kind === 'number')
        assert.ok(isOptional ? min < max : min <= Number(fallback) && Number(fallback) <= max, key);
    }
  });

  it('rejects an attribute whose values neither its type nor the table describes', () => {
    const attributes = [{ name: 'columns', type: { text: 'number' }, default: '1' }];
    const declarations = [{ tagName: 'a-b', attributes, cssProperties: [] }];
    assert.throws(() => readSurface({ modules: [{ declarations }] }), /columns/);
  });

  it('writes attributes of each kind', () => {
    const query =
      'more=3&heading=&show=date+image&expand=&group=month&match=a%2C+b&fallback-image=https%3A%2F%2Fb.example%2Fx.png';
    const values = readQuery(query, settings);
    assert.equal(writeQuery(values, settings), query);
    const { html, policy } = buildSnippet({ values, settings, src: '/a.xml', link: '/', linkText: 'A' });
    assert.deepEqual(/<diary-feed\n([^>]*)\n>/.exec(html)[1].split('\n'), [
      '  src="/a.xml"',
      '  more="3"',
      '  heading=""',
      '  show="date image"',
      '  expand',
      '  group="month"',
      '  match="a, b"',
      '  fallback-image="https://b.example/x.png"',
    ]);
    assert.match(policy, /img-src 'self' https:\/\/b\.example$/);
  });

  it('has the themes and the example feeds that are there', () => {
    const files = readdirSync(path.join(root, 'dist/themes'));
    assert.deepEqual(THEMES.map((name) => `${name}.css`).sort(), files.sort());
    for (const name of EXAMPLES) assert.ok(existsSync(path.join(root, 'demo/feeds', name)), name);
  });
});

describe('a theme', () => {
  const element = manifest.modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName);
  for (const name of THEMES) {
    it(`sets nothing but custom properties and parts that the element has: ${name}`, () => {
      const css = read(`dist/themes/${name}.css`).replaceAll(/\/\*.*?\*\//gs, '');
      for (const [selector] of css.matchAll(/^\s*[.#*:[a-z][^@{};]*(?=\{)/gm)) {
        for (const one of selector.split(',')) assert.match(one.trim(), /^:where\(diary-feed\)(?:::part\([a-z]+\))?$/);
      }
      for (const [, part] of css.matchAll(/::part\((\w+)\)/g)) {
        assert.ok(
          element.cssParts.some((known) => known.name === part),
          part,
        );
      }
      for (const [property] of css.matchAll(/--[\w-]+/g)) {
        assert.ok(
          element.cssProperties.some((known) => known.name === property),
          property,
        );
      }
      for (const [, body] of css.matchAll(/diary-feed\) \{([^}]*)\}/g)) {
        for (const line of body.split(';').map((text) => text.trim())) if (line) assert.match(line, /^--diary-feed-/);
      }
    });
  }
});

describe('the texts', () => {
  it('are there in both languages, with the same gaps', () => {
    assert.deepEqual(Object.keys(TEXTS.en), Object.keys(TEXTS.sv));
    const gaps = (text) => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).sort();
    for (const key of Object.keys(TEXTS.sv)) assert.deepEqual(gaps(TEXTS.en[key]), gaps(TEXTS.sv[key]), key);
  });

  it('name every setting and every option, and help with every attribute', () => {
    const missing = settings
      .filter(({ key }) => key !== 'ui')
      .flatMap(({ key, place, options = [] }) => [
        `setting-${key}`,
        ...(place === 'attribute' ? [`help-${key}`] : []),
        ...options.map((option) => `option-${key}-${option}`),
      ])
      .filter((key) => !(key in TEXTS.sv));
    assert.deepEqual(missing, []);
  });

  it('fill their gaps with text as it is', () => {
    assert.ok(textIn('en', 'error-http', { status: '$&' }).includes('$&'));
  });
});

describe('a choice in an address', () => {
  it('is nothing where all is as by default', () => {
    assert.equal(writeQuery(defaults, settings), '');
  });

  for (const query of [
    'limit=3&heading=&theme=cards',
    'src=https%3A%2F%2Fdagbok.example%2Frss.xml&show=date+summary',
    'css-link-color=%2300507a&css-gap=1.25em&css-title-weight=700',
    'heading=N%C3%A5got+%22annat%22&lang=fi&width=phone&scheme=dark&ui=en',
  ]) {
    it(`comes back as it was: ${query}`, () => {
      const values = readQuery(query, settings);
      assert.notDeepEqual(values, defaults);
      assert.deepEqual(readQuery(writeQuery(values, settings), settings), values);
    });
  }

  for (const query of [
    'limit=0',
    'limit=51',
    'limit=5e1',
    'limit=%20',
    'show=date+all',
    'show=',
    'sort=constructor',
    'theme=../x',
    'src=javascript:alert(1)',
    'src=data:text/xml,x',
    'src=https://a:b@dagbok.example/',
    'src=https://dagbok.example/a%20ftp:b',
    'script=%22%3E%3Cscript%3E',
    'css-link-color=red;}*{color:red',
    'css-gap=calc(1px)',
    'css-padding=1em;--x:1',
    'heading=a%0Ab',
    `heading=${'a'.repeat(501)}`,
    '__proto__=1&constructor=2&toString=3',
    'onload=alert(1)',
  ]) {
    it(`counts for nothing: ${query.slice(0, 60)}`, () => assert.deepEqual(readQuery(query, settings), defaults));
  }

  it('tells what of it cannot be used, and nothing of what is not its own', () => {
    const told = (query) => refusedIn(query, settings).map(([{ key }, text]) => [key, text]);
    const eleven = 'https://a.example/ '.repeat(11).trim();
    for (const [key, text] of [
      ['limit', '99'],
      ['show', 'date all'],
      ['theme', 'old'],
      ['src', eleven],
      ['src', 'https://a:b@dagbok.example/'],
    ]) {
      const query = new URLSearchParams({ [key]: text, sort: 'feed', fbclid: 'x' }).toString();
      assert.deepEqual(told(query), [[key, text]]);
    }
    assert.deepEqual(told('limit=5&heading=&sort=newest&constructor=1'), []);
  });
});

describe('the code to copy', () => {
  it('names the feed, the hash and the link, and no attribute that is as by default', () => {
    assert.equal(
      snippetFor().html,
      `<script type="module" src="/assets/diary-feed.min.js" integrity="sha384-abc/+="></script>

<diary-feed
  src="https://dagbok.example/rss.xml"
>
  <a href="https://dagbok.example/">Dagboken</a>
</diary-feed>
`,
    );
  });

  it('has what differs, the language and the theme', () => {
    const { html } = snippetFor({
      limit: '3',
      heading: '',
      lang: 'fi',
      theme: 'lines',
      script: '/x/diary-feed.min.js?v=1/2',
    });
    assert.match(html, /^<link rel="stylesheet" href="\/x\/themes\/lines\.css">\n/);
    for (const line of ['  limit="3"\n', '  heading=""\n', '  lang="fi"\n']) assert.ok(html.includes(line), line);
  });

  it('sets the custom properties that are chosen, and contains no CSS if none is', () => {
    const { css } = snippetFor({ 'css-link-color': '#00507a', 'css-gap': '1em' });
    assert.equal(css, 'diary-feed {\n  --diary-feed-link-color: #00507a;\n  --diary-feed-gap: 1em;\n}\n');
    assert.equal(snippetFor().css, '');
  });

  for (const [what, values, choice, lines] of [
    ['a foreign feed', {}, {}, ["script-src 'self'", 'connect-src https://dagbok.example']],
    ['a feed on the site itself', { site: 'https://dagbok.example/start' }, {}, ["connect-src 'self'"]],
    [
      'several feeds',
      {},
      { src: 'https://dagbok.example/a /b.xml https://skola.example/c https://dagbok.example/d' },
      ["connect-src https://dagbok.example 'self' https://skola.example"],
    ],
    ['a feed that is handed on', {}, { src: '/dagbok.xml' }, ["connect-src 'self'"]],
    ['a script of another host', { script: 'https://cdn.example/d.js' }, {}, ['script-src https://cdn.example']],
    ['a theme', { theme: 'plain' }, {}, ["style-src 'self'"]],
    [
      'pictures',
      { show: 'date image' },
      { images: ['https://a.example/1.png', 'https://a.example/2.png', 'https://b.example/'] },
      ['img-src https://a.example https://b.example'],
    ],
    [
      'pictures of a host that nobody knows',
      { show: 'image', 'fallback-image': '/bild.png' },
      { src: '/dagbok.xml', images: ['https://dagbok.example/rss.xml'], unknownImages: 'https://EDIT.invalid' },
      ["connect-src 'self'", "img-src https://dagbok.example 'self' https://EDIT.invalid"],
    ],
  ]) {
    it(`names in the policy what is needed: ${what}`, () => {
      const { policy } = snippetFor(values, choice);
      for (const line of lines) assert.ok(policy.split('; ').includes(line), policy);
      assert.ok(!policy.includes('\n'), 'no header holds several lines');
      assert.equal(policy.includes('img-src'), what.startsWith('pictures'));
      assert.equal(policy.includes('style-src'), what === 'a theme');
      assert.doesNotMatch(policy, /trusted/, 'that would stop whatever else of the site writes HTML');
    });
  }

  const BREAKS = [
    '"><script>x</script>',
    "' onload='x",
    '</diary-feed>',
    '&quot;',
    '*/}body{',
    '</style>',
    '$&',
    '\u2028',
  ];
  for (const payload of BREAKS) {
    it(`is broken by nothing that a person types: ${payload}`, () => {
      const keys = settings.filter(({ kind }) =>
        ['text', 'address', 'addresses', 'colour', 'length', 'weight'].includes(kind),
      );
      const values = Object.fromEntries(keys.map(({ key }) => [key, payload]));
      const hostile = snippetFor(values, { src: payload, link: payload, linkText: payload, integrity: payload });
      // three tags, and in none of them a quote or a bracket that is not ours
      const tags = hostile.html.match(/<[^>]*>/g).map((tag) => /^<\/?[\w-]+/.exec(tag)[0]);
      assert.deepEqual(tags, ['<script', '</script', '<diary-feed', '<a', '</a', '</diary-feed']);
      assert.ok(!hostile.html.includes('integrity'));
      for (const [tag] of hostile.html.matchAll(/<[^>]*>/g)) {
        assert.match(tag, /^<\/?[\w-]+(?:\s+[\w-]+="[^"<>]*")*\s*>$/);
      }
      assert.ok(!hostile.css.includes(payload) && !hostile.policy.includes(payload));
      assert.ok(hostile.html.includes(escapeHtml(payload)));
    });
  }

  it('names no host in the policy that would begin another directive', () => {
    assert.equal(policySource('https://a;script-src/', ''), "'self'");
    assert.equal(policySource('https://dagbok.example:8443/x', ''), 'https://dagbok.example:8443');
    assert.equal(policySource('https://räksmörgås.example/', ''), 'https://xn--rksmrgs-5wao1o.example');
    assert.equal(policySource('https://min_dagbok.example/x', ''), 'https://min_dagbok.example');
  });

  it('takes as an address what is http, https or a path', () => {
    for (const text of ['/a.xml', 'a.xml', 'https://a.example/?b=1&c=2', '//a.example/x']) {
      assert.equal(readAddress(text), text);
    }
    for (const text of ['', 'javascript:x', 'https://', 'a b', 'mailto:a@b.example', '/a"b', '\\\\a\\b']) {
      assert.equal(readAddress(text), undefined, text);
    }
  });

  it('takes as the address of a site a whole one only, and as other texts what the element takes', () => {
    assert.equal(readValue(settingOf('site'), 'https://www.vintersele.example'), 'https://www.vintersele.example');
    for (const [key, text] of [
      ['site', 'www.vintersele.example'],
      ['time-zone', 'Europe/Ber'],
      ['feed-lang', 'e'],
      ['match', ' , '],
    ]) {
      assert.equal(readValue(settingOf(key), text), undefined, key);
    }
    for (const [key, text] of [
      ['time-zone', 'Europe/Berlin'],
      ['feed-lang', 'se'],
      ['match', 'möte, skola'],
    ]) {
      assert.equal(readValue(settingOf(key), text), text);
    }
  });

  it('knows which feeds are on the own site, and where this page finds them', () => {
    const site = 'https://www.vintersele.example/start';
    for (const [address, named, own, found] of [
      ['/dagbok.xml', '', true, undefined],
      ['dagbok.xml', site, true, 'https://www.vintersele.example/dagbok.xml'],
      ['https://www.vintersele.example/a.xml', site, true, 'https://www.vintersele.example/a.xml'],
      ['https://www.vintersele.example:8443/a', site, false, 'https://www.vintersele.example:8443/a'],
      ['https://dagbok.example/a', site, false, 'https://dagbok.example/a'],
      ['https://dagbok.example/a', '', false, 'https://dagbok.example/a'],
      ['//dagbok.example/a', site, false, '//dagbok.example/a'],
    ]) {
      assert.deepEqual([isOwn(address, named), resolveOn(named, address)], [own, found], address);
    }
  });

  it('knows what was meant by an address without https://, and which are files of the own site', () => {
    for (const address of [
      'www.kommun.example/rss',
      'dagbok.example/feed.xml',
      'dagbok.example',
      'www.kommun.example?feed=rss2',
      'räksmörgås.example/å#x',
    ]) {
      assert.equal(meantBy(address), `https://${address}`);
    }
    for (const address of [
      '/dagbok.xml',
      'dagbok.xml',
      'dagbok.php?id=1',
      'feeds/www.kommun.example/rss',
      './dagbok.example/rss',
      'v1.2/rss',
      '//dagbok.example/rss',
      'https://dagbok.example/rss',
      '?feed=rss2',
      '',
    ]) {
      assert.equal(meantBy(address), undefined, address);
    }
  });

  it('knows which addresses a page on https may not read, and what to try instead', () => {
    assert.equal(secured('http://dagbok.example/rss?http://x'), 'https://dagbok.example/rss?http://x');
    assert.equal(secured('HTTP://dagbok.example:8080/'), 'https://dagbok.example:8080/');
    for (const address of [
      'https://dagbok.example/',
      '/dagbok.xml',
      'http://localhost/',
      'http://a.localhost:8080/',
      'http://127.0.0.1:8080/',
      'http://[::1]/',
    ]) {
      assert.equal(secured(address), undefined, address);
    }
  });

  it('takes several where the element does, ten at most', () => {
    assert.equal(readAddresses(' /a.xml\n https://a.example/b '), '/a.xml https://a.example/b');
    for (const text of ['', ' ', '/a.xml javascript:x', 'a '.repeat(11)])
      assert.equal(readAddresses(text), undefined, text);
  });

  it('takes no value of another kind', () => {
    assert.equal(readValue(settingOf('css-color'), '#ABCDEF'), '#abcdef');
    assert.equal(readValue(settingOf('css-color'), '#abc'), undefined);
    assert.equal(readValue(settingOf('css-gap'), '0'), '0');
    assert.equal(readValue(settingOf('limit'), '07'), '7');
  });
});

describe('a relay recipe', () => {
  const recipes = JSON.parse(read('dist/relay-recipes.json'));
  const src = 'https://flode.vintersele.example/rss?a=1&b=2';
  const site = 'https://www.vintersele.example/start';

  for (const way of RELAYS) {
    it(`has the feed's address in its place, and no invented one is left: ${way}`, () => {
      const { path: own, files, isFilled } = relayFor(way, { src, site, recipes });
      assert.equal(isFilled, true);
      assert.match(own, /^\/[\w.]+$/);
      const whole = files.map(([, text]) => text).join('\n');
      assert.ok(whole.includes(src), whole);
      assert.doesNotMatch(whole, /dagbok\.example|kommun\.example/);
      // but for that it is the recipe
      const unfilled = relayFor(way, { src: '', site: '', recipes });
      assert.equal(unfilled.isFilled, false);
      for (const [name, text] of unfilled.files) assert.equal(text, recipes[name]);
    });
  }

  it('is left as it stands where it cannot hold the address, and this is told', () => {
    assert.equal(relayFor('nginx', { src: '/own.xml', recipes }).isFilled, false);
    assert.equal(relayFor('', { src, recipes }), undefined);
  });

  it('is broken by no address: nothing in it can end a quote or begin something else', () => {
    for (const written of [
      'https://a.example/;rm -rf',
      "https://a.example/');phpinfo();//",
      'https://a.example/$(id)`id`${x}$$',
      'https://a.example/"; return 200; #',
      'https://a.example/?a=1;b=2|c&d=$x\'"<>#x',
      'https://a.example\n/x',
      'https://[::1]/x',
      'https://a;b.example/',
    ]) {
      const address = recipeAddress(written);
      if (address !== undefined) assert.match(address, /^https:\/\/[a-z0-9.-]+\/[\w.~:/?&=%+,@-]*$/, written);
    }
    assert.equal(recipeAddress('https://a.example/$x;y?z=(1)#part'), 'https://a.example/%24x%3By?z=%281%29');
    assert.equal(recipeAddress('https://min_dagbok.example/'), 'https://min_dagbok.example/');
    assert.equal(recipeAddress('https://räksmörgås.example/å'), 'https://xn--rksmrgs-5wao1o.example/%C3%A5');
    assert.equal(fillRecipe('kommun.example', { site: 'https://a;b.example/' }), 'kommun.example');
  });
});

describe('the judgement of an address', () => {
  const site = 'https://www.vintersele.example';
  const feed = { entries: [] };
  const readings = {
    'https://a.example/rss': { status: 'ready', feed },
    'https://b.example/rss': { status: 'failed', error: { code: 'network' } },
    'https://c.example/': { status: 'ready', feed, found: 'https://flode.example/rss' },
    'https://www.vintersele.example/inne.xml': { status: 'ready', feed },
    'https://www.vintersele.example/stängd.xml': { status: 'failed', error: { code: 'network' } },
    'https://www.vintersele.example/borta.xml': { status: 'failed', error: { code: 'http', status: 404 } },
  };
  const read = (asked) => readings[asked] ?? { status: 'loading' };
  const judged = (src, path = '', own = site) =>
    settle(
      src.split(' ').map((address) => judge(address, { site: own, read })),
      path,
    );
  const codes = (...parameters) => judged(...parameters).map(({ code }) => code);

  it('is what the element makes of it, but for what is out of reach and what was meant otherwise', () => {
    for (const [address, own, status, isThere] of [
      ['https://a.example/rss', site, 'ready', true],
      ['https://b.example/rss', site, 'failed', true],
      ['https://d.example/rss', site, 'loading', true],
      ['inne.xml', site, 'ready', true],
      ['inne.xml', '', 'out-of-reach', false],
      ['https://www.vintersele.example/stängd.xml', site, 'out-of-reach', false],
      ['https://www.vintersele.example/borta.xml', site, 'failed', true],
      ['www.vintersele.example/rss', site, 'unclear', false],
    ]) {
      const judgement = judge(address, { site: own, read });
      assert.deepEqual([judgement.status, isShown(judgement)], [status, isThere], address);
      assert.equal(isRead(judgement), status === 'ready');
    }
  });

  it('gives the code: what can be read as it is, the rest from the own server, each by a path of its own', () => {
    const [a, b, c, d] = [
      'https://a.example/rss',
      'https://b.example/rss',
      'https://c.example/',
      'https://d.example/rss',
    ];
    assert.deepEqual(codes(`${a} ${b}`), [a, b]);
    assert.deepEqual(codes(`${a} ${b}`, '/dagbok.xml'), [a, '/dagbok.xml']);
    assert.deepEqual(codes(`${b} ${a} ${d} /inne.xml`, '/dagbok.xml'), [
      '/dagbok.xml',
      a,
      '/dagbok-2.xml',
      '/inne.xml',
    ]);
    assert.deepEqual(codes(`${b} ${d}`, '/flode?id=1.5'), ['/flode?id=1.5', '/flode-2?id=1.5']);
    // where all can be read, a server that is chosen is there for all
    assert.deepEqual(codes(a, '/dagbok.xml'), ['/dagbok.xml']);
    assert.deepEqual(codes(`${a} ${c}`, '/dagbok.php'), ['/dagbok.php', '/dagbok-2.php']);
    for (const alone of ['/inne.xml', 'dagbok.example/rss']) assert.deepEqual(codes(alone, '/dagbok.xml'), [alone]);
  });

  it('gives the feed that a page announces instead of the page', () => {
    const [page] = judged('https://c.example/');
    assert.deepEqual([page.code, page.isHandedOn], ['https://flode.example/rss', false]);
    assert.deepEqual(picturesOf(page), { addresses: ['https://flode.example/rss'], isGuess: false });
    const lines = describeAddress(page, { now: 0 });
    assert.deepEqual(lines[0].offer, { key: 'src', from: 'https://c.example/', to: 'https://flode.example/rss' });
    assert.equal(lines[0].text, 'feed-found');
  });

  it('tells what a page on https may not read, unless it is handed on or on the own site', () => {
    const insecure = (...parameters) => judged(...parameters)[0].insecure;
    assert.equal(insecure('http://d.example/rss'), 'https://d.example/rss');
    assert.equal(insecure('http://d.example/rss', '/dagbok.xml'), undefined);
    assert.equal(insecure('http://d.example/rss', '', 'http://d.example'), undefined);
    assert.equal(insecure('http://d.example/rss', '', 'https://d.example'), 'https://d.example/rss');
  });

  it('tells where pictures are, or what may be so', () => {
    const entries = [{}, { image: 'https://x.example/1.png' }];
    assert.deepEqual(picturesOf({ address: '/a.xml', feed: { entries } }), {
      addresses: ['https://x.example/1.png'],
      isGuess: false,
    });
    assert.deepEqual(picturesOf({ address: '/a.xml', feed: { entries: [{}] } }), {
      addresses: ['/a.xml'],
      isGuess: false,
    });
    assert.deepEqual(picturesOf({ address: 'https://b.example/rss' }), {
      addresses: ['https://b.example/rss'],
      isGuess: true,
    });
  });

  it('has words, and offers what was meant', () => {
    const said = (judgement, isStandIn = false) =>
      describeAddress(judgement, { now: 0, isStandIn }).map(({ text, offer }) => [text, offer?.to]);
    assert.deepEqual(said({ status: 'loading' }), [['check-loading', undefined]]);
    assert.deepEqual(said({ status: 'out-of-reach' }), [['check-own-some', undefined]]);
    assert.deepEqual(said({ status: 'out-of-reach' }, true), [['check-own', undefined]]);
    assert.deepEqual(said({ status: 'failed', error: { code: 'timeout' } }), [['error-timeout', undefined]]);
    assert.deepEqual(said(judge('dagbok.example/rss', { site, read })), [
      ['check-meant', 'https://dagbok.example/rss'],
    ]);
  });
});

describe('what is said before somebody pastes', () => {
  const feed = { entries: [] };
  const fallbackLink = { isInvented: false };
  const said = (
    judged,
    { way, path = '', isKnown = true, fallback = fallbackLink, unknownImages = '', ...values } = {},
  ) =>
    warningsFor(
      { judged: settle(judged, path), way, path, isKnown, fallback },
      { values: { src: 'x', server: '', relay: '', fallback: '', ...values }, unknownImages },
    );
  const texts = (...parameters) => said(...parameters).map(({ text }) => text);
  const readable = { address: 'https://a.example/rss', status: 'ready', feed };
  const closed = { address: 'https://b.example/rss', status: 'failed', error: { code: 'network' } };
  const nginx = { way: { path: '/dagbok.xml', isTested: true, isFilled: true }, path: '/dagbok.xml', server: 'nginx' };

  it('is nothing where all is well', () => {
    assert.deepEqual(texts([readable]), []);
    assert.deepEqual(texts([closed], nginx), []);
  });

  for (const [text, judged, choice] of [
    ['warn-example', [readable], { src: '' }],
    ['warn-unreadable', [readable, closed], {}],
    ['warn-relay', [closed], { path: '/x.xml' }],
    ['warn-untested', [closed], { ...nginx, way: { ...nginx.way, isTested: false } }],
    ['warn-recipe-address', [closed], { ...nginx, way: { ...nginx.way, isFilled: false } }],
    ['warn-recipe-path', [closed], { ...nginx, path: '/x.xml' }],
    ['warn-several', [closed, readable, closed], nginx],
    ['warn-pictures', [closed], { ...nginx, unknownImages: 'https://EDIT.invalid' }],
    ['warn-link', [readable], { fallback: { isInvented: true } }],
    ['warn-http', [{ ...readable, address: 'http://a.example/rss' }], {}],
    ['warn-path', [judge('a.example/rss', { site: '' })], {}],
  ]) {
    it(`is what is wrong: ${text}`, () => assert.deepEqual(texts(judged, choice), [text]));
  }

  it('offers what was meant', () => {
    const fallback = { isInvented: false };
    const [{ offer }] = warningsFor(
      { judged: [], path: '', isKnown: true, fallback },
      { values: { src: 'x', fallback: 'dagbok.example' }, unknownImages: '' },
    );
    assert.deepEqual(offer, { key: 'fallback', from: 'dagbok.example', to: 'https://dagbok.example' });
    const [http] = said([{ ...readable, address: 'http://a.example/rss' }]);
    assert.deepEqual(http.offer, { key: 'src', from: 'http://a.example/rss', to: 'https://a.example/rss' });
  });

  it('has words for each of several feeds', () => {
    const [several] = said([closed, { ...closed, address: 'https://c.example/rss' }], nginx);
    const sentence = textIn('sv', several.text, several.gaps);
    for (const part of ['b.example/rss', 'https://c.example/rss', '/dagbok-2.xml']) assert.ok(sentence.includes(part));
    assert.ok(texts([closed, closed], { path: '/x.xml' }).includes('warn-several-paths'));
  });
});

describe('what is said of a feed', () => {
  const base = 'https://dagbok.example/rss.xml';
  const now = Date.parse('2026-04-01');
  const entry = { day: '2026-03-31' };
  const said = (feed) => describeFeed(feed, { now }).map(({ text }) => text);

  for (const [what, feed, texts] of [
    ['all well', { language: 'sv', entries: [entry] }, ['feed-read', 'feed-newest', 'feed-language']],
    ['old', { entries: [{ date: new Date('2025-01-01') }] }, ['feed-read', 'feed-old', 'feed-no-language']],
    ['no date', { entries: [{}] }, ['feed-read', 'feed-undated', 'feed-no-language']],
    ['empty', { entries: [] }, ['feed-empty']],
  ]) {
    it(`is true: ${what}`, () => assert.deepEqual(said(feed), texts));
  }

  for (const [what, feed, fallback, texts] of [
    ['all well', { link: '/' }, '', ['link-right']],
    ['another link', { link: '/' }, 'https://b.example', ['link-other']],
    ['a hostile link', { link: 'javascript:x' }, '', ['feed-no-link']],
    ['none', {}, '', ['feed-no-link']],
    ['a link in the place of one that is missing', {}, 'https://b.example', []],
  ]) {
    it(`is true of the fallback link: ${what}`, () => {
      const lines = describeLink({ feed, fallback, base });
      assert.deepEqual(
        lines.map(({ text }) => text),
        texts,
      );
    });
  }

  it('is that it names no pictures, where they are wanted and none is there', () => {
    const lacks = (show, entries) =>
      describeFeed({ entries }, { now, show }).some(({ text }) => text === 'feed-no-pictures');
    assert.equal(lacks('date image', [entry]), true);
    assert.equal(lacks('date image', [entry, { image: 'https://a.example/1.png' }]), false);
    assert.equal(lacks('date', [entry]), false);
  });

  it('is, where it was not read, that the link is to be filled in by hand', () => {
    const link = (fallback) => describeLink({ feed: undefined, fallback, link: '/' });
    assert.deepEqual(link(''), [{ tone: 'warn', text: 'link-unknown', gaps: { link: '/' } }]);
    assert.deepEqual(link('https://dagbok.example/'), []);
  });

  it('has words for every code of a failure', () => {
    const all = errorCodes.flatMap((code) => [401, 404, 503].flatMap((status) => describeFailure({ code, status })));
    for (const { text } of all) assert.ok(text in TEXTS.sv && text in TEXTS.en, text);
  });

  it('names the host of a link, if it is known', () => {
    assert.equal(hostOf('https://dagbok.example/start', ''), 'dagbok.example');
    assert.equal(hostOf('/dagboken', 'https://www.vintersele.example'), 'www.vintersele.example');
    assert.equal(hostOf('/dagboken', ''), '');
  });

  it('takes a link of the feed for what it is worth', () => {
    assert.equal(diaryLink(undefined, base), undefined);
    assert.equal(diaryLink({ link: '/dagbok' }, base), 'https://dagbok.example/dagbok');
    for (const link of [undefined, '', 'javascript:alert(1)', 'https://a:b@c.example/']) {
      assert.equal(diaryLink({ link }, base), undefined);
    }
  });
});
