import { expect } from 'chai';
import { htmlToLine, htmlToText } from '../../src/feed/html-to-text.js';

type Row = [html: string, expected: string];

function itReturns(rows: Row[], convert = htmlToText): void {
  for (const [html, expected] of rows) {
    it(`returns ${JSON.stringify(expected)} for ${JSON.stringify(html)}`, () => {
      expect(convert(html)).to.equal(expected);
    });
  }
}

describe('htmlToText', () => {
  describe('lines', () => {
    itReturns([
      ['<p>Ett.</p><p>Två.</p>', 'Ett.\nTvå.'],
      ['<p>Ett.<p>Två.', 'Ett.\nTvå.'],
      ['Ett.<br>Två.<br/>Tre.<br />Fyra.', 'Ett.\nTvå.\nTre.\nFyra.'],
      ['Ett.<br><br><br>Två.', 'Ett.\nTvå.'],
      ['<div><div>Ett</div><div>Två</div></div>', 'Ett\nTvå'],
      ['<dl><dt>Vad</dt><dd>Möte</dd></dl>', 'Vad\nMöte'],
      [
        '<table><tr><td>08.00</td><td>Möte</td></tr><tr><td>12.00</td><td>Lunch</td></tr></table>',
        '08.00 Möte\n12.00 Lunch',
      ],
      ['Ett<hr>Två', 'Ett\nTvå'],
      ['<figure><img src="x"><figcaption>Bild</figcaption></figure>Text', 'Bild\nText'],
      ['<p>En rad\nsom är bruten\r\ni källan</p>', 'En rad som är bruten i källan'],
      ['<p>&nbsp;</p><p>Ett</p><p>&nbsp;</p><p>&#160;</p><p>Två</p>', 'Ett\nTvå'],
      ['', ''],
    ]);
  });

  describe('inline content', () => {
    itReturns([
      ['Ett <b>viktigt</b> möte', 'Ett viktigt möte'],
      ['<b>kommun</b>chef', 'kommunchef'],
      ['<span>Ett</span><span>två</span>', 'Etttvå'],
      ['kommun<wbr>chef', 'kommunchef'],
      ['26\u00a0mars', '26\u00a0mars'],
      ['Ett </p\u007f>två <\u202escr\u202cipt>tre', 'Ett /p>två script>tre'],
      ['<p>&zwnj;</p><p>&lrm;</p><p>Ett</p>', 'Ett'],
      ['&#10;Ett&#10;två&#13;', 'Ett\ntvå'],
    ]);

    it('keeps a zero width joiner in an emoji', () => {
      expect(htmlToText('<p>👩‍🏫</p>')).to.equal('👩‍🏫');
    });
  });

  describe('character references', () => {
    itReturns([
      ['<p>Hus &amp; hem</p>', 'Hus & hem'],
      ['<p>&lt;b&gt;fet&lt;/b&gt;</p>', '<b>fet</b>'],
      ['<p>&amp;lt;</p>', '&lt;'],
    ]);
  });

  describe("angle brackets that aren't HTML tags", () => {
    itReturns([
      ['5 < 8', '5 < 8'],
      ['<>', '<>'],
      ['a <- b', 'a <- b'],
      ['<p><Sametinget> beslutar</p>', '<Sametinget> beslutar'],
      ['<info@kommun.example>', '<info@kommun.example>'],
      ['<p>5 <b>< 8</b></p>', '5 < 8'],
    ]);
  });

  describe("content that isn't text", () => {
    itReturns([
      ['Ett<script>alert(1)</script> två', 'Ett två'],
      ['Ett<style>p > b { color: red }</style> två', 'Ett två'],
      ['Ett<svg><title>Ikon</title><text>x</text></svg> två', 'Ett två'],
      ['<html><head><title>Sidan</title></head><body>Text</body></html>', 'Text'],
      ['Ett<script/> två', 'Ett två'],
      ['Ett<script>alert(1)', 'Ett'],
      ['Ett<!-- kommentar --> två', 'Ett två'],
      ['<!--[if gte mso 9]><xml>x</xml><![endif]-->Ett', 'Ett'],
      ['Ett<!-- utan slut', 'Ett'],
    ]);
  });

  describe('malformed tags', () => {
    itReturns([
      ['<b>Ett<i>två', 'Etttvå'],
      ['<p title="a > b">Ett</p>', 'Ett'],
      ['<p title=">Ett</p>', 'Ett'],
      ['Ett<a href="x"', 'Ett'],
      ['Ett<a href="x', 'Ett'],
      ['<p/>Ett', 'Ett'],
    ]);
  });

  describe('text without markup', () => {
    itReturns([['En rad\nsom är bruten', 'En rad som är bruten']]);
  });

  it('removes every HTML tag', () => {
    const tags =
      'a b body br caption div em form h1 head html i iframe img input li link meta object ol p pre q s script select small span strong style sub svg table tbody td textarea th title tr u ul video';
    for (const name of tags.split(' ')) {
      for (const tag of [name, name.toUpperCase()]) {
        const html = `Ett <${tag} id="x" onclick='y > z' hidden>två</${tag}> <${tag}/> <${tag}\n> </${tag} > tre`;
        expect(htmlToText(html), tag).not.to.match(/[<>]/);
        expect(htmlToText(html), tag).to.match(/^Ett/);
      }
    }
  });

  describe('text pasted from Word', () => {
    for (const [html, text] of [
      ['<p>Hej<o:p></o:p></p>', 'Hej'],
      ['<![if !supportLists]>·<![endif]>Punkt', '·Punkt'],
      ['<?xml:namespace prefix = o ns = "urn:schemas-microsoft-com:office:office" /?><p>Hej</p>', 'Hej'],
      ['<p title = "a>b">x</p>', 'x'],
    ] as const) {
      it(`loses the markup of Word: ${html}`, () => {
        expect(htmlToText(html)).to.equal(text);
      });
    }
  });

  describe('brackets that would become tags', () => {
    for (const [html, text] of [
      ['<scr<b>ipt>alert(1)</scr</b>ipt>', 'script>alert(1)/script>'],
      ['<scr<!-- -->ipt src=x>', ''],
      ['5 < <b>b</b>', '5 < b'],
    ] as const) {
      it(`are removed: ${html}`, () => {
        expect(htmlToText(html)).to.equal(text);
      });
    }
  });

  describe('hostile input', () => {
    const LENGTH = 200_000;
    for (const part of ['<', '</', '<>', '&', '&#', '<1', '<å', '<!']) {
      it(`reads ${JSON.stringify(part)} 200,000 times as text`, () => {
        const text = part.repeat(LENGTH);
        expect(htmlToText(text) === text.trim()).to.equal(true); // a failed comparison would print the text
      });
    }

    for (const part of ['<!-- ', '<p>&nbsp;</p>', '<br>', '<script>', ' \n', '\u200b', '<br>\u200b']) {
      it(`reads ${JSON.stringify(part)} 200,000 times as no text`, () => {
        expect(htmlToText(`${part.repeat(LENGTH)}<p>`).length).to.equal(0);
      });
    }

    for (const part of ['<b ', '<a "', '<a ="', '<a " ="', '</a', '<a b="<', '<script><']) {
      it(`reads ${JSON.stringify(part)} 200,000 times in linear time`, () => {
        expect(htmlToText(`Ett ${part.repeat(LENGTH)}`)).to.match(/^Ett/);
      });
    }

    it('returns each of 200,000 paragraphs', () => {
      expect(htmlToText('<p>x</p>'.repeat(LENGTH)).split('\n')).to.have.lengthOf(LENGTH);
    });

    it('reads elements that are nested 200,000 levels deep', () => {
      expect(htmlToText(`${'<div>'.repeat(LENGTH)}Ett${'</div>'.repeat(LENGTH)}`)).to.equal('Ett');
    });
  });
});

describe('htmlToLine', () => {
  itReturns(
    [
      ['<p>Möten</p><p>i mars</p>', 'Möten i mars'],
      ['<b>Hus</b> &amp; hem', 'Hus & hem'],
      ['<script>x</script>', ''],
    ],
    htmlToLine,
  );
});

describe('htmlToText with white space and invisible characters', () => {
  itReturns([
    ['  Ett   två \n\n\t tre ', 'Ett två\ntre'],
    ['\u00a0Ett\u00a0', 'Ett'],
    ['\u00a0\u00a0\n\u00a0', ''],
    ['\u202eEtt\u2066 två\u202c\u2069', 'Ett två'],
    ['E\u0001t\u009ft\u007f', 'Ett'],
    ['\u00ad\n\nEtt\n\n\u200e\u200f', 'Ett'],
  ]);
});
