import { expect } from 'chai';
import { readFeed } from '../src/feed.js';
import type { Feed } from '../src/feed.js';
import { bytesOf, feedUrl } from './support/server.js';
import { mount, textsOf } from './support/element.js';

/** The diary of Jokkmokk as it was published: not part of the project, so skipped where it is not beside it. */
const [utf8, latin1] = await Promise.all([bytesOf({ shared: 'dagbok.xml' }), bytesOf({ shared: 'dagbok-latin1.xml' })]);

const FIRST_FIVE = [
  ['Budgetfrågor', '26 mars 2015'],
  ['Framtidsfrågor', '25 mars 2015'],
  ['Gruvfrågor i media', '24 mars 2015'],
  ['Utvärdering av videomöten', '23 mars 2015'],
  ['Migrations- och integrationsfrågor', '19 mars 2015'],
];

describe('the browser of these tests', () => {
  it('is not in the zone of the diary, so that the diary decides', () => {
    const offsets = [-14 * 60, 11 * 60]; // Kiritimati and Pago Pago, minutes as Date gives them
    expect(new Date(2015, 2, 26).getTimezoneOffset()).to.be.oneOf(offsets);
  });
});

(utf8 && latin1 ? describe : describe.skip)('the real diary', () => {
  const read = (bytes: Uint8Array | undefined): Feed =>
    readFeed(bytes ?? new Uint8Array(), { contentType: 'application/xml', url: 'https://dagbok.example/feed.xml' });

  it('gives the same 13 entries in UTF-8 and in ISO-8859-1', () => {
    expect(read(utf8).entries).to.have.lengthOf(13);
    expect(read(latin1)).to.deep.equal(read(utf8));
  });

  it('gives each entry the day of its own date line, and a summary without it', () => {
    for (const { day, summary = '', date } of read(utf8).entries) {
      expect(day).to.equal(date?.toISOString().slice(0, 10)); // the diary is written in the afternoon of its day
      expect(summary).to.match(/^(?!(?:mån|tis|ons|tors|fre|lör|sön)dag den \d)[A-ZÅÄÖ]/i);
      expect(summary.split('\n')).to.satisfy((lines: string[]) => lines.every((line) => line.trim() === line && line));
    }
  });

  for (const file of ['dagbok.xml', 'dagbok-latin1.xml']) {
    it(`shows the latest five of ${file}, each with its day, in Swedish`, async () => {
      const element = await mount({ src: feedUrl({ shared: file, type: 'text/xml' }) });
      const titles = textsOf(element, '[part=link]');
      const dates = textsOf(element, 'time');
      expect(titles.map((title, index) => [title, dates[index]])).to.deep.equal(FIRST_FIVE);
    });
  }
});
