import { expect } from 'chai';
import { readFeed } from '../../src/feed.js';
import type { Moment } from '../../src/feed/glance.js';
import { CUT_OFF, plainEntryReader } from '../../src/feed/plain-entry.js';
import { bytes } from '../support/feeds.js';

function glanceAt(fields: string): Moment | undefined {
  const entry = plainEntryReader()(`<item>${fields}</item>`, 0);
  return entry && entry !== CUT_OFF ? entry.moment : undefined;
}

const DATE = '<pubDate>Thu, 26 Mar 2015 16:00:00 GMT</pubDate>';
const date = new Date('2015-03-26T16:00:00Z');

describe('glance', () => {
  for (const [what, text, day] of [
    ['no text', '', undefined],
    ['a date line', '<description><![CDATA[<p>Onsdag den 25 mars 2015</p><p>Hej</p>]]></description>', '2015-03-25'],
    ['a date line by reference', '<description>&lt;p>Onsdag den 25 mars 2015&lt;/p>Hej</description>', '2015-03-25'],
    ['a first line of words', '<description><![CDATA[<p>Hej på er</p>]]></description>', undefined],
    ['a date line that is all', '<description>25 mars 2015</description>', '2015-03-25'],
    ['a date line with a reference', '<description>25&amp;nbsp;mars 2015&lt;br></description>', '2015-03-25'],
    [
      'a date line with a character without width',
      '<description>\u200b25 mars 2015&lt;br></description>',
      '2015-03-25',
    ],
    ['a long first line', `<description>${'Idag har vi talat. '.repeat(9)}</description>`, undefined],
    [
      'a text that goes before',
      `<description>x</description><content:encoded>25 mars 2015&lt;br></content:encoded>`,
      '2015-03-25',
    ],
  ] as const) {
    it(`sees when an entry was that has ${what}`, () => {
      expect(glanceAt(DATE + text)).to.deep.equal(day ? { date, day } : text ? { date, day: undefined } : { date });
    });
  }

  it('takes the day of a date without a time', () => {
    expect(glanceAt('<pubDate>2015-03-26</pubDate>')?.day).to.equal('2015-03-26');
  });

  for (const [what, fields] of [
    ['no date', '<title>a</title>'],
    ['a date that is none', '<pubDate>igår</pubDate>'],
    ['a date in a CDATA section', '<pubDate><![CDATA[2015-03-26]]></pubDate>'],
    ['a blank text', `${DATE}<description> </description>`],
    ['a first line of unknown end', `${DATE}<description>25 mars 2015&lt;b>${' '.repeat(400)}x</description>`],
    ['a comment in its text', `${DATE}<description>25 mars 2015&lt;!-- -->&lt;br></description>`],
    ['a text in parts', `${DATE}<description>25 mars <![CDATA[2015<br>]]></description>`],
    ['a text in another element', `${DATE}<body>25 mars 2015</body>`],
    ['a text of a type of its own', `${DATE}<description type="text">25 mars 2015&lt;br></description>`],
  ] as const) {
    it(`does not say of an entry with ${what}`, () => {
      expect(glanceAt(fields)).to.equal(undefined);
    });
  }

  it('is not believed where a prefix means something else', () => {
    const feed = `<rss xmlns:x="http://backend.userland.com/rss2"><channel>
      <item>${DATE.replace('26', '27').replace(/pubDate/g, 'x:pubDate')}${DATE}</item>
    </channel></rss>`;
    const [entry] = readFeed(bytes(feed), { url: 'https://dagbok.example/' }).entries;
    expect(entry?.date).to.deep.equal(new Date('2015-03-27T16:00:00Z'));
  });
});
