import type { default as Axe } from 'axe-core';
import 'axe-core/axe.min.js'; // no module: it leaves a global
import { expect } from 'chai';
import type { DiaryFeedElement, Feed } from '../src/index.js';
import { create, eventOf, mount, one, place } from './support/element.js';
import { feedUrl, openGate, uniqueId } from './support/server.js';

declare const axe: typeof Axe;

const FEED: Feed = {
  title: 'Dagboken',
  link: 'https://dagbok.example/',
  language: 'sv',
  entries: Array.from({ length: 8 }, (_, index) => ({
    title: 'Möten',
    link: `https://dagbok.example/${index}`,
    day: `2026-03-${12 - index}`.replace(/-(\d)$/, '-0$1'),
    summary: 'Idag träffade jag personalen på kultur- och fritidsförvaltningen.',
    author: 'Kommunchefen',
    categories: ['Allmänt'],
  })),
};

const EVERYTHING = {
  heading: 'Kommunchefens dagbok',
  show: 'date summary author category',
  more: 5,
  'link-target': '_blank',
};

async function shown(
  feed: Feed | undefined,
  attributes: Record<string, string | number>,
  lang: string,
): Promise<DiaryFeedElement> {
  const element = create(attributes);
  if (feed) element.feed = feed;
  place(element, lang);
  await element.updateComplete;
  return element;
}

/** Every state that a visitor can meet. */
const STATES: Record<string, (lang: string) => Promise<DiaryFeedElement>> = {
  idle: (lang) => shown(undefined, EVERYTHING, lang),
  loading: (lang) => shown(undefined, { ...EVERYTHING, src: feedUrl({ gate: uniqueId() }) }, lang),
  ready: (lang) => shown(FEED, EVERYTHING, lang),
  'ready, titles only': (lang) => shown(FEED, { show: 'none' }, lang),
  empty: (lang) => shown({ entries: [] }, EVERYTHING, lang),
  failed: (lang) => mount({ ...EVERYTHING, src: feedUrl({ status: 404 }) }, { lang }),
  'failed with entries': async (lang) => {
    const element = await shown(FEED, { ...EVERYTHING, src: feedUrl({ status: 404 }) }, lang);
    await element.reload();
    return element;
  },
};

async function violationsIn(element: Element): Promise<string[]> {
  const { violations } = await axe.run(element, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: { region: { enabled: false } }, // landmarks are the page's
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe('axe-core', () => {
  for (const [name, show] of Object.entries(STATES)) {
    for (const lang of ['sv', 'en', 'pl']) {
      it(`finds nothing to object to: ${name}, on a page in "${lang}"`, async () => {
        expect(await violationsIn(await show(lang))).to.deep.equal([]);
      });
    }
  }

  it('would find what is wrong', async () => {
    const element = await shown(FEED, {}, 'sv');
    one(element, '[part=list]')?.append(document.createElement('img'));
    expect(await violationsIn(element)).to.not.deep.equal([]);
  });
});

describe('for those who hear the page', () => {
  it('each link is described by its date, because titles repeat', async () => {
    const element = await shown(FEED, {}, 'sv');
    for (const link of element.shadowRoot?.querySelectorAll('a') ?? []) {
      const described = element.shadowRoot?.getElementById(link.getAttribute('aria-describedby') ?? '');
      expect(described?.localName).to.equal('time');
      expect(link.closest('li')?.contains(described ?? null)).to.equal(true);
    }
  });

  it('the status is there from the first render, and silent while a quick load goes well', async () => {
    const element = await shown(undefined, {}, 'sv');
    const status = one(element, '[role=status]');
    element.feed = FEED;
    await element.updateComplete;
    expect(one(element, '[role=status]') === status).to.equal(true);
    expect(status?.textContent.trim()).to.equal('');
  });

  it('a load that takes more than a second is spoken of, and its end too', async () => {
    const gate = uniqueId();
    const element = create({ src: feedUrl({ items: 3, gate }) });
    place(element);
    await element.updateComplete;
    const status = (): string => one(element, '[role=status]')?.textContent.trim() ?? '';
    expect(status()).to.equal('');
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(status()).to.equal('Hämtar inlägg …');
    const loaded = eventOf(element, 'load');
    await openGate(gate);
    await loaded;
    expect(status()).to.equal('3 inlägg');
  });

  it('nothing takes the focus that is neither a link nor a button', async () => {
    const element = await shown(FEED, EVERYTHING, 'sv');
    const focusable = [...(element.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])].filter(
      ({ tabIndex }) => tabIndex >= 0,
    );
    expect(focusable.length).to.be.greaterThan(0);
    expect(focusable.every(({ localName }) => localName === 'a' || localName === 'button')).to.equal(true);
  });
});
