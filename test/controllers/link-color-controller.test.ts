import { expect } from 'chai';
import { emulate } from '../support/driver.js';
import { create, query, appendToPage } from '../support/element.js';
import { until } from '../support/visit.js';
import type { DiaryFeedElement } from '../../src/index.js';

const FEED = { title: 'Dagboken', entries: [{ title: 'Möten', link: 'https://dagbok.example/1' }] };

async function show(rules: string, fallback?: string): Promise<DiaryFeedElement> {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [sheet];
  const element = create({ heading: '' }, fallback);
  element.feed = FEED;
  appendToPage(element);
  await element.updateComplete;
  return element;
}

const colorOf = (element: DiaryFeedElement, selector: string): string =>
  getComputedStyle(query(element, selector) ?? element).color;

describe('the color of the links', () => {
  afterEach(() => {
    document.adoptedStyleSheets = [];
  });

  for (const [position, content] of [
    ['the fallback', undefined],
    ['deeper in the fallback', '<p>Läs <a href="https://dagbok.example/">dagboken</a></p>'],
  ] as const) {
    it(`is the color of the link in ${position}`, async () => {
      const element = await show('a { color: rgb(1, 2, 3) }', content);
      for (const selector of ['[part=link]', '[part=heading] a']) {
        expect(colorOf(element, selector)).to.equal('rgb(1, 2, 3)');
      }
    });
  }

  it('is --diary-feed-link-color if that is set', async () => {
    const element = await show('a { color: rgb(1, 2, 3) } diary-feed { --diary-feed-link-color: rgb(4, 5, 6) }');
    expect(colorOf(element, '[part=link]')).to.equal('rgb(4, 5, 6)');
  });

  for (const [what, rules, content] of [
    ['has a background', 'a { color: #fff; background-color: #00f }', undefined],
    ['has a gradient', 'a { color: #fff; background-image: linear-gradient(#00f, #00f) }', undefined],
    ['is missing', 'a { color: #fff }', 'Dagboken'],
  ] as const) {
    it(`is the text color if the fallback’s link ${what}`, async () => {
      const element = await show(`${rules} diary-feed { color: rgb(7, 8, 9) }`, content);
      expect(colorOf(element, '[part=link]')).to.equal('rgb(7, 8, 9)');
    });
  }

  it('follows a class of the page', async () => {
    const element = await show('a { color: #00f } .dark a { color: #ff0 }');
    document.documentElement.className = 'dark';
    try {
      await until(() => colorOf(element, '[part=link]') === 'rgb(255, 255, 0)');
    } finally {
      document.documentElement.className = '';
    }
  });

  it('follows a style sheet that arrives before an update', async () => {
    const element = await show('a { color: #00f }');
    document.adoptedStyleSheets[0]?.replaceSync('a { color: #ff0 }');
    element.limit = 1;
    await element.updateComplete;
    expect(colorOf(element, '[part=link]')).to.equal('rgb(255, 255, 0)');
  });

  it('follows a change of the page while the element is removed', async () => {
    const element = await show('a { color: #00f } .dark a { color: #ff0 }');
    element.remove();
    document.documentElement.className = 'dark';
    try {
      appendToPage(element);
      await until(() => colorOf(element, '[part=link]') === 'rgb(255, 255, 0)');
    } finally {
      document.documentElement.className = '';
    }
  });

  it('follows the color scheme', async function () {
    const element = await show('a { color: #00f } @media (prefers-color-scheme: dark) { a { color: #ff0 } }');
    if (!(await emulate({ features: { 'prefers-color-scheme': 'dark' } }))) return this.skip(); // only Chromium emulates it
    try {
      await until(() => colorOf(element, '[part=link]') === 'rgb(255, 255, 0)');
    } finally {
      await emulate({});
    }
  });
});
