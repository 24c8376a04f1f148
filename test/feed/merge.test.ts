import { expect } from 'chai';
import { mergeFeeds } from '../../src/feed/merge.js';
import type { Entry, Feed } from '../../src/feed/model.js';
import { EntryOutline, readOutline, type FeedOutline } from '../../src/feed/outline.js';

const NOON = new Date('2026-01-01T12:00:00Z');

/** A feed of which `reads` counts the entries that are read. */
function outline({ entries, ...fields }: Feed, reads: Entry[] = []): FeedOutline {
  const read = (entry: Entry) => (): Entry => {
    reads.push(entry);
    return entry;
  };
  return { fields, entries: entries.map((entry) => new EntryOutline(entry, '', read(entry))) };
}

/** The titles of two feeds' entries as one. */
function titlesOf(first: Partial<Entry>, second: Partial<Entry>): (string | undefined)[] {
  const feeds = [first, second].map((entry, index) => ({
    entries: [{ title: String(index), categories: [], ...entry }],
  }));
  return readOutline(mergeFeeds(feeds.map((feed) => outline(feed)))).entries.map(({ title }) => title);
}

describe('feeds as one', () => {
  it('have their entries behind each other, each with what its feed is called and speaks', () => {
    const feeds: Feed[] = [
      { title: 'Chefen', language: 'sv', entries: [{ id: '1', categories: [] }] },
      { entries: [{ id: '2', categories: ['x'] }] },
    ];
    const merged = readOutline(mergeFeeds(feeds.map((feed) => outline(feed))));
    expect(merged).to.deep.equal({
      entries: [
        { id: '1', categories: [], source: 'Chefen', language: 'sv' },
        { id: '2', categories: ['x'] },
      ],
    });
  });

  it('keep of their own fields what all say alike', () => {
    const fields = { title: 'Dagboken', link: 'https://dagbok.example/', language: 'sv' };
    const feeds = [fields, { ...fields, title: 'Skolan' }, { ...fields, language: 'se' }];
    const merge = (...numbers: number[]): Feed =>
      readOutline(mergeFeeds(numbers.map((number) => outline({ ...feeds[number], entries: [] }))));
    expect(merge(0)).to.deep.equal({ ...fields, entries: [] });
    expect(merge(0, 1, 2)).to.deep.equal({ link: fields.link, entries: [] });
  });

  const link = 'https://dagbok.example/1';
  const rows: [what: string, first: Partial<Entry>, second: Partial<Entry>, titles: string[]][] = [
    ['one entry where the link is the same', { date: NOON, link }, { date: new Date(NOON), link }, ['0']],
    ['one where the id is', { date: NOON, id: 'a', link }, { date: NOON, id: 'a', link: `${link}2` }, ['0']],
    ['one where the id is the other’s link', { date: NOON, id: link }, { date: NOON, link }, ['0']],
    ['one where only one has a day of its own', { date: NOON, day: '2026-01-01', link }, { date: NOON, link }, ['0']],
    ['one on a day without a time', { day: '2026-01-01', id: 'a' }, { day: '2026-01-01', id: 'a' }, ['0']],
    ['one without a date where the link is the same', { link }, { link }, ['0']],
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
    const twice = {
      entries: [
        { link, categories: [] },
        { link, categories: [] },
      ],
    };
    const once = { entries: [{ link, categories: [] }] };
    expect(mergeFeeds([outline(twice), outline(once)]).entries).to.have.lengthOf(2);
  });

  it('are read only where two have entries of the same moment', () => {
    const reads: Entry[] = [];
    const at = (hour: number): Entry => ({ date: new Date(Date.UTC(2026, 0, 1, hour)), categories: [] });
    mergeFeeds([
      outline({ entries: [at(1), at(2), at(2)] }, reads),
      outline({ entries: [at(3), at(4), at(1)] }, reads),
    ]);
    expect(reads.map(({ date }) => date?.getUTCHours())).to.deep.equal([1, 1]);
  });
});
