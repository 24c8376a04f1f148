import { expect } from 'chai';
import { mergeFeeds } from '../../src/feed/merge.js';
import type { Entry, Feed } from '../../src/feed/model.js';
import { outlineOf, readOutline, type FeedOutline } from '../../src/feed/outline.js';

const NOON = new Date('2026-01-01T12:00:00Z');

function outline({ entries, ...fields }: Feed): FeedOutline {
  return { fields, entries: entries.map(outlineOf) };
}

/** Several feeds as a program gets them. */
async function merge(...feeds: Feed[]): Promise<Feed> {
  return readOutline(await mergeFeeds(feeds.map(outline)));
}

/** The titles of two feeds' entries as one. */
async function titlesOf(first: Partial<Entry>, second: Partial<Entry>): Promise<(string | undefined)[]> {
  const feeds = [first, second].map((entry, index) => ({
    entries: [{ title: String(index), categories: [], ...entry }],
  }));
  return (await merge(...feeds)).entries.map(({ title }) => title);
}

describe('feeds as one', () => {
  it('have their entries behind each other, each with what its feed is called and speaks', async () => {
    const feeds: Feed[] = [
      { title: 'Chefen', language: 'sv', entries: [{ id: '1', categories: [] }] },
      { entries: [{ id: '2', categories: ['x'] }] },
    ];
    expect(await merge(...feeds)).to.deep.equal({
      entries: [
        { id: '1', categories: [], source: 'Chefen', language: 'sv' },
        { id: '2', categories: ['x'] },
      ],
    });
  });

  it('keep of their own fields what all say alike', async () => {
    const fields = { title: 'Dagboken', link: 'https://dagbok.example/', language: 'sv' };
    const feeds = [fields, { ...fields, title: 'Skolan' }, { ...fields, language: 'se' }];
    const empty = feeds.map((feed) => ({ ...feed, entries: [] }));
    expect(await merge(...empty.slice(0, 1))).to.deep.equal({ ...fields, entries: [] });
    expect(await merge(...empty)).to.deep.equal({ link: fields.link, entries: [] });
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
    it(`show ${what}`, async () => {
      expect(await titlesOf(first, second)).to.deep.equal(titles);
    });
  }

  it('lose nothing that one of them has twice', async () => {
    const entry = { link, title: 'A', categories: [] };
    expect((await merge({ entries: [entry, entry] }, { entries: [entry] })).entries).to.have.lengthOf(2);
  });

  it('are given up when nobody waits for them', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const many = { entries: Array.from({ length: 200_000 }, () => ({ categories: [] })) };
    const failure = await mergeFeeds([outline(many)], signal).catch((error: unknown) => error);
    expect(failure).to.have.property('message', 'enough');
  });
});
