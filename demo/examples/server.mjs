// A server that reads the diary's feed and writes the entries into its page: they are seen before the script runs, without
// JavaScript, and by search engines. The element takes over the same entries, and asks for nothing.
//
//   FEED=https://dagbok.example/feed.xml PORT=8080 node server.mjs
import { loadFeed } from 'diary-feed/feed.js';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

const { FEED = 'https://dagbok.example/feed.xml', PORT = '0' } = process.env;

/** Milliseconds after which the feed is asked for anew. */
const KEPT_FOR = 600_000;

/** Entries in the page, and entries that the element gets. */
const SHOWN = 5;
const HANDED_OVER = 20;

let feed;
let askedAt = -Infinity;

/** The newest feed that could be read, if there ever was one; nobody waits for it longer than two seconds. */
async function latestFeed() {
  if (performance.now() - askedAt > KEPT_FOR) {
    askedAt = performance.now();
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

/** The list stands inside the element, as its fallback; the data beside it, as text that no browser runs. */
function diary({ entries, ...fields }) {
  const data = JSON.stringify({ ...fields, entries: entries.slice(0, HANDED_OVER) }).replaceAll('<', '\\u003c');
  return `
    <diary-feed id="diary" limit="${SHOWN}" sort="feed">
      <h2 slot="heading">Kommunchefens dagbok</h2>
      <ul>${entries.slice(0, SHOWN).map(listItem).join('')}</ul>
    </diary-feed>
    <script type="application/json" id="diary-data">${data}</script>
    <script type="module" src="/hand-over.js"></script>`;
}

const page = (content) => `<!doctype html>
<html lang="sv">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Vår kommun</title>
    <script type="module" src="/diary-feed.min.js"></script>
  </head>
  <body>${content}</body>
</html>`;

const withoutFeed = '<diary-feed><a href="https://dagbok.example/">Läs dagboken på dagbok.example</a></diary-feed>';

const handOver = `document.getElementById('diary').feed = JSON.parse(document.getElementById('diary-data').textContent);`;

const script = await readFile(fileURLToPath(import.meta.resolve('diary-feed/diary-feed.min.js')));

async function answer({ url }) {
  if (url === '/') {
    const read = await latestFeed();
    return ['text/html; charset=utf-8', page(read ? diary(read) : withoutFeed)];
  }
  if (url === '/diary-feed.min.js') return ['text/javascript', script];
  if (url === '/hand-over.js') return ['text/javascript', handOver];
  return undefined;
}

const server = createServer(async (request, response) => {
  const [type, body] = (await answer(request)) ?? [];
  if (!type) return response.writeHead(404).end();
  return response
    .writeHead(200, {
      'content-type': type,
      'content-security-policy':
        "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html",
    })
    .end(body);
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`));
