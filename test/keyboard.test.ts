import { expect } from 'chai';
import type { DiaryFeedElement, Entry } from '../src/index.js';
import { queryAll, create, mount, query, appendToPage, textsOf } from './support/element.js';
import { items, rss } from './support/feeds.js';
import { press } from './support/driver.js';
import { feedUrl, openGate, uniqueId } from './support/server.js';
import { show, createContainer } from './support/showcase.js';
import { until } from './support/visit.js';

/** Returns the focused element, through shadow roots. */
function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

const focusedText = (): string => focused()?.textContent.replace(/\s+/g, ' ').trim() ?? '';

/** Returns whether an element, or something in it, is the topmost element at its center. */
function isAtItsCenter(element: Element | null): boolean {
  const root = element?.getRootNode() as Document | ShadowRoot | undefined;
  const { x, y, width, height } = element?.getBoundingClientRect() ?? new DOMRect();
  return Boolean(element?.contains(root?.elementFromPoint(x + width / 2, y + height / 2) ?? null));
}

/** Shows a state between two links, at which the Tab key starts and ends. */
async function between(state: string): Promise<DiaryFeedElement> {
  const container = createContainer();
  const before = container.appendChild(linkTo('Före'));
  const element = await show(state, container);
  container.append(linkTo('Efter'));
  before.focus();
  return element;
}

function linkTo(text: string): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = '#';
  link.append(text);
  return link;
}

/** Returns the texts that the Tab key focuses until it leaves the element. */
async function walk(): Promise<string[]> {
  const texts: string[] = [];
  for (let steps = 0; steps < 20; steps++) {
    await press('Tab');
    if (focusedText() === 'Efter') return texts;
    texts.push(focusedText());
  }
  return texts;
}

const TAB = '(öppnas i ny flik)';
const LIST = [
  'Kommunchefens dagbok',
  `Möten ${TAB}`,
  `Möten ${TAB}`,
  `Å ${TAB}`,
  `kommunfullmäktigesammanträdesprotokollsjusteringsdatumsförteckning ${TAB}`,
  `En dag utan rubrik, men med några ord om vägen över fjället. ${TAB}`,
  `Inlägg utan rubrik ${TAB}`,
];

const WALKS: Record<string, string[]> = {
  idle: ['Dagboken'],
  'loading slowly': ['Dagboken'],
  'ready, everything': [...LIST, 'Visa 1 inlägg till'],
  'ready, everything and more': [...LIST, `Utan datum ${TAB}`, 'Alla inlägg'],
  'ready, by month': [
    'Dagboken',
    ...[1, 2, 3, 4].flatMap((index) => [`Möten ${index}`, `Visa hela texten Möten ${index}`]),
    'Alla inlägg',
    'Prenumerera (RSS)',
  ],
  'failed, with entries': [...LIST, 'Visa 1 inlägg till', 'Försök igen'],
  'failed, unreachable': ['Dagboken', 'Försök igen'],
  retrying: ['Dagboken', 'Försök igen'],
  empty: ['Kommunchefens dagbok', 'Dagboken'],
};

describe('the Tab key', () => {
  for (const [state, expected] of Object.entries(WALKS)) {
    it(`focuses every link and button in reading order: ${state}`, async () => {
      await between(state);
      expect(await walk()).to.deep.equal(expected);
    });
  }
});

describe('the focus', () => {
  it('has a ring on everything that the Tab key focuses, and nothing covers it', async () => {
    await between('failed, with entries');
    const bare: string[] = [];
    const covered: string[] = [];
    for (let steps = 0; steps < LIST.length + 2; steps++) {
      await press('Tab');
      const element = focused();
      const { outlineStyle, outlineWidth } = getComputedStyle(element ?? document.body);
      if (outlineStyle !== 'solid' || parseFloat(outlineWidth) < 2) bare.push(focusedText());
      if (!isAtItsCenter(element)) covered.push(focusedText());
    }
    expect([bare, covered]).to.deep.equal([[], []]);
  });

  it('stays on the retry button during the retry, then moves to the first entry', async () => {
    const gate = uniqueId();
    const src = feedUrl({ text: rss(items(2)), fails: 1, id: uniqueId(), 'body-gate': gate });
    const element = await mount({ src });
    query(element, '[part=retry]')?.focus();
    await press('Enter');
    await until(() => textsOf(element, '[role=status]')[0] === 'Hämtar inlägg …');
    expect(focusedText()).to.equal('Försök igen');
    await openGate(gate);
    await until(() => element.status === 'ready');
    await element.updateComplete;
    expect(focusedText()).to.equal('Inlägg 1');
  });

  const day = (number: number): Entry => ({
    title: `Dag ${number}`,
    link: `https://dagbok.example/${number}`,
    day: `2026-03-${number}`,
    categories: [],
  });

  /** Returns the focused text after the feed changes; before, "Dag 11" of 12, 11 and 10 had the focus. */
  async function focusedAfter(numbers: number[]): Promise<string> {
    const element = create({ show: 'none', more: 1, limit: 3 });
    element.feed = { entries: [9, 10, 11, 12].map(day) };
    appendToPage(element);
    await element.updateComplete;
    queryAll(element, 'a')[1]?.focus();
    element.feed = { entries: numbers.map(day) };
    await element.updateComplete;
    return focusedText();
  }

  it('stays on its entry when newer entries appear above it', async () => {
    expect(await focusedAfter([10, 11, 12, 13])).to.equal('Dag 11');
  });

  it('moves to the fallback when no entry remains', async () => {
    expect(await focusedAfter([])).to.equal('Dagboken');
  });

  it('stays on the button of an expandable entry when newer entries appear above it', async () => {
    const texts = (number: number): Entry => ({ ...day(number), summary: `Dag ${number} var lång. Sedan kom natten.` });
    const element = create({ expand: '' });
    element.feed = { entries: [11, 10].map(texts) };
    appendToPage(element);
    await element.updateComplete;
    queryAll(element, 'summary')[1]?.focus();
    element.feed = { entries: [12, 11, 10].map(texts) };
    await element.updateComplete;
    expect(focusedText()).to.equal('Visa hela texten Dag 10');
  });
});
