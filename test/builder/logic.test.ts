import { expect } from 'chai';
import { attributesOf, createCode, createPolicy, escapeHtml, themeUrl, type Choice } from '../../demo/builder/code.js';
import { contrastOf, measureContrast, parseColor } from '../../demo/builder/contrast.js';
import type { LoadResult } from '../../demo/builder/feed-loader.js';
import { describeFeeds } from '../../demo/builder/feed-state.js';
import { describeCheck, describeCode, type Finding } from '../../demo/builder/findings.js';
import { createRecipe, numberPath, quotableUrl } from '../../demo/builder/relay.js';
import { createSampleFeed } from '../../demo/builder/sample-feed.js';
import { groupOf, readSettings, THEMES, type Manifest, type Values } from '../../demo/builder/settings.js';
import { addMissingProtocol, cspSource, isPath, withHttps } from '../../demo/builder/site.js';
import { findText, TEXTS, type TextKey } from '../../demo/builder/texts/index.js';
import { findInvalid, readQuery, readUrl, readValue, writeQuery } from '../../demo/builder/values.js';
import { FeedError, type FeedErrorCode } from '../../src/feed/feed-error.js';
import type { Feed } from '../../src/feed/types.js';
import { mount } from '../support/element.js';

const manifest = (await (await fetch('/dist/custom-elements.json')).json()) as Manifest;
const settings = readSettings(manifest);
const element = manifest.modules.flatMap(({ declarations = [] }) => declarations).find(({ tagName }) => tagName);
const initial = readQuery('', settings);
const settingOf = (key: string) => settings.find((setting) => setting.key === key) ?? expect.fail(key);

const RECIPE_FILES = ['nginx.conf', 'cron.sh', 'cron-nginx.conf', 'cron-apache.conf', 'Caddyfile', 'relay.php', 'wordpress.php', 'relay.mjs', 'iis-task.ps1', 'web.config']; // prettier-ignore
const readRecipe = async (name: string): Promise<[string, string]> => [
  name,
  await (await fetch(`/docs/relay/${name}`)).text(),
];
const recipes = Object.fromEntries(await Promise.all(RECIPE_FILES.map(readRecipe)));

const choose = (values: Values = {}, choice: Partial<Choice> = {}): Choice => ({
  values: { ...initial, ...values },
  settings,
  urls: ['https://dagbok.example/rss.xml'],
  title: 'Dagboken',
  link: 'https://dagbok.example/',
  linkText: 'Läs dagboken',
  integrity: '',
  images: [],
  ...choice,
});

describe('settings of the builder', () => {
  it('cover every attribute and custom property of the manifest', () => {
    const keysAt = (place: string): string[] => settings.filter((each) => each.place === place).map(({ key }) => key);
    expect(keysAt('attribute')).to.deep.equal(element?.attributes?.map(({ name }) => name));
    const properties = keysAt('property').map((key) => key.replace('css-', '--diary-feed-'));
    expect([...properties, '--diary-feed-reserve']).to.deep.equal(element?.cssProperties?.map(({ name }) => name));
  });

  it('have a group for each attribute', () => {
    const missing = element?.attributes?.filter(({ name }) => groupOf(name) === undefined).map(({ name }) => name);
    expect(missing, 'add to ATTRIBUTE_GROUPS in demo/builder/settings.ts').to.deep.equal([]);
  });

  it('have valid initial values, and the ranges and tokens of the element', async () => {
    const diary = await mount({ src: '/demo/feeds/tom.xml' });
    const accepts = (name: string, value: string): boolean => {
      diary.setAttribute(name, value);
      const property = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
      return String(Reflect.get(diary, property)) === value;
    };
    for (const { key, kind, min, max, initial: value, options } of settings) {
      expect(readValue(settingOf(key), value), key).to.equal(value);
      if (kind === 'number') {
        const around = [min - 1, min, max, max + 1].map((number) => accepts(key, String(number)));
        expect(around, key).to.deep.equal([false, true, true, false]);
      }
      if (kind === 'tokens') for (const option of options) expect(accepts(key, option), option).to.equal(true);
    }
    expect(settingOf('show').options).to.include.members(['date', 'image']);
  });

  it('have a name for each setting and option in both languages, with the same gaps', () => {
    const keys = settings
      .filter(({ key }) => !['ui', 'way'].includes(key))
      .flatMap(({ key, kind, options }) => [
        `setting-${key}`,
        ...(/keyword|tokens/.test(kind) && !/^lang$|date-style/.test(key)
          ? options.map((option) => `option-${key}-${option}`)
          : []),
      ]);
    const missing = keys.filter((key) => !(key in TEXTS.sv) && key !== 'option-scheme-');
    expect(missing, 'add to demo/builder/texts/sv.ts and en.ts').to.deep.equal([]);
    const gapsOf = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).sort();
    for (const key of Object.keys(TEXTS.sv) as TextKey[]) {
      expect(gapsOf(TEXTS.en[key]), key).to.deep.equal(gapsOf(TEXTS.sv[key]));
    }
  });

  it('have the themes that exist', async () => {
    for (const theme of THEMES) expect((await fetch(`/dist/themes/${theme}.css`)).ok, theme).to.equal(true);
  });
});

describe('texts of the builder', () => {
  it('have numbers and days in their language', () => {
    expect(findText('sv', 'contrast', { contrast: 4.5 })).to.equal('Kontrast 4,5:1');
    expect(findText('sv', 'feed-old', { day: '2026-03-17' })).to.contain('17 mars 2026');
    expect(findText('en', 'feed-old', { day: '2026-03-17' })).to.contain('17 March 2026');
    expect(findText('sv', 'no-such-text')).to.equal(undefined);
  });
});

describe('the query of the builder', () => {
  for (const query of [
    '',
    'limit=3&theme=cards',
    'src=https%3A%2F%2Fdagbok.example%2Frss.xml&show=date',
    'css-link-color=%2300507a&css-gap=1.25em&css-title-weight=700',
    'heading=N%C3%A5got+%22annat%22&no-heading=yes&lang=fi&width=phone&scheme=dark&ui=en',
  ]) {
    it(`restores the values: ${query || '(none)'}`, () => {
      const values = readQuery(query, settings);
      expect(new URLSearchParams(writeQuery(values, settings)).size).to.equal(new URLSearchParams(query).size);
      expect(readQuery(writeQuery(values, settings), settings)).to.deep.equal(values);
    });
  }

  for (const query of [
    'limit=0',
    'limit=51',
    'limit=5e1',
    'show=date+all',
    'show=',
    'sort=constructor',
    'theme=../x',
    'src=javascript:alert(1)',
    'src=https://a:b@dagbok.example/',
    `src=${'https://a.example/ '.repeat(11).replaceAll('a.', () => `a${Math.random()}.`)}`,
    'script=%22%3E%3Cscript%3E',
    'css-link-color=red;}*{color:red',
    'css-gap=calc(1px)',
    'time-zone=Europe/Ber',
    'feed-lang=e',
    'match=+,+',
    'heading=a%0Ab',
    `heading=${'a'.repeat(501)}`,
  ]) {
    it(`ignores and reports an invalid value: ${query.slice(0, 40)}`, () => {
      expect(readQuery(query, settings)).to.deep.equal(initial);
      expect(findInvalid(query, settings)).to.have.lengthOf(1);
    });
  }

  it('ignores names that are not settings', () => {
    const query = '__proto__=1&constructor=2&onload=alert(1)&fbclid=x';
    expect(readQuery(query, settings)).to.deep.equal(initial);
    expect(findInvalid(query, settings)).to.deep.equal([]);
  });
});

describe('the code of the builder', () => {
  it('is as rich as that of the README', () => {
    expect(createCode(choose({}, { urls: ['/dagbok.xml'] }))).to
      .equal(`<script type="module" src="/assets/diary-feed.min.js"></script>

<diary-feed src="/dagbok.xml" heading="Dagboken" show="date summary">
  <a href="https://dagbok.example/">Läs dagboken</a>
</diary-feed>
`);
  });

  it('contains theme, colors, integrity and attributes that are chosen', () => {
    const values = { theme: 'cards', 'css-link-color': '#00507a', script: '/x/d.js?v=1/2', expand: 'yes', more: '3' };
    const code = createCode(choose(values, { integrity: 'sha384-abc/+=' }));
    expect(code).to.match(/^<link rel="stylesheet" href="\/x\/themes\/cards\.css">\n<style>\n/);
    expect(code).to.contain('    --diary-feed-link-color: #00507a;\n').and.contain('integrity="sha384-abc/+="');
    expect(code).to.match(/ {2}more="3"\n.* {2}expand\n/s);
    expect(themeUrl('d.js', 'x')).to.equal('themes/x.css');
    expect(attributesOf(choose({ 'no-heading': 'yes' })).map(([name]) => name)).to.deep.equal(['show']);
  });

  for (const payload of [
    '"><script>x</script>',
    "' onload='x",
    '</diary-feed>',
    '&quot;',
    '*/}body{',
    '</style>',
    '$&',
  ]) {
    it(`can't be broken by what a person types: ${payload}`, () => {
      const typed = settings.filter(({ kind }) => !['flag', 'keyword', 'tokens', 'number'].includes(kind));
      const values = { ...Object.fromEntries(typed.map(({ key }) => [key, payload])), theme: '' };
      const code = createCode(
        choose(values, { urls: [payload], link: payload, linkText: payload, integrity: payload }),
      );
      const tags = (code.match(/<[^>]*>/g) ?? []).map((tag) => /^<\/?[\w-]+/.exec(tag)?.[0]);
      expect(tags).to.deep.equal(['<script', '</script', '<diary-feed', '<a', '</a', '</diary-feed']);
      for (const [tag] of code.matchAll(/<[^>]*>/g)) expect(tag).to.match(/^<\/?[\w-]+(?:\s+[\w-]+="[^"<>]*")*\s*>$/);
      expect(code).to.contain(escapeHtml(payload));
      expect(createPolicy(choose(values, { urls: [payload] }))).to.not.contain(payload);
    });
  }

  for (const [what, values, choice, expected] of [
    ['a feed of another site', {}, {}, "script-src 'self'; connect-src https://dagbok.example"],
    ['a path', {}, { urls: ['/dagbok.xml'] }, "script-src 'self'; connect-src 'self'"],
    [
      'a theme of another host',
      { script: 'https://cdn.example/d.js', theme: 'plain' },
      { urls: ['/a'] },
      "script-src https://cdn.example; style-src https://cdn.example; connect-src 'self'",
    ],
    [
      'images',
      { show: 'image', 'fallback-image': '/x.png' },
      { images: ['https://b.example:8443/1.png'] },
      "script-src 'self'; connect-src https://dagbok.example; img-src https://b.example:8443 'self'",
    ],
  ] as [string, Values, Partial<Choice>, string][]) {
    // prettier-ignore
    it(`has a policy with what is needed: ${what}`, () => {
      expect(createPolicy(choose(values, choice))).to.equal(expected);
    });
  }
});

describe('a URL in the builder', () => {
  it('is http, https or a path, without what could end a quote', () => {
    for (const url of ['/a.xml', 'a.xml', 'https://a.example/?b=1&c=2', '//a.example/x'])
      expect(readUrl(url)).to.equal(url);
    for (const url of ['', 'javascript:x', 'https://', 'a b', 'mailto:a@b.example', '/a"b', '\\\\a\\b']) {
      expect(readUrl(url), url).to.equal(undefined);
    }
    expect(cspSource('https://a;script-src/')).to.equal("'self'");
    expect([isPath('/a'), isPath('a.xml'), isPath('//a.example/'), isPath('https://a.example/')]).to.deep.equal([
      true,
      true,
      false,
      false,
    ]);
  });

  it('gets https:// if that is missing or insecure', () => {
    for (const [written, complete] of [
      ['www.kommun.example/rss', 'https://www.kommun.example/rss'],
      ['räksmörgås.example', 'https://räksmörgås.example'],
      ['feed.xml', undefined],
      ['feeds/www.kommun.example/rss', undefined],
      ['127.0.0.1/rss', undefined],
    ] as const) {
      expect(addMissingProtocol(written), written).to.equal(complete);
    }
    expect(withHttps('http://a.example/')).to.equal('https://a.example/');
    for (const url of ['https://a.example/', '/a', 'http://localhost:8000/', 'http://127.0.0.1/']) {
      expect(withHttps(url), url).to.equal(undefined);
    }
  });
});

describe('a relay recipe', () => {
  for (const server of settingOf('server').options) {
    it(`contains the URL of the feed, and no invented one: ${server}`, () => {
      const texts = { ...recipes, 'in front of relay.mjs': 'x' };
      const { files, path, hasUrl, isTested } = createRecipe(server, 'https://www.dagbok.example:8443/a?b=c', texts);
      expect(files.length).to.be.greaterThan(0);
      expect(files.map(([, text]) => text).join('')).to.contain('https://www.dagbok.example:8443/a?b=c');
      expect([hasUrl, isTested]).to.deep.equal([true, server !== 'iis']);
      expect(path).to.match(/^\/dagbok\.(?:xml|php)$/);
      for (const [name, text] of files) expect(text, name).to.not.equal('');
    });
  }

  it('is unchanged if the URL can end a quote there', () => {
    expect(createRecipe('nginx', 'https://a;b/', recipes).hasUrl).to.equal(false);
    expect(quotableUrl("https://a.example/$x'(y)#z")).to.equal(undefined);
    expect(quotableUrl('https://a.example/$x(y);|#z')).to.equal('https://a.example/%24x%28y%29%3B%7C');
    expect([1, 2].map((number) => numberPath('/dagbok.xml', number))).to.deep.equal(['/dagbok.xml', '/dagbok-2.xml']);
  });
});

describe('the contrast in the builder', () => {
  it('is that of WCAG, and of the background behind a part', async () => {
    expect(contrastOf([0, 0, 0], [255, 255, 255])).to.equal(21);
    expect(contrastOf([119, 119, 119], [255, 255, 255])).to.be.closeTo(4.48, 0.01);
    expect(parseColor('rgba(0, 0, 0, 0)')).to.equal(undefined);
    const diary = await mount({ src: '/demo/feeds/dagbok.xml' });
    diary.style.cssText = '--diary-feed-link-color: #777777; --diary-feed-background: #ffffff';
    expect(measureContrast(diary)['css-link-color']).to.be.closeTo(4.48, 0.01);
  });
});

describe('sample entries', () => {
  it('are of today, yesterday and the day after tomorrow, in both languages', () => {
    const { entries } = createSampleFeed('sv', Date.parse('2026-03-01T12:00:00Z'));
    expect(entries.slice(0, 3).map(({ day }) => day)).to.deep.equal(['2026-03-03', '2026-03-01', '2026-02-28']);
    expect(createSampleFeed('en').entries).to.have.lengthOf(entries.length);
  });
});

describe('the state of the feeds', () => {
  const A = 'https://a.example/rss';
  const B = 'https://b.example/rss';
  const feed: Feed = {
    title: 'A',
    link: 'https://a.example/',
    language: 'sv',
    entries: [{ title: 'x', day: '2026-03-01', categories: [] }],
  };
  const ready: LoadResult = { status: 'ready', feed, url: A };
  const failed = (code: FeedErrorCode, status?: number): LoadResult => ({
    status: 'failed',
    error: new FeedError(code, '', status ? { status } : {}),
  });
  const now = Date.parse('2026-03-10');

  function stateOf(values: Values, results: Record<string, LoadResult> = {}, file?: Feed) {
    const all = { ...initial, ...values };
    const state = describeFeeds(all, (url) => results[url] ?? { status: 'loading' }, file, recipes);
    const check = describeCheck(state, all, 1, now);
    const keysOf = (findings: readonly Finding[]): string[] => findings.map(({ text }) => text);
    return {
      state,
      check,
      keys: keysOf(check),
      codeKeys: keysOf(describeCode(state, all, {})),
      codes: state.urls.map(({ code }) => code),
    };
  }

  for (const [what, values, results, keys, action] of [
    ['no URL', {}, {}, ['url-none'], undefined],
    ['a URL that is being loaded', { src: A }, {}, ['url-loading'], undefined],
    ['a feed', { src: A }, { [A]: ready }, ['feed-ready'], undefined],
    ['a page with a feed', { src: A }, { [A]: { ...ready, url: B } }, ['feed-ready', 'url-page'], { src: B }],
    ['a URL without https://', { src: 'a.example/rss' }, {}, ['url-incomplete'], { src: 'https://a.example/rss' }],
    ['a path', { src: '/rss' }, {}, ['url-own'], undefined],
    ['no CORS header', { src: A }, { [A]: { status: 'blocked' } }, ['url-blocked'], undefined],
    ['no CORS header on the own site', { src: A, way: 'own' }, { [A]: { status: 'blocked' } }, ['url-own'], undefined],
    ['a server that is down', { src: A }, { [A]: failed('network') }, ['error-network'], undefined],
    ['a page', { src: A }, { [A]: failed('not-a-feed') }, ['error-not-a-feed'], undefined],
    ['a timeout', { src: A }, { [A]: failed('timeout') }, ['error-timeout'], undefined],
    ['a login', { src: A }, { [A]: failed('http', 401) }, ['error-login'], undefined],
    ['a missing file', { src: A }, { [A]: failed('http', 404) }, ['error-gone'], undefined],
    ['a server error', { src: A }, { [A]: failed('http', 500) }, ['error-http'], undefined],
    ['an empty feed', { src: A }, { [A]: { ...ready, feed: { title: 'A', entries: [] } } }, ['feed-empty'], undefined],
    [
      'an old feed',
      { src: A },
      { [A]: { ...ready, feed: { ...feed, entries: [{ categories: [], day: '2024-01-01' }] } } },
      ['feed-ready', 'feed-old'],
      { 'stale-after': '90' },
    ],
    [
      'no dates and no language',
      { src: A },
      { [A]: { ...ready, feed: { entries: [{ categories: [] }] } } },
      ['feed-undated', 'feed-no-language'],
      { 'feed-lang': 'sv' },
    ],
    ['no images', { src: A, show: 'date image' }, { [A]: ready }, ['feed-ready', 'feed-no-images'], { show: 'date' }],
  ] as [string, Values, Record<string, LoadResult>, TextKey[], Values | undefined][]) {
    // prettier-ignore
    it(`has one sentence for each fact: ${what}`, () => {
      const { check, keys: found } = stateOf(values, results);
      expect(found).to.deep.equal(keys);
      if (action) expect(check.at(-1)?.action?.set).to.deep.equal(action);
    });
  }

  it('reports a filter without matches', () => {
    const values = { ...initial, src: A, match: 'x' };
    const state = describeFeeds(values, () => ready, undefined, recipes);
    expect(describeCheck(state, values, 0, now).map(({ text }) => text)).to.contain('feed-filtered');
  });

  it('gives the code the URL that works: the feed’s, the relay’s, or a path', () => {
    expect(stateOf({ src: A }, { [A]: { ...ready, url: B } }).codes).to.deep.equal([B]);
    expect(stateOf({ src: A, way: 'own' }, { [A]: { status: 'blocked' } }).codes).to.deep.equal(['/rss']);
    const { codes, codeKeys, state } = stateOf(
      { src: `${A} ${B} /c.xml`, way: 'relay' },
      { [A]: ready, [B]: { status: 'blocked' } },
    );
    expect(codes).to.deep.equal([A, '/dagbok.xml', '/c.xml']);
    expect(state.recipe?.files[0]?.[1]).to.contain(B);
    expect(codeKeys).to.deep.equal([]);
    const both = stateOf(
      { src: `${A} ${B}`, way: 'relay' },
      { [A]: { status: 'blocked' }, [B]: { status: 'blocked' } },
    );
    expect(both.codes).to.deep.equal(['/dagbok.xml', '/dagbok-2.xml']);
    expect(both.codeKeys).to.contain('code-several');
  });

  it('merges what can be read, and prefers it to a file', () => {
    const other = { ...feed, title: 'B', entries: [{ title: 'y', categories: [] }] };
    const { state, check } = stateOf(
      { src: `${A} ${B}` },
      { [A]: ready, [B]: { status: 'ready', feed: other, url: B } },
    );
    expect(state.feed?.entries.map(({ title }) => title)).to.deep.equal(['x', 'y']);
    expect(check.map(({ url }) => url)).to.contain.members([A, B]);
    expect(stateOf({ src: A }, { [A]: ready }, other).state.source).to.equal('url');
    expect(stateOf({ src: A }, { [A]: { status: 'blocked' } }, other).state.source).to.equal('file');
  });

  it('takes the fallback link from the settings, the feed, or a guess that it reports', () => {
    expect(stateOf({ src: A, fallback: '/dagbok' }, { [A]: ready }).state.link).to.equal('/dagbok');
    expect(stateOf({ src: A }, { [A]: ready }).state.link).to.equal('https://a.example/');
    const hostile = { ...ready, feed: { ...feed, link: 'https://a.example/"><script>' } };
    const { state, codeKeys } = stateOf({ src: 'https://b.example/x' }, { 'https://b.example/x': hostile });
    expect([state.link, state.isLinkGuessed]).to.deep.equal(['https://b.example/', true]);
    expect(codeKeys).to.contain('code-link-guessed');
  });

  it('reports what is to be fixed before the code is pasted', () => {
    expect(stateOf({}).codeKeys).to.deep.equal(['code-no-url']);
    expect(stateOf({ src: 'http://a.example/' }).codeKeys).to.deep.equal(['code-http']);
    expect(stateOf({ src: A, fallback: '/' }, { [A]: { status: 'blocked' } }).codeKeys).to.deep.equal(['code-blocked']);
    expect(stateOf({ src: A, fallback: 'a.example/x' }).codeKeys).to.deep.equal(['code-link-incomplete']);
    expect(stateOf({ src: A, way: 'relay', server: 'iis', fallback: '/' }).codeKeys).to.deep.equal(['code-untested']);
    const values = { ...initial, src: A, 'css-color': '#777777', fallback: '/' };
    const state = describeFeeds(values, () => ready, undefined, recipes);
    const [low] = describeCode(state, values, { 'css-color': 4.48, 'css-link-color': 2 });
    expect(low?.action?.set).to.deep.equal({ 'css-color': '' });
  });
});
