// The pages that the screen reader reads, and what is done on each of them.

/** The time on every page: badges and relative dates don't depend on the day of the test. */
const NOW = '2026-04-02T12:00+02:00';

const FIXED_CLOCK = `<script>{
  const offset = Date.parse('${NOW}') - Date.now();
  const SystemDate = Date;
  Date = class extends SystemDate {
    constructor(...values) { values.length ? super(...values) : super(SystemDate.now() + offset); }
    static now() { return SystemDate.now() + offset; }
  };
}</script>`;

/** The page finishes loading, and Orca begins to read it, when a feed has arrived that isn't slow. */
const LATE_IMAGE = '<img src="/late.svg" alt="" />';

const SENTENCES = {
  sv: 'Budgeten tog hela förmiddagen.',
  en: 'The budget took all morning.',
};

const TITLES = {
  sv: ['Budgetberedning', 'Möten', 'Möten', 'Fiber till byarna', 'Vägen över fjället'],
  en: ['Budget', 'Meetings', 'Meetings', 'Fiber for the villages', 'The road'],
};

const DAYS = ['2026-04-01', '2026-03-26', '2026-03-19', '2026-02-17', '2026-01-08'];

/** Returns the query for a feed of `count` entries on `/feed-server/feed`. The first entry is on `firstDay`. */
function feedOf({ language = 'sv', title = 'Dagboken', count = 5, firstDay = DAYS[0] } = {}) {
  const entries = TITLES[language].slice(0, count).map((name, index) => {
    const date = new Date(`${index === 0 ? firstDay : DAYS[index]}T12:00Z`).toUTCString();
    const text = [1, 2].map((number) => `<p>${SENTENCES[language]} Del ${number}.</p>`).join('');
    return (
      `<item><title>${name}</title><link>https://dagbok.example/${index}</link><pubDate>${date}</pubDate>` +
      `<author>Anna Ek</author><category>Ekonomi</category><description><![CDATA[${text}]]></description></item>`
    );
  });
  const head = `<title>${title}</title><link>https://dagbok.example/</link><language>${language}</language>`;
  return `text=${encodeURIComponent(`<rss version="2.0"><channel>${head}${entries.join('')}</channel></rss>`)}`;
}

const srcOf = (query) => `/feed-server/feed?${query.replaceAll('&', '&amp;')}`;

const LINK = '<a href="https://dagbok.example/">Läs dagboken på dagbok.example</a>';

/** Returns an element with the feed of a query. */
function element(query, attributes = '', content = LINK) {
  return `<diary-feed src="${srcOf(query)}" ${attributes}>${content}</diary-feed>`;
}

const HEADING = 'heading="Kommunchefens dagbok"';

/** Returns a script that runs a statement when F8 is pressed. */
const onF8 = (statement) =>
  `<script>addEventListener('keydown', ({ key }) => { if (key === 'F8') ${statement}; });</script>`;

/** Adds markup to the page when F8 is pressed: Orca has read the rest before, however long that takes. */
const appendedByF8 = (markup) =>
  `<template id="later">${markup}</template>${onF8('document.body.append(later.content)')}`;

const WAIT_FOR_SLOW = { key: 'F8', wait: 'Hämtar inlägg' };

/** Reads the page from its start. */
const READ_ON = ['ctrl+Home', 'Down', 'Down', 'Down', 'Down', 'Down', 'Down'];

/**
 * `body`: markup of the page, in which `ID` is unique for a visit. `steps`: keys, or a request to the server, with the pattern to wait for.
 * `hasLanguages`: the transcript contains the language of each text.
 */
export const PAGES = {
  ready: {
    body: element(feedOf(), `${HEADING} limit="3"`),
    steps: ['Tab', 'Tab', 'Tab', 'ctrl+Home', 'h', 'l', 'i', 'i', 'Down'],
  },
  'summary and image': {
    body: element(feedOf(), `${HEADING} limit="2" show="date summary image" fallback-image="/late.svg"`),
    steps: ['Tab', 'Tab'],
  },
  'author, source and category': {
    body: `<diary-feed src="${srcOf(feedOf())} ${srcOf(feedOf({ title: 'Skolans dagbok', firstDay: '2026-03-31' }))}"
      ${HEADING} limit="2" show="date author source category">${LINK}</diary-feed>`,
    steps: ['Tab', 'Tab'],
  },
  'upcoming and new': {
    body: element(feedOf({ firstDay: '2026-04-09' }), `${HEADING} limit="3" new-for="10"`),
    steps: ['Tab', 'Tab', 'Tab'],
  },
  'by month': {
    body: element(feedOf(), `${HEADING} limit="4" group="month"`),
    steps: ['h', 'h', 'h', 'h', 'ctrl+Home', 'l', 'l', 'l'],
  },
  expand: {
    body: element(feedOf(), `${HEADING} limit="2" expand`),
    steps: ['Tab', 'Tab', 'Tab', 'Return', 'Tab', 'Up', 'Up'],
  },
  'relative dates': {
    body: element(feedOf(), `${HEADING} limit="2" date-style="relative"`),
    steps: ['Tab', 'Tab', 'Tab', ...READ_ON],
  },
  'new tab': {
    body: element(feedOf(), `${HEADING} limit="2" link-target="_blank"`),
    steps: ['Tab', 'Tab', 'Tab', ...READ_ON],
  },
  'slow load': {
    body: appendedByF8(element(`${feedOf()}&gate=ID`, `${HEADING} limit="3" timeout="60000"`)),
    steps: [
      WAIT_FOR_SLOW,
      'Down',
      'Down',
      'Down',
      'ctrl+Home',
      { get: 'open?gate=ID', wait: '3 inlägg' },
      'Tab',
      'Tab',
    ],
  },
  failed: {
    body: element(`${feedOf({ count: 2 })}&status=404&id=ID&delay=500`, HEADING),
    steps: [
      ...['Tab', 'Tab', { key: 'Return', wait: 'Inläggen kan inte visas' }],
      ...[{ get: 'recover?id=ID' }, { key: 'Return', wait: '2 inlägg' }, 'Tab'],
    ],
  },
  'failed, then recovered': {
    body: element(`${feedOf({ count: 2 })}&fails=2&id=ID`, HEADING),
    opened: '2 inlägg',
    steps: ['Tab', 'Tab'],
  },
  empty: { body: element(feedOf({ count: 0 }), HEADING), steps: ['Tab', 'Tab', 'Down'] },
  reload: {
    body: `${element(feedOf(), `${HEADING} limit="3"`)}${onF8("document.querySelector('diary-feed').reload()")}`,
    steps: ['l', 'i', { key: 'F8', wait: '3 inlägg' }, 'i'],
  },
  more: {
    body: element(feedOf(), `${HEADING} limit="2" more="2"`),
    steps: [
      ...['Tab', 'Tab', 'Tab', 'Tab', { key: 'Return', wait: '4 inlägg' }],
      ...['Tab', 'Tab', { key: 'Return', wait: '5 inlägg' }, 'Tab'],
    ],
  },
  'focus in the fallback': {
    body: appendedByF8(element(`${feedOf()}&gate=ID`, `${HEADING} limit="3" timeout="60000"`)),
    steps: [WAIT_FOR_SLOW, 'Tab', { get: 'open?gate=ID', wait: 'Budgetberedning' }, 'Tab'],
  },
  'two elements': {
    body: `${element(feedOf(), `${HEADING} limit="2"`)}
      ${element(feedOf({ title: 'Skolans dagbok' }), 'heading="Skolans dagbok" limit="2"')}`,
    steps: ['h', 'h', 'ctrl+Home', 'l', 'l'],
  },
  'Swedish on an English page': {
    language: 'en',
    hasLanguages: true,
    body: element(feedOf(), 'heading="" limit="2" show="date summary" summary-length="40" expand'),
    steps: ['Tab', 'Tab', ...READ_ON],
  },
  'English on a Swedish page': {
    hasLanguages: true,
    body: element(feedOf({ language: 'en' }), 'heading="" limit="2" show="date summary" summary-length="40" expand'),
    steps: ['Tab', 'Tab'],
  },
  theme: {
    body: `<link rel="stylesheet" href="/cards.css" />${element(feedOf(), `${HEADING} limit="2"`)}`,
    steps: ['Tab', 'Tab', 'ctrl+Home', 'l', 'i', 'Down'],
  },
  template: {
    body: element(
      feedOf(),
      `${HEADING} limit="2"`,
      `${LINK}<template slot="entry"><article><h3><a data-field="title"></a></h3><p><time data-field="date"></time></p></article></template>`,
    ),
    steps: ['Tab', 'Tab'],
  },
};

/** The start page and the builder, by ear alone: a feed, another layout, and the code in the clipboard. */
PAGES.builder = {
  demo: '/demo/',
  title: 'diary-feed',
  // A sentence that depends on the speed of typing, and the role of a link: Orca omits it if the link is its position already when
  // the page finishes loading.
  omitted: /^(?:\(live\) )?Det värdet går inte att använda\. Det förra gäller\.$|(?<=^Hoppa till innehållet) link/,
  steps: [
    ...['Tab', 'Tab', { key: 'Return', wait: 'Kopiera länk till dina val[^]*textLines complete' }],
    ...['ctrl+Home', 'Tab', 'Tab', { key: 'Tab', wait: 'Focus mode' }],
    { type: '/demo/feeds/dagbok.xml', wait: 'Det senaste inlägget' },
    ...['Tab', 'r', 'r', 'space', 'h', 'h', 'h', 'h', 'h', 'h', 'b', { key: 'Return', wait: 'Kopierat' }],
  ],
};

/** Returns the HTML of a page. */
export function htmlOf(name, id) {
  const { body, language = 'sv' } = PAGES[name];
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8" /><title>${name}</title>${FIXED_CLOCK}
    <script src="/diary-feed.min.js"></script><link rel="icon" href="/late.svg" /></head><body><p>Start</p>${body.replaceAll('ID', id)}${LATE_IMAGE}</body></html>`;
}
