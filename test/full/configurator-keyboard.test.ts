// The configurator by the Tab key, pressed for real: from a link before it to one behind it.
import { expect } from 'chai';
import { contrast } from '../support/colours.js';
import { find, isWebKit, open, textPattern, write, type Open } from '../support/configurator.js';
import { press } from '../support/driver.js';
import { until } from '../support/visit.js';

const TARGETS = 'a[href], button, input, select, textarea, summary';

let links: HTMLAnchorElement[] = [];
afterEach(() => {
  for (const link of links) link.remove();
  links = [];
});

/** The page between two links, with all of it unfolded. */
async function openBetween(query: string, { width }: { width: number }): Promise<Open> {
  const opened = await open(query, { width });
  for (const details of opened.page.querySelectorAll('details')) details.open = true;
  links = ['Före', 'Efter'].map((text) => {
    const link = document.createElement('a');
    link.href = '#';
    link.append(text);
    return link;
  });
  const [before, after] = links;
  if (before && after) opened.frame.before(before);
  if (after) opened.frame.after(after);
  before?.focus();
  return opened;
}

/** What has the focus, through frames and shadow roots. */
function focused(): Element | null {
  let element = document.activeElement;
  for (;;) {
    const inner =
      element?.shadowRoot?.activeElement ?? (element as HTMLIFrameElement | null)?.contentDocument?.activeElement;
    // a frame that has nothing to focus gives its body
    if (!inner || inner.localName === 'body') return element;
    element = inner;
  }
}

/** All that the Tab key comes to until it is behind the page, each with what `look` sees while it has the focus. */
async function walk<T>(look: (element: Element) => T | Promise<T>): Promise<[Element, T][]> {
  const steps: [Element, T][] = [];
  while (steps.length < 200) {
    await press('Tab');
    const element = focused();
    if (!element || element === links[1]) return steps;
    steps.push([element, await look(element)]);
  }
  throw new Error('the Tab key does not come out of the page');
}

const nameOf = (element: Element): string => element.id || element.textContent.trim() || element.localName;

/** What there is to reach, in the order in which it is read: the page's own, with the preview's where its frame is. */
function expectedIn({ page, element }: Open): string[] {
  // Safari's Tab key comes to no palette; the field before it takes the same
  const isPassed = isWebKit ? '[type=color]' : 'no-such-element';
  const isShown = (target: Element): boolean => !target.matches(isPassed) && target.checkVisibility();
  const inPreview = [...(element.shadowRoot?.querySelectorAll(TARGETS) ?? [])].filter(isShown).map(nameOf);
  return [...page.querySelectorAll(`${TARGETS}, iframe`)].flatMap((target) =>
    target.localName === 'iframe' ? inPreview : isShown(target) ? [nameOf(target)] : [],
  );
}

interface Place {
  top: number;
  left: number;
  isSeen: boolean;
}

/** Milliseconds in which a busy browser scrolls to what has got the focus. */
const SCROLLING = 2000;

async function placeOnceSeen(element: Element): Promise<Place> {
  for (let end = performance.now() + SCROLLING; performance.now() < end && !placeOf(element).isSeen;) {
    await new Promise((resolve) => setTimeout(resolve, 16));
  }
  return placeOf(element);
}

/** Where an element is in the page that it is in, and whether a person sees it there. */
function placeOf(element: Element): Place {
  const { top, left, right, bottom } = element.getBoundingClientRect();
  const view = element.ownerDocument.defaultView;
  const root = element.getRootNode() as Document | ShadowRoot;
  // in the middle of what is on the screen: a box of code may be taller
  const y = (Math.max(top, 0) + Math.min(bottom, view?.innerHeight ?? 0)) / 2;
  const found = root.elementFromPoint((left + right) / 2, y);
  return {
    top: top + (view?.scrollY ?? 0),
    left,
    isSeen: Boolean(found && (element.contains(found) || found.contains(element))),
  };
}

describe('the configurator by keyboard', function () {
  this.timeout(60_000);

  it('lets the Tab key come to everything once, in the order in which it is read, and out again', async () => {
    const opened = await openBetween('?heading=&server=node&css-color=%23112233', { width: 320 });
    const steps = await walk(placeOnceSeen);
    expect(steps.map(([element]) => nameOf(element))).to.deep.equal(expectedIn(opened));
    expect(steps.length).to.be.greaterThan(60);
    // in one column what comes next stands below, or beside to the right
    const own = steps.filter(([element]) => element.ownerDocument === opened.page);
    for (const [index, [element, { top, left }]] of own.entries()) {
      const before = own[index - 1];
      if (!before || before[0].classList.contains('skip')) continue;
      const [other, place] = before;
      const isNext = top > place.top + 4 || (Math.abs(top - place.top) <= 24 && left > place.left);
      expect(isNext, `${nameOf(element)} after ${nameOf(other)}`).to.equal(true);
    }
    expect(steps.filter(([, { isSeen }]) => !isSeen).map(([element]) => nameOf(element))).to.deep.equal([]);
  });

  it('shows the focus by a ring of three pixels and a contrast of 3:1, wherever it is', async () => {
    await openBetween('?heading=&server=cron-nginx', { width: 1280 });
    const steps = await walk((element) => {
      const view = element.ownerDocument.defaultView ?? window;
      const { outlineStyle, outlineWidth, outlineColor } = view.getComputedStyle(element);
      const ratio = contrast(outlineColor, element.parentElement ?? element);
      return { outlineStyle, outlineWidth, isSeen: ratio >= 3, ratio };
    });
    const bare = steps.filter(
      ([, { outlineStyle, outlineWidth, isSeen }]) => outlineStyle !== 'solid' || outlineWidth !== '3px' || !isSeen,
    );
    expect(bare.map(([element, ring]) => `${nameOf(element)}: ${JSON.stringify(ring)}`)).to.deep.equal([]);
    expect(steps.length).to.be.greaterThan(60);
  });

  it('keeps the focus where it is while a choice changes the code, and opens what is folded', async () => {
    const opened = await open();
    const summary = opened.page.querySelector('summary');
    summary?.focus();
    await press('Enter');
    await until(() => summary?.parentElement?.matches('[open]') ?? false);
    const server = find(opened, 'setting-server');
    server.focus();
    write(opened, 'setting-server', 'nginx');
    expect(opened.page.activeElement === server).to.equal(true);
    find(opened, 'language').focus();
    await press('Enter');
    await until(() => opened.page.documentElement.lang === 'en');
    expect(opened.page.activeElement?.id).to.equal('language');
  });
});

/** What a screen reader is told: texts that come into places that were there as status before. */
function listenTo({ page, view }: Open): string[] {
  const told: string[] = [];
  const observer = new view.MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      const place = (target instanceof view.Element ? target : target.parentElement)?.closest('[role=status]');
      if (!place) continue;
      told.push(...[...addedNodes].map((node) => node.textContent?.trim() ?? '').filter(Boolean));
    }
  });
  for (const place of page.querySelectorAll('[role=status]')) {
    observer.observe(place, { childList: true, subtree: true, characterData: true });
  }
  return told;
}

describe('the configurator, for those who hear it', function () {
  this.timeout(30_000);

  it('says what becomes of a feed, of a value, of a choice and of a copy', async () => {
    const opened = await open();
    const told = listenTo(opened);
    const hear = (...patterns: RegExp[]): Promise<void> =>
      until(() => told.some((text) => patterns.some((pattern) => pattern.test(text))));
    write(opened, 'setting-src', new URL('/demo/feeds/inte-ett-flode.html', location.href).href);
    await hear(textPattern('error-not-a-feed'));
    write(opened, 'setting-limit', '99');
    await hear(textPattern('invalid'));
    write(opened, 'setting-server', 'iis');
    await hear(textPattern('warn-untested'));
    find(opened, 'box-html').parentElement?.querySelector('button')?.click();
    await hear(textPattern('copied'), textPattern('selected'));
  });

  it('says nothing again that has not changed', async () => {
    const opened = await open();
    const told = listenTo(opened);
    write(opened, 'setting-limit', '3');
    write(opened, 'setting-theme', 'cards');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(told).to.deep.equal([]);
  });
});
