import { expect } from 'chai';
import { htmlToLine, htmlToText } from '../../src/feed/html-to-text.js';

type Row = [html: string, expected: string];

function itGives(rows: Row[], convert = htmlToText): void {
  for (const [html, expected] of rows) {
    it(`gives ${JSON.stringify(expected)} for ${JSON.stringify(html)}`, () => {
      expect(convert(html)).to.equal(expected);
    });
  }
}

describe('htmlToText', () => {
  describe('lines', () => {
    itGives([
      ['<p>Ett.</p><p>Två.</p>', 'Ett.\nTvå.'],
      ['<p>Ett.<p>Två.', 'Ett.\nTvå.'],
      ['<P CLASS="x">Ett.</P>\n\n<P>Två.</P>', 'Ett.\nTvå.'],
      ['<p>Ett.</p>Två.<p>Tre.</p>', 'Ett.\nTvå.\nTre.'],
      ['Ett.<br>Två.<br/>Tre.<br />Fyra.', 'Ett.\nTvå.\nTre.\nFyra.'],
      ['Ett.<br><br><br>Två.', 'Ett.\nTvå.'],
      ['<br>Ett.<br>', 'Ett.'],
      ['<h2>Möten</h2>Text', 'Möten\nText'],
      ['<div><div>Ett</div><div>Två</div></div>', 'Ett\nTvå'],
      ['<ul><li>Ett</li><li>Två</li></ul>', 'Ett\nTvå'],
      ['<ol><li>Ett<li>Två</ol>Tre', 'Ett\nTvå\nTre'],
      ['<dl><dt>Vad</dt><dd>Möte</dd></dl>', 'Vad\nMöte'],
      [
        '<table><tr><td>08.00</td><td>Möte</td></tr><tr><td>12.00</td><td>Lunch</td></tr></table>',
        '08.00 Möte\n12.00 Lunch',
      ],
      ['<tr><th>Tid</th><th>Vad</th></tr>', 'Tid Vad'],
      ['Ett<hr>Två', 'Ett\nTvå'],
      ['<blockquote>Citat</blockquote>Text', 'Citat\nText'],
      ['<section><article>Ett</article><aside>Två</aside></section>', 'Ett\nTvå'],
      ['<figure><img src="x"><figcaption>Bild</figcaption></figure>Text', 'Bild\nText'],
      ['<p>En rad\nsom är bruten\r\ni källan</p>', 'En rad som är bruten i källan'],
      ['<p>Ett</p><p>&nbsp;</p><p>&nbsp;</p><p>\u00a0</p><p> &nbsp; &nbsp;</p>', 'Ett'],
      ['<p>&nbsp;</p><p>Ett</p><p>&nbsp;</p><p>&#160;</p><p>Två</p>', 'Ett\nTvå'],
      ['<p></p><div><p></p></div>', ''],
      ['', ''],
    ]);
  });

  describe('what stands within a line', () => {
    itGives([
      ['Ett <b>viktigt</b> möte', 'Ett viktigt möte'],
      ['<b>kommun</b>chef', 'kommunchef'],
      ['<span>Ett</span><span>två</span>', 'Etttvå'],
      ['<a href="/x">Protokoll</a>, <em>nytt</em>', 'Protokoll, nytt'],
      ['Ett  <b> två</b>\t tre', 'Ett två tre'],
      ['kommun<wbr>chef', 'kommunchef'],
      ['<font color=red>Röd</font>', 'Röd'],
      ['<tt>kod</tt>', 'kod'],
      ['<img src="x" alt="">Text', 'Text'],
      ['26&nbsp;mars', '26\u00a0mars'],
      ['26\u00a0mars', '26\u00a0mars'],
      ['Ett&nbsp;&nbsp; &nbsp;två', 'Ett två'],
      ['kommun&shy;chef', 'kommun\u00adchef'],
      ['kommun\u200bchef', 'kommunchef'],
      ['Ett </p\u007f>två <\u202escr\u202cipt>tre', 'Ett /p>två script>tre'],
      ['\ufeffMöte\u2060', 'Möte'],
      ['<p>\u200b</p><p>Ett</p><p>&#8203;</p>', 'Ett'],
      ['<p>&zwnj;</p><p>&lrm;</p><p>Ett</p>', 'Ett'],
      ['Ett\u2003två\u3000tre', 'Ett två tre'],
      ['Ett\u2028två', 'Ett två'],
      ['&#10;Ett&#10;två&#13;', 'Ett\ntvå'],
    ]);

    it('keeps what joins an emoji', () => {
      expect(htmlToText('<p>👩‍🏫</p>')).to.equal('👩‍🏫');
    });
  });

  describe('character references', () => {
    itGives([
      ['<p>Hus &amp; hem</p>', 'Hus & hem'],
      ['Hus &amp; hem', 'Hus & hem'],
      ['<p>Kommunfullm&auml;ktige</p>', 'Kommunfullmäktige'],
      ['<p>&lt;b&gt;fet&lt;/b&gt;</p>', '<b>fet</b>'],
      ['&lt;b&gt;', '<b>'],
      ['<p>&amp;lt;</p>', '&lt;'],
    ]);
  });

  describe('angle brackets that open no element of HTML', () => {
    itGives([
      ['5 < 8', '5 < 8'],
      ['5 < 8 > 3', '5 < 8 > 3'],
      ['5<8', '5<8'],
      ['<', '<'],
      ['<>', '<>'],
      ['</', '</'],
      ['a <- b', 'a <- b'],
      ['<3 Jokkmokk', '<3 Jokkmokk'],
      ['<Sametinget> beslutar', '<Sametinget> beslutar'],
      ['<p><Sametinget> beslutar</p>', '<Sametinget> beslutar'],
      ['<info@kommun.example>', '<info@kommun.example>'],
      ['<https://kommun.example/>', '<https://kommun.example/>'],
      ['<p>5 < 8</p>', '5 < 8'],
      ['<p>5 <b>< 8</b></p>', '5 < 8'],
      ['<h7>x</h7>', '<h7>x</h7>'],
      ['<å>', '<å>'],
    ]);
  });

  describe('what is no text of the author', () => {
    itGives([
      ['Ett<script>alert(1)</script> två', 'Ett två'],
      ['Ett<SCRIPT type="text/javascript">alert("</p>")</SCRIPT > två', 'Ett två'],
      ['Ett<script>if (a < b) "</scripted>"</script> två', 'Ett två'],
      ['Ett<style>p > b { color: red }</style> två', 'Ett två'],
      ['Ett<iframe src="x">Din webbläsare</iframe> två', 'Ett två'],
      ['Ett<noscript><img src="x"></noscript> två', 'Ett två'],
      ['Ett<svg><title>Ikon</title><text>x</text></svg> två', 'Ett två'],
      ['Ett<video src="x">Reserv</video> två', 'Ett två'],
      ['Ett<template><p>Mall</p></template> två', 'Ett två'],
      ['<html><head><title>Sidan</title></head><body>Text</body></html>', 'Text'],
      ['Ett<script/> två', 'Ett två'],
      ['Ett</script> två', 'Ett två'],
      ['Ett<script>alert(1)', 'Ett'],
      ['Ett<style>p {}', 'Ett'],
      ['Ett<script>alert(1)</script', 'Ett'],
      ['Ett<iframe src="x">två', 'Ett'],
      ['Ett<!-- kommentar --> två', 'Ett två'],
      ['Ett<!-- <p>kommentar</p> > --> två', 'Ett två'],
      ['<!--[if gte mso 9]><xml>x</xml><![endif]-->Ett', 'Ett'],
      ['Ett<!-- utan slut', 'Ett'],
      ['Ett<!--> två', 'Ett två'],
    ]);
  });

  describe('tags that are not as they should be', () => {
    itGives([
      ['<b>Ett<i>två', 'Etttvå'],
      ['Ett</b></p>två', 'Ett\ntvå'],
      ['<p title="a > b">Ett</p>', 'Ett'],
      ["<p title='a > b'>Ett</p>", 'Ett'],
      ['<a href="x" title="<b>fet</b>">Ett</a>', 'Ett'],
      ['<a title="Ett & två">Tre</a>', 'Tre'],
      ['<p title="a"class="b">Ett</p>', 'Ett'],
      ['<p\nclass="x"\n>Ett</p\n>', 'Ett'],
      ["<p title=it's>Ett</p><p title=it's>Två</p>", 'Ett\nTvå'],
      ['<p title=">Ett</p>', 'Ett'],
      ['Ett<a href="x"', 'Ett'],
      ['Ett<a href="x', 'Ett'],
      ['Ett <b', 'Ett'],
      ['Ett</p', 'Ett'],
      ['<p/>Ett', 'Ett'],
    ]);
  });

  describe('text without markup', () => {
    itGives([
      ['Ett.\n\nTvå.', 'Ett.\nTvå.'],
      ['Ett.\r\n\r\nTvå.', 'Ett.\nTvå.'],
      ['Ett.\n \t\n\nTvå.', 'Ett.\nTvå.'],
      ['En rad\nsom är bruten', 'En rad som är bruten'],
      ['  Ett  \n', 'Ett'],
      ['Ett > två', 'Ett > två'],
    ]);
  });

  it('never leaves a tag of HTML that stood in the markup', () => {
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
      ['<!DOCTYPE html><p>Hej</p>', 'Hej'],
      ['<p title = "a>b">x</p>', 'x'],
    ] as const) {
      it(`loses what Word put there: ${html}`, () => {
        expect(htmlToText(html)).to.equal(text);
      });
    }
  });

  describe('brackets that would become tags when others are gone', () => {
    for (const [html, text] of [
      ['<scr<b>ipt>alert(1)</scr</b>ipt>', 'script>alert(1)/script>'],
      ['<scr<!-- -->ipt src=x>', ''],
      ['5 < <b>b</b>', '5 < b'],
    ] as const) {
      it(`are taken away: ${html}`, () => {
        expect(htmlToText(html)).to.equal(text);
      });
    }
  });

  describe('what once took seconds', () => {
    for (const [what, html] of [
      ['quotes that pair up across tags', `${'<a " ="'.repeat(20_000)}" <`],
      ['elements whose content would be left out, never closed', '<iframe>'.repeat(100_000)],
      ['comments that are never closed', '<!-- '.repeat(200_000)],
    ] as const) {
      it(`is read in one go: ${what}`, () => {
        expect(htmlToText(html).length).to.be.at.most(html.length);
      });
    }
  });

  describe('hostile input', () => {
    const LENGTH = 200_000;
    const textual = ['<', '</', '<>', '&', '&#', '&#x', '<1', '<å', '<!', '<x '];
    for (const part of textual) {
      it(`takes ${JSON.stringify(part)} 200,000 times for text`, () => {
        const text = part.repeat(LENGTH);
        expect(htmlToText(text) === text.trim()).to.equal(true); // a difference would fill the report
      });
    }

    const silent = [
      '<!--',
      '<p>',
      '</p>',
      '<br>',
      '<script>',
      '<p>&nbsp;</p>',
      ' ',
      '\u200b',
      '\n',
      ' \n',
      '\u00a0',
      '\u00ad',
      '<br>\u200b',
    ];
    for (const part of silent) {
      it(`takes ${JSON.stringify(part)} 200,000 times for no text`, () => {
        expect(htmlToText(`${part.repeat(LENGTH)}<p>`).length).to.equal(0);
      });
    }

    const broken = ['<b ', '<a "', '<a ="', "<a ='", '<a href=', '</a', '<p', '<a b="<', '</script', '<script><'];
    for (const part of broken) {
      it(`reads ${JSON.stringify(part)} 200,000 times, and what follows`, () => {
        const text = htmlToText(`Ett ${part.repeat(LENGTH)}`);
        expect(text.startsWith('Ett')).to.equal(true);
        expect(text.length).to.be.at.most(part.length * LENGTH + 4);
      });
    }

    it('gives every paragraph of 200,000', () => {
      expect(htmlToText('<p>x</p>'.repeat(LENGTH)).split('\n')).to.have.lengthOf(LENGTH);
      expect(htmlToText('x\n\n'.repeat(LENGTH)).split('\n')).to.have.lengthOf(LENGTH);
    });

    it('reads elements that are nested 200,000 levels deep', () => {
      expect(htmlToText(`${'<div>'.repeat(LENGTH)}Ett${'</div>'.repeat(LENGTH)}`)).to.equal('Ett');
    });
  });
});

describe('htmlToLine', () => {
  itGives(
    [
      ['Möten', 'Möten'],
      ['<p>Möten</p><p>i mars</p>', 'Möten i mars'],
      ['Möten<br/>i mars', 'Möten i mars'],
      ['\n  Möten\n\n  i mars\n', 'Möten i mars'],
      ['<b>Hus</b> &amp; hem', 'Hus & hem'],
      ['<script>x</script>', ''],
      ['', ''],
    ],
    htmlToLine,
  );
});

describe('htmlToText with white space and invisible characters', () => {
  itGives([
    ['  Ett   två \n\n\t tre ', 'Ett två\ntre'],
    ['26\u00a0mars', '26\u00a0mars'],
    ['26 \u00a0mars', '26 mars'],
    ['\u00a0Ett\u00a0', 'Ett'],
    ['\u00a0\u00a0\n\u00a0', ''],
    ['Ett\r\ntvå', 'Ett två'],
    ['\u200bEtt\ufeff', 'Ett'],
    ['\u202eEtt\u2066 två\u202c\u2069', 'Ett två'],
    ['E\u0001t\u009ft\u007f', 'Ett'],
    ['\u00ad\n\nEtt\n\n\u200e\u200f', 'Ett'],
    ['', ''],
  ]);
});
