import { expect } from 'chai';
import type { DiaryFeedElement } from '../../src/index.js';
import { contrast } from '../support/colors.js';
import { emulate } from '../support/driver.js';
import { queryAll, create, query } from '../support/element.js';
import { until } from '../support/visit.js';
import { show, showAll, createContainer, THEMES, withTheme } from '../support/showcase.js';

/** Returns the visible texts, the fallback's too, each with its parent element. */
function shownTexts(element: DiaryFeedElement): [text: Text, parent: Element][] {
  const texts = [element, element.shadowRoot as Node].flatMap((root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found: Text[] = [];
    while (walker.nextNode()) found.push(walker.currentNode as Text);
    return found;
  });
  return texts.flatMap((text): [Text, Element][] => {
    const parent = text.parentElement;
    const isShown =
      text.data.trim() &&
      rectsOf(text).length > 0 &&
      parent?.checkVisibility({ visibilityProperty: true }) &&
      !parent.closest('.visually-hidden');
    return parent && isShown ? [[text, parent]] : [];
  });
}

/** Returns the rectangles of a text's lines. */
function rectsOf(text: Text): DOMRect[] {
  const range = document.createRange();
  range.selectNodeContents(text);
  return [...range.getClientRects()];
}

const targetsOf = (element: Element): HTMLElement[] => queryAll(element, 'a, button, summary');

/** Returns the contrast that a theme promises. WCAG 2.2 requires 4.5 (AA) or 7 (AAA). */
const leastOf = (theme: string): number => (theme.startsWith('high-contrast') ? 7 : 4.5);

describe('colors', function () {
  this.timeout(20_000);

  for (const theme of Object.keys(THEMES)) {
    it(`have a contrast of at least ${leastOf(theme)}:1 for every text: ${theme}`, async () => {
      const container = createContainer();
      const elements = await showAll(container);
      const ratios = await withTheme(theme, container, () =>
        [...elements.values()]
          .flatMap(shownTexts)
          .map(([text, painter]) => [contrast(getComputedStyle(painter).color, painter), text.data] as const),
      );
      const [least = 0, text = 'none'] = ratios.toSorted(([one], [other]) => one - other)[0] ?? [];
      console.log(`least contrast of a text, ${theme}: ${least.toFixed(2)}:1`);
      expect(least, text).to.be.at.least(leastOf(theme));
    });

    it(`have a contrast of at least 3:1 for the focus ring: ${theme}`, async () => {
      const container = createContainer();
      const element = await show('failed, with entries', container);
      const ratios = await withTheme(theme, container, () =>
        targetsOf(element).map((target) => {
          target.focus();
          const { outlineColor, outlineStyle, outlineWidth } = getComputedStyle(target);
          expect([outlineStyle, outlineWidth]).to.deep.equal(['solid', '3px']);
          return contrast(outlineColor, target);
        }),
      );
      console.log(`least contrast of a focus ring, ${theme}: ${Math.min(...ratios).toFixed(2)}:1`);
      expect(Math.min(...ratios)).to.be.at.least(3);
    });

    it(`aren’t the only difference between links and text: ${theme}`, async () => {
      const container = createContainer();
      const elements = await showAll(container);
      await withTheme(theme, container, () => {
        for (const link of [...elements.values()].flatMap((element) => queryAll(element, 'a'))) {
          expect(getComputedStyle(link).textDecorationLine).to.equal('underline');
        }
      });
    });
  }

  it('apply to text, focus ring and lines if they are forced', async function () {
    if (!(await emulate({ features: { 'forced-colors': 'active' } }))) return this.skip(); // only Chromium emulates it
    try {
      expect(matchMedia('(forced-colors: active)').matches).to.equal(true);
      const container = createContainer();
      const hasLines = (theme: string): boolean => !/^(?:plain|compact)/.test(theme);
      const element = await show('ready, everything', container);
      const sample = container.appendChild(document.createElement('p'));
      const system = (name: string): string => {
        sample.style.color = name;
        return getComputedStyle(sample).color;
      };
      for (const theme of Object.keys(THEMES)) {
        await withTheme(theme, container, () => {
          for (const [text, painter] of shownTexts(element)) {
            // links with the color of the text are underlined
            const linkColors = painter.closest('a') ? ['LinkText'] : [];
            const expected = painter.closest('button') ? ['ButtonText'] : [...linkColors, 'CanvasText'];
            expect(expected.map(system), `${theme}: ${text.data}`).to.include(getComputedStyle(painter).color);
            expect(contrast(getComputedStyle(painter).color, painter), theme).to.be.at.least(leastOf(theme));
          }
          const [link] = targetsOf(element);
          link?.focus();
          expect(contrast(getComputedStyle(link ?? container).outlineColor, element), theme).to.be.at.least(3);
          const entry = getComputedStyle(query(element, 'li') ?? container);
          const isLined = entry.borderBlockEndStyle === 'solid' && contrast(entry.borderBlockEndColor, element) >= 3;
          expect([theme, isLined]).to.deep.equal([theme, hasLines(theme)]);
          expect([theme, misplacedIn(element), overlapsIn(element)]).to.deep.equal([theme, [], []]);
        });
      }
    } finally {
      await emulate({});
    }
  });
});

describe('targets', () => {
  it('are at least 24 × 24 CSS pixels, even for a title of one letter, and buttons 44 high', async () => {
    const small: string[] = [];
    for (const element of (await showAll(createContainer())).values()) {
      for (const target of targetsOf(element)) {
        const { width, height } = target.getBoundingClientRect();
        const minHeight = target.localName === 'button' ? 44 : 24;
        if (width < 24 || height < minHeight) small.push(`${target.textContent.trim()}: ${width} × ${height}`);
      }
    }
    expect(small).to.deep.equal([]);
  });
});

/** Returns texts outside the element, cut texts and overflow. */
function misplacedIn(element: DiaryFeedElement): string[] {
  const frame = element.getBoundingClientRect();
  const outside = shownTexts(element).flatMap(([text]) => {
    const isInside = ({ left, right, top, bottom }: DOMRect): boolean =>
      left >= frame.left - 1 && right <= frame.right + 1 && top >= frame.top - 1 && bottom <= frame.bottom + 1;
    return rectsOf(text).every(isInside) ? [] : [`outside: ${text.data.trim()}`];
  });
  const cut = queryAll(element, '*:not(.visually-hidden)').filter(
    (part) => getComputedStyle(part).overflow !== 'visible' && part.scrollHeight > part.clientHeight + 1,
  );
  const around = element.parentElement;
  const isScrolling = around && around.scrollWidth > around.clientWidth;
  return [...outside, ...cut.map(({ localName }) => `cut: ${localName}`), ...(isScrolling ? ['scrolls'] : [])];
}

/** Returns texts whose lines overlap lines of another text. */
function overlapsIn(element: DiaryFeedElement): string[] {
  const lines = shownTexts(element).flatMap(([text]) =>
    rectsOf(text).map((rect) => ({ text, rect, middle: (rect.top + rect.bottom) / 2 })),
  );
  const isOver = (one: (typeof lines)[0], other: (typeof lines)[0]): boolean =>
    one.text !== other.text &&
    one.rect.left < other.rect.right - 1 &&
    other.rect.left < one.rect.right - 1 &&
    // line boxes may touch, their text may not
    one.middle > other.rect.top &&
    one.middle < other.rect.bottom;
  return lines.flatMap((one) =>
    lines.filter((other) => isOver(one, other)).map((other) => `${one.text.data.trim()} / ${other.text.data.trim()}`),
  );
}

/** WCAG 2.2, 1.4.12. */
const SPACING = `
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p, li, h2 { margin-block-end: 2em !important }
`;

/** Available space. No style of the element depends on the width of the page: a narrow parent is a narrow page. */
const SPACES: Record<string, { width: number; fontSize?: string; spacing?: string }> = {
  'in 320 pixels, as on a phone': { width: 320 },
  'with letters of 200 % in 320 pixels': { width: 320, fontSize: '200%' },
  'with text spacing and 200 % in 160 pixels': { width: 160, fontSize: '200%', spacing: SPACING },
};

describe('the layout in little space', () => {
  for (const language of ['sv', 'yi'] as const) {
    for (const [space, { width, fontSize = '', spacing = '' }] of Object.entries(SPACES)) {
      it(`shows every text inside the element ${space}, on a page in "${language}"`, async () => {
        const container = createContainer(language);
        Object.assign(container.style, { inlineSize: `${width}px`, fontSize, overflow: 'auto' });
        const styles = new CSSStyleSheet();
        styles.replaceSync(spacing);
        for (const [state, element] of await showAll(container)) {
          element.shadowRoot?.adoptedStyleSheets.push(styles);
          expect([state, misplacedIn(element), overlapsIn(element)]).to.deep.equal([state, [], []]);
        }
      });
    }
  }

  it('shows every text inside the element with 200 % in 320 pixels, in every theme', async () => {
    const container = createContainer();
    Object.assign(container.style, { inlineSize: '320px', fontSize: '200%', overflow: 'auto' });
    const elements = await showAll(container);
    for (const state of ['loading', 'reloading', 'failed, offline']) elements.delete(state); // their sentences change during the test
    const textsOf = (): string[] => [...elements.values()].flatMap(shownTexts).map(([text]) => text.data);
    const plain = textsOf();
    for (const theme of Object.keys(THEMES)) {
      await withTheme(theme, container, () => {
        expect([theme, textsOf()]).to.deep.equal([theme, plain]);
        for (const [state, element] of elements) {
          const found = [theme, state, misplacedIn(element), overlapsIn(element)];
          expect(found).to.deep.equal([theme, state, [], []]);
        }
      });
    }
  });
});

describe('the alignment of all parts', () => {
  /** Returns the distances of each part's text from the start and the end of the element, in pixels. */
  function marginsOf(element: DiaryFeedElement): { name: string; start: number; end: number }[] {
    const frame = element.getBoundingClientRect();
    const parts = 'h2 a, [part=link], time, [part=summary], summary, [part=more], [part=feed-link]';
    return queryAll(element, parts).map((part) => {
      const range = document.createRange();
      range.selectNodeContents(part);
      const box = part.matches('button') ? part.getBoundingClientRect() : range.getBoundingClientRect();
      return {
        name: `${part.localName} ${part.textContent}`,
        start: box.left - frame.left,
        end: frame.right - box.right,
      };
    });
  }

  const ATTRIBUTES = { heading: '', show: 'date summary', limit: 1, more: 1, 'feed-link': '', src: '/dagbok.xml' };
  const TWO = {
    title: 'Kommunchefens dagbok',
    entries: ['Möten', 'Mer'].map((title) => ({ title, day: '2026-03-19', summary: 'Kort.' })),
  };

  async function showAligned(align: string, direction: 'ltr' | 'rtl'): Promise<DiaryFeedElement> {
    const container = createContainer();
    Object.assign(container.style, { inlineSize: '600px', textAlign: align });
    container.dir = direction;
    const element = create(ATTRIBUTES);
    element.feed = TWO;
    container.append(element);
    await element.updateComplete;
    return element;
  }

  for (const [align, direction, isAt] of [
    ['center', 'ltr', ({ start, end }) => Math.abs(start - end) < 2],
    ['center', 'rtl', ({ start, end }) => Math.abs(start - end) < 2],
    ['end', 'ltr', ({ end }) => end < 2],
    ['start', 'ltr', ({ start }) => start < 2],
    ['start', 'rtl', ({ end }) => end < 2],
  ] as [string, 'ltr' | 'rtl', (margins: { start: number; end: number }) => boolean][]) {
    it(`follows text-align ${align} on a ${direction} page`, async () => {
      const margins = marginsOf(await showAligned(align, direction));
      expect(margins.length).to.be.at.least(5);
      expect(margins.filter((part) => !isAt(part))).to.deep.equal([]);
    });
  }

  it('follows the direction of the page in a heading of several lines', async () => {
    const element = await showAligned('start', 'rtl');
    element.style.inlineSize = '150px';
    const range = document.createRange();
    range.selectNodeContents(query(element, 'h2 a') ?? element);
    const lines = [...range.getClientRects()];
    const { right } = element.getBoundingClientRect();
    expect(lines.length).to.be.at.least(2);
    for (const line of lines) expect(line.right).to.be.closeTo(right, 2);
  });

  it('is the same for titles with an image, a broken one, and none', async () => {
    const image = new URL('/demo/icon.svg', location.href).href;
    const images = [image, `${location.origin}/missing.png`, undefined];
    const element = create({ show: 'image' });
    element.feed = { entries: images.map((url, index) => ({ title: `Möten ${index}`, ...(url && { image: url }) })) };
    createContainer().append(element);
    await until(
      () =>
        queryAll(element, 'img')
          .map((each) => each.checkVisibility())
          .join() === 'true,false',
    );
    await until(() => queryAll(element, 'img').every((each) => (each as HTMLImageElement).complete));
    const starts = queryAll(element, '.title').map((title) => title.getBoundingClientRect().left);
    expect(new Set(starts).size).to.equal(1);
    const [, broken, none] = queryAll(element, 'li').map((entry) => entry.getBoundingClientRect().height);
    expect(Math.abs((broken ?? 0) - (none ?? 0))).to.be.below(20); // only the last entry has less padding
  });
});

describe('a right-to-left page', () => {
  it('mirrors the list', async () => {
    const places = await Promise.all(
      (['sv', 'yi'] as const).map(async (language) => {
        const container = createContainer(language);
        container.style.inlineSize = '600px';
        const element = await show('ready, everything', container);
        const frame = element.getBoundingClientRect();
        const parts = queryAll(element, 'h2 span, li:first-child :is(img, a, time), button, [part=more]');
        return parts.map((part) => {
          const { left, right } = part.getBoundingClientRect();
          return Math.round(language === 'yi' ? frame.right - right : left - frame.left) + 0; // never -0
        });
      }),
    );
    expect(places[1]).to.deep.equal(places[0]);
  });

  it('keeps Swedish text left to right', async () => {
    for (const [state, element] of await showAll(createContainer('yi'))) {
      const own = shownTexts(element).filter(([, painter]) => painter.getRootNode() === element.shadowRoot);
      const turned = own.filter(([, painter]) => getComputedStyle(painter).direction !== 'ltr');
      expect([state, turned.map(([text]) => text.data)]).to.deep.equal([state, []]);
    }
  });

  it('aligns paragraphs to the right', async () => {
    const element = await show('ready, everything', createContainer('yi'));
    const summary = query(element, '[part=summary]');
    expect(summary && [getComputedStyle(summary).direction, getComputedStyle(summary).textAlign]).to.deep.equal([
      'ltr',
      'right',
    ]);
  });
});

describe('printing', () => {
  /** Applies the rules of `@media print` to the screen while `look` runs. */
  function printed<T>(element: DiaryFeedElement, look: () => T): T {
    const rules = (element.shadowRoot?.adoptedStyleSheets ?? []).flatMap((sheet) => [...sheet.cssRules]);
    const media = rules.filter((rule) => rule instanceof CSSMediaRule).map((rule) => rule.media);
    const forPaper = media.filter(({ mediaText }) => mediaText === 'print');
    for (const list of forPaper) list.mediaText = 'all';
    try {
      return look();
    } finally {
      for (const list of forPaper) list.mediaText = 'print';
    }
  }

  it('hides only the buttons', async () => {
    for (const element of (await showAll(createContainer())).values()) {
      const shown = (): string[] =>
        queryAll(element, '*')
          .filter((part) => part.checkVisibility())
          .map((part) => part.localName);
      const expected = shown().filter((name) => name !== 'button');
      expect(printed(element, shown)).to.deep.equal(expected);
    }
  });

  it('keeps every text in every theme, dark and without overlaps', async function () {
    const container = createContainer();
    container.style.inlineSize = '600px';
    const element = await show('ready, everything', container);
    const textsOf = (): string[] =>
      shownTexts(element).flatMap(([text, painter]) => (painter.closest('button') ? [] : [text.data]));
    const onScreen = textsOf();
    const paper = document.body.appendChild(document.createElement('p'));
    if (!(await emulate({ media: 'print' }))) return this.skip(); // only Chromium emulates it
    try {
      for (const theme of Object.keys(THEMES)) {
        await withTheme(theme, container, () => {
          expect([theme, textsOf()]).to.deep.equal([theme, onScreen]);
          expect([theme, misplacedIn(element), overlapsIn(element)]).to.deep.equal([theme, [], []]);
          const inks = [container, element.querySelector('a') ?? container].map((part) => getComputedStyle(part).color);
          for (const [text, painter] of shownTexts(element)) {
            const { color } = getComputedStyle(painter);
            // colors of the page don't count
            const isLegible = inks.includes(color) || contrast(color, paper) >= leastOf(theme);
            expect(isLegible, `${theme}: ${text.data} is ${color}`).to.equal(true);
          }
        });
      }
    } finally {
      await emulate({});
      paper.remove();
    }
  });
});

it('shows no animation or transition in any state', async () => {
  for (const [state, element] of await showAll(createContainer())) {
    const moving = queryAll(element, '*').filter((part) => {
      const { animationName, transitionDuration } = getComputedStyle(part);
      return animationName !== 'none' || transitionDuration !== '0s';
    });
    expect([state, moving.length, element.getAnimations({ subtree: true }).length]).to.deep.equal([state, 0, 0]);
  }
});
