// Entries of an invented diary, with dates around today: so "new", "upcoming" and "yesterday" are always visible.
import type { Feed } from '../../src/feed/types.js';
import type { Language } from './texts/index.js';

interface SampleEntry {
  /** Days from today. */
  days: number;
  categories: Record<Language, readonly string[]>;
  image?: string;
  sv: readonly [title: string, text: string];
  en: readonly [title: string, text: string];
}

const ENTRIES: readonly SampleEntry[] = [
  {
    days: 2,
    categories: { sv: ['Möten'], en: ['Meetings'] },
    image: 'river',
    sv: [
      'Medborgarkväll i Geavŋŋisjávri',
      'Kom och prata om vägen, bredbandet och bygdegården. Vi bjuder på kaffe från klockan 18.',
    ],
    en: [
      'Open evening in Geavŋŋisjávri',
      'Come and talk about the road, the broadband and the village hall. Coffee from 6 pm.',
    ],
  },
  {
    days: 0,
    categories: { sv: ['Ekonomi'], en: ['Budget'] },
    image: 'town',
    sv: [
      'Budgeten är klar för beslut',
      'Efter tre långa dagar har vi ett förslag som håller. Skolan får mer, och lokalerna blir färre.',
    ],
    en: [
      'The budget is ready for a decision',
      'After three long days we have a proposal. The schools get more, and we keep fewer buildings.',
    ],
  },
  {
    days: -1,
    categories: { sv: ['Samhällsbyggnad'], en: ['Planning'] },
    image: 'mountains',
    sv: [
      'Isen bär på Vintersjön',
      'Gatuchefen mätte 42 centimeter i morse. Isvägen till Måskejávrre öppnar på fredag, om kylan står sig.',
    ],
    en: [
      'The ice on Vintersjön is safe',
      'It measured 42 centimeters this morning. The ice road to Måskejávrre opens on Friday if the cold lasts.',
    ],
  },
  {
    days: -3,
    categories: { sv: ['Skola'], en: ['Schools'] },
    image: 'town',
    sv: [
      'Elva nya lärare till 2030',
      'Med gymnasiechefen och facken gick jag igenom vilka ämnen som är svårast att rekrytera till.',
    ],
    en: [
      'Eleven new teachers by 2030',
      'With the head of the upper secondary school and the unions I went through the subjects that are hardest to staff.',
    ],
  },
  {
    days: -6,
    categories: { sv: ['Näringsliv'], en: ['Business'] },
    image: 'river',
    sv: [
      'Frukost med företagen',
      'Fyrtio företagare kom till Folkets hus. Bostäder och flygtider var det som engagerade mest.',
    ],
    en: [
      'Breakfast with the companies',
      'Forty business owners came. Housing and flight times were what they cared about most.',
    ],
  },
  {
    days: -9,
    categories: { sv: ['Möten'], en: ['Meetings'] },
    image: 'mountains',
    sv: [
      'Samråd med samebyarna',
      'Vi gick igenom vinterns betesläge och hur vindkraftens ledningar ska dras. Giitu för ett öppet samtal!',
    ],
    en: [
      'Consultation with the Sámi villages',
      'We went through the grazing this winter and the routes of new power lines. Giitu for an open talk!',
    ],
  },
  {
    days: -14,
    categories: { sv: ['Omsorg'], en: ['Care'] },
    image: 'town',
    sv: [
      'Natten i hemtjänsten',
      'Jag följde med ett nattlag i åtta timmar. Fler händer behövs, och bättre bilar i snön.',
    ],
    en: [
      'A night with the home care',
      'I joined a night team for eight hours. They need more hands, and better cars in the snow.',
    ],
  },
  {
    days: -34,
    categories: { sv: ['Samhällsbyggnad'], en: ['Planning'] },
    image: 'river',
    sv: ['Nya reningsverket är i drift', 'Provtagningarna ser bra ut. Besök gärna visningen på lördag klockan 10.'],
    en: ['The new water plant is running', 'The samples look good. Come to the open day on Saturday at 10.'],
  },
];

const TITLES = { sv: 'Kommunchefens dagbok', en: 'The chief executive’s diary' };

/** Returns the day that is a number of days from today, as YYYY-MM-DD in Sweden. */
function dayFromToday(days: number, now: number): string {
  return new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Stockholm' }).format(now + days * 86_400_000);
}

/** Returns the feed of the invented diary in a language. */
export function createSampleFeed(language: Language = 'sv', now = Date.now()): Feed {
  const entries = ENTRIES.map(({ days, categories, image, [language]: [title, summary] }, index) => ({
    id: String(index),
    title,
    summary,
    link: `https://dagbok.example/${index + 1}.html`,
    day: dayFromToday(days, now),
    author: language === 'sv' ? 'Ánná Lindström' : 'Ánná Lindström',
    categories: categories[language],
    ...(image && { image: new URL(`pictures/${image}.svg`, document.baseURI).href }),
  }));
  return { title: TITLES[language], link: 'https://dagbok.example/', language, entries };
}
