// A server that reads the diary's feed and writes the entries into its page: visitors see them before the script runs and without
// JavaScript, and search engines find them. The element shows the same entries and makes no request.
//
//   FEED=https://dagbok.example/feed.xml PORT=8080 node server.mjs
import { loadFeed } from 'diary-feed/feed.js';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

const { FEED = 'https://dagbok.example/feed.xml', PORT = '0' } = process.env;

/** Milliseconds between two requests for the feed. */
const MAX_AGE_MS = 600_000;

/** Number of entries in the page, and of entries that the element gets. */
const LIMIT = 5;
const MAX_ENTRIES = 20;

let feed;
let requestTime = -Infinity;

/** Returns the newest feed that could be read, or `undefined` if none could. Takes two seconds at most. */
async function latestFeed() {
  if (performance.now() - requestTime > MAX_AGE_MS) {
    requestTime = performance.now();
    const loading = loadFeed(FEED, { timeout: 2000 });
    feed = await loading.catch(({ message }) => (console.error(message), feed));
  }
  return feed;
}

const escaped = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);

const formats = {
  day: new Intl.DateTimeFormat('sv', { dateStyle: 'long', timeZone: 'UTC' }),
  date: new Intl.DateTimeFormat('sv', { dateStyle: 'long', timeZone: 'Europe/Stockholm' }),
};

function listItem({ title = 'Inlägg', link, day, date }) {
  const name = link ? `<a href="${escaped(link)}">${escaped(title)}</a>` : escaped(title);
  if (day) return `<li>${name} <time datetime="${day}">${formats.day.format(new Date(day))}</time></li>`;
  return `<li>${name} ${date ? `<time datetime="${date.toISOString()}">${formats.date.format(date)}</time>` : ''}</li>`;
}

/** Gives the fallback the layout of the element's list, so that nothing moves when it appears. */
const styleSheet = `
diary-feed { display: block; }
diary-feed h2 { margin-block: 0 0.6em; font-size: 1.25em; line-height: 1.25; }
diary-feed ul { margin: 0; padding: 0; list-style: none; }
diary-feed li { padding-block: 0.75em; border-block-end: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
diary-feed li:first-child { padding-block-start: 0; }
diary-feed li:last-child { padding-block-end: 0; border-block-end: 0; }
diary-feed li a { display: inline-block; min-block-size: 24px; font-weight: 600; }
diary-feed time { display: block; margin-block-start: 0.125em; font-size: 0.9375em; }
`;

/** The list is the fallback in the element. The data is text that browsers don't run. */
function diary({ entries, ...fields }) {
  const data = JSON.stringify({ ...fields, entries: entries.slice(0, MAX_ENTRIES) }).replaceAll('<', '\\u003c');
  return `
    <diary-feed id="diary" limit="${LIMIT}" sort="feed">
      <h2 slot="heading">Kommunchefens dagbok</h2>
      <ul>${entries.slice(0, LIMIT).map(listItem).join('')}</ul>
    </diary-feed>
    <script type="application/json" id="diary-data">${data}</script>
    <script type="module" src="/set-feed.js"></script>`;
}

const page = (content) => `<!doctype html>
<html lang="sv">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Vår kommun</title>
    <link rel="stylesheet" href="/page.css">
    <script type="module" src="/diary-feed.min.js"></script>
  </head>
  <body>${content}<footer>Vår kommun</footer></body>
</html>`;

const withoutFeed = '<diary-feed><a href="https://dagbok.example/">Läs dagboken på dagbok.example</a></diary-feed>';

const setFeed = `document.getElementById('diary').feed = JSON.parse(document.getElementById('diary-data').textContent);`;

const script = await readFile(fileURLToPath(import.meta.resolve('diary-feed/diary-feed.min.js')));

async function contentOf({ url }) {
  if (url === '/') {
    const read = await latestFeed();
    return ['text/html; charset=utf-8', page(read ? diary(read) : withoutFeed)];
  }
  if (url === '/diary-feed.min.js') return ['text/javascript', script];
  if (url === '/page.css') return ['text/css', styleSheet];
  if (url === '/set-feed.js') return ['text/javascript', setFeed];
  return undefined;
}

const server = createServer(async (request, response) => {
  const [type, body] = (await contentOf(request)) ?? [];
  if (!type) return response.writeHead(404).end();
  return response
    .writeHead(200, {
      'content-type': type,
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html",
    })
    .end(body);
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`));
