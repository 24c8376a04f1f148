import { expect } from 'chai';
import { FeedError, readFeed, type Entry, type Feed } from '../../src/feed.js';
import { bytes } from '../support/feeds.js';

const ADDRESS = 'https://dagbok.example/floden/rss.xml';

const NAMESPACES = Object.entries({
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  media: 'http://search.yahoo.com/mrss/',
  xhtml: 'http://www.w3.org/1999/xhtml',
})
  .map(([prefix, address]) => `xmlns:${prefix}="${address}"`)
  .join(' ');

function read(text: string): Feed {
  return readFeed(bytes(text), { url: ADDRESS });
}

function readChannel(content: string, root = NAMESPACES): Feed {
  return read(`<rss version="2.0" ${root}><channel>${content}</channel></rss>`);
}

function readItem(content: string, root = NAMESPACES): Entry {
  const [entry, ...others] = readChannel(`<item>${content}</item>`, root).entries;
  expect(others).to.deep.equal([]);
  if (!entry) throw new Error('no entry was read');
  return entry;
}

function errorOf(read: () => unknown): FeedError {
  try {
    read();
  } catch (error) {
    if (error instanceof FeedError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Adds a test for each row: content of an item, and a field of its entry. */
function itReads<K extends keyof Entry>(field: K, rows: [content: string, expected: Entry[K] | undefined][]): void {
  for (const [content, expected] of rows) {
    it(`is ${expected === undefined ? 'missing' : JSON.stringify(expected)} for ${content}`, () => {
      const entry = readItem(content);
      expect(entry[field]).to.deep.equal(expected);
      expect(field in entry).to.equal(expected !== undefined);
    });
  }
}

describe('an entry', () => {
  it('has only categories if the feed contains nothing else', () => {
    expect(readItem('')).to.deep.equal({ categories: [] });
    expect(
      readItem('<title/><link></link><guid> </guid><pubDate/><description><![CDATA[]]></description><author/>'),
    ).to.deep.equal({
      categories: [],
    });
  });

  it('has every field of the feed', () => {
    expect(
      readItem(
        '<title>Möten</title><link>https://dagbok.example/1</link><guid isPermaLink="false">urn:1</guid>' +
          '<pubDate>Thu, 26 Mar 2015 16:00:00 +0100</pubDate><description>&lt;p&gt;Torsdag den 26 mars 2015&lt;/p&gt;Text</description>' +
          '<author>eva@kommun.example (Eva Ek)</author><category>Allmänt</category>' +
          '<enclosure url="https://dagbok.example/1.jpg" type="image/jpeg" length="1"/>',
      ),
    ).to.deep.equal({
      id: 'urn:1',
      title: 'Möten',
      link: 'https://dagbok.example/1',
      date: new Date('2015-03-26T15:00:00Z'),
      day: '2015-03-26',
      summary: 'Text',
      author: 'Eva Ek',
      categories: ['Allmänt'],
      image: 'https://dagbok.example/1.jpg',
    });
  });

  describe('title', () => {
    itReads('title', [
      ['<title>Möten</title>', 'Möten'],
      ['<title>Hus &amp; hem</title>', 'Hus & hem'],
      ['<title>Kommunfullm&auml;ktige</title>', 'Kommunfullmäktige'],
      ['<title>Kommunfullm&amp;auml;ktige</title>', 'Kommunfullmäktige'],
      ['<title><![CDATA[Hus &amp; hem]]></title>', 'Hus & hem'],
      ['<title>&lt;b&gt;Möten&lt;/b&gt;</title>', 'Möten'],
      ['<title>Ett <b>stort</b> möte</title>', 'Ett stort möte'],
      ['<title>5 < 8</title>', '5 < 8'],
      ['<title>007</title>', '007'],
      ['<dc:title>Möten</dc:title>', 'Möten'],
      ['<media:title>Bilden</media:title><title>Möten</title>', 'Möten'],
      ['<media:title>Bilden</media:title>', 'Bilden'],
      ['<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>', undefined],
    ]);
  });

  describe('link', () => {
    itReads('link', [
      ['<link>https://kommun.example/1</link>', 'https://kommun.example/1'],
      ['<link><![CDATA[https://kommun.example/?a=1&b=2]]></link>', 'https://kommun.example/?a=1&b=2'],
      ['<link>https://kommun.example/?a=1&copy=2</link>', 'https://kommun.example/?a=1&copy=2'],
      ['<link>/1</link>', 'https://dagbok.example/1'],
      ['<link>javascript:alert(1)</link>', undefined],
      ['<link>https://user:secret@kommun.example/</link>', undefined],
      ['<link></link><link>https://kommun.example/2</link>', 'https://kommun.example/2'],
      ['<link>javascript:alert(1)</link><guid>https://kommun.example/2</guid>', 'https://kommun.example/2'],
      ['<link href="/1"/>', 'https://dagbok.example/1'],
      ['<atom:link rel="self" href="/rss"/><atom:link rel="alternate" href="/1"/>', 'https://dagbok.example/1'],
      ['<atom:link rel="enclosure" href="/1.mp3"/>', 'https://dagbok.example/1.mp3'],
      ['<atom:link href="/2"/><link>/1</link>', 'https://dagbok.example/1'],
      ['<guid>https://kommun.example/1</guid>', 'https://kommun.example/1'],
      ['<guid isPermaLink="false">https://kommun.example/1</guid>', undefined],
      ['<guid>1234</guid>', undefined],
    ]);
  });

  describe('id', () => {
    itReads('id', [
      ['<guid isPermaLink="false">tag:kommun.example,2015:1</guid>', 'tag:kommun.example,2015:1'],
      ['<guid>1234</guid>', '1234'],
      ['<dc:identifier>urn:2</dc:identifier>', 'urn:2'],
      ['<link>https://kommun.example/1</link>', undefined],
    ]);
  });

  describe('date', () => {
    const date = new Date('2015-03-26T15:00:00Z');
    itReads('date', [
      ['<pubDate>Thu, 26 Mar 2015 16:00:00 +0100</pubDate>', date],
      ['<pubdate><![CDATA[Thu, 26 Mar 2015 16:00:00 +0100]]></pubdate>', date],
      ['<atom:published>2015-03-26T16:00:00+01:00</atom:published>', date],
      ['<dc:date>2016-01-01T00:00:00Z</dc:date><pubDate>26 Mar 2015 15:00 GMT</pubDate>', date],
      ['<pubDate>i går</pubDate><dc:date>2015-03-26T15:00:00Z</dc:date>', date],
      ['<pubDate>i går</pubDate>', undefined],
    ]);

    it('sets day, too, if there is no time', () => {
      expect(readItem('<pubDate>2015-03-26</pubDate>')).to.deep.equal({
        date: new Date('2015-03-26T00:00:00Z'),
        day: '2015-03-26',
        categories: [],
      });
    });

    it('has the day of the date line, and the date of pubDate', () => {
      const { day, summary, ...entry } = readItem(
        '<pubDate>Fri, 27 Mar 2015 08:00:00 +0100</pubDate><description><![CDATA[<p>Torsdag den 26 mars 2015</p><p>Text</p>]]></description>',
      );
      expect(entry.date).to.deep.equal(new Date('2015-03-27T07:00:00Z'));
      expect([day, summary]).to.deep.equal(['2015-03-26', 'Text']);
    });

    it('has a day without a date if only the date line contains one', () => {
      expect(readItem('<description>Torsdag den 26 mars 2015</description>')).to.deep.equal({
        day: '2015-03-26',
        categories: [],
      });
    });
  });

  describe('summary', () => {
    itReads('summary', [
      ['<description>Text</description>', 'Text'],
      ['<description><![CDATA[<p>Ett</p><p>&nbsp;</p><p>Två</p>]]></description>', 'Ett\nTvå'],
      ['<description><p>Ett</p><p>Hus &amp; hem</p></description>', 'Ett\nHus & hem'],
      ['<description><xhtml:p>Ett</xhtml:p><xhtml:p>5 &lt; 8</xhtml:p></description>', 'Ett\n5 < 8'],
      ['<body xmlns="http://www.w3.org/1999/xhtml"><p>Ett</p><p>Två</p></body>', 'Ett\nTvå'],
      ['<content:encoded><![CDATA[<p>Hela</p>]]></content:encoded><description>Kort</description>', 'Hela'],
      ['<description>Kort</description><content:encoded/>', 'Kort'],
      [
        '<description>Kort</description><content:encoded><![CDATA[<p>&nbsp;</p><img src="x">]]></content:encoded>',
        'Kort',
      ],
      ['<description>&lt;script&gt;alert(1)&lt;/script&gt;</description>', undefined],
      ['<description><![CDATA[]]]]><![CDATA[>]]></description>', ']]>'],
    ]);
  });

  describe('author', () => {
    itReads('author', [
      ['<author>eva@kommun.example (Eva Ek)</author>', 'Eva Ek'],
      ['<author>Eva Ek &lt;eva@kommun.example&gt;</author>', 'Eva Ek'],
      ['<author>Eva Ek</author><author>Dag Ås</author>', 'Eva Ek, Dag Ås'],
      ['<author>Eva Ek (kommunchef)</author>', 'Eva Ek (kommunchef)'],
      ['<author><name>Eva Ek</name><email>eva@kommun.example</email></author>', 'Eva Ek'],
      ['<dc:creator><![CDATA[Eva Ek]]></dc:creator>', 'Eva Ek'],
      ['<author>Eva Ek</author><dc:creator>Dagny</dc:creator>', 'Dagny'],
      ['<itunes:author>Kommunen</itunes:author>', 'Kommunen'],
    ]);
  });

  describe('categories', () => {
    itReads('categories', [
      ['<category>Allmänt</category><category>Allmänt</category>', ['Allmänt']],
      ['<category> Allmänt\n</category><category/><category> </category>', ['Allmänt']],
      ['<category><![CDATA[Hus & hem]]></category><category>Hus &amp; hem</category>', ['Hus & hem']],
      ['<atom:category term="skola" label="Skola och förskola"/>', ['Skola och förskola']],
      ['<itunes:category text="Samhälle"><itunes:category text="Kommun"/></itunes:category>', ['Samhälle', 'Kommun']],
      ['<itunes:keywords>skola, vård,, skola</itunes:keywords>', ['skola', 'vård']],
      ['<title>Möten</title>', []],
    ]);
  });

  describe('image', () => {
    itReads('image', [
      ['<media:content url="/stor.jpg" medium="image"/>', 'https://dagbok.example/stor.jpg'],
      ['<media:group><media:content url="/c.jpg" medium="image"/></media:group>', 'https://dagbok.example/c.jpg'],
      [
        '<media:content url="/film.mp4" type="video/mp4"><media:thumbnail url="/liten.jpg"/></media:content>',
        'https://dagbok.example/liten.jpg',
      ],
      ['<media:content url="/film.mp4" type="video/mp4"/>', undefined],
      ['<enclosure url="/1.jpg" type="image/jpeg" length="1"/>', 'https://dagbok.example/1.jpg'],
      ['<media:content url="/stor.jpg" width="140"/>', 'https://dagbok.example/stor.jpg'],
      ['<media:content url="/foto.bmp"/>', 'https://dagbok.example/foto.bmp'],
      ['<enclosure url="/1.jpg" type="audio/mpeg"/>', undefined],
      ['<itunes:image href="https://kommun.example/1.jpg"/>', 'https://kommun.example/1.jpg'],
      ['<media:thumbnail url="javascript:alert(1)"/>', undefined],
      ['<media:thumbnail url="javascript:alert(1)"/><itunes:image href="/1.jpg"/>', 'https://dagbok.example/1.jpg'],
      ['<description>&lt;img src="/spion.gif"&gt;Text</description>', undefined],
    ]);
  });

  describe('link of an entry with an enclosure only', () => {
    itReads('link', [
      ['<enclosure url="/1.mp3" type="audio/mpeg"/>', 'https://dagbok.example/1.mp3'],
      ['<enclosure url="/hamta?nr=1" type=" "/>', 'https://dagbok.example/hamta?nr=1'],
      ['<enclosure url="/1.jpg"/><enclosure url="/1.pdf"/>', 'https://dagbok.example/1.pdf'],
      ['<enclosure url="javascript:alert(1)" type="audio/mpeg"/>', undefined],
    ]);
  });
});

describe('a feed', () => {
  it('has title, link and language of its channel', () => {
    expect(readChannel('<title>Kommunchefens dagbok</title><link>/</link><language>sv</language>')).to.deep.equal({
      title: 'Kommunchefens dagbok',
      link: 'https://dagbok.example/',
      language: 'sv',
      entries: [],
    });
  });

  it("ignores title and link of the channel's image", () => {
    const image = '<image><title>Vapnet</title><url>/vapen.gif</url><link>https://kommun.example/</link></image>';
    expect(readChannel(image)).to.deep.equal({ entries: [] });
  });

  it("doesn't use the URL of the feed as link", () => {
    const self = '<atom:link rel="self" href="https://dagbok.example/rss" type="application/rss+xml"/>';
    expect(readChannel(`${self}<link>https://dagbok.example/</link>`).link).to.equal('https://dagbok.example/');
    expect(readChannel(self)).to.deep.equal({ entries: [] });
  });

  it('keeps the order of its entries', () => {
    const { entries } = readChannel(
      '<item><title>1</title></item><title>x</title><item><title>3</title></item><item><title>2</title></item>',
    );
    expect(entries.map(({ title }) => title)).to.deep.equal(['1', '3', '2']);
  });

  const languages: [written: string, language: string | undefined][] = [
    ['sv', 'sv'],
    ['sv-SE', 'sv-SE'],
    ['sv_SE', 'sv-SE'],
    ['', undefined],
    ['på svenska', undefined],
    ['x"><script>', undefined],
  ];
  for (const [written, language] of languages) {
    it(`has the language ${language ?? 'undefined'} for ${JSON.stringify(written)}`, () => {
      expect(readChannel(`<language><![CDATA[${written}]]></language>`).language).to.equal(language);
    });
  }

  it('has the language of Dublin Core or xml:lang if there is no other', () => {
    expect(readChannel('<dc:language>se</dc:language>').language).to.equal('se');
    expect(readChannel('', 'xml:lang="se"').language).to.equal('se');
    expect(
      readChannel('<language>sv</language><dc:language>se</dc:language>', `${NAMESPACES} xml:lang="fi"`).language,
    ).to.equal('sv');
  });
});

describe('namespaces', () => {
  const dublinCore = 'http://purl.org/dc/elements/1.1/';

  it('are identified by URL, not by prefix', () => {
    expect(readItem(`<x:creator xmlns:x="${dublinCore}">Eva Ek</x:creator>`, '').author).to.equal('Eva Ek');
    expect(readItem('<x:creator>Eva Ek</x:creator>', `xmlns:x="${dublinCore}"`).author).to.equal('Eva Ek');
    expect(readItem(`<creator xmlns="${dublinCore}">Eva Ek</creator>`, '').author).to.equal('Eva Ek');
  });

  it('are ignored if they are unknown', () => {
    expect(readItem('<dc:creator>Eva Ek</dc:creator>', 'xmlns:dc="urn:something-else"').author).to.equal(undefined);
    expect(readItem('<atom:title>Eva Ek</atom:title>', `xmlns:atom="${dublinCore}"`).title).to.equal('Eva Ek');
  });

  it('end with the element that declares them', () => {
    expect(readItem('<a xmlns:dc="urn:something-else"/><dc:creator>Eva Ek</dc:creator>', '').author).to.equal('Eva Ek');
  });

  it("have the usual prefixes if these aren't declared", () => {
    expect(readItem('<dc:creator>Eva Ek</dc:creator>', '').author).to.equal('Eva Ek');
    expect(readItem('<content:encoded>Text</content:encoded>', '').summary).to.equal('Text');
  });

  it('can have https, another case and no final slash', () => {
    for (const address of [
      'https://purl.org/dc/elements/1.1/',
      'http://purl.org/dc/elements/1.1',
      'HTTP://PURL.ORG/DC/Elements/1.1/#',
    ]) {
      expect(readItem('<x:creator>Eva Ek</x:creator>', `xmlns:x="${address}"`).author, address).to.equal('Eva Ek');
    }
  });

  it('can be those of RSS, or a wrong one', () => {
    for (const address of [
      'http://backend.userland.com/rss2',
      'http://purl.org/rss/1.0/',
      'http://purl.org/rss/2.0/',
      '',
    ]) {
      expect(readItem('<title>Möten</title>', `xmlns="${address}"`).title, address).to.equal('Möten');
    }
  });
});

describe('an attribute', () => {
  it('is identified by namespace, not by prefix', () => {
    const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
    const source = `<r:RDF xmlns:r="${rdf}" xmlns="http://purl.org/rss/1.0/"><item r:about="urn:1"/></r:RDF>`;
    expect(readFeed(new TextEncoder().encode(source), { url: 'https://dagbok.example/' }).entries[0]?.id).to.equal(
      'urn:1',
    );
  });

  it('is read in linear time with a thousand namespaces', () => {
    const declarations = Array.from({ length: 1000 }, (_, index) => `xmlns:p${index}="x"`).join(' ');
    const source = `<rss ${declarations}><channel><title>T</title>${'<x xmlns:a=""></x>'.repeat(10_000)}</channel></rss>`;
    expect(readFeed(new TextEncoder().encode(source), { url: 'https://dagbok.example/' }).title).to.equal('T');
  });
});

describe('xml:base', () => {
  it('is the base of relative URLs, level by level', () => {
    const { link, entries } = read(
      '<rss xml:base="https://kommun.example/dagbok/"><channel><link>om</link><item xml:base="2015/"><link>mars</link></item>' +
        '<item><link xml:base="/arkiv/">mars</link><enclosure url="bild.jpg" type="image/jpeg"/></item></channel></rss>',
    );
    expect(link).to.equal('https://kommun.example/dagbok/om');
    expect(entries).to.deep.equal([
      { link: 'https://kommun.example/dagbok/2015/mars', categories: [] },
      { link: 'https://kommun.example/arkiv/mars', categories: [], image: 'https://kommun.example/dagbok/bild.jpg' },
    ]);
  });

  it("is ignored if it isn't http: or https:", () => {
    expect(readItem('<link>mars</link>', 'xml:base="javascript:alert(1)"').link).to.equal(
      'https://dagbok.example/floden/mars',
    );
    expect(readItem('<link>mars</link>', 'xml:base="file:///etc/"').link).to.equal(
      'https://dagbok.example/floden/mars',
    );
  });
});

describe('older versions of RSS', () => {
  it('include RSS 1.0 with a prefix', () => {
    const { title, entries } = read(
      '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:q="http://purl.org/rss/1.0/">' +
        '<q:channel><q:title>Dagboken</q:title></q:channel><q:item><q:title>Ett</q:title></q:item></r:RDF>',
    );
    expect(title).to.equal('Dagboken');
    expect(entries.map((entry) => entry.title)).to.deep.equal(['Ett']);
  });

  it('include a channel without a root', () => {
    expect(read('<channel><title>Dagboken</title><item><title>Ett</title></item></channel>')).to.deep.equal({
      title: 'Dagboken',
      entries: [{ title: 'Ett', categories: [] }],
    });
  });
});

describe('reserved names of JavaScript', () => {
  for (const name of ['constructor', '__proto__', 'toString', 'prototype']) {
    it(`are unknown elements: <${name}>`, () => {
      expect(
        readItem(`<${name}>x</${name}><title ${name}="y">Möten</title><${name}/><dc:${name}>z</dc:${name}>`),
      ).to.deep.equal({
        title: 'Möten',
        categories: [],
      });
    });
  }

  it("don't change Object.prototype", () => {
    readItem(
      '<__proto__ polluted="yes"><polluted>yes</polluted></__proto__><title __proto__="x" xmlns:__proto__="y">z</title>',
    );
    expect('polluted' in {}).to.equal(false);
  });
});

describe('a response that is not a feed', () => {
  const rows: [what: string, text: string, message: RegExp][] = [
    ['an HTML page', '<!DOCTYPE html><html lang="sv"><title>Dagboken</title></html>', /an HTML page/],
    ['an empty body', '', /It is empty/],
    ['text', 'Tjänsten är tillfälligt nere.', /text without markup/],
    ['another kind of XML', '<?xml version="1.0"?><urlset><url/></urlset>', /another kind of XML/],
  ];
  for (const [what, text, message] of rows) {
    it(`is reported as ${what}`, () => {
      const error = errorOf(() => read(text));
      expect(error).to.be.instanceOf(FeedError);
      expect(error.code).to.equal('not-a-feed');
      expect(error.status).to.equal(undefined);
      expect(error.message).to.match(message);
      expect(error.message).to.match(
        /^diary-feed: https:\/\/dagbok\.example\/floden\/rss\.xml isn't a feed\. .* See \S+#not-a-feed$/,
      );
    });
  }
});
