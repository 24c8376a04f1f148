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

function asTheBrowserReads(html: string): string {
  return new DOMParser().parseFromString(`<p>${html}</p>`, 'text/html').body.textContent;
}

describe('decodeEntities', () => {
  describe('the names of HTML 4', () => {
    it('are 252', () => {
      expect(new Set(NAMES).size).to.equal(252);
    });

    for (const name of NAMES.filter((name) => !MOVED.includes(name))) {
      it(`&${name}; is what the browser takes it for`, () => {
        expect(decodeEntities(`&${name};`)).to.equal(asTheBrowserReads(`&${name};`));
      });
    }

    it('&lang; and &rang; are the brackets that HTML 4 says, where HTML 5 says others', () => {
      expect(decodeEntities('&lang;&rang;')).to.equal('\u2329\u232a');
      expect(asTheBrowserReads('&lang;&rang;')).to.equal('\u27e8\u27e9');
    });

    it('differ by case', () => {
      expect(decodeEntities('&Auml;&auml;&Dagger;&dagger;')).to.equal('Ää‡†');
    });
  });

  it('knows &apos; of XML', () => {
    expect(decodeEntities('&apos;')).to.equal("'");
  });

  const agreeing = [
    '&#228;',
    '&#xe4;',
    '&#XE4;',
    '&#xE4;',
    '&#0228;',
    '&#x00e4;',
    '&#331;',
    '&#x1F600;',
    '&#128512;',
    '&#10ffff;',
    '&#x10ffff;',
    '&#228',
    '&#228x',
    '&#xe4 x',
    '&#xe4g',
    '&#228&#246;',
    '&#60;b&#62;',
    '&#38;lt;',
    '&#0;',
    '&#xd800;',
    '&#xdfff;',
    '&#xd83d;&#xde00;',
    '&#1114112;',
    '&#x110000;',
    '&#xffffffff;',
    '&#999999999;',
    '&#9999999999;',
    '&#00000000228;',
    '&#x00000000e4;',
    '&apos;',
    '&apos 5',
    '&#;',
    '&#xg;',
    '&#-1;',
    '&# 228;',
    '&',
    '&;',
    '&&',
    '&&amp;',
    '& amp;',
    'AT&T',
    'Hus & hem',
    '&amp;lt;',
    '&amp;amp;amp;',
    '&amp;#228;',
    '&unknown;',
    '&constructor;',
    '&toString;',
    '&__proto__;',
    '&auml &ouml &aring',
    '&auml, &ouml. &aring!',
    '&auml&ouml&aring;',
    '&Alpha &hellip &euro',
    '&amp',
    '&nbsp',
    '&copy 2015',
    'åäö áđŋšŧž 😀',
  ];
  for (const text of agreeing) {
    it(`reads ${JSON.stringify(text)} as the browser does`, () => {
      expect(decodeEntities(text)).to.equal(asTheBrowserReads(text));
    });
  }

  it('reads the numbers 128 to 159 as windows-1252, as the browser does', () => {
    for (let code = 128; code < 160; code++) {
      expect(decodeEntities(`&#${code};`), String(code)).to.equal(asTheBrowserReads(`&#${code};`));
      expect(decodeEntities(`&#x${code.toString(16)};`), String(code)).to.equal(asTheBrowserReads(`&#${code};`));
    }
    expect(decodeEntities('&#147;Dagbok&#148; &#150; 5 &#128;')).to.equal('“Dagbok” – 5 €');
  });

  it('gives U+FFFD for what is no character', () => {
    for (const reference of ['&#0;', '&#x0;', '&#xd800;', '&#xdfff;', '&#1114112;', '&#x110000;', '&#999999999;']) {
      expect(decodeEntities(reference), reference).to.equal('\ufffd');
    }
  });

  it('leaves a number without digits as it is', () => {
    // Chromium makes U+FFFD of `&#x;`, against HTML's own rules
    expect(decodeEntities('&#; &#x; &#xg;')).to.equal('&#; &#x; &#xg;');
  });

  it('decodes once', () => {
    expect(decodeEntities('&amp;lt;script&amp;gt;')).to.equal('&lt;script&gt;');
    expect(decodeEntities('&#38;#60;')).to.equal('&#60;');
    expect(decodeEntities('&amp;amp;')).to.equal('&amp;');
  });

  it('leaves the query of an address alone', () => {
    const address = 'https://kommun.example/?a=1&copy=2&reg=3&sect=4&lt=5&para7=8';
    expect(decodeEntities(address)).to.equal(address);
    expect(decodeEntities('?a=1&amp;copy=2')).to.equal('?a=1&copy=2');
  });

  it('leaves a word that only begins with a name', () => {
    expect(decodeEntities('&notera &ampere &copyright &nbsp1')).to.equal('&notera &ampere &copyright &nbsp1');
  });

  it('needs the semicolon after the names that are not of Latin-1', () => {
    expect(decodeEntities('&alpha &rarr &Scaron')).to.equal('&alpha &rarr &Scaron');
  });

  it('reads several in one text', () => {
    expect(decodeEntities('Kommunfullm&auml;ktige &amp; n&auml;mnd &ndash; B&aring;tskojaur')).to.equal(
      'Kommunfullmäktige & nämnd – Båtskojaur',
    );
  });

  it('gives a text without references as it is', () => {
    expect(decodeEntities('')).to.equal('');
    expect(decodeEntities('Jokkmokk')).to.equal('Jokkmokk');
  });

  for (const part of ['&', '&#', '&#x', '&a', '&amp', '&#1', ';', '&amp;']) {
    it(`reads ${part} 200,000 times`, () => {
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
    it(`reads ${twice} as ${once}`, () => {
      expect(undoDoubleEncoding(twice)).to.equal(once);
    });
  }

  for (const text of [
    'Förskola på Ön',
    'Ã¥ är å, två gånger',
    '»PÅ» och »Å»',
    'Spaß´',
    'São Paulo',
    'Ã',
    'â',
    'ÃŊ',
    '',
  ]) {
    it(`leaves ${JSON.stringify(text)} as it is`, () => {
      expect(undoDoubleEncoding(text)).to.equal(text);
    });
  }

  it('gives the encoding of å, ä and ö back, whichever way it was lost', () => {
    for (const text of ['å', 'ä', 'ö', 'Å', 'Ä', 'Ö', 'é', '–', '”', '…']) {
      const bytes = new TextEncoder().encode(text);
      expect(undoDoubleEncoding(new TextDecoder('windows-1252').decode(bytes))).to.equal(text);
    }
  });
});
