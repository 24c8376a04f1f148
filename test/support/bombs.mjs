// Feeds that are made to block a feed parser: by expansion, depth, number, length, or slow regular expressions. Each is a function, so that
// only the requested one takes memory. For Node and browsers.

/** Just below MAX_BODY_BYTES: a larger response isn't read. */
const FULL = 9_999_999;
const MILLION = 1_000_000;
const DEEP = 100_000;

const encoder = new TextEncoder();

const feed = (inside, prolog = '') =>
  `${prolog}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" ` +
  `xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">` +
  `<channel><title>Dagboken</title><link>https://dagbok.example/</link>${inside}</channel></rss>`;

const COMPLETE = '<item><title>En hel</title><link>https://dagbok.example/hel</link></item>';

/** Returns an entry with `inside`, after a complete one. */
const entry = (inside) => feed(`${COMPLETE}<item><title>En bomb</title>${inside}</item>`);
const description = (inside) => entry(`<description>${inside}</description>`);
const cdata = (inside) => description(`<![CDATA[${inside}]]>`);
const atom = (inside) => `<feed xmlns="http://www.w3.org/2005/Atom"><title>Dagboken</title>${inside}</feed>`;

const numbered = (count, make) => Array.from({ length: count }, (_, index) => make(index)).join('');

/** Repeats a token to the limit of bytes. */
function full(wrap, token) {
  const rest = FULL - encoder.encode(wrap('')).length;
  return wrap(token.repeat(Math.floor(rest / encoder.encode(token).length)));
}

const laughs = (levels, width, mark = '&') =>
  numbered(levels, (level) => {
    const content = level ? `${mark}l${level - 1};`.repeat(width) : 'ha';
    return mark === '&' ? `<!ENTITY l${level} "${content}">` : `<!ENTITY % l${level} "${content}">`;
  });

const external = (address) =>
  feed(`<item><title>&x;</title></item>${COMPLETE}`, `<!DOCTYPE rss [<!ENTITY x SYSTEM "${address}">]>`);

const expansion = {
  'billion laughs': () =>
    feed(`<item><title>&l9;</title></item>${COMPLETE}`, `<?xml version="1.0"?><!DOCTYPE rss [${laughs(10, 10)}]>`),
  'quadratic expansion': () =>
    feed(
      `<item><description>${'&a;'.repeat(MILLION)}</description></item>`,
      `<!DOCTYPE rss [<!ENTITY a "${'a'.repeat(100_000)}">]>`,
    ),
  'parameter entities': () => feed(COMPLETE, `<!DOCTYPE rss [${laughs(10, 10, '%')}%l9;]>`),
  'a million entities declared': () =>
    feed(COMPLETE, `<!DOCTYPE rss [${numbered(300_000, (index) => `<!ENTITY e${index} "x">`)}]>`),
  'external entity, file': () => external('file:///etc/passwd'),
  'external entity, http': () => external('http://127.0.0.1:9/x'),
  'external DTD': () => feed(COMPLETE, '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd">'),
  'external style sheet': () => feed(COMPLETE, '<?xml-stylesheet href="http://127.0.0.1:9/x.xsl" type="text/xsl"?>'),
  XInclude: () =>
    feed(
      `<item><title><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/></title></item>${COMPLETE}`,
    ),
  'a doctype full of brackets': () => full((token) => feed(COMPLETE, `<!DOCTYPE rss [${token}]>`), '[]"\''),
};

const nested = (open, close, count = DEEP) => open.repeat(count) + close.repeat(count);

const depth = {
  'elements nested, closed': () => entry(nested('<a>', '</a>')),
  'elements nested, a million': () => entry(nested('<a>', '</a>', MILLION)),
  'elements nested, a namespace in each': () => entry(nested('<a xmlns:b="c">', '</a>')),
  'elements nested, a base in each': () => entry(nested('<a xml:base="aaaaaaaaaaaaaaaaaaaaaaaaaaaa/">', '</a>')),
  'items nested, left open': () => feed(`${COMPLETE}${'<item>'.repeat(DEEP)}`),
  'roots nested': () => full((token) => token, '<rss>'),
  'titles nested': () => feed(nested('<item><title>', '</title></item>')),
  'end tags alone': () => full(entry, '</a>'),
  'tags that cross': () => full(entry, '<a><b></a></b>'),
  'HTML nested, in CDATA': () => cdata(nested('<div>', '</div>', 800_000)),
  'brackets of a date nested': () => entry(`<pubDate>${nested('(', ')', 4 * MILLION)}</pubDate>`),
};

const attribute = (index) => ` a${index}="b"`;

const number = {
  'a million attributes of one name': () => full((token) => entry(`<a${token}/>`), ' a="b"'),
  'a million attributes of escaped HTML': () => cdata(`<p${numbered(800_000, attribute)}>x`),
  'a million namespaces of one tag': () => entry(`<a${numbered(400_000, (index) => ` xmlns:a${index}="b"`)}/>`),
  'a million empty elements in a description': () => description('<b/>'.repeat(MILLION)),
  'a million elements of many names': () => entry(numbered(900_000, (index) => `<a${index}/>`)),
  'a million empty items': () => feed('<item/>'.repeat(MILLION)),
  '20,000 full items': () =>
    feed(
      numbered(
        20_000,
        (index) =>
          `<item><title>Inlägg &#${200 + (index % 50)}; ${index}</title><link>https://dagbok.example/${index}</link>` +
          `<pubDate>Thu, 26 Mar 2015 16:00:00 +0100</pubDate><category>Vardag</category><description>&lt;p&gt;Torsdag ` +
          `den 26 mars 2015&lt;/p&gt;&lt;p&gt;Vi m&amp;ouml;ttes i ${'en stuga '.repeat(20)}&lt;/p&gt;</description></item>`,
      ),
    ),
  'a million categories': () => entry(numbered(300_000, (index) => `<category>${index}</category>`)),
  'a million different keywords': () =>
    entry(`<itunes:keywords>${numbered(MILLION, (index) => `${index},`)}</itunes:keywords>`),
  'a million authors': () => entry(numbered(300_000, (index) => `<dc:creator>${index}</dc:creator>`)),
  'a million links that lead nowhere': () => full(entry, '<link>http://[</link>'),
  'a million dates that are none': () => full(entry, '<pubDate>x</pubDate>'),
  'a million dates, nearly': () => full(entry, '<pubDate>2015-02-30 99:99</pubDate>'),
  'a million dates of words': () => full(entry, `<pubDate>${'abc '.repeat(30)}</pubDate>`),
  'a million dates in unknown zones': () => full(entry, '<pubDate>26 Mar 2015 16:00 Europe/Nowhere</pubDate>'),
  'a million pictures that are none': () => full(entry, '<media:thumbnail url="x:"/>'),
  'a million references': () => full(description, '&amp;'),
  'a million references in CDATA': () => full(cdata, '&auml;'),
  'a million comments': () => full(description, '<!---->'),
  'a million CDATA sections': () => full(description, '<![CDATA[]]>'),
  'a million instructions': () => full(description, '<?a?>'),
};

const FORTY = 'En stuga i fjällen, en mil från närmaste';

const length = {
  'a huge title': () => full((token) => feed(`<item><title>${token}</title></item>`), 'å'),
  'a huge title of marks': () => full((token) => feed(`<item><title>a${token}</title></item>`), '\u0301'),
  'a huge description': () => full(description, `${FORTY} `),
  'a huge description of paragraphs': () => full(description, '&lt;p&gt;Hej&lt;/p&gt;\n'),
  'a huge author': () => full((token) => entry(`<dc:creator>${token}</dc:creator>`), 'a '),
  'a huge author of brackets': () => full((token) => entry(`<dc:creator>${token}&gt;</dc:creator>`), '('),
  'a huge link': () => full((token) => entry(`<link>https://dagbok.example/${token}</link>`), 'a'),
  'a huge link of dots': () => full((token) => entry(`<link>https://dagbok.example/${token}</link>`), 'a/../'),
  'a huge date': () => full((token) => entry(`<pubDate>${token}</pubDate>`), '1 '),
  'a huge language': () => full((token) => feed(`<language>sv-${token}</language>${COMPLETE}`), 'a-'),
  'a huge attribute of references': () => full((token) => entry(`<media:thumbnail url="${token}"/>`), '&amp;'),
  'a huge attribute of >': () => full((token) => entry(`<media:thumbnail url="${token}"/>`), '>'),
  'a huge tag name': () => full((token) => entry(`<${token}/>`), 'a'),
  'a huge namespace': () => full((token) => entry(`<a xmlns="${token}"/>`), '/'),
  'a huge prefix': () => entry(`<${'a'.repeat(FULL / 2 - 500)}:a xmlns:${'a'.repeat(FULL / 2 - 500)}="b"/>`),
  'a huge CDATA section of ]': () => full(cdata, ']'),
  'a huge base, 20,000 items': () =>
    feed(`<item><link>a</link></item>`.repeat(19_999)).replace(
      '<channel>',
      `<channel xml:base="/${'a'.repeat(60_000)}">`,
    ),
  'a million authors of 20,000 entries': () =>
    atom(`${'<author><name>a</name></author>'.repeat(200_000)}${'<entry><title>b</title></entry>'.repeat(20_000)}`),
  'a huge Base64': () => full((token) => atom(`<entry><content mode="base64">${token}</content></entry>`), 'PGI+'),
  'huge text before the feed': () => full((token) => `${token}${feed(COMPLETE)}`, 'x '),
  'huge text after the feed': () => full((token) => `${feed(COMPLETE)}${token}`, 'x '),
  'a huge page': () => full((token) => `<!doctype html><html><body>${token}</body></html>`, '<p>Hej</p>'),
  'huge JSON': () => full((token) => `[${token}0]`, '{"a":1},'),
  'huge markup of another kind': () => full((token) => `<a>${token}</a>`, '<b>c</b>'),
};

const unterminated = {
  'a tag without end': () => full((token) => entry(token).slice(0, -40), '<a b="'),
  'a comment without end': () => full((token) => feed(`${COMPLETE}<!-- ${token}`), 'x '),
  'CDATA sections without end': () => full((token) => feed(`${COMPLETE}${token}`), '<![CDATA['),
  'instructions without end': () => full((token) => feed(`${COMPLETE}${token}`), '<?'),
  'titles without end': () => full((token) => feed(`${COMPLETE}${token}`), '<item><title>x'),
  'scripts without end': () => full(cdata, '<script>'),
  'end tags of scripts': () => full((token) => cdata(`<script>${token}`), '</script'),
  'comments of HTML without end': () => full(cdata, '<!--'),
  'quotes of HTML without end': () => full(cdata, '<a b="<a b=\''),
  'quotes without order': () => full(entry, `<a "' '" b='"'>`),
};

const names = {
  'reserved names': () =>
    full(
      entry,
      '<__proto__ __proto__="a" constructor="b"><constructor/><prototype/><hasOwnProperty/><toString toString="c"/></__proto__>',
    ),
  'NUL bytes': () => full(description, '\0'),
  'NUL bytes alone': () => '\0'.repeat(FULL),
  'characters that are none': () => full(description, '\ufffe\uffff\ufdd0'),
  'characters that the feed parser uses': () => full(cdata, '\ufdd0script '),
};

/** Each fills a description to the limit of bytes, as text and in CDATA. */
const TOKENS = {
  '&': '&', '<': '<', '>': '>', ']]>': ']]>', ']': ']', '"': '"', "'": "'", '=': '=', '/': '/', '<a': '<a', '<a ': '<a ',
  '</': '</', '<!': '<!', '<!-': '<!-', '-->': '-->', '<p>': '<p>', '<br>': '<br>', '<p': '<p', '<p/': '<p/', '<b>a': '<b>a',
  '<o:p>': '<o:p>', '&#': '&#', '&#x': '&#x', '&a': '&a', '&lt;': '&lt;', '&lt;p': '&lt;p', '&#1': '&#1',
  'space': ' ', 'no-break space': '\u00a0', 'line end': '\n', 'line end and space': '\n ', 'tab': '\t', 'carriage return': '\r',
  'soft hyphen': '\u00ad', 'zero width': '\u200b', 'mark': '\u0301', 'å': 'å', 'Ã¤': 'Ã¤', 'â€': 'â€', 'half an emoji': '\ud83d',
  '1 ': '1 ', '(': '(', '@': '@', '${': '${', '<?': '<?', 'a ': 'a ', 'a\n\n': 'a\n\n', 'td': '<td>',
}; // prettier-ignore

const repeated = Object.fromEntries(
  Object.entries(TOKENS).flatMap(([name, token]) => [
    [`${name} repeated`, () => full(description, token)],
    [`${name} repeated in CDATA`, () => full(cdata, token)],
  ]),
);

const texts = {
  'day lines': () => full(cdata, 'Torsdag den 26 mars 2015 '),
  '20,000 day lines, nearly': () =>
    feed(`<item><description>${'den 1 mars '.repeat(8)}2015</description></item>`.repeat(20_000)),
  'references of references': () => full(description, '&amp;amp;amp;'),
};

const utf16 = (text, isBig) => {
  const bytes = new Uint8Array(text.length * 2);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    bytes[index * 2 + (isBig ? 1 : 0)] = unit & 255;
    bytes[index * 2 + (isBig ? 0 : 1)] = unit >> 8;
  }
  return bytes;
};

/** Half the limit in characters of two bytes. */
const HALF = feed('') && entry(`<description>${`${FORTY} `.repeat(120_000)}</description>`);

const encodings = {
  'UTF-16, little end first': () => utf16(`\ufeff${HALF}`, false),
  'UTF-16 without mark': () => utf16(HALF, false),
  'UTF-16 that is cut off': () => utf16(`\ufeff${HALF}`, false).subarray(0, -31),
  'UTF-8 that is wrong at its end': () => {
    const bytes = encoder.encode(
      full((token) => `<?xml version="1.0" encoding="windows-1253"?>${description(token)}`, 'å'),
    );
    bytes[bytes.length - 100] = 0xff;
    return bytes;
  },
  'bytes that are no text': () => Uint8Array.from({ length: FULL }, (_, index) => (index * 7919) % 251),
  'text encoded twice': () => full(description, 'Ã¥ Ã¤ Ã¶ '),
};

const sizes = {
  '50 MB of items': () => feed(COMPLETE.repeat(700_000)),
  '50 MB of white space': () => ' '.repeat(50 * MILLION),
  '50 MB of one tag': () => `<rss a="${'a'.repeat(50 * MILLION)}">`,
  'one byte too many': () => `${full(feed, ' ')}${' '.repeat(100)}`.slice(0, FULL + 2),
};

const families = { expansion, depth, number, length, unterminated, names, repeated, texts, encodings, sizes };

const makers = new Map(Object.values(families).flatMap((family) => Object.entries(family)));

/** Names of all bombs. */
export const BOMBS = [...makers.keys()];

/** Returns the bytes of a bomb. */
export function bombOf(name) {
  const made = makers.get(name)();
  return typeof made === 'string' ? encoder.encode(made) : made;
}
