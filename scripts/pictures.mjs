// npm run docs:screenshots: takes the pictures of docs/styling.md, from the code that stands there, with the built file and the demo's feed.
import { puppeteerCore } from '@web/test-runner-chrome';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { CHROMIUM_ARGUMENTS, findChromium } from './browsers.mjs';
import { startDemoServer } from './demo-server.mjs';
import { root } from './run.mjs';

const page = readFileSync(path.join(root, 'docs/styling.md'), 'utf8');
const folder = path.join(root, 'docs/pictures');
const THEMES = ['plain', 'lines', 'cards', 'compact-sidebar', 'high-contrast'];

/** The code under `<!-- picture: NAME -->`. */
const snippet = (name) => {
  const [, css] = new RegExp(`<!-- picture: ${name} -->\\n\\n\`\`\`css\\n([\\s\\S]*?)\`\`\``).exec(page) ?? [];
  if (!css) throw new Error(`docs/styling.md has no code for the picture ${name}.`);
  return css;
};

const theme = (name) => readFileSync(path.join(root, `src/themes/${name}.css`), 'utf8');

/** Rules that count within one frame only. */
const scoped = (name, css) => `@scope (.${name}) {\n${css}\n}`;

const element = (attributes, src = '/demo/feeds/dagbok.xml') =>
  `<diary-feed src="${src}" ${attributes}><a href="https://dagbok.example/">Läs dagboken på dagbok.example</a></diary-feed>`;

const LIST = 'heading="Kommunchefens dagbok" show="date summary" summary-length="70" limit="2"';
const SHORT = 'heading="Dagboken" show="date" limit="2"';
const FULL =
  'heading="Kommunchefens dagbok" show="date summary author source category image enclosure" limit="2" more="1" ' +
  'group="month" new-for="7" summary-length="60" expand feed-link';

const frame = (name, content, caption = '') =>
  `<figure class="${name}">${caption && `<figcaption>${caption}</figcaption>`}${content}</figure>`;

const themes = () => ({
  css: THEMES.map((name) => scoped(name, theme(name))).join('\n'),
  html: THEMES.map((name) => frame(name, element(SHORT), name)).join(''),
});

/** Name, and what is on it. */
const PICTURES = {
  properties: {
    css: scoped('changed', snippet('properties')),
    html: frame('as-it-comes', element(LIST)) + frame('changed', element(LIST)),
    columns: 2,
  },
  parts: {
    css: snippet('parts'),
    html: frame('parts', element(FULL, '/demo/feeds/nowhere.xml')),
    columns: 1,
    parts: true,
  },
  states: {
    css: snippet('states'),
    html: frame('failed', element('', '/demo/feeds/nowhere.xml')) + frame('empty', element('', '/demo/feeds/tom.xml')),
    columns: 2,
  },
  themes: { ...themes(), columns: 3 },
  'themes-dark': { ...themes(), columns: 3, scheme: 'dark' },
};

const document = ({ css, html, columns, scheme = 'light' }) => `<!doctype html>
<html lang="sv">
  <meta charset="utf-8" />
  <style>
    :root { color-scheme: ${scheme}; font: 15px/1.5 'DejaVu Sans', Verdana, sans-serif; }
    body { margin: 0; }
    main { display: grid; grid-template-columns: repeat(${columns}, 1fr); gap: 24px; padding: 16px; align-items: start; }
    figure { margin: 0; min-inline-size: 0; }
    figcaption { margin-block-end: 8px; font: 13px/1.4 'DejaVu Sans Mono', monospace; opacity: 0.75; }
    .parts { padding-inline-end: 70px; }
    .parts diary-feed::part(date), .parts diary-feed::part(new), .parts diary-feed::part(coming), .parts diary-feed::part(author), .parts diary-feed::part(category) { margin-inline-end: 60px; }
    .name { position: absolute; padding: 0 3px; background: #b3261e; color: #fff; font: 11px/1.3 'DejaVu Sans', sans-serif; }
    ${css}
  </style>
  <script type="module" src="/dist/diary-feed.min.js"></script>
  <main>${html}</main>
</html>`;

/** So that what is new on the pictures is so on any day. */
function stopClock() {
  const { Date: Clock } = globalThis;
  globalThis.Date = class extends Clock {
    constructor(...values) {
      super(...(values.length > 0 ? values : ['2026-04-02T12:00:00Z']));
    }
  };
}

/** Has every part there at once: entries that are held while a load fails. */
async function showParts() {
  const found = globalThis.document.querySelector('diary-feed');
  const entry = {
    title: 'Vägen till Geavŋŋisjávri',
    link: 'https://dagbok.example/1',
    day: '2026-04-01',
    author: 'Karin Utsi',
    source: 'Dagboken',
    categories: ['Samhällsbyggnad'],
    enclosure: 'https://dagbok.example/1.mp3',
    summary:
      'Tillsammans med gatuchefen åkte jag längs vägen till Geavŋŋisjávri för att se hur den har klarat vintern.',
    image: new URL('/demo/icon.svg', globalThis.location.href).href,
  };
  const coming = { title: 'Kommunfullmäktige', link: 'https://dagbok.example/2', day: '2026-05-27' };
  found.feed = { entries: [coming, entry, { ...entry, title: 'Möten' }] };
  await found.reload();
}

/** Writes its name beside the first part of each kind; in the margin where the part is wide. */
function nameParts() {
  const body = globalThis.document.body;
  const { shadowRoot } = globalThis.document.querySelector('diary-feed');
  const edge = shadowRoot.querySelector('[part=list]').getBoundingClientRect().right;
  const seen = new Set();
  let free = 0;
  for (const found of shadowRoot.querySelectorAll('[part]')) {
    const name = found.getAttribute('part');
    if (seen.has(name)) continue;
    seen.add(name);
    const { left, right, top, bottom } = found.getBoundingClientRect();
    const label = globalThis.document.createElement('span');
    label.className = 'name';
    label.textContent = name;
    const isWide = right > edge - 20;
    const y = isWide ? Math.max(top, free) : top;
    if (isWide) free = y + 17;
    const [x, place] = name === 'image' ? [left, bottom + 1] : [isWide ? edge + 6 : right + 1, y];
    label.style.insetInlineStart = `${x}px`;
    label.style.insetBlockStart = `${place}px`;
    body.append(label);
  }
}

const server = await startDemoServer();
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await puppeteerCore.launch({ executablePath: findChromium(), args: CHROMIUM_ARGUMENTS });
mkdirSync(folder, { recursive: true });
try {
  for (const [name, picture] of Object.entries(PICTURES)) {
    const tab = await browser.newPage();
    await tab.setViewport({ width: picture.columns === 1 ? 700 : 780, height: 400 });
    await tab.setRequestInterception(true);
    tab.on('request', (request) => {
      if (request.url() !== `${origin}/`) return request.continue();
      return request.respond({ contentType: 'text/html', body: document(picture) });
    });
    await tab.evaluateOnNewDocument(stopClock);
    await tab.goto(`${origin}/`);
    await tab.waitForFunction(() =>
      [...globalThis.document.querySelectorAll('diary-feed')].every(({ status }) =>
        ['ready', 'failed', 'empty'].includes(status),
      ),
    );
    if (picture.parts) {
      await tab.evaluate(showParts);
      await tab.evaluate(nameParts);
    }
    const file = path.join(folder, `${name}.png`);
    const { height } = await (await tab.$('main')).boundingBox();
    await tab.screenshot({ path: file, clip: { x: 0, y: 0, width: tab.viewport().width, height } });
    console.log(`docs/pictures/${name}.png: ${(statSync(file).size / 1000).toFixed(1)} kB`);
    await tab.close();
  }
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}
