// The start page: three live looks, and its texts in English.
import './look-preview.js';
import type { Look, LookPreview } from './look-preview.js';
import { createSampleFeed } from './sample-feed.js';
import type { Language } from './texts/index.js';

/** English texts by their `data-text`. The Swedish ones are in index.html. */
const ENGLISH: Record<string, string> = {
  title: 'diary-feed – a diary on your page',
  sentence: 'Show the latest entries of your diary on any web page, without cookies and without a third party.',
  build: 'Build yours',
  'build-note': 'A minute, no account, nothing is stored.',
  looks: 'Three looks, live',
  list: 'List for a sidebar',
  cards: 'Cards',
  compact: 'Compact',
  code: 'This is all the code',
  'fact-1':
    'Visible without JavaScript, too: the link inside is shown until the entries arrive, and if the feed is unavailable.',
  'fact-2': 'Real headings, lists and links. Tested against WCAG 2.2 AA. Works with a strict Content-Security-Policy.',
  'fact-3': 'No cookies, no tracking, no third party. The page fetches the feed, and nothing else.',
  more: 'Look further',
  municipal: 'In a municipal page (in Swedish)',
  states: 'When something goes wrong (in Swedish)',
  docs: 'Documentation',
  invented: 'The municipality of Vintersele and its diary are invented.',
};

const LINK_TEXTS = { sv: 'Läs dagboken på dagbok.example', en: 'Read the diary at dagbok.example' };

/** Theme and attributes of each look, by the id of its preview. */
const LOOKS: Record<string, Pick<Look, 'theme'> & { attributes: Record<string, string> }> = {
  list: {
    theme: '',
    attributes: { show: 'date summary', 'summary-length': '90', limit: '4', heading: '', 'new-for': '3' },
  },
  cards: {
    theme: 'cards',
    attributes: { show: 'date image summary', 'summary-length': '60', limit: '3', 'date-style': 'relative' },
  },
  compact: {
    theme: 'compact-sidebar',
    attributes: { show: 'date category', limit: '8', heading: '', 'date-style': 'medium' },
  },
};

const swedish = new Map<string, string>();

function show(language: Language): void {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    const key = element.dataset.text ?? '';
    if (!swedish.has(key)) swedish.set(key, element.textContent);
    element.textContent = (language === 'en' ? ENGLISH[key] : undefined) ?? swedish.get(key) ?? '';
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-en]')) {
    link.dataset.sv ??= link.getAttribute('href') ?? '';
    link.href = (language === 'en' ? link.dataset.en : link.dataset.sv) ?? '';
  }
  const button = document.querySelector<HTMLButtonElement>('#language');
  if (button) {
    button.lang = language === 'sv' ? 'en' : 'sv';
    button.textContent = language === 'sv' ? 'In English' : 'På svenska';
    button.hidden = false;
  }
  const feed = createSampleFeed(language);
  for (const [id, { theme, attributes }] of Object.entries(LOOKS)) {
    const preview = document.querySelector<LookPreview>(`look-preview#${id}`);
    if (!preview) continue;
    const pairs = Object.entries({ src: 'feeds/dagbok.xml', ...attributes, 'heading-level': '4' });
    const link = 'https://dagbok.example/';
    preview.look = { theme, attributes: pairs, properties: [], link, linkText: LINK_TEXTS[language], lang: language };
    preview.feed = feed;
  }
}

const languageIn = (query: string): Language => (new URLSearchParams(query).get('ui') === 'en' ? 'en' : 'sv');

document.querySelector('#language')?.addEventListener('click', () => {
  const language = languageIn(location.search) === 'en' ? 'sv' : 'en';
  history.replaceState(null, '', language === 'en' ? '?ui=en' : location.pathname);
  show(language);
});
show(languageIn(location.search));
