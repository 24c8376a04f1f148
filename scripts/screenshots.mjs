// npm run docs:screenshots: takes all screenshots of the docs: those of docs/styling.md with the code of that page, and pages of the
// demo. Run npm run build first.
import { puppeteerCore } from '@web/test-runner-chrome';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { CHROMIUM_ARGUMENTS, findChromium } from './browsers.mjs';
import { startDemoServer } from './demo-server.mjs';
import { root } from './run.mjs';

const page = readFileSync(path.join(root, 'docs/styling.md'), 'utf8');
const THEMES = ['plain', 'lines', 'cards', 'compact-sidebar', 'high-contrast'];

/** Returns the code after `<!-- screenshot: NAME -->`. */
const snippet = (name) => {
  const [, css] = new RegExp(`<!-- screenshot: ${name} -->\\n\\n\`\`\`css\\n([\\s\\S]*?)\`\`\``).exec(page) ?? [];
  if (!css) throw new Error(`docs/styling.md has no code for the screenshot ${name}.`);
  return css;
};

const theme = (name) => readFileSync(path.join(root, `src/themes/${name}.css`), 'utf8');

/** Limits rules to one frame. */
const scoped = (name, css) => `@scope (.${name}) {\n${css}\n}`;

const element = (attributes, src = '/demo/feeds/dagbok.xml') =>
  `<diary-feed src="${src}" ${attributes}><a href="https://dagbok.example/">Läs dagboken på dagbok.example</a></diary-feed>`;

const LIST = 'heading="Kommunchefens dagbok" show="date summary" summary-length="70" limit="2"';
const SHORT = 'heading="Dagboken" show="date" limit="2"';
const FULL =
  'heading="Kommunchefens dagbok" show="date summary author source category image" limit="2" more="1" ' +
  'group="month" new-for="7" summary-length="60" expand feed-link';

const frame = (name, content, caption = '') =>
  `<figure class="${name}">${caption && `<figcaption>${caption}</figcaption>`}${content}</figure>`;

const themes = () => ({
  css: THEMES.map((name) => scoped(name, theme(name))).join('\n'),
  html: THEMES.map((name) => frame(name, element(SHORT), name)).join(''),
});

/** Pages on which the list looks at home without any rule: name, styles of the page, attributes. */
const HOST_PAGES = {
  'body text': ['--link: #00507a', LIST],
  'centered footer': ['background: #12344d; color: #fff; text-align: center; --link: #ffd166', LIST],
  'dark page': ['color-scheme: dark; background: #10242e; color: #e6edf0; --link: #8fd0ff', LIST],
  'right to left': ['direction: rtl; --link: #00507a', LIST],
  'other fonts': ["font: 18px/1.4 'DejaVu Serif', serif; --link: #7a2e0e", LIST],
  'narrow column': ['inline-size: 170px; --link: #00507a', LIST],
};

const hostPages = () => ({
  css: `.host { padding: 12px } .host a { color: var(--link) }`,
  html: Object.entries(HOST_PAGES)
    .map(([name, [style, attributes]]) =>
      frame('', `<div class="host" style="${style}">${element(attributes)}</div>`, name),
    )
    .join(''),
});

/** Screenshots of docs/styling.md by name. */
const STYLING = {
  pages: { ...hostPages(), columns: 3 },
  properties: {
    css: scoped('changed', snippet('properties')),
    html: frame('default', element(LIST)) + frame('changed', element(LIST)),
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

/** Screenshots of the demo by name. */
const DEMO = {
  demo: { url: 'municipal-page.html', width: 1100, height: 760 },
  builder: { url: 'builder.html?theme=cards&show=date+summary+image&limit=4&ui=en', width: 1280, height: 800 },
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
    .parts diary-feed::part(date), .parts diary-feed::part(new), .parts diary-feed::part(upcoming), .parts diary-feed::part(author), .parts diary-feed::part(category) { margin-inline-end: 60px; }
    .name { position: absolute; padding: 0 3px; background: #b3261e; color: #fff; font: 11px/1.3 'DejaVu Sans', sans-serif; }
    ${css}
  </style>
  <script type="module" src="/dist/diary-feed.min.js"></script>
  <main>${html}</main>
</html>`;

/** Sets the date, so that the same entries are new on any day. */
function stopClock() {
  const { Date: Clock } = globalThis;
  globalThis.Date = class extends Clock {
    constructor(...values) {
      super(...(values.length > 0 ? values : ['2026-04-02T12:00:00Z']));
    }
  };
}

/** Shows every part at once: entries that stay after a load has failed. */
async function showParts() {
  const found = globalThis.document.querySelector('diary-feed');
  const entry = {
    title: 'Vägen till Geavŋŋisjávri',
    link: 'https://dagbok.example/1',
    day: '2026-04-01',
    author: 'Karin Utsi',
    source: 'Dagboken',
    categories: ['Samhällsbyggnad'],
    summary:
      'Tillsammans med gatuchefen åkte jag längs vägen till Geavŋŋisjávri för att se hur den har klarat vintern.',
    image: new URL('/demo/icon.svg', globalThis.location.href).href,
  };
  const upcoming = { title: 'Kommunfullmäktige', link: 'https://dagbok.example/2', day: '2026-05-27' };
  found.feed = { entries: [upcoming, entry, { ...entry, title: 'Möten' }] };
  await found.reload();
}

/** Writes the name of each part next to its first element, or into the margin if the element is wide. */
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
    const { left, right, top } = found.getBoundingClientRect();
    const label = globalThis.document.createElement('span');
    label.className = 'name';
    label.textContent = name;
    const isWide = right > edge - 20;
    const y = isWide ? Math.max(top, free) : top;
    if (isWide) free = y + 17;
    const [x, place] = name === 'image' ? [left, top + 1] : [isWide ? edge + 6 : right + 1, y];
    label.style.insetInlineStart = `${x}px`;
    label.style.insetBlockStart = `${place}px`;
    body.append(label);
  }
}

/** Waits until every list of the page, also in shadow roots, has finished loading. */
function waitForLists(tab) {
  const isSettled = () => {
    const find = (root) =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        ...(element.localName === 'diary-feed' ? [element] : []),
        ...(element.shadowRoot ? find(element.shadowRoot) : []),
      ]);
    const lists = find(globalThis.document);
    return lists.length > 0 && lists.every(({ status }) => ['ready', 'failed', 'empty'].includes(status));
  };
  return tab.waitForFunction(isSettled);
}

const server = await startDemoServer();
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await puppeteerCore.launch({ executablePath: findChromium(), args: CHROMIUM_ARGUMENTS });

async function save(tab, name, clip) {
  const file = path.join(root, `docs/${name}.png`);
  await tab.screenshot({ path: file, ...(clip && { clip }) });
  console.log(`docs/${name}.png: ${Math.round(statSync(file).size / 1000)} kB`);
  await tab.close();
}

mkdirSync(path.join(root, 'docs/screenshots'), { recursive: true });
try {
  for (const [name, { url, width, height }] of Object.entries(DEMO)) {
    const tab = await browser.newPage();
    await tab.setViewport({ width, height });
    await tab.goto(`${origin}/demo/${url}`);
    await waitForLists(tab);
    await tab.waitForNetworkIdle();
    await save(tab, name);
  }
  for (const [name, screenshot] of Object.entries(STYLING)) {
    const tab = await browser.newPage();
    await tab.setViewport({ width: screenshot.columns === 1 ? 700 : 780, height: 400 });
    await tab.setRequestInterception(true);
    tab.on('request', (request) => {
      if (request.url() !== `${origin}/`) return request.continue();
      return request.respond({ contentType: 'text/html', body: document(screenshot) });
    });
    await tab.evaluateOnNewDocument(stopClock);
    await tab.goto(`${origin}/`);
    await waitForLists(tab);
    if (screenshot.parts) {
      await tab.evaluate(showParts);
      await tab.evaluate(nameParts);
    }
    const { height } = await (await tab.$('main')).boundingBox();
    await save(tab, `screenshots/${name}`, { x: 0, y: 0, width: tab.viewport().width, height });
  }
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}
