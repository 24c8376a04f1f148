// Every state × theme × language. Every accessibility test checks all of them.
import type { DiaryFeedElement, Feed } from '../../src/index.js';
import { create, nextEvent, query, appendToPage, type Attributes } from './element.js';
import { rss } from './feeds.js';
import { feedUrl, foreignFeedUrl, openGate, uniqueId } from './server.js';
import { until } from './visit.js';

/** Languages of pages, with the language of the messages there. Nobody has translated them into the minority languages yet. */
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

/** Color scheme and style sheet of a page. */
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
  // the other themes use the page's colors
  ...(await shipped('dark', 'cards', 'high-contrast')),
};

/** Returns the themes to test in a language: those of the package only in one left-to-right and one right-to-left language. */
export function themesIn(language: Language): string[] {
  const hasAll = ['sv', 'yi'].includes(language);
  return Object.keys(THEMES).filter((theme) => hasAll || !theme.includes('.css on '));
}

async function sheetOf(theme: string): Promise<string> {
  return (await fetch(`/src/themes/${theme}.css`)).text();
}

/** Returns themes of the package. */
async function shipped(scheme: Theme['scheme'], ...names: string[]): Promise<Record<string, Theme>> {
  const themes = names.map(async (name): Promise<[string, Theme]> => {
    return [`${name}.css on a ${scheme} page`, { scheme, sheet: await sheetOf(name) }];
  });
  return Object.fromEntries(await Promise.all(themes));
}

const LONG_WORD = 'kommunfullmäktigesammanträdesprotokollsjusteringsdatumsförteckning';

/** Difficult entries: repeated titles, one letter, one long word, and no title, link, date or text. */
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

/** Entries by month: upcoming, expandable, without a day. */
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

type Show = (append: (element: DiaryFeedElement) => void) => Promise<DiaryFeedElement>;

/** Shows an element with a feed from a script. */
const ready =
  (attributes: Attributes, feed = FEED): Show =>
  async (append) => {
    const element = create(attributes);
    element.feed = feed;
    append(element);
    await element.updateComplete;
    return element;
  };

/** Shows an element whose load has ended. */
const loaded =
  (src: () => string): Show =>
  async (append) => {
    const element = create({ ...EVERYTHING, src: src() });
    const ended = nextEvent(element, 'loadend');
    append(element);
    await ended;
    return element;
  };

/** Shows an element that is loading, from another origin: browsers limit the connections to one. */
const waiting =
  (gate = uniqueId(), attributes: Attributes = EVERYTHING): Show =>
  async (append) => {
    const element = create({ ...attributes, src: foreignFeedUrl({ items: 5, cors: 1, gate }) });
    const started = nextEvent(element, 'loadstart');
    append(element);
    await started;
    return element;
  };

const hasStatus = (element: Element): boolean => Boolean(query(element, '[role=status]')?.textContent.trim());

export const STATES: Record<string, Show> = {
  idle: async (append) => {
    const element = create(EVERYTHING);
    append(element);
    await element.updateComplete;
    return element;
  },
  loading: waiting(),
  'loading slowly': async (append) => {
    const element = await waiting()(append);
    await until(() => hasStatus(element));
    return element;
  },
  ready: ready({ heading: '' }),
  'ready, late': async (append) => {
    const gate = uniqueId();
    const element = await waiting(gate, {})(append);
    await until(() => hasStatus(element));
    const ended = nextEvent(element, 'loadend');
    await openGate(gate);
    await ended;
    return element;
  },
  'ready, titles only': ready({ show: 'none', limit: 8 }),
  'ready, everything': ready(EVERYTHING),
  'ready, everything and more': async (append) => {
    const element = await ready(EVERYTHING)(append);
    query(element, '[part=more]')?.click();
    await element.updateComplete;
    await new Promise(requestAnimationFrame); // the focus moves in the next frame
    await new Promise(requestAnimationFrame);
    return element;
  },
  'ready, by month': ready(BY_MONTH, MONTHS),
  'ready, by month, opened': async (append) => {
    const element = await ready(BY_MONTH, MONTHS)(append);
    query(element, 'summary')?.click();
    await until(() => Boolean(query(element, 'details[open]')));
    return element;
  },
  'ready, old': ready({ 'stale-after': 30 }),
  reloading: async (append) => {
    const element = await ready({ ...EVERYTHING, src: foreignFeedUrl({ cors: 1, gate: uniqueId() }) })(append);
    const started = nextEvent(element, 'loadstart');
    void element.reload();
    await started;
    return element;
  },
  empty: loaded(() => feedUrl({ text: rss('') })),
  'empty, by a filter': ready({ heading: '', match: 'ingenting' }),
  'failed, unreachable': loaded(() => feedUrl({ status: 500 })),
  'failed, offline': async (append) => {
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
    const element = await loaded(() => feedUrl({ reset: 1 }))(append);
    Reflect.deleteProperty(navigator, 'onLine');
    return element;
  },
  'failed, behind a login': loaded(() => feedUrl({ status: 403 })),
  'failed, set up wrong': loaded(() => feedUrl({ status: 404 })),
  'failed, with entries': async (append) => {
    const element = await ready({ ...EVERYTHING, src: feedUrl({ status: 404 }) })(append);
    await element.reload();
    return element;
  },
  retrying: async (append) => {
    const src = foreignFeedUrl({ items: 5, cors: 1, fails: 1, id: uniqueId(), 'body-gate': uniqueId() });
    const element = await loaded(() => src)(append);
    const started = nextEvent(element, 'loadstart');
    query(element, '[part=retry]')?.click();
    await started;
    return element;
  },
};

/** Adds a container to a page in that language, and removes it after the test. */
export function createContainer(language: Language = 'sv'): HTMLElement {
  const container = document.createElement('div');
  container.dir = language === 'yi' ? 'rtl' : 'ltr';
  container.className = 'stage';
  container.style.cssText = 'background: Canvas; color: CanvasText';
  appendToPage(container, language);
  return container;
}

/** Shows a state in a container. */
export function show(state: string, container: HTMLElement): Promise<DiaryFeedElement> {
  const shown = STATES[state]?.((element) => container.append(element));
  if (!shown) throw new Error(`no state ${state}`);
  return shown;
}

/** Shows all states in a container and returns them by name. */
export async function showAll(container: HTMLElement): Promise<Map<string, DiaryFeedElement>> {
  const named = async (state: string): Promise<[string, DiaryFeedElement]> => [state, await show(state, container)];
  const alone = 'failed, offline'; // the others are online
  const first = await named(alone);
  const others = Object.keys(STATES).filter((state) => state !== alone);
  return new Map([first, ...(await Promise.all(others.map(named)))]);
}

/** Changes an attribute of the page: elements then read its link color again. */
async function changePage(theme: string): Promise<void> {
  document.body.dataset['theme'] = theme;
  await new Promise((resolve) => setTimeout(resolve));
}

/** Applies a theme to a container while `act` runs. */
export async function withTheme<T>(theme: string, container: HTMLElement, act: () => T | Promise<T>): Promise<T> {
  const { scheme, sheet = '' } = THEMES[theme] ?? { scheme: 'light' };
  const styles = new CSSStyleSheet();
  styles.replaceSync(sheet);
  document.adoptedStyleSheets.push(styles);
  container.style.colorScheme = scheme;
  await changePage(theme);
  try {
    return await act();
  } finally {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== styles);
  }
}
