import { expect } from 'chai';
import { selectEntries, type Selection } from '../../src/entries/select-entries.js';
import type { Entry } from '../../src/feed.js';

function entry(title: string, fields: Partial<Entry> = {}): Entry {
  return { title, categories: [], ...fields };
}

const UNFILTERED = { category: null, match: null, exclude: null, since: null };

function sort(entries: readonly Entry[], order: Selection['sort'], timeZone: string): Entry[] {
  return selectEntries(entries, { ...UNFILTERED, sort: order, timeZone });
}

function titlesOf(entries: readonly Entry[]): string {
  return entries.map(({ title }) => title).join(' ');
}

describe('the order of selected entries', () => {
  const old = entry('old', { date: new Date('2015-03-01T12:00:00Z') });
  const young = entry('young', { date: new Date('2015-03-26T12:00:00Z') });
  const undated = entry('undated');
  const alsoUndated = entry('also');

  it('puts the newest first', () => {
    expect(titlesOf(sort([old, young], 'newest', 'UTC'))).to.equal('young old');
  });

  it('keeps the feed’s own order where that is asked for', () => {
    expect(titlesOf(sort([old, undated, young], 'feed', 'UTC'))).to.equal('old undated young');
  });

  it('puts entries without a date last, as the feed has them', () => {
    expect(titlesOf(sort([undated, old, alsoUndated, young], 'newest', 'UTC'))).to.equal('young old undated also');
  });

  it('goes by the day that an entry is about before the moment it was posted', () => {
    const lateReport = entry('report', { day: '2015-03-10', date: new Date('2015-03-27T12:00:00Z') });
    expect(titlesOf(sort([lateReport, young], 'newest', 'UTC'))).to.equal('young report');
  });

  it('breaks ties of the day by the moment, then by the feed’s order', () => {
    const morning = entry('morning', { day: '2015-03-26', date: new Date('2015-03-26T06:00:00Z') });
    const evening = entry('evening', { day: '2015-03-26', date: new Date('2015-03-26T18:00:00Z') });
    const alsoEvening = entry('also', { day: '2015-03-26', date: new Date('2015-03-26T18:00:00Z') });
    expect(titlesOf(sort([morning, evening, alsoEvening], 'newest', 'UTC'))).to.equal('evening also morning');
  });

  it('takes the day in the diary’s zone', () => {
    const nightOwl = entry('owl', { date: new Date('2015-03-25T23:30:00Z') }); // the 26th in Stockholm
    const day = entry('day', { day: '2015-03-25', date: new Date('2015-03-25T23:59:00Z') });
    expect(titlesOf(sort([day, nightOwl], 'newest', 'Europe/Stockholm'))).to.equal('owl day');
  });

  it('leaves the list that it was given as it is', () => {
    const entries = [old, young];
    sort(entries, 'newest', 'UTC');
    expect(titlesOf(entries)).to.equal('old young');
  });
});
