import { expect } from 'chai';
import { CUT_OFF, plainEntryReader } from '../../src/feed/plain-entry.js';

const ENTRY = `<item rdf:about="https://dagbok.example/1">
  <title>Möten</title><pubDate>Thu, 26 Mar 2015 16:00:00 GMT</pubDate>
  <description> <![CDATA[<p>Onsdag den 25 mars 2015</p></item>]]> </description><dc:creator/><enclosure url="/a.jpg" type="image/jpeg"></enclosure>
</item>`;

function readPlainEntry(source: string, start = 0): ReturnType<ReturnType<typeof plainEntryReader>> {
  return plainEntryReader()(source, start);
}

describe('a reader of plain entries', () => {
  it('finds where an entry ends, when it was, and whose names it uses', () => {
    expect(readPlainEntry(`<rss>${ENTRY}<item></item></rss>`, 5)).to.deep.equal({
      markup: ENTRY,
      names: 'item dc:creator',
      moment: { date: new Date('2015-03-26T16:00:00Z'), day: '2015-03-25' },
    });
  });

  it('reads the next entry as the first', () => {
    const read = plainEntryReader();
    const first = read(ENTRY + ENTRY, 0);
    expect(read(ENTRY + ENTRY, ENTRY.length)).to.deep.equal(first);
  });

  it('says of no beginning of an entry that it is not plain, whatever its length', () => {
    for (let length = 1; length < ENTRY.length; length++) {
      expect(readPlainEntry(ENTRY.slice(0, length)), ENTRY.slice(0, length)).to.equal(CUT_OFF);
    }
  });

  for (const [what, source] of [
    ['an element within a field', '<item><title>a <b>b</b></title></item>'],
    ['text beside the fields', '<item>text<title>a</title></item>'],
    ['a comment', '<item><!-- --><title>a</title></item>'],
    ['an end tag that is missing', '<item><title>a</item><item></item>'],
    ['an end tag in other letters', '<item><title>a</TITLE></item>'],
    ['an entry within it', '<item><title>a</title><item></item></item>'],
    ['a channel within it', '<item><channel>a</channel></item>'],
    ['a stray bracket', '<item><title>1 < 2</title></item>'],
    ['an attribute without quotes', '<item><guid isPermaLink=false>a</guid></item>'],
    ['a namespace of its own', '<item xmlns="urn:x"><title>a</title></item>'],
    ['a control character', '<item><title>\u0007</title></item>'],
    ['a million attributes', `<item ${'a="b" '.repeat(1_000_000)}></item>`],
    ['nothing', '<item/>'],
  ] as const) {
    it(`leaves an entry with ${what} to those who can repair it`, () => {
      expect(readPlainEntry(source)).to.equal(undefined);
    });
  }
});
