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

/** Makes an `it` of each row: what an item holds, and what one field of its entry is then. */
function itReads<K extends keyof Entry>(field: K, rows: [content: string, expected: Entry[K] | undefined][]): void {
  for (const [content, expected] of rows) {
    it(`is ${expected === undefined ? 'absent' : JSON.stringify(expected)} for ${content}`, () => {
      const entry = readItem(content);
      expect(entry[field]).to.deep.equal(expected);
      expect(field in entry).to.equal(expected !== undefined);
    });
  }
}

describe('an entry', () => {
  it('has nothing but categories where the feed says nothing', () => {
    expect(readItem('')).to.deep.equal({ categories: [] });
    expect(
      readItem('<title/><link></link><guid> </guid><pubDate/><description><![CDATA[]]></description><author/>'),
    ).to.deep.equal({
      categories: [],
    });
  });

  it('has every field that the feed gives', () => {
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
      ['<title>\n  Möten\n  i mars </title>', 'Möten i mars'],
      ['<title>Hus &amp; hem</title>', 'Hus & hem'],
      ['<title>AT&T</title>', 'AT&T'],
      ['<title>Kommunfullm&auml;ktige</title>', 'Kommunfullmäktige'],
      ['<title>Kommunfullm&amp;auml;ktige</title>', 'Kommunfullmäktige'],
      ['<title><![CDATA[Hus & hem]]></title>', 'Hus & hem'],
      ['<title><![CDATA[Hus &amp; hem]]></title>', 'Hus & hem'],
      ['<title><![CDATA[<b>Möten</b>]]></title>', 'Möten'],
      ['<title><![CDATA[Taggen &amp;lt;b&amp;gt;]]></title>', 'Taggen &lt;b&gt;'],
      ['<title>&lt;b&gt;Möten&lt;/b&gt;</title>', 'Möten'],
      ['<title>Ett <b>stort</b> möte</title>', 'Ett stort möte'],
      ['<title>5 &lt; 8</title>', '5 < 8'],
      ['<title>5 < 8</title>', '5 < 8'],
      ['<title>007</title>', '007'],
      ['<title>1e3</title>', '1e3'],
      ['<title>true</title>', 'true'],
      ['<title> <![CDATA[Ett]]> och <![CDATA[två]]> </title>', 'Ett och två'],
      ['<dc:title>Möten</dc:title>', 'Möten'],
      ['<media:title>Bilden</media:title><title>Möten</title>', 'Möten'],
      ['<title></title><dc:title>Möten</dc:title>', 'Möten'],
      ['<title></title><title>Möten</title>', 'Möten'],
      ['<title>Ett</title><title>Två</title>', 'Ett'],
      ['<media:title>Bilden</media:title>', 'Bilden'],
      ['<x:title xmlns:x="urn:other">Något annat</x:title>', undefined],
      ['<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>', undefined],
      ['<title>&nbsp;</title>', undefined],
    ]);
  });

  describe('link', () => {
    itReads('link', [
      ['<link>https://kommun.example/1</link>', 'https://kommun.example/1'],
      ['<link>\n https://kommun.example/1\n</link>', 'https://kommun.example/1'],
      ['<link><![CDATA[https://kommun.example/?a=1&b=2]]></link>', 'https://kommun.example/?a=1&b=2'],
      ['<link>https://kommun.example/?a=1&amp;b=2</link>', 'https://kommun.example/?a=1&b=2'],
      ['<link>https://kommun.example/?a=1&copy=2</link>', 'https://kommun.example/?a=1&copy=2'],
      ['<link>/1</link>', 'https://dagbok.example/1'],
      ['<link>1.html</link>', 'https://dagbok.example/floden/1.html'],
      ['<link>//kommun.example/1</link>', 'https://kommun.example/1'],
      ['<link>javascript:alert(1)</link>', undefined],
      ['<link>data:text/html,x</link>', undefined],
      ['<link>mailto:info@kommun.example</link>', undefined],
      ['<link>https://user:secret@kommun.example/</link>', undefined],
      ['<link></link><link>https://kommun.example/2</link>', 'https://kommun.example/2'],
      ['<link>javascript:alert(1)</link><guid>https://kommun.example/2</guid>', 'https://kommun.example/2'],
      ['<link>/1</link><guid>https://kommun.example/2</guid>', 'https://dagbok.example/1'],
      ['<link href="/1"/>', 'https://dagbok.example/1'],
      ['<atom:link href="/1"/>', 'https://dagbok.example/1'],
      ['<atom:link rel="alternate" href="/1"/>', 'https://dagbok.example/1'],
      ['<atom:link rel="self" href="/rss"/><atom:link rel="alternate" href="/1"/>', 'https://dagbok.example/1'],
      ['<atom:link rel="enclosure" href="/1.mp3"/>', 'https://dagbok.example/1.mp3'],
      ['<atom:link href="/2"/><link>/1</link>', 'https://dagbok.example/1'],
      ['<guid>https://kommun.example/1</guid>', 'https://kommun.example/1'],
      ['<guid isPermaLink="true">https://kommun.example/1</guid>', 'https://kommun.example/1'],
      ['<guid isPermaLink="false">https://kommun.example/1</guid>', undefined],
      ['<guid isPermaLink="False">https://kommun.example/1</guid>', undefined],
      ['<guid>1234</guid>', undefined],
      ['<guid>javascript:alert(1)</guid>', undefined],
    ]);
  });

  describe('id', () => {
    itReads('id', [
      ['<guid>https://kommun.example/1</guid>', 'https://kommun.example/1'],
      ['<guid isPermaLink="false">tag:kommun.example,2015:1</guid>', 'tag:kommun.example,2015:1'],
      ['<guid>1234</guid>', '1234'],
      ['<atom:id>urn:1</atom:id>', 'urn:1'],
      ['<dc:identifier>urn:2</dc:identifier>', 'urn:2'],
      ['<dc:identifier>urn:2</dc:identifier><guid>urn:1</guid>', 'urn:1'],
      ['<link>https://kommun.example/1</link>', undefined],
    ]);
  });

  describe('date', () => {
    const date = new Date('2015-03-26T15:00:00Z');
    itReads('date', [
      ['<pubDate>Thu, 26 Mar 2015 16:00:00 +0100</pubDate>', date],
      ['<pubDate>\n Thu, 26 Mar 2015 16:00:00 +0100 \n</pubDate>', date],
      ['<pubdate><![CDATA[Thu, 26 Mar 2015 16:00:00 +0100]]></pubdate>', date],
      ['<dc:date>2015-03-26T16:00:00+01:00</dc:date>', date],
      ['<atom:published>2015-03-26T16:00:00+01:00</atom:published>', date],
      ['<atom:updated>2015-03-26T16:00:00+01:00</atom:updated>', date],
      ['<atom:updated>2016-01-01T00:00:00Z</atom:updated><pubDate>26 Mar 2015 15:00 GMT</pubDate>', date],
      ['<dc:date>2016-01-01T00:00:00Z</dc:date><pubDate>26 Mar 2015 15:00 GMT</pubDate>', date],
      ['<pubDate>i går</pubDate><dc:date>2015-03-26T15:00:00Z</dc:date>', date],
      ['<pubDate>31 Feb 2015 15:00 GMT</pubDate>', undefined],
      ['<pubDate>i går</pubDate>', undefined],
    ]);

    it('gives the day too where there is no time', () => {
      expect(readItem('<pubDate>2015-03-26</pubDate>')).to.deep.equal({
        date: new Date('2015-03-26T00:00:00Z'),
        day: '2015-03-26',
        categories: [],
      });
    });

    it("goes for the diary's own date line in day, and for pubDate in date", () => {
      const { day, summary, ...entry } = readItem(
        '<pubDate>Fri, 27 Mar 2015 08:00:00 +0100</pubDate><description><![CDATA[<p>Torsdag den 26 mars 2015</p><p>Text</p>]]></description>',
      );
      expect(entry.date).to.deep.equal(new Date('2015-03-27T07:00:00Z'));
      expect([day, summary]).to.deep.equal(['2015-03-26', 'Text']);
    });

    it('has a day without a date where only the date line tells', () => {
      expect(readItem('<description>Torsdag den 26 mars 2015</description>')).to.deep.equal({
        day: '2015-03-26',
        categories: [],
      });
    });
  });

  describe('summary', () => {
    itReads('summary', [
      ['<description>Text</description>', 'Text'],
      ['<description>&lt;p&gt;Ett&lt;/p&gt;&lt;p&gt;Två&lt;/p&gt;</description>', 'Ett\nTvå'],
      ['<description><![CDATA[<p>Ett</p><p>&nbsp;</p><p>Två</p>]]></description>', 'Ett\nTvå'],
      ['<description><p>Ett</p><p>Hus &amp; hem</p></description>', 'Ett\nHus & hem'],
      ['<description><div><a href="x">Ett</a> och<br/>två</div></description>', 'Ett och\ntvå'],
      ['<description><xhtml:p>Ett</xhtml:p><xhtml:p>5 &lt; 8</xhtml:p></description>', 'Ett\n5 < 8'],
      ['<body xmlns="http://www.w3.org/1999/xhtml"><p>Ett</p><p>Två</p></body>', 'Ett\nTvå'],
      ['<content:encoded><![CDATA[<p>Hela</p>]]></content:encoded><description>Kort</description>', 'Hela'],
      ['<description>Kort</description><content:encoded><![CDATA[<p>Hela</p>]]></content:encoded>', 'Hela'],
      ['<description>Kort</description><content:encoded/>', 'Kort'],
      [
        '<description>Kort</description><content:encoded><![CDATA[<p>&nbsp;</p><img src="x">]]></content:encoded>',
        'Kort',
      ],
      ['<dc:description>Text</dc:description>', 'Text'],
      ['<itunes:summary>Text</itunes:summary>', 'Text'],
      ['<itunes:subtitle>Kort</itunes:subtitle><itunes:summary>Text</itunes:summary>', 'Text'],
      ['<media:description>Bild</media:description><description>Text</description>', 'Text'],
      ['<description>Ett.\n\nTvå.</description>', 'Ett.\nTvå.'],
      ['<description>&lt;script&gt;alert(1)&lt;/script&gt;</description>', undefined],
      ['<description>&amp;lt;b&amp;gt;</description>', '<b>'],
      ['<description><![CDATA[]]]]><![CDATA[>]]></description>', ']]>'],
    ]);
  });

  describe('author', () => {
    itReads('author', [
      ['<author>eva@kommun.example (Eva Ek)</author>', 'Eva Ek'],
      ['<author>Eva Ek &lt;eva@kommun.example&gt;</author>', 'Eva Ek'],
      ['<author>Eva Ek (eva@kommun.example)</author>', 'Eva Ek'],
      ['<author>Eva Ek</author>', 'Eva Ek'],
      ['<author>Eva Ek</author><author>Dag Ås</author>', 'Eva Ek, Dag Ås'],
      ['<author>Eva Ek (kommunchef)</author>', 'Eva Ek (kommunchef)'],
      ['<author>eva@kommun.example</author>', 'eva@kommun.example'],
      ['<author><name>Eva Ek</name><email>eva@kommun.example</email></author>', 'Eva Ek'],
      ['<atom:author><atom:email>eva@kommun.example</atom:email><atom:name>Eva Ek</atom:name></atom:author>', 'Eva Ek'],
      ['<dc:creator><![CDATA[Eva Ek]]></dc:creator>', 'Eva Ek'],
      ['<author>Eva Ek</author><dc:creator>Dagny</dc:creator>', 'Dagny'],
      ['<author></author><dc:creator>Dagny</dc:creator>', 'Dagny'],
      ['<itunes:author>Kommunen</itunes:author>', 'Kommunen'],
      ['<author>&lt;b&gt;Eva&lt;/b&gt; Ek</author>', 'Eva Ek'],
    ]);
  });

  it('has a hostile author read in one go', () => {
    for (const name of ['(@'.repeat(20_000), '@'.repeat(40_000)]) {
      expect(readItem(`<author>${name}</author>`).author === name).to.equal(true);
    }
  });

  describe('categories', () => {
    itReads('categories', [
      ['<category>Allmänt</category><category>Möten</category>', ['Allmänt', 'Möten']],
      ['<category>Allmänt</category><category>Allmänt</category>', ['Allmänt']],
      [
        '<category>Allmänt</category><dc:subject>Allmänt</dc:subject><dc:subject>Skola</dc:subject>',
        ['Allmänt', 'Skola'],
      ],
      ['<category> Allmänt\n</category><category/><category> </category>', ['Allmänt']],
      ['<category><![CDATA[Hus & hem]]></category><category>Hus &amp; hem</category>', ['Hus & hem']],
      ['<category domain="https://kommun.example/">Bygg, plan</category>', ['Bygg, plan']],
      ['<atom:category term="skola" label="Skola och förskola"/>', ['Skola och förskola']],
      ['<atom:category term="skola"/>', ['skola']],
      ['<itunes:category text="Samhälle"><itunes:category text="Kommun"/></itunes:category>', ['Samhälle', 'Kommun']],
      ['<itunes:keywords>skola, vård,, skola</itunes:keywords>', ['skola', 'vård']],
      ['<title>Möten</title>', []],
    ]);
  });

  describe('image', () => {
    itReads('image', [
      ['<media:thumbnail url="/liten.jpg"/>', 'https://dagbok.example/liten.jpg'],
      ['<media:content url="/stor.jpg" medium="image"/>', 'https://dagbok.example/stor.jpg'],
      ['<media:content url="/stor.jpg" type="image/jpeg"/>', 'https://dagbok.example/stor.jpg'],
      ['<media:content url="/stor.jpg" type="IMAGE/JPEG"/>', 'https://dagbok.example/stor.jpg'],
      ['<media:group><media:content url="/c.jpg" medium="image"/></media:group>', 'https://dagbok.example/c.jpg'],
      [
        '<media:content url="/film.mp4" type="video/mp4"><media:thumbnail url="/liten.jpg"/></media:content>',
        'https://dagbok.example/liten.jpg',
      ],
      ['<media:content url="/film.mp4" type="video/mp4"/>', undefined],
      [
        '<media:content url="/stor.jpg" medium="image"/><media:thumbnail url="/liten.jpg"/>',
        'https://dagbok.example/liten.jpg',
      ],
      ['<enclosure url="/1.jpg" type="image/jpeg" length="1"/>', 'https://dagbok.example/1.jpg'],
      ['<enclosure url="/1.mp3" type="audio/mpeg" length="1"/>', undefined],
      ['<media:content url="/stor.jpg" width="140"/>', 'https://dagbok.example/stor.jpg'],
      ['<media:content url="/bild?nr=1" type=""/>', 'https://dagbok.example/bild?nr=1'],
      ['<media:content url="/bild.ashx?nr=1"/>', 'https://dagbok.example/bild.ashx?nr=1'],
      ['<media:content url="/foto.bmp"/>', 'https://dagbok.example/foto.bmp'],
      ['<media:content url="/film.mp4"/>', undefined],
      ['<enclosure url="/1.PNG?stor=1"/>', 'https://dagbok.example/1.PNG?stor=1'],
      ['<enclosure url="/1.jpg" type="audio/mpeg"/>', undefined],
      ['<enclosure url="/hamta?nr=1"/>', undefined],
      [
        '<enclosure url="/1.mp3" type="audio/mpeg"/><enclosure url="/1.png" type="image/png"/>',
        'https://dagbok.example/1.png',
      ],
      ['<itunes:image href="https://kommun.example/1.jpg"/>', 'https://kommun.example/1.jpg'],
      ['<enclosure url="/?a=1&amp;b=2" type="image/png"/>', 'https://dagbok.example/?a=1&b=2'],
      ['<media:thumbnail url="javascript:alert(1)"/>', undefined],
      ['<media:thumbnail url="data:image/svg+xml,x"/>', undefined],
      ['<media:thumbnail url="javascript:alert(1)"/><itunes:image href="/1.jpg"/>', 'https://dagbok.example/1.jpg'],
      ['<description>&lt;img src="/spion.gif"&gt;Text</description>', undefined],
    ]);
  });

  describe('link of an entry with an enclosed file only', () => {
    itReads('link', [
      ['<enclosure url="/1.mp3" type="audio/mpeg"/>', 'https://dagbok.example/1.mp3'],
      ['<enclosure url="/1.mp3"/>', 'https://dagbok.example/1.mp3'],
      ['<enclosure url="/hamta?nr=1" type=" "/>', 'https://dagbok.example/hamta?nr=1'],
      ['<enclosure url="/1.jpg"/><enclosure url="/1.pdf"/>', 'https://dagbok.example/1.pdf'],
      ['<media:content url="/film.mp4"/>', 'https://dagbok.example/film.mp4'],
      ['<media:content url="/bild"/>', undefined],
      ['<atom:link rel="enclosure" href="/1.mp3"/>', 'https://dagbok.example/1.mp3'],
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

  it('has nothing but entries where its channel says nothing', () => {
    expect(readChannel('')).to.deep.equal({ entries: [] });
    expect(read('<rss/>')).to.deep.equal({ entries: [] });
  });

  it('does not take the title and the link of its picture for its own', () => {
    const image = '<image><title>Vapnet</title><url>/vapen.gif</url><link>https://kommun.example/</link></image>';
    expect(readChannel(image)).to.deep.equal({ entries: [] });
    expect(readChannel(`${image}<title>Dagboken</title>`).title).to.equal('Dagboken');
  });

  it('does not take its own address for that of its site', () => {
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
    [' sv-se\n', 'sv-se'],
    ['smj', 'smj'],
    ['', undefined],
    ['på svenska', undefined],
    ['sv; q=1', undefined],
    ['x"><script>', undefined],
  ];
  for (const [written, language] of languages) {
    it(`has the language ${language ?? 'undefined'} for ${JSON.stringify(written)}`, () => {
      expect(readChannel(`<language><![CDATA[${written}]]></language>`).language).to.equal(language);
    });
  }

  it('has the language of Dublin Core or of its root where it has no other', () => {
    expect(readChannel('<dc:language>se</dc:language>').language).to.equal('se');
    expect(readChannel('', 'xml:lang="se"').language).to.equal('se');
    expect(
      readChannel('<language>sv</language><dc:language>se</dc:language>', `${NAMESPACES} xml:lang="fi"`).language,
    ).to.equal('sv');
  });
});

describe('namespaces', () => {
  const dublinCore = 'http://purl.org/dc/elements/1.1/';

  it('go by their address, whatever the prefix is', () => {
    expect(readItem(`<x:creator xmlns:x="${dublinCore}">Eva Ek</x:creator>`, '').author).to.equal('Eva Ek');
    expect(readItem('<x:creator>Eva Ek</x:creator>', `xmlns:x="${dublinCore}"`).author).to.equal('Eva Ek');
    expect(readItem(`<creator xmlns="${dublinCore}">Eva Ek</creator>`, '').author).to.equal('Eva Ek');
  });

  it('make nothing of a prefix that a feed gives another meaning', () => {
    expect(readItem('<dc:creator>Eva Ek</dc:creator>', 'xmlns:dc="urn:something-else"').author).to.equal(undefined);
    expect(readItem('<atom:title>Eva Ek</atom:title>', `xmlns:atom="${dublinCore}"`).title).to.equal('Eva Ek');
  });

  it('end with the element that declares them', () => {
    expect(readItem('<a xmlns:dc="urn:something-else"/><dc:creator>Eva Ek</dc:creator>', '').author).to.equal('Eva Ek');
  });

  it('are those of custom where a prefix is not declared', () => {
    expect(readItem('<dc:creator>Eva Ek</dc:creator>', '').author).to.equal('Eva Ek');
    expect(readItem('<content:encoded>Text</content:encoded>', '').summary).to.equal('Text');
  });

  it('may be written with https, another case and without a final slash', () => {
    for (const address of [
      'https://purl.org/dc/elements/1.1/',
      'http://purl.org/dc/elements/1.1',
      'HTTP://PURL.ORG/DC/Elements/1.1/#',
    ]) {
      expect(readItem('<x:creator>Eva Ek</x:creator>', `xmlns:x="${address}"`).author, address).to.equal('Eva Ek');
    }
  });

  it('may be those of RSS itself, or a mistyped one', () => {
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
  it('goes by its namespace, not by its prefix', () => {
    const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
    const source = `<r:RDF xmlns:r="${rdf}" xmlns="http://purl.org/rss/1.0/"><item r:about="urn:1"/></r:RDF>`;
    expect(readFeed(new TextEncoder().encode(source), { url: 'https://dagbok.example/' }).entries[0]?.id).to.equal(
      'urn:1',
    );
  });

  it('says nothing where it has no value', () => {
    const source = '<rdf:RDF xmlns="http://purl.org/rss/1.0/"><item rdf:about><title>T</title></item></rdf:RDF>';
    expect(
      readFeed(new TextEncoder().encode(source), { url: 'https://dagbok.example/' }).entries[0],
    ).to.not.have.property('id');
  });

  it('is read in one go, however long the address of its namespace', () => {
    const source = `<rss><channel><title>T</title>${`<x xmlns:a="${'/'.repeat(60_000)}x"/>`.repeat(100)}</channel></rss>`;
    expect(readFeed(new TextEncoder().encode(source), { url: 'https://dagbok.example/' }).title).to.equal('T');
  });

  it('is found under a thousand declarations, in one go', () => {
    const declarations = Array.from({ length: 1000 }, (_, index) => `xmlns:p${index}="x"`).join(' ');
    const source = `<rss ${declarations}><channel><title>T</title>${'<x xmlns:a=""></x>'.repeat(10_000)}</channel></rss>`;
    expect(readFeed(new TextEncoder().encode(source), { url: 'https://dagbok.example/' }).title).to.equal('T');
  });
});

describe('xml:base', () => {
  it('is where relative addresses start, level by level', () => {
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

  it('counts only as an address of the web', () => {
    expect(readItem('<link>mars</link>', 'xml:base="javascript:alert(1)"').link).to.equal(
      'https://dagbok.example/floden/mars',
    );
    expect(readItem('<link>mars</link>', 'xml:base="file:///etc/"').link).to.equal(
      'https://dagbok.example/floden/mars',
    );
  });
});

describe('the forebears of RSS 2.0', () => {
  it('RSS 0.91 has its items in the channel', () => {
    expect(
      read(
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">' +
          '<rss version="0.91"><channel><title>Dagboken</title><item><title>Möten</title><link>/1</link></item></channel></rss>',
      ),
    ).to.deep.equal({
      title: 'Dagboken',
      entries: [{ title: 'Möten', link: 'https://dagbok.example/1', categories: [] }],
    });
  });

  it('RSS 1.0 has its items beside the channel', () => {
    expect(
      read(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">' +
          '<channel rdf:about="https://dagbok.example/"><title>Dagboken</title><items><rdf:Seq><rdf:li resource="x"/></rdf:Seq></items></channel>' +
          '<item rdf:about="urn:1"><title>Ett</title></item><item rdf:about="urn:2"><title>Två</title></item></rdf:RDF>',
      ),
    ).to.deep.equal({
      title: 'Dagboken',
      entries: [
        { id: 'urn:1', title: 'Ett', categories: [] },
        { id: 'urn:2', title: 'Två', categories: [] },
      ],
    });
  });

  it('RSS 1.0 may have a prefix of its own', () => {
    const { title, entries } = read(
      '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:q="http://purl.org/rss/1.0/">' +
        '<q:channel><q:title>Dagboken</q:title></q:channel><q:item><q:title>Ett</q:title></q:item></r:RDF>',
    );
    expect(title).to.equal('Dagboken');
    expect(entries.map((entry) => entry.title)).to.deep.equal(['Ett']);
  });

  it('a channel may be all there is', () => {
    expect(read('<channel><title>Dagboken</title><item><title>Ett</title></item></channel>')).to.deep.equal({
      title: 'Dagboken',
      entries: [{ title: 'Ett', categories: [] }],
    });
  });
});

describe('names that mean something to JavaScript', () => {
  const names = [
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '__defineGetter__',
    'then',
    'prototype',
  ];
  for (const name of names) {
    it(`<${name}> is an element like others`, () => {
      expect(
        readItem(`<${name}>x</${name}><title ${name}="y">Möten</title><${name}/><dc:${name}>z</dc:${name}>`),
      ).to.deep.equal({
        title: 'Möten',
        categories: [],
      });
    });
  }

  it('leave no trace on objects', () => {
    readItem(
      '<__proto__ polluted="yes"><polluted>yes</polluted></__proto__><title __proto__="x" xmlns:__proto__="y">z</title>',
    );
    expect('polluted' in {}).to.equal(false);
  });
});

describe('what is an empty feed', () => {
  for (const text of ['<rss/>', '<rss></rss>', '<RSS><channel><title>Dagboken</channel></RSS>']) {
    it(`is ${text}`, () => {
      expect(read(text).entries).to.deep.equal([]);
    });
  }
});

describe('what is not a feed', () => {
  const answers: [what: string, text: string, message: RegExp][] = [
    ['an HTML page', '<!DOCTYPE html><html lang="sv"><title>Dagboken</title></html>', /an HTML page/],
    ['an HTML page without DOCTYPE', '\n<HTML><head></head></HTML>', /an HTML page/],
    ['an XHTML page', '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"></html>', /an HTML page/],
    ['JSON', '{"version":"https://jsonfeed.org/version/1.1","items":[]}', /JSON/],
    ['a list in JSON', ' [{"title":"x"}]', /JSON/],
    ['nothing', '', /The response is empty/],
    ['white space', ' \n\n', /The response is empty/],
    ['a sentence', 'Tjänsten är tillfälligt nere.', /text without markup/],
    ['another kind of XML', '<?xml version="1.0"?><urlset><url/></urlset>', /another kind of XML/],
  ];
  for (const [what, text, message] of answers) {
    it(`is told as ${what}`, () => {
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
