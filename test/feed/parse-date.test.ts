import { expect } from 'chai';

import { calendarDay, monthOf, parseDate } from '../../src/feed/parse-date.js';

/** A text and its date: a time, or a day if the text contains no time. */
type Row = [text: string, expected: string];

function itReads(rows: Row[]): void {
  for (const [text, expected] of rows) {
    it(`reads "${text}"`, () => {
      const { date, day } = parseDate(text) ?? {};
      const isDay = expected.length === 10;
      expect(date?.toISOString().slice(0, 19)).to.equal(isDay ? `${expected}T00:00:00` : expected);
      expect(day).to.equal(isDay ? expected : undefined);
    });
  }
}

function itRefuses(texts: string[]): void {
  for (const text of texts) {
    it(`returns undefined for "${text}"`, () => {
      expect(parseDate(text)).to.equal(undefined);
    });
  }
}

describe('parseDate', () => {
  describe('the family of RFC 822', () => {
    itReads([
      ['Thu, 26 Mar 2015 16:00:00 +0100', '2015-03-26T15:00:00'],
      ['Thu,26 Mar 2015 16:00:00 +0100', '2015-03-26T15:00:00'],
      ['Thursday, 26 March 2015 16:00:00 +0100', '2015-03-26T15:00:00'],
      ['Fri, 26 Mar 2015 16:00:00 +0100', '2015-03-26T15:00:00'],
      ['Thu, 26 Mar 15 16:00:00 GMT', '2015-03-26T16:00:00'],
      ['Sun, 26 Mar 50 16:00:00 GMT', '1950-03-26T16:00:00'],
      ['Thu, 26 Mar 2015 16:00 +0100', '2015-03-26T15:00:00'],
      ['Thu, 26 Mar 2015, 16:00', '2015-03-26T16:00:00'],
      ['Thu, 26 (a comment) Mar 2015 16:00:00 +0100', '2015-03-26T15:00:00'],
      ['Thu Mar 26 2015 16:00:00 GMT+0100 (centraleuropeisk normaltid)', '2015-03-26T15:00:00'],
      ['Thu, 26 Mar 2015', '2015-03-26'],
      ['Thu, 01 Jan 1970 00:00:00 GMT', '1970-01-01T00:00:00'],
      ['Thu, 26 Mar 2015 24:00:00 GMT', '2015-03-27T00:00:00'],
      ['Tue, 30 Jun 2015 23:59:60 GMT', '2015-07-01T00:00:00'],
    ]);
  });

  describe('time zones', () => {
    itReads([
      ['Thu, 26 Mar 2015 16:00:00 GMT', '2015-03-26T16:00:00'],
      ['Thu, 26 Mar 2015 16:00:00 UTC', '2015-03-26T16:00:00'],
      ['Thu, 26 Mar 2015 16:00:00 Z', '2015-03-26T16:00:00'],
      ['Thu, 26 Mar 2015 16:00:00 EST', '2015-03-26T21:00:00'],
      ['Thu, 26 Mar 2015 16:00:00 CET', '2015-03-26T15:00:00'],
      ['Thu, 26 Mar 2015 16:00:00 CEST', '2015-03-26T14:00:00'],
      ['Thu, 26 Mar 2015 16:00:00 GMT+2', '2015-03-26T14:00:00'],
      ['Thu, 26 Mar 2015 16:00:00 UTC+02:00', '2015-03-26T14:00:00'],
      ['Thu, 26 Mar 2015 16:00:00 -0330', '2015-03-26T19:30:00'],
      ['Thu, 26 Mar 2015 16:00:00 -0000', '2015-03-26T16:00:00'],
    ]);
  });

  describe('a text without a known time zone', () => {
    itReads([
      ['Thu, 26 Mar 2015 16:00:00', '2015-03-26T16:00:00'],
      ['Thu, 26 Mar 2015 16:00:00 XYZ', '2015-03-26T16:00:00'],
      ['2015-03-26T16:00:00', '2015-03-26T16:00:00'],
      ['2015-03-26 16:00:00 Europe/Stockholm', '2015-03-26T16:00:00'],
    ]);
  });

  describe('the family of ISO 8601', () => {
    itReads([
      ['2015-03-26', '2015-03-26'],
      ['2015-03-26T16:00:00Z', '2015-03-26T16:00:00'],
      ['2015-03-26T16:00:00.123Z', '2015-03-26T16:00:00'],
      ['2015-03-26T16:00:00.123456789+01:00', '2015-03-26T15:00:00'],
      ['2015-03-26T16:00:00+01:00', '2015-03-26T15:00:00'],
      ['2015-03-26T16:00:00-05:00', '2015-03-26T21:00:00'],
      ['2015-03-26T00:30:00+01:00', '2015-03-25T23:30:00'],
      ['2015-03-26 16:00:00 +0100', '2015-03-26T15:00:00'],
      ['2015-03-26T24:00:00Z', '2015-03-27T00:00:00'],
      ['20150326160000', '2015-03-26T16:00:00'],
    ]);

    it('reads a month and a year without a day', () => {
      expect(parseDate('2015-03')).to.deep.equal({ date: new Date('2015-03-01T00:00:00Z') });
      expect(parseDate('2015')).to.deep.equal({ date: new Date('2015-01-01T00:00:00Z') });
    });
  });

  describe('numeric dates', () => {
    itReads([
      ['26.03.2015', '2015-03-26'],
      ['26.3.2015 16:00', '2015-03-26T16:00:00'],
      ['26-03-2015', '2015-03-26'],
      ['15-03-26', '2015-03-26'],
      ['2015/03/26 16:00:00', '2015-03-26T16:00:00'],
      ['03/26/2015', '2015-03-26'],
      ['26/03/2015', '2015-03-26'],
      ['03/04/2015', '2015-03-04'],
      ['3/26/2015 16:00:00', '2015-03-26T16:00:00'],
    ]);
  });

  describe('Unix time in seconds', () => {
    itReads([['1427382000', '2015-03-26T15:00:00']]);
  });

  describe('names of months', () => {
    itReads([
      ['26 mars 2015', '2015-03-26'],
      ['den 26 mars 2015', '2015-03-26'],
      ['torsdag den 26 mars 2015 kl. 16:00', '2015-03-26T16:00:00'],
      ['26 okt 2015 16:00:00 +0200', '2015-10-26T14:00:00'],
      ['Do, 26 Mär 2015 16:00:00 +0100', '2015-03-26T15:00:00'],
      ['26. März 2015, 16:00 Uhr', '2015-03-26T16:00:00'],
      ['jeu., 26 mars 2015 16:00:00 +0100', '2015-03-26T15:00:00'],
      ['mar. 9 avr. 2013 12:00:00 +0200', '2013-04-09T10:00:00'],
      ['1er août 2015', '2015-08-01'],
      ['26. maaliskuuta 2015', '2015-03-26'],
      ['26 de marzo de 2015', '2015-03-26'],
      ['1 gennaio 2015', '2015-01-01'],
      ['26 maart 2015', '2015-03-26'],
      ['7 lipca 2015', '2015-07-07'],
      ['26. března 2015', '2015-03-26'],
      ['2015. március 26.', '2015-03-26'],
    ]);
  });

  describe('American and Unix formats', () => {
    itReads([
      ['Mar 26, 2015', '2015-03-26'],
      ['March 26th, 2015', '2015-03-26'],
      ['Thursday, March 26, 2015 4:00 PM', '2015-03-26T16:00:00'],
      ['March 26, 2015 12:00 AM', '2015-03-26T00:00:00'],
      ['March 26, 2015 12:00 PM', '2015-03-26T12:00:00'],
      ['3/26/2015 4:00:00 PM EST', '2015-03-26T21:00:00'],
      ['Thu Mar 26 16:00:00 2015', '2015-03-26T16:00:00'],
      ['Thu Mar 26 16:00:00 CET 2015', '2015-03-26T15:00:00'],
    ]);
  });

  describe('impossible dates', () => {
    itRefuses([
      'Sat, 31 Feb 2015 12:00:00 GMT',
      '2015-02-31',
      '2015-13-01',
      '2015-01-32T12:00:00Z',
      '20151301',
      'Thu, 26 Mar 2015 25:00:00 GMT',
      'Thu, 26 Mar 2015 23:59:61 GMT',
      '2015-03-26T99:00:00Z',
      '99999-01-01',
    ]);
    itReads([
      ['29 Feb 2016', '2016-02-29'],
      ['29 Feb 2000', '2000-02-29'],
    ]);
  });

  describe('other texts', () => {
    itRefuses([
      '',
      'now',
      'i går',
      'mars',
      '26 Mar',
      '26 Foo 2015',
      '2015 1:2',
      'Thu, 26 Mar 2015 16:00:00 +0100 and then some words',
      '99999999999',
      '1 2 3 4 5 6',
      '\u0000',
    ]);

    for (const part of ['x', '1', ' ', '(', '1 ', 'mar ', '12:', '\ud83d']) {
      it(`reads ${JSON.stringify(part)} a million times in linear time`, () => {
        expect(parseDate(part.repeat(1_000_000))).to.equal(undefined);
        expect(parseDate(`26 Mar 2015 16:00 ${part.repeat(1_000_000)}x7`)?.date.getUTCFullYear()).to.be.oneOf([
          undefined,
          2015,
        ]);
      });
    }
  });
});

describe('parseDate of ambiguous texts', () => {
  itReads([
    ['6 May 15', '2015-05-06'],
    ['26 Mar 115 16:00 GMT', '2015-03-26T16:00:00'],
    ['2015. ápr. 8., sze. 12:00', '2015-04-08T12:00:00'],
    ['mar. 9 avr 2019 12:00', '2019-04-09T12:00:00'],
    ['torsdag den 26 mars 2015 kl. 9:30', '2015-03-26T09:30:00'],
  ]);
  itRefuses(['2015-366', 'Nr 12345', 'imorgon 2015']);
  itRefuses(['2015-03-26T16:00:00+25:00']);

  for (const text of ['2015', '2015-03', '2015/03']) {
    it(`returns no day for "${text}"`, () => {
      expect(parseDate(text)?.date.toISOString().slice(0, 7)).to.equal(text.length === 4 ? '2015-01' : '2015-03');
      expect(parseDate(text)).to.not.have.property('day');
    });
  }
});

describe('monthOf', () => {
  it('reads English and Swedish names, complete or three letters', () => {
    for (const language of ['en', 'sv']) {
      for (let month = 1; month <= 12; month++) {
        const name = new Date(2015, month - 1, 15).toLocaleDateString(language, { month: 'long' });
        expect(monthOf(name), name).to.equal(month);
        expect(monthOf(name.slice(0, 3).toUpperCase()), name.slice(0, 3)).to.equal(month);
      }
    }
  });

  it('reads names with and without accents', () => {
    expect(['août', 'aout', 'février', 'fevrier', 'März', 'Marz'].map(monthOf)).to.deep.equal([8, 8, 2, 2, 3, 3]);
  });

  it('returns 0 for other words', () => {
    expect(['', 'm', 'ma', 'torsdag', 'thu', 'möten', 'constructor', 'marsipan'].map(monthOf)).to.deep.equal(
      Array.from({ length: 8 }, () => 0),
    );
  });
});

describe('calendarDay', () => {
  it('formats a day as YYYY-MM-DD', () => {
    expect(calendarDay(2015, 3, 6)).to.equal('2015-03-06');
    expect(calendarDay(100, 1, 1)).to.equal('0100-01-01');
  });

  it('returns undefined for impossible days', () => {
    const impossible: [number, number, number][] = [
      [2015, 0, 1],
      [2015, 1, 0],
      [2015, 4, 31],
      [10_000, 1, 1],
      [NaN, 1, 1],
      [Infinity, 1, 1],
    ];
    for (const [year, month, day] of impossible) {
      expect(calendarDay(year, month, day), `${year}-${month}-${day}`).to.equal(undefined);
    }
  });
});
