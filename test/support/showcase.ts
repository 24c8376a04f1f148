// Every state × theme × language that a visitor can meet. What is added here is looked at by every test of accessibility.
import type { DiaryFeedElement, Feed } from '../../src/index.js';
import { create, eventOf, one, place, type Attributes } from './element.js';
import { rss } from './feeds.js';
import { feedUrl, foreignFeedUrl, openGate, uniqueId } from './server.js';
import { until } from './visit.js';

/** Languages of pages, with the one that the element speaks there. Nobody has written the minority languages yet. */
export const LANGUAGES = {
  sv: 'sv',
  en: 'en',
  fi: 'fi',
  nb: 'nb',
  da: 'da',
  de: 'de',
  pl: 'sv',
  yi: 'sv',
  fit: 'sv',
  rom: 'sv',
  se: 'sv',
  sma: 'sv',
  smj: 'sv',
} as const;

export type Language = keyof typeof LANGUAGES;

/** How a page looks: its colour scheme, and a style sheet of its own. */
interface Theme {
  scheme: 'light' | 'dark';
  sheet?: string;
}

export const THEMES: Record<string, Theme> = {
  'the default on a light page': { scheme: 'light' },
  'the default on a dark page': { scheme: 'dark' },
  'custom colors': {
    scheme: 'light',
    sheet: 'diary-feed { --diary-feed-link-color: #00507a; --diary-feed-focus-color: #00507a }',
  },
  'the default on a colored page': {
    scheme: 'light',
    sheet: '.stage { background: #12344d !important; color: #fff !important } .stage a { color: #ffd166 }',
  },
  'cards.css on a colored page': {
    scheme: 'light',
    sheet: `.stage { background: #12344d !important; color: #fff !important } .stage a { color: #ffd166 } ${await sheetOf('cards')}`,
  },
  ...(await shipped('light', 'plain', 'lines', 'cards', 'compact-sidebar', 'high-contrast')),
  // the others take the page's colours
  ...(await shipped('dark', 'cards', 'high-contrast')),
};

/** The themes to look at in a language: those of the package where a page runs one way and where it runs the other. */
export function themesIn(language: Language): string[] {
  const isWhole = ['sv', 'yi'].includes(language);
  return Object.keys(THEMES).filter((theme) => isWhole || !theme.includes('.css on '));
}

async function sheetOf(theme: string): Promise<string> {
  return (await fetch(`/src/themes/${theme}.css`)).text();
}

/** Themes of the package. */
async function shipped(scheme: Theme['scheme'], ...names: string[]): Promise<Record<string, Theme>> {
  const themes = names.map(async (name): Promise<[string, Theme]> => {
    return [`${name}.css on a ${scheme} page`, { scheme, sheet: await sheetOf(name) }];
  });
  return Object.fromEntries(await Promise.all(themes));
}

const LONG_WORD = 'kommunfullmäktigesammanträdesprotokollsjusteringsdatumsförteckning';

/** What strains a list: titles that repeat, one letter, one word without end, none, no link, no date, no text. */
export const FEED: Feed = {
  title: 'Dagboken',
  link: 'https://dagbok.example/',
  language: 'sv',
  entries: [
    { title: 'Möten', summary: 'Idag träffade jag personalen på kultur- och fritidsförvaltningen i Vuollerim.' },
    { title: 'Möten', summary: `Vi läste ${LONG_WORD} från början till slut.` },
    { title: 'Å' },
    { title: LONG_WORD },
    { summary: 'En dag utan rubrik, men med några ord om vägen över fjället.' },
    { title: 'Utan länk', link: undefined },
    { title: 'Utan datum', day: undefined },
    {},
  ].map((entry, index) => ({
    link: `https://dagbok.example/${index}`,
    day: `2026-03-${String(19 - index)}`,
    author: 'Kommunchefen',
    source: 'Skolans dagbok',
    image: new URL('/demo/icon.svg', location.href).href,
    categories: ['Allmänt', 'Näringsliv'],
    ...entry,
  })) as Feed['entries'],
};

const EVERYTHING: Attributes = {
  heading: 'Kommunchefens dagbok',
  show: 'date summary author source category image',
  limit: 7,
  more: 1,
  'link-target': '_blank',
};

/** Entries by month, with all that may be said of one: upcoming, expandable, without a day. */
const MONTHS: Feed = {
  ...FEED,
  entries: ['2099-01-02', '2026-03-19', '2026-03-12', undefined].map((day, index) => ({
    title: `Möten ${index + 1}`,
    link: `https://dagbok.example/${index}`,
    ...(day && { day }),
    summary: `${'Vi träffades i Folkets hus och talade om vägen. '.repeat(6).trim()}\nSedan åkte jag hem.`,
    categories: [],
  })),
};

const BY_MONTH: Attributes = {
  heading: '',
  show: 'date summary',
  group: 'month',
  expand: '',
  'feed-link': '',
  more: 1,
  src: '/dagbok.xml',
};

type Show = (put: (element: DiaryFeedElement) => void) => Promise<DiaryFeedElement>;

/** An element with a feed that the server had already. */
const ready =
  (attributes: Attributes, feed = FEED): Show =>
  async (put) => {
    const element = create(attributes);
    element.feed = feed;
    put(element);
    await element.updateComplete;
    return element;
  };

/** One whose load has ended, well or badly. */
const loaded =
  (src: () => string): Show =>
  async (put) => {
    const element = create({ ...EVERYTHING, src: src() });
    const ended = eventOf(element, 'loadend');
    put(element);
    await ended;
    return element;
  };

/** One that waits; on another origin, so that the browser has lines left to this one. */
const waiting =
  (gate = uniqueId(), attributes: Attributes = EVERYTHING): Show =>
  async (put) => {
    const element = create({ ...attributes, src: foreignFeedUrl({ items: 5, cors: 1, gate }) });
    const started = eventOf(element, 'loadstart');
    put(element);
    await started;
    return element;
  };

const isSpoken = (element: Element): boolean => Boolean(one(element, '[role=status]')?.textContent.trim());

export const STATES: Record<string, Show> = {
  idle: async (put) => {
    const element = create(EVERYTHING);
    put(element);
    await element.updateComplete;
    return element;
  },
  loading: waiting(),
  'loading slowly': async (put) => {
    const element = await waiting()(put);
    await until(() => isSpoken(element));
    return element;
  },
  ready: ready({ heading: '' }),
  'ready, late': async (put) => {
    const gate = uniqueId();
    const element = await waiting(gate, {})(put);
    await until(() => isSpoken(element));
    const ended = eventOf(element, 'loadend');
    await openGate(gate);
    await ended;
    return element;
  },
  'ready, titles only': ready({ show: 'none', limit: 8 }),
  'ready, everything': ready(EVERYTHING),
  'ready, everything and more': async (put) => {
    const element = await ready(EVERYTHING)(put);
    one(element, '[part=more]')?.click();
    await element.updateComplete;
    await new Promise(requestAnimationFrame); // the focus moves with the frame
    await new Promise(requestAnimationFrame);
    return element;
  },
  'ready, by month': ready(BY_MONTH, MONTHS),
  'ready, by month, opened': async (put) => {
    const element = await ready(BY_MONTH, MONTHS)(put);
    one(element, 'summary')?.click();
    await until(() => Boolean(one(element, 'details[open]')));
    return element;
  },
  'ready, old': ready({ 'stale-after': 30 }),
  reloading: async (put) => {
    const element = await ready({ ...EVERYTHING, src: foreignFeedUrl({ cors: 1, gate: uniqueId() }) })(put);
    const started = eventOf(element, 'loadstart');
    void element.reload();
    await started;
    return element;
  },
  empty: loaded(() => feedUrl({ text: rss('') })),
  'empty, by a filter': ready({ heading: '', match: 'ingenting' }),
  'failed, unreachable': loaded(() => feedUrl({ status: 500 })),
  'failed, offline': async (put) => {
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
    const element = await loaded(() => feedUrl({ reset: 1 }))(put);
    Reflect.deleteProperty(navigator, 'onLine');
    return element;
  },
  'failed, behind a login': loaded(() => feedUrl({ status: 403 })),
  'failed, set up wrong': loaded(() => feedUrl({ status: 404 })),
  'failed, with entries': async (put) => {
    const element = await ready({ ...EVERYTHING, src: feedUrl({ status: 404 }) })(put);
    await element.reload();
    return element;
  },
  retrying: async (put) => {
    const src = foreignFeedUrl({ items: 5, cors: 1, fails: 1, id: uniqueId(), 'body-gate': uniqueId() });
    const element = await loaded(() => src)(put);
    const started = eventOf(element, 'loadstart');
    one(element, '[part=retry]')?.click();
    await started;
    return element;
  },
};

/** A place on a page of that language, painted as pages are; it is taken away after the test. */
export function stage(language: Language = 'sv'): HTMLElement {
  const made = document.createElement('div');
  made.dir = language === 'yi' ? 'rtl' : 'ltr';
  made.className = 'stage';
  made.style.cssText = 'background: Canvas; color: CanvasText';
  place(made, language);
  return made;
}

/** One state on the stage. */
export function show(state: string, on: HTMLElement): Promise<DiaryFeedElement> {
  const shown = STATES[state]?.((element) => on.append(element));
  if (!shown) throw new Error(`no state is called ${state}`);
  return shown;
}

/** All states on the stage, by their names. */
export async function showAll(on: HTMLElement): Promise<Map<string, DiaryFeedElement>> {
  const named = async (state: string): Promise<[string, DiaryFeedElement]> => [state, await show(state, on)];
  const alone = 'failed, offline'; // the others are online
  const first = await named(alone);
  const others = Object.keys(STATES).filter((state) => state !== alone);
  return new Map([first, ...(await Promise.all(others.map(named)))]);
}

/** Elements read the page's link color again when an attribute of the page changes. */
async function changePage(theme: string): Promise<void> {
  document.body.dataset['theme'] = theme;
  await new Promise((resolve) => setTimeout(resolve));
}

/** Dresses the stage, while `look` looks at it. */
export async function wearing<T>(theme: string, on: HTMLElement, look: () => T | Promise<T>): Promise<T> {
  const { scheme, sheet = '' } = THEMES[theme] ?? { scheme: 'light' };
  const styles = new CSSStyleSheet();
  styles.replaceSync(sheet);
  document.adoptedStyleSheets.push(styles);
  on.style.colorScheme = scheme;
  await changePage(theme);
  try {
    return await look();
  } finally {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== styles);
  }
}
