import { expect } from 'chai';
import { decodeEntities, undoDoubleEncoding } from '../../src/feed/html-entities.js';

/** https://www.w3.org/TR/html401/sgml/entities.html, section by section, in alphabetical order. */
const LATIN_1 =
  'AElig Aacute Acirc Agrave Aring Atilde Auml Ccedil ETH Eacute Ecirc Egrave Euml Iacute Icirc Igrave Iuml Ntilde ' +
  'Oacute Ocirc Ograve Oslash Otilde Ouml THORN Uacute Ucirc Ugrave Uuml Yacute aacute acirc acute aelig agrave aring ' +
  'atilde auml brvbar ccedil cedil cent copy curren deg divide eacute ecirc egrave eth euml frac12 frac14 frac34 ' +
  'iacute icirc iexcl igrave iquest iuml laquo macr micro middot nbsp not ntilde oacute ocirc ograve ordf ordm oslash ' +
  'otilde ouml para plusmn pound raquo reg sect shy sup1 sup2 sup3 szlig thorn times uacute ucirc ugrave uml uuml ' +
  'yacute yen yuml';
const SYMBOLS =
  'Alpha Beta Chi Delta Epsilon Eta Gamma Iota Kappa Lambda Mu Nu Omega Omicron Phi Pi Prime Psi Rho Sigma Tau Theta ' +
  'Upsilon Xi Zeta alefsym alpha and ang asymp beta bull cap chi clubs cong crarr cup dArr darr delta diams empty ' +
  'epsilon equiv eta exist fnof forall frasl gamma ge hArr harr hearts hellip image infin int iota isin kappa lArr ' +
  'lambda lang larr lceil le lfloor lowast loz minus mu nabla ne ni notin nsub nu oline omega omicron oplus or otimes ' +
  'part perp phi pi piv prime prod prop psi rArr radic rang rarr rceil real rfloor rho sdot sigma sigmaf sim spades ' +
  'sub sube sum sup supe tau there4 theta thetasym trade uArr uarr upsih upsilon weierp xi zeta';
const SPECIAL =
  'Dagger OElig Scaron Yuml amp bdquo circ dagger emsp ensp euro gt ldquo lrm lsaquo lsquo lt mdash ndash oelig ' +
  'permil quot rdquo rlm rsaquo rsquo sbquo scaron thinsp tilde zwj zwnj';

const NAMES = [LATIN_1, SYMBOLS, SPECIAL].flatMap((section) => section.split(' '));

/** Angle brackets: U+2329 and U+232A in HTML 4, U+27E8 and U+27E9 in HTML 5. */
const MOVED = ['lang', 'rang'];

function textInBrowser(html: string): string {
  return new DOMParser().parseFromString(`<p>${html}</p>`, 'text/html').body.textContent;
}

describe('decodeEntities', () => {
  it('decodes the 252 names of HTML 4 as the browser does', () => {
    expect(new Set(NAMES).size).to.equal(252);
    for (const name of NAMES.filter((each) => !MOVED.includes(each))) {
      expect(decodeEntities(`&${name};`), name).to.equal(textInBrowser(`&${name};`));
    }
    expect(decodeEntities('&lang;&rang;')).to.equal('\u2329\u232a');
  });

  it('decodes &apos; of XML', () => {
    expect(decodeEntities('&apos;')).to.equal("'");
  });

  const agreeing = [
    '&#228;',
    '&#xe4;',
    '&#331;',
    '&#x1F600;',
    '&#10ffff;',
    '&#228',
    '&#60;b&#62;',
    '&#0;',
    '&#xdfff;',
    '&#1114112;',
    '&#999999999;',
    '&#00000000228;',
    '&#x00000000e4;',
    '&apos;',
    '&#;',
    '&# 228;',
    '&&amp;',
    'AT&T',
    'Hus & hem',
    '&unknown;',
    '&constructor;',
    '&__proto__;',
    '&auml, &ouml. &aring!',
    '&auml&ouml&aring;',
    'åäö áđŋšŧž 😀',
  ];
  for (const text of agreeing) {
    it(`reads ${JSON.stringify(text)} as the browser does`, () => {
      expect(decodeEntities(text)).to.equal(textInBrowser(text));
    });
  }

  it('decodes the numbers 128 to 159 as windows-1252', () => {
    for (let code = 128; code < 160; code++) {
      expect(decodeEntities(`&#${code};`), String(code)).to.equal(textInBrowser(`&#${code};`));
      expect(decodeEntities(`&#x${code.toString(16)};`), String(code)).to.equal(textInBrowser(`&#${code};`));
    }
    expect(decodeEntities('&#147;Dagbok&#148; &#150; 5 &#128;')).to.equal('“Dagbok” – 5 €');
  });

  it('keeps a number without digits', () => {
    // Chromium returns U+FFFD for `&#x;`, against the HTML standard
    expect(decodeEntities('&#; &#x; &#xg;')).to.equal('&#; &#x; &#xg;');
  });

  it('decodes once', () => {
    expect(decodeEntities('&amp;lt;script&amp;gt;')).to.equal('&lt;script&gt;');
    expect(decodeEntities('&#38;#60;')).to.equal('&#60;');
    expect(decodeEntities('&amp;amp;')).to.equal('&amp;');
  });

  it('keeps the query of a URL', () => {
    const address = 'https://kommun.example/?a=1&copy=2&reg=3&sect=4&lt=5&para7=8';
    expect(decodeEntities(address)).to.equal(address);
    expect(decodeEntities('?a=1&amp;copy=2')).to.equal('?a=1&copy=2');
  });

  it('keeps a word that begins with a name', () => {
    expect(decodeEntities('&notera &ampere &copyright &nbsp1')).to.equal('&notera &ampere &copyright &nbsp1');
  });

  it('requires the semicolon after names outside Latin-1', () => {
    expect(decodeEntities('&alpha &rarr &Scaron')).to.equal('&alpha &rarr &Scaron');
  });

  for (const part of ['&', '&#', '&a', '&amp;']) {
    it(`reads ${part} 200,000 times in linear time`, () => {
      expect(decodeEntities(`${part.repeat(200_000)} &auml;`)).to.match(/ ä$/);
    });
  }
});

describe('undoDoubleEncoding', () => {
  for (const [twice, once] of [
    ['FÃ¶rskola pÃ¥ Ã–n', 'Förskola på Ön'],
    ['â€œMÃ¶tenâ€\u009d â€“ i dag â€¦', '“Möten” – i dag …'],
    ['5Â\u00a0000 kr', '5\u00a0000 kr'],
    ['SÃ¡mi giella, Ä‘, Å‹, Å¡', 'Sámi giella, đ, ŋ, š'],
  ] as const) {
    it(`decodes ${twice} to ${once}`, () => {
      expect(undoDoubleEncoding(twice)).to.equal(once);
    });
  }

  for (const text of ['Förskola på Ön', 'Ã¥ är å, två gånger', 'Spaß´', 'ÃŊ', '']) {
    it(`returns ${JSON.stringify(text)} unchanged`, () => {
      expect(undoDoubleEncoding(text)).to.equal(text);
    });
  }
});
