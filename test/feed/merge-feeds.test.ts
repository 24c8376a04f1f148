import { expect } from 'chai';
import { mergeFeeds } from '../../src/feed/merge-feeds.js';
import type { Entry, Feed } from '../../src/feed/types.js';

const NOON = new Date('2026-01-01T12:00:00Z');

/** Merges its arguments. */
function merge(...feeds: Feed[]): Feed {
  return mergeFeeds(feeds);
}

/** Returns the titles of two merged feeds with one entry each. */
function titlesOf(first: Partial<Entry>, second: Partial<Entry>): (string | undefined)[] {
  const feeds = [first, second].map((entry, index) => ({
    entries: [{ title: String(index), categories: [], ...entry }],
  }));
  return merge(...feeds).entries.map(({ title }) => title);
}

describe('mergeFeeds', () => {
  it('returns the entries in order, each with title and language of its feed', () => {
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

  it('keeps the fields that are equal in all feeds', () => {
    const fields = { title: 'Dagboken', link: 'https://dagbok.example/', language: 'sv' };
    const feeds = [fields, { ...fields, title: 'Skolan' }, { ...fields, language: 'se' }];
    const empty = feeds.map((feed) => ({ ...feed, entries: [] }));
    expect(merge(...empty.slice(0, 1))).to.deep.equal({ ...fields, entries: [] });
    expect(merge(...empty)).to.deep.equal({ link: fields.link, entries: [] });
  });

  const link = 'https://dagbok.example/1';
  const rows: [what: string, first: Partial<Entry>, second: Partial<Entry>, titles: string[]][] = [
    ['one entry if link and date are equal', { date: NOON, link }, { date: new Date(NOON), link }, ['0']],
    [
      'one entry if id and date are equal',
      { date: NOON, id: 'a', link },
      { date: NOON, id: 'a', link: `${link}2` },
      ['0'],
    ],
    ['one entry if the id is the other entry’s link', { date: NOON, id: link }, { date: NOON, link }, ['0']],
    ['one entry if only one has a day', { date: NOON, day: '2026-01-01', link }, { date: NOON, link }, ['0']],
    ['one entry if id and day are equal', { day: '2026-01-01', id: 'a' }, { day: '2026-01-01', id: 'a' }, ['0']],
    ['one entry without dates if link and title are equal', { link, title: 'A' }, { link, title: 'A' }, ['A']],
    ['two entries without dates if only the link is equal', { link }, { link }, ['0', '1']],
    [
      'one entry if the links differ in protocol and final slash only',
      { date: NOON, link },
      { date: NOON, link: 'http://dagbok.example/1/' },
      ['0'],
    ],
    [
      'one entry if link, id and title are equal',
      { date: NOON, id: '1', link, title: 'A' },
      { id: '1', link, title: 'A' },
      ['A'],
    ],
    ['two entries without dates if the id is a number', { id: '1' }, { id: '1' }, ['0', '1']],
    [
      'two entries if only the date is equal',
      { date: NOON, id: '1', link },
      { date: NOON, id: '2', link: `${link}2` },
      ['0', '1'],
    ],
    ['two entries if only a numeric id is equal', { date: NOON, id: '1' }, { day: '2026-01-01', id: '1' }, ['0', '1']],
  ];
  for (const [what, first, second, titles] of rows) {
    it(`returns ${what}`, () => {
      expect(titlesOf(first, second)).to.deep.equal(titles);
    });
  }

  it('keeps an entry that is twice in one feed', () => {
    const entry = { link, title: 'A', categories: [] };
    expect(merge({ entries: [entry, entry] }, { entries: [entry] }).entries).to.have.lengthOf(2);
  });
});
