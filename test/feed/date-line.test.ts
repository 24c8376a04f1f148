import { expect } from 'chai';
import { takeDateLine } from '../../src/feed/date-line.js';

const TEXT = 'På morgonen var jag på ett möte.';

describe('takeDateLine', () => {
  const lines: [line: string, day: string][] = [
    ['Den 28-29 mars 2015', '2015-03-28'],
    ['Torsdag den 26:e mars 2015', '2015-03-26'],
    ['Kristi himmelsfärd, torsdag den 14 maj 2015', '2015-05-14'],
    ['Torsdag den 26 mars 2015', '2015-03-26'],
    ['Måndag den 2 februari 2015', '2015-02-02'],
    ['Torsdagen den 26 mars 2015', '2015-03-26'],
    ['Torsdag 26 mars 2015', '2015-03-26'],
    ['Torsdag, 26 mars 2015', '2015-03-26'],
    ['tors 26 mar 2015', '2015-03-26'],
    ['ons. 4 dec. 2013', '2013-12-04'],
    ['Den 26 mars 2015', '2015-03-26'],
    ['26 mars 2015', '2015-03-26'],
    ['Torsdag den 26 mars 2015:', '2015-03-26'],
    ['Torsdag\u00a0den 26\u00a0mars\u00a02015', '2015-03-26'],
    ['Torsdag  den 26  mars 2015', '2015-03-26'],
    ['Juldagen, tisdag den 25 december 2012', '2012-12-25'],
    ['Lördag den 28 och söndag den 29 mars 2015', '2015-03-28'],
    ['Torsdag den 26 till lördag den 28 mars 2015', '2015-03-26'],
    ['28 – 29 mars 2015', '2015-03-28'],
  ];
  for (const [line, day] of lines) {
    it(`removes "${line}"`, () => {
      expect(takeDateLine(`${line}\n${TEXT}`)).to.deep.equal({ day, rest: TEXT });
    });
  }

  it('leaves an empty text if there is only a date line', () => {
    expect(takeDateLine('Torsdag den 26 mars 2015')).to.deep.equal({ day: '2015-03-26', rest: '' });
  });

  it('removes the first line only', () => {
    const rest = `Fredag den 27 mars 2015\n${TEXT}`;
    expect(takeDateLine(`Torsdag den 26 mars 2015\n${rest}`)).to.deep.equal({ day: '2015-03-26', rest });
  });

  it('ignores a wrong weekday', () => {
    expect(takeDateLine('Måndag den 26 mars 2015').day).to.equal('2015-03-26');
  });

  const texts = [
    'Möten, 26 mars 2015\nVi träffades.',
    '',
    TEXT,
    'Torsdag den 26 mars 2015 träffade jag ordföranden i nämnden.',
    'Den 26 mars 2015 var en bra dag.',
    'Torsdag den 26 mars 2015, möte.',
    'Torsdag den 31 februari 2015',
    'Torsdag den 0 mars 2015',
    'Torsdag den 26 brumaire 2015',
    'Torsdag den 26 mars',
    '126 mars 2015',
    `${TEXT}\nTorsdag den 26 mars 2015`,
    `${'Kommunfullmäktige'.repeat(6)}, torsdag den 26 mars 2015`,
  ];
  for (const text of texts) {
    it(`keeps "${text.replace('\n', '⏎').slice(0, 70)}"`, () => {
      expect(takeDateLine(text)).to.deep.equal({ rest: text });
      expect(takeDateLine(`${text}\n${TEXT}`)).to.deep.equal({ rest: `${text}\n${TEXT}` });
    });
  }

  for (const part of ['x', ' ', 'x ', ', ', '1', 'tors. ', 'den ']) {
    it(`reads ${JSON.stringify(part)} a million times in linear time`, () => {
      const text = part.repeat(1_000_000);
      expect(takeDateLine(text).rest === text).to.equal(true);
    });
  }
});
