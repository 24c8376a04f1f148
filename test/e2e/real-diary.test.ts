import { expect } from 'chai';
import { readFeed } from '../../src/feed.js';
import type { Feed } from '../../src/feed.js';
import { fetchBytes, feedUrl } from '../support/server.js';
import { mount, textsOf } from '../support/element.js';

/** The diary of Jokkmokk as published. It isn't part of the project: without it the tests are skipped. */
const [utf8, latin1] = await Promise.all([
  fetchBytes({ shared: 'dagbok.xml' }),
  fetchBytes({ shared: 'dagbok-latin1.xml' }),
]);

const FIRST_FIVE = [
  ['Budgetfrågor', '26 mars 2015'],
  ['Framtidsfrågor', '25 mars 2015'],
  ['Gruvfrågor i media', '24 mars 2015'],
  ['Utvärdering av videomöten', '23 mars 2015'],
  ['Migrations- och integrationsfrågor', '19 mars 2015'],
];

describe('the browser of these tests', () => {
  it("isn't in the time zone of the diary", () => {
    const offsets = [-14 * 60, 11 * 60]; // Kiritimati and Pago Pago, in minutes
    expect(new Date(2015, 2, 26).getTimezoneOffset()).to.be.oneOf(offsets);
  });
});

(utf8 && latin1 ? describe : describe.skip)('the real diary', () => {
  const read = (bytes: Uint8Array | undefined): Feed =>
    readFeed(bytes ?? new Uint8Array(), { contentType: 'application/xml', url: 'https://dagbok.example/feed.xml' });

  it('has the same 13 entries in UTF-8 and in ISO-8859-1', () => {
    expect(read(utf8).entries).to.have.lengthOf(13);
    expect(read(latin1)).to.deep.equal(read(utf8));
  });

  it('has the day of the date line for each entry, and a summary without that line', () => {
    for (const { day, summary = '', date } of read(utf8).entries) {
      expect(day).to.equal(date?.toISOString().slice(0, 10)); // entries are posted on the afternoon of their day
      expect(summary).to.match(/^(?!(?:mån|tis|ons|tors|fre|lör|sön)dag den \d)[A-ZÅÄÖ]/i);
      expect(summary.split('\n')).to.satisfy((lines: string[]) => lines.every((line) => line.trim() === line && line));
    }
  });

  for (const file of ['dagbok.xml', 'dagbok-latin1.xml']) {
    it(`shows the latest five entries of ${file} with their days in Swedish`, async () => {
      const element = await mount({ src: feedUrl({ shared: file, type: 'text/xml' }) });
      const titles = textsOf(element, '[part=link]');
      const dates = textsOf(element, 'time');
      expect(titles.map((title, index) => [title, dates[index]])).to.deep.equal(FIRST_FIVE);
    });
  }
});
