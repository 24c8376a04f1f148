import { expect } from 'chai';
import { MAX_DEPTH, MAX_TAG_LENGTH } from '../../src/feed/limits.js';
import { isElement, type Element, type Text } from '../../src/feed/element.js';
import { extractEntry, extractFeed } from '../../src/feed/markup.js';

const FEED = '<rss version="2.0"><channel><title>Dagboken</title><item><title>Möten</title></item></channel></rss>';

/** The feed that arrives in pieces of so many characters, as markup again: of each element its entries are the last. */
function extract(source: string, length = Infinity): string | undefined {
  const input = { text: '', beginning: '', isWhole: false };
  let rest = source;
  const steps = extractFeed(input, 'https://dagbok.example/');
  for (let wanted: number | undefined = 1; ;) {
    while (wanted !== undefined && input.text.length < wanted && !input.isWhole) {
      input.text += rest.slice(0, length);
      rest = rest.slice(length);
      input.isWhole = rest === '';
    }
    const { done, value } = steps.next();
    if (done) return value && markupOf(value.root);
    wanted = value;
  }
}

function markupOf(node: Element | Text): string {
  if (!isElement(node)) return node.isCdata ? `<![CDATA[${node.source}]]>` : node.source;
  const { name, attributes, children, entries } = node;
  const quote = (value: string): string => (value.includes('"') ? `'${value}'` : `"${value}"`);
  const written = [...attributes].map(([attribute, value]) => ` ${attribute}=${quote(value)}`).join('');
  const elements = entries.map((entry) => entry.element ?? extractEntry(entry.markup, node));
  const inside = [...children, ...elements].map((child) => (child ? markupOf(child) : '?'));
  return `<${name}${written}>${inside.join('')}</${name}>`;
}

/** Levels that stand open at the deepest place of markup in which every element is closed. */
function depthOf(markup: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [tag] of markup.matchAll(/<[^>]*>/g)) {
    if (tag.startsWith('</')) depth--;
    else if (!tag.endsWith('/>')) deepest = Math.max(deepest, ++depth);
  }
  expect(depth, 'open at the end').to.equal(0);
  return deepest;
}

/** Whether the browser's own parser of XML finds nothing amiss. */
function isWellFormed(markup: string): boolean {
  return new DOMParser().parseFromString(markup, 'application/xml').querySelector('parsererror') === null;
}

describe('extractFeed', () => {
  it('gives a feed as it is', () => {
    expect(extract(FEED)).to.equal(FEED);
  });

  for (const source of [
    '',
    ' \n',
    'Hej',
    '{"items":[]}',
    '<svg><title>x</title></svg>',
    '<?xml version="1.0"?>',
    '<!-- <rss></rss> -->',
    '<!DOCTYPE html><html><head><title>x</title></head><body></body></html>',
    `<html><body>${FEED}</body></html>`,
    `<!doctype html>\n<HTML lang="sv"><body>${FEED}`,
    '</rss>',
    '<rssfeed></rssfeed>',
    '<',
    '<<<<',
    'rss',
  ]) {
    it(`finds no feed in ${JSON.stringify(source.slice(0, 60))}`, () => {
      expect(extract(source)).to.equal(undefined);
    });
  }

  for (const root of ['rss', 'rdf:RDF', 'RDF', 'feed', 'atom:feed', 'channel', 'RSS']) {
    it(`takes <${root}> for the root of a feed`, () => {
      // without a namespace and a prefix, `feed` is Atom's
      const [name, title] = root === 'feed' ? ['atom:feed', 'atom:title'] : [root.toLowerCase(), 'title'];
      expect(extract(`<${root}><title>x</title></${root}>`)).to.equal(`<${name}><${title}>x</${title}></${name}>`);
    });
  }

  describe('before and after the feed', () => {
    for (const before of [
      '\ufeff',
      '\n\n  ',
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<?xml-stylesheet href="x>y.xsl"?>',
      'Notice: Undefined index: page in /var/www/feed.php on line 3\n',
      '<br />\n<b>Notice</b>:  Undefined variable: x in <b>/var/www/feed.php</b> on line <b>3</b><br />\n',
      'Deprecated: a < b && c\n',
      '<!-- <rss><channel> -->',
      '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "https://rss.example/rss-0.91.dtd">',
      '</channel>',
      '<',
    ]) {
      it(`skips ${JSON.stringify(before.slice(0, 60))} before it`, () => {
        expect(extract(before + FEED)).to.equal(FEED);
      });
    }

    for (const after of [
      ' \n',
      '<!-- made in 0.1 s -->',
      '<script>x()</script>',
      '</rss>',
      '<b>Warning</b>',
      '<',
      '\u0000',
      FEED,
    ]) {
      it(`skips ${JSON.stringify(after.slice(0, 30))} after it`, () => {
        expect(extract(FEED + after)).to.equal(FEED);
      });
    }

    it('takes the first of two documents', () => {
      const second = FEED.replace('Dagboken', 'En annan');
      expect(extract(`${FEED}\n<?xml version="1.0"?>${second}`)).to.equal(FEED);
    });
  });

  describe('DOCTYPE', () => {
    it('is dropped with its internal subset, so that no entity is declared', () => {
      const subset = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"> <!ELEMENT rss (channel)> ]>';
      expect(extract(subset + FEED)).to.equal(FEED);
      expect(
        extract(`<!DOCTYPE rss SYSTEM "x.dtd" [\n<!ENTITY % c SYSTEM "file:///etc/passwd">\n%c;\n] >\n${FEED}`),
      ).to.equal(FEED);
    });

    it('is dropped within the feed too', () => {
      expect(extract('<rss><!DOCTYPE x [<!ENTITY y "z">]><channel>&y;</channel></rss>')).to.equal(
        '<rss><channel>&y;</channel></rss>',
      );
    });
  });

  describe('within the feed', () => {
    const cases: [what: string, source: string, expected: string][] = [
      ['drops comments', '<rss><!-- x > <item> --><channel/></rss>', '<rss><channel></channel></rss>'],
      ['drops processing instructions', '<rss><?php x ?><channel/></rss>', '<rss><channel></channel></rss>'],
      ['reads on after a bracket in one', '<rss><?x [ ?><channel>]</channel></rss>', '<rss><channel>]</channel></rss>'],
      [
        'keeps CDATA',
        '<rss><title><![CDATA[<p>]] > & </rss>]]></title></rss>',
        '<rss><title><![CDATA[<p>]] > & </rss>]]></title></rss>',
      ],
      ['makes text of a stray <', '<rss><title>5 < 8</title></rss>', '<rss><title>5 \ufdd0 8</title></rss>'],
      ['makes text of < before a digit', '<rss><title>5<8</title></rss>', '<rss><title>5\ufdd08</title></rss>'],
      ['makes text of < before what is no tag', '<rss>a<b"c">d</rss>', '<rss>a\ufdd0b"c">d</rss>'],
      ['makes text of two <', '<rss><title><<b>x</b></title></rss>', '<rss><title>\ufdd0<b>x</b></title></rss>'],
      [
        'makes text of < at the end of an element',
        '<rss><title>x <</title></rss>',
        '<rss><title>x \ufdd0</title></rss>',
      ],
      [
        'closes what stands open',
        '<rss><channel><title>x</channel></rss>',
        '<rss><channel><title>x</title></channel></rss>',
      ],
      ['drops an end tag without a start', '<rss><title>x</b></title></rss>', '<rss><title>x</title></rss>'],
      ['mends tags that cross', '<rss><b><i>x</b></i></rss>', '<rss><b><i>x</i></b></rss>'],
      [
        'ends an item where the next begins',
        '<rss><item><title>x<item><title>y</title></item></rss>',
        '<rss><item><title>x</title></item><item><title>y</title></item></rss>',
      ],
      [
        'ends an entry where the next begins',
        '<rss><entry>x<entry>y</entry></rss>',
        '<rss><entry>x</entry><entry>y</entry></rss>',
      ],
      [
        'ends a prefixed item where the next begins',
        '<rss><r:item>x<r:item>y</r:item></rss>',
        '<rss><r:item>x</r:item><r:item>y</r:item></rss>',
      ],
      ['writes names in lower case', '<rss><pubDate>x</PUBDATE></RSS>', '<rss><pubdate>x</pubdate></rss>'],
      ['keeps an element without content', '<rss><a/><b /><c x="/"/></rss>', '<rss><a></a><b></b><c x="/"></c></rss>'],
      ['keeps > in a value', '<rss><a b="c > d">e</a></rss>', '<rss><a b="c > d">e</a></rss>'],
      ['keeps values in single quotes', `<rss><a b='"'>c</a></rss>`, `<rss><a b='"'>c</a></rss>`],
      ['reads a tag with line ends', '<rss><a\n b="c"\n>d</a\n></rss>', '<rss><a b="c">d</a></rss>'],
      ['drops the attributes of a tag whose quote is not closed', '<rss><a b="c>d</a></rss>', '<rss><a>d</a></rss>'],
      [
        'drops control characters',
        '<rss><title>a\u0000\u0001\u000b\u001fb\ufffe</title></rss>',
        '<rss><title>ab</title></rss>',
      ],
      ['keeps tab and line end', '<rss><title>a\tb\r\n</title></rss>', '<rss><title>a\tb\r\n</title></rss>'],
      ['drops control characters in CDATA', '<rss><![CDATA[a\u0008b]]></rss>', '<rss><![CDATA[ab]]></rss>'],
      ['keeps names in other letters', '<rss><möte>x</möte></rss>', '<rss><möte>x</möte></rss>'],
      ['keeps references as they are', '<rss>&amp;&auml;&nope;&</rss>', '<rss>&amp;&auml;&nope;&</rss>'],
      ['takes a root without content', '<rss version="2.0"/>', '<rss version="2.0"></rss>'],
    ];
    for (const [what, source, expected] of cases) {
      it(what, () => {
        expect(extract(source)).to.equal(expected);
      });
    }

    it('loses the attributes of a tag that is too long, not its content', () => {
      const long = `<rss><a b="${'c'.repeat(MAX_TAG_LENGTH)}">d</a></rss>`;
      expect(extract(long)).to.equal('<rss><a>d</a></rss>');
    });
  });

  describe('a feed that was cut off', () => {
    const whole = '<rss><channel><title>Dagboken</title><item><title>Ett</title></item>';
    const end = '</channel></rss>';
    const cut = [
      '',
      '<item>',
      '<item><title>Två</title>',
      '<item><title>Två',
      '<item><title>Två</title><description>Hal',
      '<item><title>Två</title></ite',
      '<item><title>Två</title></',
      '<item><title>Två</title><',
      '<item><title>Två</title><enclosure url="https://kom',
      '<item><title>Två</title><description><![CDATA[<p>Hal',
      '<item><title>Två</title><description><![CDATA[<p>Hal]]',
      '<item><title>Två</title><!-- kom',
      '<item><title>Två</title><![CDA',
      '<item><title>Två</title><description>&lt;p&gt;Hal&l',
      '<it',
      '<',
      '</chan',
      '<!-- ',
    ];
    for (const rest of cut) {
      it(`keeps the entries that are whole where it ends in ${JSON.stringify(rest)}`, () => {
        const markup = extract(whole + rest) ?? '';
        expect(markup).to.match(/^<rss><channel><title>Dagboken<\/title>.*<item><title>Ett<\/title><\/item>/);
        expect(markup.match(/<item>/g)).to.have.lengthOf(1);
        expect(markup).not.to.contain('Två');
        expect(isWellFormed(markup)).to.equal(true);
      });
    }

    it('keeps the last entry where only the end tags of channel and root are missing', () => {
      expect(extract(whole)).to.equal(whole + end);
    });

    it('is a feed even if no entry is whole', () => {
      expect(extract('<rss><channel><title>Dagboken</title><item><title>Ett')).to.equal(
        '<rss><channel><title>Dagboken</title></channel></rss>',
      );
      expect(extract('<rss version="2.0">')).to.equal('<rss version="2.0"></rss>');
    });
  });

  describe('tags that are not as they should be', () => {
    it('have a `<` in a value where no `>` is, and one of both where the value is closed', () => {
      for (const tag of ['<a b="x<y">', '<a b="x>y">', '<a b=\'"\' c="x<\'y">']) {
        expect(extract(`<rss>${tag}</a><item></item></rss>`)).to.equal(`<rss>${tag}</a><item></item></rss>`);
      }
      expect(extract("<rss><a b='x<y'/></rss>")).to.equal('<rss><a b="x<y"></a></rss>');
    });

    for (const tag of [
      '<a b=c>',
      '<a b>',
      '<a b=>',
      '<a ="c">',
      '<a b="c"d="e">',
      '<a b="c" b="d">',
      '<a b="c>',
      "<a b='c>",
      '<a "b">',
      '<a b = c d>',
      '<a b="<">',
      '<a b="&">',
      '<a:b:c d="e">',
      '<a <b="c">',
    ]) {
      it(`keeps what stands around ${tag}`, () => {
        const markup = extract(`<rss><channel><title>Ett</title>${tag}<item><title>Två</title></item></channel></rss>`);
        expect(markup).to.match(
          /^<rss><channel><title>Ett<\/title>.*<item><title>Två<\/title><\/item>.*<\/channel><\/rss>$/,
        );
      });
    }
  });

  describe('what once took seconds', () => {
    for (const [what, source] of [
      ['declarations', `<rss>${'<!a>'.repeat(500_000)}`],
      ['quotes that are never closed', `<rss>${'<a "'.repeat(300_000)}`],
      ['a tag that is all quotes', `<rss><a ${'""'.repeat(500_000)}`],
    ] as const) {
      it(`is read in one go: ${what}`, () => {
        expect(extract(source)?.startsWith('<rss>')).to.equal(true);
      });
    }
  });

  describe('hostile input', () => {
    it('nests no deeper than the limit, whatever the feed does', () => {
      const deep = extract(`<rss>${'<a>'.repeat(100_000)}text${'</a>'.repeat(100_000)}<b>x</b></rss>`) ?? '';
      expect(depthOf(deep)).to.equal(MAX_DEPTH);
      expect(deep).to.contain('text');
      expect(isWellFormed(deep)).to.equal(true);
    });

    it('nests no deeper than the limit where nothing is closed', () => {
      const deep = extract(`<rss>${'<a>'.repeat(100_000)}text`) ?? '';
      expect(depthOf(deep)).to.equal(MAX_DEPTH);
      expect(deep).to.contain('text');
    });

    for (const part of [
      '<',
      '</',
      '</a>',
      '<?x>',
      '<!--',
      '<![CDATA[',
      '<a ',
      '<a b=',
      '<a/>',
      '<item>',
      '</item>',
      ']]>',
      '&',
      '\u0000',
      '\n',
    ]) {
      it(`reads ${JSON.stringify(part)} 200,000 times`, () => {
        const markup = extract(`<rss>${part.repeat(200_000)}`) ?? '';
        expect(markup.startsWith('<rss>')).to.equal(true);
        expect(markup.endsWith('</rss>')).to.equal(true);
      });

      it(`finds no feed in ${JSON.stringify(part)} 200,000 times`, () => {
        expect(extract(part.repeat(200_000))).to.equal(undefined);
      });
    }
  });
});
