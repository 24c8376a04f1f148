import { expect } from 'chai';
import { readFeed, type Entry, type Feed } from '../../src/feed.js';

function read(content: string, attributes = 'xmlns="http://www.w3.org/2005/Atom"'): Feed {
  const source = `<?xml version="1.0"?><feed ${attributes}>${content}</feed>`;
  return readFeed(new TextEncoder().encode(source), { url: 'https://dagbok.example/feed/' });
}

function readEntry(content: string): Entry | undefined {
  return read(`<entry>${content}</entry>`).entries[0];
}

describe('Atom', () => {
  it('has title, link and language', () => {
    const links = '<link rel="self" href="/feed/"/><link href="/"/>';
    const feed = read(`<title>Dagboken</title>${links}`, 'xmlns="http://www.w3.org/2005/Atom" xml:lang="sv"');
    expect(feed).to.deep.equal({ title: 'Dagboken', link: 'https://dagbok.example/', language: 'sv', entries: [] });
  });

  it('has all fields of an entry', () => {
    const entry = readEntry(
      '<id>urn:1</id><title>Möten</title><link rel="alternate" href="1"/>' +
        '<link rel="enclosure" type="image/png" href="1.png"/>' +
        '<published>2015-03-26T16:00:00+01:00</published><updated>2015-03-27T16:00:00+01:00</updated>' +
        '<author><name>Eva Ek</name><email>eva@kommun.example</email></author><category term="s" label="Skola"/>' +
        '<content type="html">&lt;p&gt;Torsdag den 26 mars 2015&lt;/p&gt;&lt;p&gt;Hej&lt;/p&gt;</content>',
    );
    expect(entry).to.deep.equal({
      id: 'urn:1',
      title: 'Möten',
      link: 'https://dagbok.example/feed/1',
      date: new Date('2015-03-26T15:00:00Z'),
      day: '2015-03-26',
      summary: 'Hej',
      author: 'Eva Ek',
      categories: ['Skola'],
      image: 'https://dagbok.example/feed/1.png',
    });
  });

  for (const [what, title, expected] of [
    ['type="text" as plain text', '<title type="text">AT&amp;amp;T</title>', 'AT&amp;T'],
    ['type="html" as its text', '<title type="html">AT&amp;amp;T &lt;b&gt;nu&lt;/b&gt;</title>', 'AT&T nu'],
    [
      'type="xhtml" as its text',
      '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Om <b>5 &lt; 8</b></div></title>',
      'Om 5 < 8',
    ],
    ['Base64 as its content', '<title mode="base64">TcO2dGVu</title>', 'Möten'],
  ] as const) {
    it(`reads ${what}`, () => {
      expect(readEntry(title)?.title).to.equal(expected);
    });
  }

  it('uses the author of the feed for an entry without one', () => {
    const feed = read(
      '<author><name>Eva Ek</name></author><entry/><entry><author><name>Dag Ås</name></author></entry>',
    );
    expect(feed.entries.map(({ author }) => author)).to.deep.equal(['Eva Ek', 'Dag Ås']);
  });

  it('uses the summary if there is no content', () => {
    expect(readEntry('<content/><summary>Kort</summary>')?.summary).to.equal('Kort');
  });

  it('is read with a prefix, as version 0.3, and without a namespace', () => {
    const title = (feed: Feed): string | undefined => feed.entries[0]?.title;
    expect(title(read('<entry><title>Hej</title></entry>', 'xmlns="http://purl.org/atom/ns#" version="0.3"'))).to.equal(
      'Hej',
    );
    expect(title(read('<entry><title>Hej</title></entry>', ''))).to.equal('Hej');
    const source = '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>Hej</a:title></a:entry></a:feed>';
    expect(title(readFeed(new TextEncoder().encode(source), { url: 'https://dagbok.example/' }))).to.equal('Hej');
  });
});
