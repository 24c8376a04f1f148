import { expect } from 'chai';
import { readPlainEntry } from '../../src/feed/plain-entry.js';

const ENTRY = `<item rdf:about="https://dagbok.example/1">
  <title>Möten</title><pubDate>Thu, 26 Mar 2015 16:00:00 GMT</pubDate>
  <description> <![CDATA[<p>Hej</p></item>]]> </description><dc:creator/><enclosure url="/a.jpg" type="image/jpeg"></enclosure>
</item>`;

describe('readPlainEntry', () => {
  it('finds where an entry ends, and what its fields hold', () => {
    const entry = readPlainEntry(`<rss>${ENTRY}<item></item></rss>`, 5);
    expect(entry?.markup).to.equal(ENTRY);
    expect(entry?.name).to.equal('item');
    expect([...(entry?.fields ?? [])]).to.deep.equal([
      ['title', 'Möten'],
      ['pubdate', 'Thu, 26 Mar 2015 16:00:00 GMT'],
      ['description', ' <![CDATA[<p>Hej</p></item>]]> '],
      ['dc:creator', ''],
      ['enclosure', undefined],
    ]);
  });

  it('gives the first of fields with one name', () => {
    const entry = readPlainEntry('<item><link>/1</link><LINK>/2</LINK></item>', 0);
    expect([...(entry?.fields ?? [])]).to.deep.equal([['link', '/1']]);
  });

  for (const [what, source] of [
    ['an element within a field', '<item><title>a <b>b</b></title></item>'],
    ['text beside the fields', '<item>text<title>a</title></item>'],
    ['a comment', '<item><!-- --><title>a</title></item>'],
    ['an end tag that is missing', '<item><title>a</item>'],
    ['an end tag in other letters', '<item><title>a</TITLE></item>'],
    ['an end that is missing', '<item><title>a</title>'],
    ['an entry within it', '<item><title>a</title><item></item></item>'],
    ['a channel within it', '<item><channel>a</channel></item>'],
    ['a stray bracket', '<item><title>1 < 2</title></item>'],
    ['a CDATA section that never ends', '<item><title><![CDATA[a</title></item>'],
    ['an attribute without quotes', '<item><guid isPermaLink=false>a</guid></item>'],
    ['a namespace of its own', '<item xmlns="urn:x"><title>a</title></item>'],
    ['a control character', '<item><title>\u0007</title></item>'],
    ['a million attributes', `<item ${'a="b" '.repeat(1_000_000)}></item>`],
    ['nothing', '<item/>'],
  ] as const) {
    it(`leaves an entry with ${what} to those who can repair it`, () => {
      expect(readPlainEntry(source, 0)).to.equal(undefined);
    });
  }
});
