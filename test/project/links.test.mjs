import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';
import { anchorsOf, filesOf, readMarkdown, readPage } from '../support/markdown.mjs';

const pages = new Map();
const pageOf = (file) => pages.get(file) ?? pages.set(file, readPage(file)).get(file);

const read = (file) => readFileSync(path.join(root, file), 'utf8');

/** The ids of an HTML file; none of its own are made by scripts where something links to them. */
const idsOf = (file) => new Set([...read(file).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id));

/** Whether a file is there under exactly that name: a file system that takes `readme.md` for `README.md` is not GitHub's. */
function isThere(file) {
  const full = path.join(root, file);
  if (!existsSync(full)) return false;
  return file === '' || (readdirSync(path.dirname(full)).includes(path.basename(full)) && isThere(parentOf(file)));
}

const parentOf = (file) => path.posix.dirname(file).replace(/^\.$/, '');

/** What is wrong with a link of that file; '' where nothing is. */
async function faultOf(link, file) {
  if (/^[a-z][a-z\d+.-]*:/i.test(link)) {
    if (/^(?:mailto|tel):/.test(link)) return '';
    return URL.canParse(link) && link.startsWith('https://') && !link.includes(' ')
      ? ''
      : 'is not a whole https address';
  }
  const [address, anchor] = link.split('#', 2).map(decodeURIComponent);
  if (address.startsWith('/')) return 'begins at the top of a host';
  const target = address ? path.posix.join(path.posix.dirname(file), address.split('?')[0]) : file;
  if (target.startsWith('..')) return 'leaves the project';
  if (!isThere(target.replace(/\/$/, ''))) return `leads to ${target}, which is not there`;
  if (anchor === undefined) return '';
  if (statSync(path.join(root, target)).isDirectory()) return 'has an anchor in a folder';
  const anchors = target.endsWith('.md') ? (await pageOf(target)).anchors : idsOf(target);
  return anchors.has(anchor) ? '' : `leads to #${anchor}, which ${target} has not`;
}

async function assertLinks(links, file) {
  const faults = [];
  for (const link of links) {
    const fault = await faultOf(link, file);
    if (fault) faults.push(`${link} ${fault}`);
  }
  assert.deepEqual(faults, []);
}

describe('a link of', () => {
  for (const file of filesOf('.md')) {
    it(`${file} leads somewhere`, async () => assertLinks((await pageOf(file)).links, file));
  }

  // those in demo/examples are pages of bundlers, which lead elsewhere; demo/feeds has a page that stands for another site's
  for (const file of filesOf('.html', 'demo').filter((name) => !/^demo\/(?:examples|feeds)\//.test(name))) {
    it(`${file} leads somewhere`, async () => {
      // a feed may be missing there on purpose
      const tags = [...read(file).matchAll(/<(?:a|link|script|img|iframe)\s[^>]*>/g)];
      const attributes = tags.flatMap(([tag]) => [...tag.matchAll(/\s(?:href|src)="([^"]*)"/g)]);
      const links = attributes.map(([, value]) => value.replaceAll('&amp;', '&'));
      assert.ok(links.length > 0);
      await assertLinks(links, file);
    });
  }
});

describe('an address that the code prints', () => {
  // errors.ts puts the code of the error behind its page
  const [, documentation] = /const DOCUMENTATION = '(.+)';/.exec(read('src/feed/errors.ts'));
  const [, codes] = /export type FeedErrorCode =([^;]+);/.exec(read('src/feed/errors.ts'));
  const printed = [
    ...[...codes.matchAll(/'([a-z-]+)'/g)].map(([, code]) => `${documentation}#${code}`),
    ...filesOf('.ts', 'src').flatMap((file) =>
      [...read(file).matchAll(/See ([^\s`'"$]+\.md(?:#[\w-]+)?)/g)].map(([, address]) => address),
    ),
    ...filesOf('.js', 'demo').flatMap((file) =>
      [...read(file).matchAll(/\bdocs\/[\w./-]+\.md(?:#[\w-]+)?/g)].map(([address]) => address),
    ),
  ];

  for (const address of new Set(printed)) {
    it(`leads to a section that is there: ${address}`, () => assertLinks([address], 'package.json'));
  }

  it('is found in every file that prints one', () => {
    assert.ok(printed.includes('README.md#attributes'));
    const codesThrown = filesOf('.ts', 'src').flatMap((file) =>
      [...read(file).matchAll(/new FeedError\(\s*'([a-z-]+)'/g)].map(([, code]) => `${documentation}#${code}`),
    );
    for (const address of codesThrown) assert.ok(printed.includes(address), address);
  });
});

describe('the check of links', () => {
  it('makes anchors as GitHub does', () => {
    const headings = [
      'What leaves the visitor’s browser',
      'Språk: å, ä & ö',
      '`src`',
      'Ask first',
      'Ask first',
      'a_b - c',
    ];
    assert.deepEqual(anchorsOf(headings), [
      'what-leaves-the-visitors-browser',
      'språk-å-ä--ö',
      'src',
      'ask-first',
      'ask-first-1',
      'a_b---c',
    ]);
  });

  it('sees links in tables, pictures, definitions and HTML, and none in code', async () => {
    const { links } = await readMarkdown(
      '| a |\n| - |\n| [x](1.md) |\n\n![y](2.png) [z][d] <a href="3.md">w</a> `[v](4.md)`\n\n```md\n[u](5.md)\n```\n\n[d]: 6.md\n',
    );
    assert.deepEqual(links.sort(), ['1.md', '2.png', '3.md', '6.md']);
  });

  for (const [link, fault] of [
    ['README.md#attributes', ''],
    ['https://example.org/', ''],
    ['http://example.org/', 'is not a whole https address'],
    ['javascript:alert(1)', 'is not a whole https address'],
    ['docs/nowhere.md', 'leads to docs/nowhere.md, which is not there'],
    ['readme.md', 'leads to readme.md, which is not there'],
    ['README.md#nowhere', 'leads to #nowhere, which README.md has not'],
    ['#nowhere', 'leads to #nowhere, which CHANGELOG.md has not'],
    ['../outside.md', 'leaves the project'],
    ['/README.md', 'begins at the top of a host'],
  ]) {
    it(`says of ${link}: ${fault || 'nothing'}`, async () => assert.equal(await faultOf(link, 'CHANGELOG.md'), fault));
  }
});
