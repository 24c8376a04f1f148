import { expect } from 'chai';
import { dayOf, formatDate } from '../../src/entries/format-date.js';
import type { Entry } from '../../src/feed.js';

const STOCKHOLM = { language: 'sv', dateStyle: 'long', timeZone: 'Europe/Stockholm' } as const;

function entry(fields: Partial<Entry>): Entry {
  return { categories: [], ...fields };
}

describe('dayOf', () => {
  it('is the day in the given zone, whatever the zone of the browser', () => {
    const late = entry({ date: new Date('2015-03-26T23:30:00Z') });
    expect(dayOf(late, 'Europe/Stockholm')).to.equal('2015-03-27');
    expect(dayOf(late, 'America/New_York')).to.equal('2015-03-26');
  });

  it('is the same in Stockholm through the nights when clocks are changed', () => {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' });
    for (const night of ['2026-03-28', '2026-10-24']) {
      for (let minutes = 0; minutes < 48 * 60; minutes += 15) {
        const date = new Date(Date.parse(night) + minutes * 60_000);
        expect(dayOf(entry({ date }), 'Europe/Stockholm'), date.toISOString()).to.equal(format.format(date));
      }
    }
  });

  it("prefers the entry's own day to its date", () => {
    expect(dayOf(entry({ day: '2015-03-24', date: new Date('2015-03-26T12:00:00Z') }), 'UTC')).to.equal('2015-03-24');
  });

  it('is absent where there is neither', () => {
    expect(dayOf(entry({}), 'UTC')).to.equal(undefined);
  });
});

describe('formatDate', () => {
  it('writes the date in the language, with the year', () => {
    const date = new Date('2015-03-26T15:00:00Z');
    expect(formatDate(entry({ date }), STOCKHOLM)?.text).to.equal('26 mars 2015');
    expect(formatDate(entry({ date }), { ...STOCKHOLM, language: 'en-GB' })?.text).to.equal('26 March 2015');
  });

  it('writes it in Swedish, and says so, where the browser cannot write dates in the language', () => {
    const date = new Date('2015-03-26T15:00:00Z');
    for (const language of ['smj', 'smj-SE', 'fit', 'rom']) {
      const { text, language: written } = formatDate(entry({ date }), { ...STOCKHOLM, language }) ?? {};
      expect([text, written], language).to.deep.equal(['26 mars 2015', 'sv']);
    }
  });

  it('shows the year in every length', () => {
    for (const dateStyle of ['full', 'long', 'medium', 'short'] as const) {
      const shown = formatDate(entry({ date: new Date('2015-03-26T15:00:00Z') }), { ...STOCKHOLM, dateStyle });
      expect(shown?.text).to.include('2015');
    }
  });

  it('shows the day of the diary’s zone just before and after its midnight', () => {
    expect(formatDate(entry({ date: new Date('2015-06-30T21:59:59Z') }), STOCKHOLM)?.text).to.equal('30 juni 2015');
    expect(formatDate(entry({ date: new Date('2015-06-30T22:00:00Z') }), STOCKHOLM)?.text).to.equal('1 juli 2015');
  });

  it('shows an entry’s own day as it is, in no zone', () => {
    const shown = formatDate(entry({ day: '2015-03-26', date: new Date('2015-03-28T12:00:00Z') }), STOCKHOLM);
    expect(shown).to.deep.equal({ text: '26 mars 2015', language: 'sv', datetime: '2015-03-26' });
  });

  it('writes each day in Swedish as Intl does', () => {
    for (const language of ['sv', 'sv-SE', 'sv-FI', 'SV']) {
      const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
      for (let time = Date.UTC(2023, 11, 1); time < Date.UTC(2025, 1, 1); time += 86_400_000) {
        const day = new Date(time).toISOString().slice(0, 10);
        const written = format.format(time);
        expect(formatDate(entry({ day }), { ...STOCKHOLM, language })?.text, language).to.equal(written);
      }
      for (const day of ['0987-06-05', '1599-12-31', '9999-12-31'])
        expect(formatDate(entry({ day }), { ...STOCKHOLM, language })?.text).to.match(
          /^\d+ (?:juni|december) \d{3,4}$/,
        );
    }
  });

  it('writes days of other eras as Intl does', () => {
    for (const date of [
      new Date('-000020-01-05T12:00:00Z'),
      new Date('0000-02-03T12:00:00Z'),
      new Date('+012345-06-07T12:00:00Z'),
    ]) {
      const format = new Intl.DateTimeFormat('sv', { dateStyle: 'long', timeZone: 'Europe/Stockholm' });
      expect(formatDate(entry({ date }), STOCKHOLM)?.text).to.equal(format.format(date));
    }
  });

  it('gives machines the moment where there is no day', () => {
    expect(formatDate(entry({ date: new Date('2015-03-26T15:00:00Z') }), STOCKHOLM)?.datetime).to.equal(
      '2015-03-26T15:00:00.000Z',
    );
  });

  it('shows nothing for an entry without a date', () => {
    expect(formatDate(entry({}), STOCKHOLM)).to.equal(undefined);
  });

  it('formats English dates as British ones, unless the page names a region', () => {
    const format = (language: string): string | undefined =>
      formatDate(entry({ day: '2026-03-12' }), { ...STOCKHOLM, language })?.text;
    expect(['en', 'en-US', 'en-GB'].map(format)).to.deep.equal(['12 March 2026', 'March 12, 2026', '12 March 2026']);
  });

  it('shows nothing for a date that a program got wrong', () => {
    expect(formatDate(entry({ date: new Date('never') }), STOCKHOLM)).to.equal(undefined);
  });
});
