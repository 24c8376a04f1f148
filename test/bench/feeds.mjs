// Feeds like a diary's, of any length, the same in every run. All texts are invented.

const DAY_MS = 86_400_000;

/** The newest day; older entries follow. */
const NEWEST_DAY = Date.UTC(2026, 2, 26);

/** Days between two entries: some days have two, as in diaries. */
const DAYS_PER_ENTRY = 0.96;

const WEEKDAYS = ['Söndag', 'Måndag', 'Tisdag', 'Onsdag', 'Torsdag', 'Fredag', 'Lördag'];
const MONTHS = 'januari februari mars april maj juni juli augusti september oktober november december'.split(' ');

const TITLES = [
  'Möten',
  'Budgetläget',
  'Besök i Geavŋŋisjávri',
  'Personalfrågor & arbetsmiljö',
  'Ny skola på Åsen',
  'Snöröjning',
  'Samråd med samebyarna',
  'Hemtjänstens scheman',
  'Bredband till byarna',
  'Öppet hus på biblioteket',
  'Krisberedskapsveckan',
  'Näringslivsfrukost',
  'Upphandling av skolskjutsar',
  'Återbruk',
];

const CATEGORIES = ['Ekonomi', 'Skola', 'Vård och omsorg', 'Samhällsbyggnad', 'Näringsliv'];

const AUTHORS = ['Åsa Lindahl', 'Nils-Ánte Påve', 'Märta Öberg'];

const SENTENCES = [
  'Förmiddagen gick till ledningsgruppen, där vi vägde sommarens vikarier mot det som budgeten tål.',
  'Efter lunch åkte jag till Geavŋŋisjávri och såg hur långt bygget av vattenverket har kommit.',
  'Två tjänster är lediga, och ännu har ingen sökt dem.',
  'Snön ligger kvar på skolgården, men barnen hade redan hittat en bar fläck att spela kula på.',
  'Vi enades om att gå ut med frågan på remiss före <strong>den 15 maj</strong>.',
  'Länsstyrelsen vill ha svar i veckan; yttrandet är nästan färdigt.',
  'Samtalet handlade om tillit, om raka besked &amp; om att hinna lyssna.',
  'Kostnaden blir lägre än väntat, eftersom trähuset kan värmas med spillvärme från sågen.',
  'Tack till alla som stannade kvar och ställde stolarna på plats.',
  'Mer står i <a href="https://kommun.example/handlingar">handlingarna</a>, som är öppna för var och en.',
  'Kvällen slutade i bystugan med kaffe, våfflor och en lång kö av frågor om färjan.',
  'Jag lovade att återkomma när kartorna är klara.',
];

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeHtml = (text) => text.replace(/[&<>]/g, (character) => ENTITIES[character]);

/** Returns a generator of numbers from 0 to 1 that are the same in every run (mulberry32, public domain). */
function createRandom() {
  let state = 20_260_326;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Returns the date line of an entry's text: `Torsdag den 26 mars 2015`. */
const dateLine = (date) =>
  `${WEEKDAYS[date.getUTCDay()]} den ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;

/** Returns entries, newest first, except that some neighbors have changed places: not every feed is in order. */
function makeEntries(count) {
  const random = createRandom();
  const pick = (list) => list[Math.floor(random() * list.length)];
  const entries = Array.from({ length: count }, (_, index) => {
    const afternoon = (12 + random() * 4) * 3_600_000; // the same day in Stockholm, in summer and winter
    const date = new Date(NEWEST_DAY - Math.floor(index * DAYS_PER_ENTRY) * DAY_MS + afternoon);
    const paragraphs = [dateLine(date), `${pick(SENTENCES)} ${pick(SENTENCES)}`];
    if (random() < 0.55) paragraphs.push(pick(SENTENCES));
    paragraphs.push(...Array(Math.floor(random() * 4)).fill('&nbsp;'));
    const html = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('');
    return {
      title: pick(TITLES),
      link: `https://dagbok.example/${date.getUTCFullYear()}/${count - index}-inlagg.html`,
      date,
      author: pick(AUTHORS),
      categories: random() < 0.4 ? ['Allmänt', pick(CATEGORIES)] : ['Allmänt'],
      description: random() < 1 / 3 ? escapeHtml(html) : `<![CDATA[${html}]]>`,
    };
  });
  for (let index = 0; index + 1 < count; index += 2) {
    if (random() < 0.25 || index === 0) [entries[index], entries[index + 1]] = [entries[index + 1], entries[index]];
  }
  return entries;
}

const itemOf = ({ title, link, date, author, categories, description }) => `    <item>
      <title>${escapeHtml(title)}</title>
      <link>${link}</link>
      <guid isPermaLink="true">${link}</guid>
      <pubDate>${date.toUTCString()}</pubDate>
      <dc:creator>${author}</dc:creator>
${categories.map((category) => `      <category>${category}</category>\n`).join('')}      <description>${description}</description>
    </item>
`;

/** Returns a feed with `count` entries, about 700 bytes each in UTF-8. */
export function makeFeed(count) {
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel>
    <title>Kommunchefens dagbok</title>
    <link>https://dagbok.example/</link>
    <description>Påhittad, för mätningar.</description>
    <language>sv</language>
${makeEntries(count).map(itemOf).join('')}  </channel>
</rss>
`;
}

/** Returns the links of the five newest entries, which a list shows. */
export function newestLinks(count) {
  return makeEntries(count)
    .sort((a, b) => b.date - a.date)
    .slice(0, 5)
    .map(({ link }) => link);
}
