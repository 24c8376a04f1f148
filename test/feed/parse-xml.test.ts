import { expect } from 'chai';
import { MAX_DEPTH, MAX_TAG_LENGTH, MAX_TAGS } from '../../src/feed/limits.js';
import { createScope } from '../../src/feed/namespaces.js';
import { contentOf, isElement, parseXml, type XmlElement } from '../../src/feed/parse-xml.js';

const PARENT = { name: '', namespaces: createScope(''), base: 'https://dagbok.example/' };

/** Serializes a node. */
function markupOf(node: XmlElement | string): string {
  if (!isElement(node)) return node;
  const attributes = [...node.attributes].map(([name, value]) => ` ${name}="${value}"`).join('');
  return `<${node.name}${attributes}>${node.children.map(markupOf).join('')}</${node.name}>`;
}

function parse(markup: string): string | undefined {
  const element = parseXml(markup, PARENT);
  return element && markupOf(element);
}

describe('parseXml', () => {
  for (const [what, markup, expected] of [
    ['keeps text and elements in order', '<a>b<c>d</c>e</a>', '<a>b<c>d</c>e</a>'],
    ['keeps white space', '<a> b\t<c/>\n</a>', '<a> b\t<c></c>\n</a>'],
    ['keeps numbers as they are written', '<a>007</a>', '<a>007</a>'],
    [
      'decodes text, not CDATA',
      '<a>b &amp; &auml;&nope;& <![CDATA[&amp; ]] >]]> c</a>',
      '<a>b & ä&nope;& &amp; ]] > c</a>',
    ],
    ['decodes attributes', '<a b="&lt;&auml;&#33;"/>', '<a b="<ä!"></a>'],
    ['writes names in lower case', '<pubDate X="y">z</PUBDATE>', '<pubdate x="y">z</pubdate>'],
    ['reads attributes in single quotes', `<a b='c'/>`, '<a b="c"></a>'],
    ['reads > in a value', '<a b="c > d">e</a>', '<a b="c > d">e</a>'],
    ['reads an attribute without a value', '<a b c="d"/>', '<a b="" c="d"></a>'],
    ['drops comments', '<a>b<!-- <c> > -->d</a>', '<a>bd</a>'],
    ['drops an unclosed comment', '<a>b<!-- c', '<a>b</a>'],
    ['drops processing instructions', '<a><?php x ?>b</a>', '<a>b</a>'],
    ['drops control characters', '<a>b\u0000\u0001\u000b\u001fc\ufffe<![CDATA[\u0008]]></a>', '<a>bc</a>'],
    ['reads a stray < as text', '<a>5 < 8, <3</a>', '<a>5 \ufdd0 8, \ufdd03</a>'],
    ['reads an unfinished tag before another one as text', '<a>b <c and <d>e</d></a>', '<a>b \ufdd0c and <d>e</d></a>'],
    ['drops unclosed processing instructions', '<a>b<?<?<c/></a>', '<a>b<c></c></a>'],
    ['reads a declaration as text', '<a><!ENTITY b "c">d</a>', '<a>\ufdd0!ENTITY b "c">d</a>'],
    ['closes unclosed elements', '<a><b>c', '<a><b>c</b></a>'],
    ['drops a tag that is cut off', '<a>b<c d="e', '<a>b</a>'],
    ['drops a CDATA section that is cut off', '<a><b>c</b><d><![CDATA[e', '<a><b>c</b><d></d></a>'],
    [
      'reads elements with reserved names',
      '<constructor><prototype/></constructor>',
      '<constructor><prototype></prototype></constructor>',
    ],
  ] as const) {
    it(what, () => {
      expect(parse(markup)).to.equal(expected);
    });
  }

  for (const markup of ['', 'text', '</a>', '<', '<!-- a -->']) {
    it(`returns undefined for ${JSON.stringify(markup)}`, () => {
      expect(parse(markup)).to.equal(undefined);
    });
  }

  it('resolves xml:base level by level', () => {
    const element = parseXml('<a xml:base="2015/"><b xml:base="/arkiv/"/><c xml:base="javascript:x"/></a>', PARENT);
    expect(element?.children.map((child) => isElement(child) && child.base)).to.deep.equal([
      'https://dagbok.example/arkiv/',
      'https://dagbok.example/2015/',
    ]);
  });

  describe('limits', () => {
    it('drop a tag that is too long, not its content', () => {
      expect(parse(`<a><b c="${'d'.repeat(MAX_TAG_LENGTH)}">e</b></a>`)).to.equal('<a>e</a>');
    });

    it('drop further elements', () => {
      const element = parseXml(`<a><b>c</b>${'<d/>'.repeat(MAX_TAGS + 10)}<e/></a>`, PARENT);
      const names = element?.children.map((child) => isElement(child) && child.name);
      expect(names).to.deep.equal(['b', ...Array<string>(MAX_TAGS - 3).fill('d')]);
    });

    it('drop a part that is nested too deeply', () => {
      const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);
      expect(parse(nested(MAX_DEPTH))).not.to.equal(undefined);
      expect(parse(nested(MAX_DEPTH + 10))).to.equal(undefined);
    });
  });

  for (const part of ['<', '</a>', '<?x>', '<!--', '<![CDATA[', '<a ', '<a "', '<a/>', '<!a>', ']]>', '&', '\u0000']) {
    it(`reads ${JSON.stringify(part)} 300,000 times in linear time`, () => {
      parse(`<rss>${part.repeat(300_000)}`);
      parse(part.repeat(300_000));
    });
  }
});

describe('contentOf', () => {
  const content = (markup: string): string | undefined => {
    const element = parseXml(markup, PARENT);
    return element && contentOf(element);
  };

  it('decodes text, not CDATA', () => {
    expect(content('<a>&lt;b&gt; &auml;<![CDATA[ &auml;]]></a>')).to.equal('<b> ä &auml;');
  });

  it('returns HTML elements as tags, and the content of others', () => {
    expect(content('<a>x <b class="y">&amp;</b> <möte>z</möte></a>')).to.equal('x <b>&</b> z');
  });

  it('returns text in XHTML as HTML, CDATA too', () => {
    const xhtml = '<a xmlns="http://www.w3.org/1999/xhtml"><p>5 &lt; 8<![CDATA[ & 9]]></p></a>';
    expect(content(xhtml)).to.equal('<p>5 &lt; 8 &amp; 9</p>');
  });
});
