import { expect } from 'chai';
import { mergeFeeds } from '../../src/feed/merge-feeds.js';
import type { Entry, Feed } from '../../src/feed/types.js';

const NOON = new Date('2026-01-01T12:00:00Z');

/** Merges the feeds that are its arguments. */
function merge(...feeds: Feed[]): Feed {
  return mergeFeeds(feeds);
}

/** The titles of two feeds' entries as one. */
function titlesOf(first: Partial<Entry>, second: Partial<Entry>): (string | undefined)[] {
  const feeds = [first, second].map((entry, index) => ({
    entries: [{ title: String(index), categories: [], ...entry }],
  }));
  return merge(...feeds).entries.map(({ title }) => title);
}

describe('feeds as one', () => {
  it('have their entries behind each other, each with what its feed is called and speaks', () => {
    const feeds: Feed[] = [
      { title: 'Chefen', language: 'sv', entries: [{ id: '1', categories: [] }] },
      { entries: [{ id: '2', categories: ['x'] }] },
    ];
    expect(merge(...feeds)).to.deep.equal({
      entries: [
        { id: '1', categories: [], source: 'Chefen', language: 'sv' },
        { id: '2', categories: ['x'] },
      ],
    });
  });

  it('keep of their own fields what all say alike', () => {
    const fields = { title: 'Dagboken', link: 'https://dagbok.example/', language: 'sv' };
    const feeds = [fields, { ...fields, title: 'Skolan' }, { ...fields, language: 'se' }];
    const empty = feeds.map((feed) => ({ ...feed, entries: [] }));
    expect(merge(...empty.slice(0, 1))).to.deep.equal({ ...fields, entries: [] });
    expect(merge(...empty)).to.deep.equal({ link: fields.link, entries: [] });
  });

  const link = 'https://dagbok.example/1';
  const rows: [what: string, first: Partial<Entry>, second: Partial<Entry>, titles: string[]][] = [
    ['one entry where the link is the same', { date: NOON, link }, { date: new Date(NOON), link }, ['0']],
    ['one where the id is', { date: NOON, id: 'a', link }, { date: NOON, id: 'a', link: `${link}2` }, ['0']],
    ['one where the id is the other’s link', { date: NOON, id: link }, { date: NOON, link }, ['0']],
    ['one where only one has a day of its own', { date: NOON, day: '2026-01-01', link }, { date: NOON, link }, ['0']],
    ['one on a day without a time', { day: '2026-01-01', id: 'a' }, { day: '2026-01-01', id: 'a' }, ['0']],
    ['one without a date where link and title are the same', { link, title: 'A' }, { link, title: 'A' }, ['A']],
    ['two without a date that lead to the same page', { link }, { link }, ['0', '1']],
    [
      'one where the link is written in two ways',
      { date: NOON, link },
      { date: NOON, link: 'http://dagbok.example/1/' },
      ['0'],
    ],
    [
      'one of two moments where link, id and title are',
      { date: NOON, id: '1', link, title: 'A' },
      { id: '1', link, title: 'A' },
      ['A'],
    ],
    [
      'two of two moments with the same page',
      { date: NOON, link, title: 'A' },
      { day: '2026-01-02', link, title: 'A' },
      ['A', 'A'],
    ],
    [
      'two of two moments with the same page and number',
      { date: NOON, id: '1', link },
      { day: '2026-01-02', id: '1', link },
      ['0', '1'],
    ],
    ['two without a date that have a number in common', { id: '1' }, { id: '1' }, ['0', '1']],
    ['two at the same moment', { date: NOON, id: '1', link }, { date: NOON, id: '2', link: `${link}2` }, ['0', '1']],
    ['two with the same number at two moments', { date: NOON, id: '1' }, { day: '2026-01-01', id: '1' }, ['0', '1']],
    ['two that have nothing to be told by', { date: NOON }, { date: NOON }, ['0', '1']],
  ];
  for (const [what, first, second, titles] of rows) {
    it(`show ${what}`, () => {
      expect(titlesOf(first, second)).to.deep.equal(titles);
    });
  }

  it('lose nothing that one of them has twice', () => {
    const entry = { link, title: 'A', categories: [] };
    expect(merge({ entries: [entry, entry] }, { entries: [entry] }).entries).to.have.lengthOf(2);
  });
});
