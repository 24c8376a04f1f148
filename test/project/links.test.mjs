import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { FeedError } from '../../dist/feed.js';
import { root } from '../../scripts/run.mjs';
import { errorCodes } from '../support/exports.mjs';
import { filesOf, readPage } from '../support/markdown.mjs';

const pages = new Map();
const pageOf = (file) => pages.get(file) ?? pages.set(file, readPage(file)).get(file);

const read = (file) => readFileSync(path.join(root, file), 'utf8');

/** The ids of an HTML file. */
const idsOf = (file) => new Set([...read(file).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id));

/** Whether a file exists. Unlike on some file systems, case matters, as on GitHub. */
function isThere(file) {
  const full = path.join(root, file);
  if (!existsSync(full)) return false;
  return file === '' || (readdirSync(path.dirname(full)).includes(path.basename(full)) && isThere(parentOf(file)));
}

const parentOf = (file) => path.posix.dirname(file).replace(/^\.$/, '');

/** What is wrong with a link in a file, or `''`. */
async function problemOf(link, file) {
  if (/^[a-z][a-z\d+.-]*:/i.test(link)) {
    if (/^(?:mailto|tel):/.test(link)) return '';
    return URL.canParse(link) && link.startsWith('https://') && !link.includes(' ')
      ? ''
      : 'is not an absolute https URL';
  }
  const [address, anchor] = link.split('#', 2).map(decodeURIComponent);
  if (address.startsWith('/')) return 'starts with /';
  const target = address ? path.posix.join(path.posix.dirname(file), address.split('?')[0]) : file;
  if (target.startsWith('..')) return 'leaves the project';
  if (!isThere(target.replace(/\/$/, ''))) return `leads to ${target}, which does not exist`;
  if (anchor === undefined) return '';
  if (statSync(path.join(root, target)).isDirectory()) return 'has an anchor, but leads to a folder';
  const anchors = target.endsWith('.md') ? (await pageOf(target)).anchors : idsOf(target);
  return anchors.has(anchor) ? '' : `leads to #${anchor}, which ${target} does not have`;
}

async function assertLinks(links, file) {
  const problems = [];
  for (const link of links) {
    const problem = await problemOf(link, file);
    if (problem) problems.push(`${link} ${problem}`);
  }
  assert.deepEqual(problems, []);
}

describe('every link', () => {
  for (const file of filesOf('.md')) {
    it(`leads somewhere: ${file}`, async () => assertLinks((await pageOf(file)).links, file));
  }

  // Bundlers resolve the links in demo/examples. demo/feeds has a page of an invented site.
  for (const file of filesOf('.html', 'demo').filter((name) => !/^demo\/(?:examples|feeds)\//.test(name))) {
    it(`leads somewhere: ${file}`, async () => {
      // <diary-feed src> isn't checked: the demo shows feeds that don't exist.
      const tags = [...read(file).matchAll(/<(?:a|link|script|img|iframe)\s[^>]*>/g)];
      const attributes = tags.flatMap(([tag]) => [...tag.matchAll(/\s(?:href|src)="([^"]*)"/g)]);
      const links = attributes.map(([, value]) => value.replaceAll('&amp;', '&'));
      await assertLinks(links, file);
    });
  }
});

describe('a link in a console message', () => {
  /** A message names a page in the folder that contains the package, or in its docs/. */
  const pageOfMessage = (link) => (isThere(link.split('#')[0]) ? link : `docs/${link}`);

  for (const code of errorCodes) {
    it(`leads to a section: ${code}`, async () => {
      const [, link] = /(\S+\.md#\S+)$/.exec(new FeedError(code, 'Failed.').message);
      await assertLinks([pageOfMessage(link)], 'package.json');
    });
  }

  it('leads to a section, for all other messages', async () => {
    const [, page] = /(\S+\.md)#\S+$/.exec(new FeedError('network', 'Failed.').message);
    const source = filesOf('.ts', 'src').map(read).join('');
    const links = [...source.matchAll(/\$\{TROUBLESHOOTING\}(#[\w-]+)/g)].map(([, anchor]) => page + anchor);
    assert.ok(links.length > 0);
    await assertLinks(links.map(pageOfMessage), 'package.json');
  });
});

describe('a link in a script of the demo', () => {
  it('leads to a page', async () => {
    const links = filesOf('.js', 'demo').flatMap((file) => read(file).match(/\bdocs\/[\w./-]+\.md(?:#[\w-]+)?/g) ?? []);
    await assertLinks(links, 'package.json');
  });
});
