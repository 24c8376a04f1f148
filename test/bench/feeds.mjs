// Feeds such as a diary has, of any length, the same in every run. All texts are invented.
import { seededRandom } from './rounds.mjs';

const SEED = 20_260_326;
const DAY = 86_400_000;

/** The newest day; the entries go back from there. */
const NEWEST = Date.UTC(2026, 2, 26);

/** Days between two entries: now and then a day has two, as diaries do. */
const PACE = 0.96;

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

const CATEGORIES = ['Allmänt', 'Ekonomi', 'Skola', 'Vård och omsorg', 'Samhällsbyggnad', 'Näringsliv'];

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

const CODES = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escape = (text) => text.replace(/[&<>]/g, (character) => CODES[character]);

/** The line that opens an entry's text: `Torsdag den 26 mars 2015`. */
const dateLine = (date) =>
  `${WEEKDAYS[date.getUTCDay()]} den ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;

/** Entries, newest first but for some neighbours that have changed places: not every feed is in order. */
function makeEntries(count) {
  const random = seededRandom(SEED);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const entries = Array.from({ length: count }, (_, index) => {
    const afternoon = (12 + random() * 4) * 3_600_000; // the same day in Stockholm, summer and winter
    const date = new Date(NEWEST - Math.floor(index * PACE) * DAY + Math.floor(afternoon / 1000) * 1000);
    const title = pick(TITLES);
    const paragraphs = [`${pick(SENTENCES)} ${pick(SENTENCES)}`];
    if (random() < 0.55) paragraphs.push(pick(SENTENCES));
    return {
      title,
      link: `https://dagbok.example/${date.getUTCFullYear()}/${count - index}-inlagg.html`,
      date,
      author: pick(AUTHORS),
      categories: random() < 0.4 ? ['Allmänt', pick(CATEGORIES.slice(1))] : ['Allmänt'],
      paragraphs,
      blanks: Math.floor(random() * 4),
      isEscaped: random() < 1 / 3,
    };
  });
  for (let index = 0; index + 1 < count; index += 2) {
    if (random() < 0.25 || index === 0) [entries[index], entries[index + 1]] = [entries[index + 1], entries[index]];
  }
  return entries;
}

function markupOf({ title, link, date, author, categories, paragraphs, blanks, isEscaped }, hasDateLines) {
  const texts = [...(hasDateLines ? [dateLine(date)] : []), ...paragraphs, ...Array(blanks).fill('&nbsp;')];
  const html = texts.map((text) => `<p>${text}</p>`).join('');
  return `    <item>
      <title>${escape(title)}</title>
      <link>${link}</link>
      <guid isPermaLink="true">${link}</guid>
      <pubDate>${date.toUTCString()}</pubDate>
      <dc:creator>${author}</dc:creator>
${categories.map((category) => `      <category>${category}</category>\n`).join('')}      <description>${
    isEscaped ? escape(html) : `<![CDATA[${html}]]>`
  }</description>
    </item>
`;
}

/**
 * The text of a feed of so many entries, about 700 bytes each in UTF-8.
 *
 * @param hasDateLines Whether the texts open with the day that they are about, as the diary's do.
 * @param isReversed Whether the oldest entry comes first, so that nobody finds the newest without reading on.
 */
export function makeFeed({ count, hasDateLines = true, isReversed = false }) {
  const entries = makeEntries(count);
  if (isReversed) entries.reverse();
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel>
    <title>Kommunchefens dagbok</title>
    <link>https://dagbok.example/</link>
    <description>Påhittad, för att mäta läsare med.</description>
    <language>sv</language>
${entries.map((entry) => markupOf(entry, hasDateLines)).join('')}  </channel>
</rss>
`;
}

/** What a list of such a feed's five newest entries shows, whatever the order in which the feed has them. */
export function newestFive({ count }) {
  return makeEntries(count)
    .sort((one, other) => other.date - one.date)
    .slice(0, 5)
    .map(({ title, link, date }) => ({ title, link, day: date.toISOString().slice(0, 10) }));
}
