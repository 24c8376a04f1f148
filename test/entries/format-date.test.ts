import { expect } from 'chai';
import { dayOf, formatDate } from '../../src/entries/format-date.js';
import type { Entry } from '../../src/feed.js';

const STOCKHOLM = { language: 'sv', dateStyle: 'long', timeZone: 'Europe/Stockholm' } as const;

function entry(fields: Partial<Entry>): Entry {
  return { categories: [], ...fields };
}

describe('dayOf', () => {
  it('returns the day in the time zone of the diary', () => {
    const late = entry({ date: new Date('2015-03-26T23:30:00Z') });
    expect(dayOf(late, 'Europe/Stockholm')).to.equal('2015-03-27');
    expect(dayOf(late, 'America/New_York')).to.equal('2015-03-26');
  });

  it('returns the day that Intl returns around the changes of summer time', () => {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' });
    for (const night of ['2026-03-28', '2026-10-24']) {
      for (let minutes = 0; minutes < 48 * 60; minutes += 15) {
        const date = new Date(Date.parse(night) + minutes * 60_000);
        expect(dayOf(entry({ date }), 'Europe/Stockholm'), date.toISOString()).to.equal(format.format(date));
      }
    }
  });

  it('prefers day to date', () => {
    expect(dayOf(entry({ day: '2015-03-24', date: new Date('2015-03-26T12:00:00Z') }), 'UTC')).to.equal('2015-03-24');
  });

  it('returns undefined without day and date', () => {
    expect(dayOf(entry({}), 'UTC')).to.equal(undefined);
  });
});

describe('formatDate', () => {
  it('formats the date in the language, with the year', () => {
    const date = new Date('2015-03-26T15:00:00Z');
    expect(formatDate(entry({ date }), STOCKHOLM)?.text).to.equal('26 mars 2015');
    expect(formatDate(entry({ date }), { ...STOCKHOLM, language: 'en-GB' })?.text).to.equal('26 March 2015');
  });

  it("formats the date in Swedish if the browser doesn't support the language", () => {
    const date = new Date('2015-03-26T15:00:00Z');
    for (const language of ['smj', 'smj-SE', 'fit', 'rom']) {
      const { text, language: written } = formatDate(entry({ date }), { ...STOCKHOLM, language }) ?? {};
      expect([text, written], language).to.deep.equal(['26 mars 2015', 'sv']);
    }
  });

  it('changes the day at midnight in the time zone of the diary', () => {
    expect(formatDate(entry({ date: new Date('2015-06-30T21:59:59Z') }), STOCKHOLM)?.text).to.equal('30 juni 2015');
    expect(formatDate(entry({ date: new Date('2015-06-30T22:00:00Z') }), STOCKHOLM)?.text).to.equal('1 juli 2015');
  });

  it("doesn't convert day to a time zone", () => {
    const shown = formatDate(entry({ day: '2015-03-26', date: new Date('2015-03-28T12:00:00Z') }), STOCKHOLM);
    expect(shown).to.deep.equal({ text: '26 mars 2015', language: 'sv', datetime: '2015-03-26' });
  });

  it('formats Swedish dates as Intl does', () => {
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

  it('formats dates before year 1 as Intl does', () => {
    const date = new Date('-000020-01-05T12:00:00Z');
    const format = new Intl.DateTimeFormat('sv', { dateStyle: 'long', timeZone: 'Europe/Stockholm' });
    expect(formatDate(entry({ date }), STOCKHOLM)?.text).to.equal(format.format(date));
  });

  it('returns the time as datetime if there is no day', () => {
    expect(formatDate(entry({ date: new Date('2015-03-26T15:00:00Z') }), STOCKHOLM)?.datetime).to.equal(
      '2015-03-26T15:00:00.000Z',
    );
  });

  it('returns undefined without a valid date', () => {
    expect(formatDate(entry({}), STOCKHOLM)).to.equal(undefined);
    expect(formatDate(entry({ date: new Date('never') }), STOCKHOLM)).to.equal(undefined);
  });
  it('formats English dates as British ones by default', () => {
    const format = (language: string): string | undefined =>
      formatDate(entry({ day: '2026-03-12' }), { ...STOCKHOLM, language })?.text;
    expect(['en', 'en-US', 'en-GB'].map(format)).to.deep.equal(['12 March 2026', 'March 12, 2026', '12 March 2026']);
  });
});
