// npm run test:screen-reader: Orca reads the pages of pages.mjs in Firefox and in Chromium, and what it speaks must be as in the
// transcripts next to this file. UPDATE=1 writes them, PAGE=NAME reads one page, and BROWSERS=firefox uses one browser.
import assert from 'node:assert/strict';
import { createReadStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { availableEngines } from '../../scripts/browsers.mjs';
import { startDemoServer } from '../../scripts/demo-server.mjs';
import { findProgram, provide } from '../../scripts/programs.mjs';
import { root } from '../../scripts/run.mjs';
import { handleFeedRequest } from '../support/feed-server.mjs';
import { htmlOf, PAGES } from './pages.mjs';
import { PROGRAMS, startSession } from './session.mjs';

const FILES = {
  '/diary-feed.min.js': ['dist/diary-feed.min.js', 'text/javascript'],
  '/cards.css': ['dist/themes/cards.css', 'text/css'],
  '/late.svg': ['demo/icon.svg', 'image/svg+xml'],
};

/** Dates of the demo, which depend on the day. */
const DATE = /\d{1,2} \p{L}{3,9}\.? \d{4}/u;

/** URLs of earlier requests. `delay=500` delays further responses of a URL, so that Orca has time to read what precedes them. */
const seen = new Set();

let demoServer;
const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1');
  if (pathname === '/late.svg') await pause(800);
  if (seen.has(request.url)) await pause(Number(searchParams.get('delay')));
  seen.add(request.url);
  if (handleFeedRequest(request, response)) return;
  const [file, type] = FILES[pathname] ?? [];
  const name = searchParams.get('page');
  if (file) createReadStream(path.join(root, file)).pipe(response.writeHead(200, { 'content-type': type }));
  else if (name in PAGES)
    response.writeHead(200, { 'content-type': 'text/html' }).end(htmlOf(name, searchParams.get('id')));
  else response.writeHead(404).end();
});

/**
 * Returns what Orca has spoken, one line for each object. Messages of live regions come last, because their place varies; those of
 * several regions are sorted, because their order varies, too. Words before a page has finished loading are left out.
 */
function spokenIn(lines, { hasLanguages, demo, omitted = '' }) {
  const spoken = [];
  const messages = [];
  let isMessage = false;
  let context = '';
  let previous = '';
  let languages = new Set();
  for (const line of lines) {
    if (line.includes('PRESENT LIVE REGION MESSAGE')) isMessage = line.startsWith('v');
    // while Orca reads a page, it speaks the text and the role of an object separately
    context = /SAY ALL: (\[.*?\]) '.*(\(\d+-\d+)/.exec(line)?.slice(1).join('') ?? context;
    const language = /default voice requested with language='(?!None)(.*?)'/.exec(line)?.[1];
    if (language) languages.add(language);
    const text = /SPEECH OUTPUT: '(.*)'(?:\{'established| voice=|$)/.exec(line)?.[1].trim();
    if (!text || text.startsWith('Loading. ')) continue; // about the tab, and not every time
    if (isMessage) messages.push(`(live) ${text}`);
    else if (context && context === previous) spoken.push(`${spoken.pop()} ${text}`);
    else spoken.push(hasLanguages && languages.size > 0 ? `[${[...languages].join()}] ${text}` : text);
    [previous, context, languages] = [context, '', new Set()];
  }
  const start = spoken.findLastIndex((line) => line.startsWith('Finished loading ')) + 1;
  const all = [...spoken.slice(start), ...(demo || start > 0 ? messages.sort() : messages)];
  return all.map((line) => line.replace(omitted, '')).filter(Boolean);
}

const originOf = (each) => `http://127.0.0.1:${each.address().port}`;

const slugOf = (name) => name.replaceAll(/\W+/g, '-').toLowerCase();

/** Opens a page, does its steps, and returns the transcript. */
async function listenTo(session, browser, name) {
  const id = `${browser}-${slugOf(name)}`;
  const [origin, demoOrigin] = [server, demoServer].map(originOf);
  const { demo, title = name, opened = 'textLines complete', steps } = PAGES[name];
  const parts = [];
  const listen = async (label, pattern = '') => {
    const spoken = spokenIn(await session.listen(new RegExp(pattern)), PAGES[name]);
    parts.push([`${label}:`, ...spoken.map((line) => `  ${demo ? line.replace(DATE, 'DATE') : line}`)].join('\n'));
  };
  session.open(demo ? demoOrigin + demo : `${origin}/?page=${encodeURIComponent(name)}&id=${id}`);
  await listen('(page opens)', `Finished loading ${title}[^]*${opened}`);
  for (const step of ['ctrl+Home', ...steps]) {
    const { key, type, get, wait } = typeof step === 'string' ? { key: step } : step;
    if (key) session.press(key);
    else if (type) session.type(demoOrigin + type);
    else await fetch(`${origin}/feed-server/${get.replaceAll('ID', id)}`);
    await listen(
      key ?? (type ? `(type ${type})` : `(${get.replace(/\?.*/, '')})`),
      wait ?? (key && 'PROCESS ATSPI_KEY_RELEASED_EVENT'),
    );
  }
  session.press('ctrl+w');
  await session.listen();
  return `${parts.join('\n')}\n`;
}

process.env.BROWSERS ??= 'firefox,chromium';
const engines = availableEngines().filter((name) => name !== 'webkit');
const help = 'npm run test:screen-reader needs it.';
const programs = Object.entries(PROGRAMS).map(([name, installed]) => [
  name,
  { find: () => findProgram(name), installed, help },
]);
const provided = provide(Object.fromEntries(programs));
const missing = Object.keys(PROGRAMS).filter((name) => !provided.includes(name));
const skip = missing.length > 0 && `not installed: ${missing.join(', ')}. As root on Debian, the test installs them.`;
const names = Object.keys(PAGES).filter((name) => !process.env.PAGE || process.env.PAGE.split(',').includes(name));
if (names.length === 0) throw new Error(`PAGE can be: ${Object.keys(PAGES).join(' | ')}`);

before(async () => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  demoServer = await startDemoServer();
});
after(() => {
  for (const each of [server, demoServer]) {
    each.closeAllConnections();
    each.close();
  }
});

for (const browser of engines) {
  describe(`Orca in ${browser}`, { skip }, () => {
    let session;
    before(async () => {
      // a first visit makes the next ones faster
      session = await startSession(browser, `${originOf(demoServer)}/demo/municipal-page.html`);
    });
    after(() => session.end());
    for (const name of names) {
      it(`speaks as in the transcript: ${name}`, async () => {
        const transcript = await listenTo(session, browser, name);
        const file = path.join(import.meta.dirname, browser, `${slugOf(name)}.txt`);
        if (process.env.UPDATE) {
          mkdirSync(path.dirname(file), { recursive: true });
          writeFileSync(file, transcript);
        }
        assert.equal(transcript, readFileSync(file, 'utf8'));
      });
    }
  });
}
