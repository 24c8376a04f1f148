import { XMLValidator } from 'fast-xml-parser';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { readFeed } from '../../dist/feed.js';
import { root } from '../../scripts/run.mjs';
import { startFront, startRelay, missingFor, missingForFront, RECIPES } from '../support/relay-recipes.mjs';
import { feedOf, startSource } from '../support/relay-source.mjs';
import { ask, certificate, isFeed, names } from '../support/relay-suite.mjs';
import { read, rowsUnder } from '../support/report.mjs';
import { readList, versionsFor } from './versions.mjs';

const folder = 'docs/relay';
const files = readdirSync(path.join(root, folder));
const page = read(`${folder}/README.md`);

/** What of each row is enough, of those that no relay may do without. */
const MUST = {
  'asks for the one address, whatever a visitor adds to it': ['yes'],
  "tells the feed's host nothing of the visitor: no cookies, no referrer, no IP address": ['yes'],
  'refuses a wrong certificate': ['yes'],
  'follows no redirect': ['yes'],
  'ends at 5 MB': ['yes'],
  'ends in time': ['8 s without a byte', '8 s in all', '30 s in all'],
  'makes of twenty visitors at once, where there is no copy yet': ['one request', 'none'],
  '… where the copy is old': ['one request', 'none'],
  'keeps the last good copy while the host does not answer, or has an error (5xx)': ['yes'],
  '… while it redirects, or says 404': ['yes'],
  '… while it gives a page, or nothing, with 200': ['yes'],
  '… while it gives too much, or breaks off': ['yes'],
  'sends an ETag, and 304': ['yes'],
  'answers pages of other origins, when told to': ['yes'],
  'gives nothing that a browser would run': ['yes'],
};

describe('docs/relay/README.md', () => {
  it('names every file beside it, and no other', () => {
    const named = [...page.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, file]) => file);
    for (const file of named) assert.ok(existsSync(path.join(root, folder, file)), file);
    for (const file of files.filter((each) => each !== 'README.md')) assert.ok(named.includes(file), file);
  });

  it('has a cell for every recipe in every row', () => {
    const rows = rowsUnder(page, 'The relay');
    assert.ok(rows.length > 15);
    for (const [row, ...cells] of rows) {
      assert.equal(cells.length, 5, row);
      for (const cell of cells) assert.notEqual(cell, '', row);
    }
  });

  // what the tests of the recipes expect is read from the table: a cell that promises too little would be believed
  it('promises of every recipe what a relay must do, but for what nginx cannot', () => {
    const [head] = page.split('\n').filter((line) => line.startsWith('| The relay '));
    const names = head.split('|').slice(2, -1);
    const rows = new Map(rowsUnder(page, 'The relay').map(([row, ...cells]) => [row, cells]));
    const lacking = Object.entries(MUST).flatMap(([row, enough]) =>
      names
        .map((name, index) => [name.trim(), rows.get(row)[index]])
        .filter(([, cell]) => !enough.includes(cell))
        .map(([name, cell]) => `${name}: ${row}: ${cell}`),
    );
    assert.deepEqual(lacking, [
      'nginx: ends at 5 MB: no: see below',
      'nginx: … while it gives too much, or breaks off: where the host tells how much',
      'nginx: sends an ETag, and 304: where the host does',
    ]);
  });

  it('lists every recipe with the version that it ran on last, and what has never run', (test) => {
    const list = readList(page);
    assert.deepEqual(
      list.map(({ named }) => named),
      list.map((line) => line.files),
    );
    const listed = new Set(list.flatMap((line) => line.files));
    for (const file of files.filter((each) => each !== 'README.md')) assert.ok(listed.has(file), file);
    assert.deepEqual(list.flatMap(({ recipes }) => recipes).sort(), Object.keys(RECIPES).sort());
    for (const line of list) {
      const { recipes, told } = line;
      assert.match(told, recipes.length > 0 ? /^\w+ \d+\.\d+/ : /^never run$/);
      if (recipes.some(missingFor)) continue;
      // another machine has other versions: that is to be known, and nothing wrong
      const here = versionsFor(line);
      if (told !== here) test.diagnostic(`${line.files}: last run on ${told}, here is ${here}: npm run relays`);
    }
  });

  it('has headings for its own links', () => {
    const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .replaceAll(' ', '-'),
    );
    for (const [, anchor] of page.matchAll(/\]\(#([^)]+)\)/g)) assert.ok(anchors.includes(anchor), anchor);
  });
});

describe('what docs/relay/README.md says of links without a host', () => {
  const [, section] = page.split('\n### Links without a host\n');
  const atom = (base = '') =>
    new TextEncoder().encode(
      `<feed xmlns="http://www.w3.org/2005/Atom"${base}><entry><title>x</title><link href="/artikel/1"/></entry></feed>`,
    );
  const linkFrom = (url, base) => readFeed(atom(base), { contentType: 'text/plain', url }).entries[0].link;

  it('is what the element makes of them', () => {
    for (const url of ['https://dagbok.example/feed.xml', 'https://kommun.example/dagbok.xml']) {
      assert.ok(section.includes(`\`${linkFrom(url)}\``), linkFrom(url));
    }
    const [base] = /xml:base="[^"]+"/.exec(section);
    assert.equal(linkFrom('https://kommun.example/dagbok.xml', ` ${base}`), 'https://dagbok.example/artikel/1');
  });
});

describe('a recipe', () => {
  it('names the address of the feed once, and it is the same in all', () => {
    for (const file of files.filter((each) => !/^(?:README|cron-|Caddyfile|web)/.test(each))) {
      const text = read(`${folder}/${file}`);
      const addresses = text.match(/https:\/\/(?!www\.w3\.org)[\w.]+(?:\/[\w./]*)?/g);
      assert.deepEqual(addresses, ['https://dagbok.example/feed.xml'], file);
    }
  });

  it('marks what is to be changed, and says where it has not been tested', () => {
    for (const file of files.filter((each) => each !== 'README.md')) {
      const text = read(`${folder}/${file}`);
      assert.match(text, /EDIT|<location path=/, file);
      const isTested = !['web.config', 'iis-task.ps1', 'sitevision.md', 'wordpress.php'].includes(file);
      assert.equal(/not tested/i.test(text.slice(0, 400)), !isTested, file);
    }
  });

  it('locks the feed in with the same headers, tested or not', () => {
    for (const file of files.filter((each) => !/^(?:README|cron\.sh|iis-task)/.test(each))) {
      const text = read(`${folder}/${file}`);
      for (const lock of ["sandbox; default-src 'none'", 'nosniff', 'text/plain'])
        assert.ok(text.includes(lock), `${file}: ${lock}`);
      assert.doesNotMatch(text, /any(?:\s+\d+m)/, file);
    }
  });

  const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
  it('has units that systemd takes', { skip: !hasSystemd && 'systemd is not here' }, () => {
    const lines = [...read(`${folder}/cron.sh`).matchAll(/^# {3}(\[\w+\]|\w+=.*)$/gm)].map(([, line]) => line);
    const start = lines.indexOf('[Timer]');
    assert.deepEqual([lines[0], start > 0], ['[Service]', true]);
    const place = mkdtempSync(path.join(tmpdir(), 'diary-feed-'));
    after(() => rmSync(place, { recursive: true }));
    const units = { service: lines.slice(0, start), timer: lines.slice(start) };
    for (const [kind, unit] of Object.entries(units)) {
      // the script is on no machine that runs this
      writeFileSync(
        path.join(place, `dagbok.${kind}`),
        `${unit.join('\n').replace(/(?<=ExecStart=).*/, '/bin/true')}\n`,
      );
    }
    const files = Object.keys(units).map((kind) => path.join(place, `dagbok.${kind}`));
    const { stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...files], { encoding: 'utf8' });
    assert.doesNotMatch(stdout + stderr, /dagbok\.(?:service|timer)/);
  });

  it('is well-formed where it is XML', () => {
    assert.equal(XMLValidator.validate(read(`${folder}/web.config`)), true);
  });

  it('checks a feed by the same words, tested or not', () => {
    const root = /\(\??:?rss\|\(\??:?\[\\?[\w-]+\.?[^\]]*\]\+:\)\?feed\|rdf:RDF\)/;
    for (const file of ['cron.sh', 'relay.php', 'wordpress.php', 'relay.mjs', 'iis-task.ps1', 'sitevision.md'])
      assert.match(read(`${folder}/${file}`), root, file);
  });
});

describe('relay.mjs', { concurrency: 1, skip: missingFor('Node') }, () => {
  const ends = [];
  after(async () => {
    for (const end of ends.reverse()) await end();
  });

  for (const kind of ['nginx', 'apache', 'caddyfile']) {
    it(
      `is reached through the lines for a server in front of it: ${kind}`,
      { skip: missingForFront(kind) },
      async () => {
        const source = await startSource(certificate);
        ends.push(source.end);
        Object.assign(source, { type: 'text/xml', feed: feedOf(1, 'iso-8859-1') });
        const relay = await startRelay('Node', { source, certificate, names });
        ends.push(relay.end);
        const front = await startFront(kind, relay);
        ends.push(front.end);
        const answer = await ask(`${front.address}?x`, { headers: { cookie: 'x' } });
        assert.ok(isFeed(answer, source.feed), `${answer.status} ${front.complaints()}`);
        assert.equal(answer.headers['content-type'], 'text/plain');
        assert.equal(answer.headers['content-security-policy'].split(', ')[0], "sandbox; default-src 'none'");
        assert.equal((await ask(front.address, { headers: { 'if-none-match': answer.headers.etag } })).status, 304);
        assert.equal(source.requests.length, 1);
      },
    );
  }
});
