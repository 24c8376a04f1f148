import { XMLValidator } from 'fast-xml-parser';
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';
import { startFront, startRelay, missingFor, missingForFront, RECIPES } from '../support/relay-recipes.mjs';
import { feedOf, startSource } from '../support/relay-source.mjs';
import { ask, certificate, isFeed, names } from '../support/relay-suite.mjs';
import { read, rowsUnder } from '../support/report.mjs';
import { readList, versionsFor } from './versions.mjs';

const folder = 'docs/relay';
const files = readdirSync(path.join(root, folder));
const page = read(`${folder}/README.md`);

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
      assert.equal(cells.length, 6, row);
      for (const cell of cells) assert.notEqual(cell, '', row);
    }
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

describe('a recipe', () => {
  it('names the address of the feed once, and it is the same in all', () => {
    for (const file of files.filter((each) => !/^(?:README|cron-|Caddyfile|web)/.test(each))) {
      const text = read(`${folder}/${file}`);
      const addresses = text.match(/https:\/\/(?!www\.w3\.org)[\w.]+(?:\/[\w./]*)?/g);
      assert.deepEqual(
        addresses,
        [file === 'apache.conf' ? 'https://dagbok.example' : 'https://dagbok.example/feed.xml'],
        file,
      );
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
