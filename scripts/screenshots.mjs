// npm run docs:screenshots: takes all screenshots of the docs: pages of the demo, and those of docs/styling.md with the code of that
// page. Run npm run build first.
import { puppeteerCore } from '@web/test-runner-chrome';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CHROMIUM_ARGUMENTS, findChromium } from './browsers.mjs';
import { startDemoServer } from './demo-server.mjs';
import { root } from './run.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');

const LIST = 'heading="Kommunchefens dagbok" show="date summary" summary-length="70" limit="2"';
const ALL_PARTS =
  'heading="Kommunchefens dagbok" show="date summary author source category image" limit="2" more="1" ' +
  'group="month" new-for="7" summary-length="60" expand feed-link';

/** Space for the names of narrow parts. */
const NAME_SPACE =
  ':scope { padding-inline-end: 70px } ' +
  'diary-feed { &::part(date), &::part(new), &::part(upcoming), &::part(author), &::part(category) { margin-inline-end: 60px } }';

/** Returns the code after `<!-- screenshot: NAME -->` in docs/styling.md. */
const snippet = (name) =>
  read('docs/styling.md')
    .split(`<!-- screenshot: ${name} -->`)[1]
    .split(/```(?:css)?/)[1];

/** Returns a list with styles for itself. */
const figure = (caption, css, attributes = LIST, feed = 'dagbok.xml') => `
  <figure>
    <figcaption>${caption}</figcaption>
    <div>
      <style>@scope { ${css} }</style>
      <diary-feed src="/demo/feeds/${feed}" ${attributes}>
        <a href="https://dagbok.example/">Läs dagboken på dagbok.example</a>
      </diary-feed>
    </div>
  </figure>`;

/** Returns a list on a page with other styles. */
const hostPage = (caption, css, linkColor = '#00507a') =>
  figure(caption, `:scope { padding: 12px; ${css} } a { color: ${linkColor} }`);

const page = (columns, figures, scheme = 'light') => `<!doctype html>
  <html lang="sv">
    <meta charset="utf-8" />
    <style>
      :root { color-scheme: ${scheme}; font: 15px/1.5 'DejaVu Sans', Verdana, sans-serif; }
      body { margin: 0; }
      main { display: grid; grid-template-columns: repeat(${columns}, 1fr); gap: 24px; padding: 16px; align-items: start; }
      figure { margin: 0; min-inline-size: 0; }
      figcaption { margin-block-end: 8px; font: 13px/1.4 'DejaVu Sans Mono', monospace; opacity: 0.75; }
      figcaption:empty { display: none; }
      .name { position: absolute; padding: 0 3px; background: #b3261e; color: #fff; font: 11px/1.3 'DejaVu Sans', sans-serif; }
    </style>
    <script type="module" src="/dist/diary-feed.min.js"></script>
    <main>${figures.join('')}</main>
  </html>`;

const themes = ['plain', 'lines', 'cards', 'compact-sidebar', 'high-contrast'].map((name) =>
  figure(name, read(`src/themes/${name}.css`), 'heading="Dagboken" show="date" limit="2"'),
);

const hostPages = [
  hostPage('body text', ''),
  hostPage('centered footer', 'background: #12344d; color: #fff; text-align: center', '#ffd166'),
  hostPage('dark page', 'color-scheme: dark; background: #10242e; color: #e6edf0', '#8fd0ff'),
  hostPage('right to left', 'direction: rtl'),
  hostPage('other fonts', "font: 18px/1.4 'DejaVu Serif', serif", '#7a2e0e'),
  hostPage('narrow column', 'inline-size: 170px'),
];
const properties = [figure('', ''), figure('', snippet('properties'))];
const parts = [figure('', snippet('parts') + NAME_SPACE, ALL_PARTS, 'nowhere.xml')];
const states = ['nowhere.xml', 'tom.xml'].map((feed) => figure('', snippet('states'), '', feed));

/** Screenshots by file: the path of a page, or the HTML of one. */
const SCREENSHOTS = {
  'docs/demo': { url: 'demo/municipal-page.html', size: [1100, 760] },
  'docs/builder': { url: 'demo/builder.html?theme=cards&show=date+summary+image&limit=4&ui=en', size: [1280, 800] },
  'docs/screenshots/pages': { html: page(3, hostPages) },
  'docs/screenshots/properties': { html: page(2, properties) },
  'docs/screenshots/parts': { html: page(1, parts), size: [700, 400], prepare: showParts },
  'docs/screenshots/states': { html: page(2, states) },
  'docs/screenshots/themes': { html: page(3, themes) },
  'docs/screenshots/themes-dark': { html: page(3, themes, 'dark') },
};

/** Sets the date, so that the same entries are new on any day. */
function stopClock() {
  const construct = (Clock, values) => new Clock(...(values.length > 0 ? values : ['2026-04-02T12:00:00Z']));
  globalThis.Date = new Proxy(Date, { construct });
}

/** Shows every part at once, because entries stay after a load has failed, and writes its name next to it. */
async function showParts() {
  const element = document.querySelector('diary-feed');
  const entry = {
    title: 'Vägen till Geavŋŋisjávri',
    link: 'https://dagbok.example/1',
    day: '2026-04-01',
    author: 'Karin Utsi',
    source: 'Dagboken',
    categories: ['Samhällsbyggnad'],
    summary:
      'Tillsammans med gatuchefen åkte jag längs vägen till Geavŋŋisjávri för att se hur den har klarat vintern.',
    image: new URL('/demo/icon.svg', location.href).href,
  };
  const upcoming = { title: 'Kommunfullmäktige', link: 'https://dagbok.example/2', day: '2026-05-27' };
  element.feed = { entries: [upcoming, entry, { ...entry, title: 'Möten' }] };
  await element.reload();

  const named = Object.groupBy(element.shadowRoot.querySelectorAll('[part]'), ({ part }) => part.value);
  const edge = named.list[0].getBoundingClientRect().right;
  let free = 0; // the end of the last name in the margin
  for (const [name, [first]] of Object.entries(named)) {
    let { left, right, top } = first.getBoundingClientRect();
    if (name === 'image') [right, top] = [left - 1, top + 1];
    else if (right > edge - 20) {
      [right, top] = [edge + 5, Math.max(top, free)];
      free = top + 17;
    }
    const position = `left: ${right + 1}px; top: ${top}px`;
    document.body.insertAdjacentHTML('beforeend', `<span class="name" style="${position}">${name}</span>`);
  }
}

const server = await startDemoServer();
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await puppeteerCore.launch({ executablePath: findChromium(), args: CHROMIUM_ARGUMENTS });
for (const [file, { url = 'demo/feeds/inte-ett-flode.html', html, size, prepare }] of Object.entries(SCREENSHOTS)) {
  const tab = await browser.newPage();
  const [width, height] = size ?? [780, 400];
  await tab.setViewport({ width, height });
  if (html) await tab.evaluateOnNewDocument(stopClock);
  await tab.goto(`${origin}/${url}`);
  if (html) await tab.setContent(html);
  await tab.waitForNetworkIdle();
  if (prepare) await tab.evaluate(prepare);
  const target = html ? await tab.$('main') : tab;
  await target.screenshot({ path: path.join(root, `${file}.png`) });
  console.log(`${file}.png`);
  await tab.close();
}
await browser.close();
server.close();
