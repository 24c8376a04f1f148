import { expect } from 'chai';
import type { DiaryFeedElement, Entry } from '../../src/index.js';
import { create, eventOf, place } from '../support/element.js';
import { rss } from '../support/feeds.js';
import { feedUrl } from '../support/server.js';
import { openFrame, pageUrl } from '../support/visit.js';

interface Family {
  name: string;
  feeds: { count: number; tries: number }[];
}

interface Corpus {
  counts: { payloads: number; fields: number; wraps: number };
  families: Family[];
}

/** Which feed of the corpus: see `feed-server.mjs`. */
type Which = Record<'hostile', string> & Record<'index', number> & Partial<Record<'alone', number>>;

const corpus = (await (await fetch('/feed-server/hostile')).json()) as Corpus;

const FEEDS = `${location.origin}/feed-server/feed?`;

/** Elements that show feeds at the same time. */
const SIDE_BY_SIDE = 24;

const strictPolicy = (await fetch(pageUrl('hostile'))).headers.get('content-security-policy') ?? '';

/** The strict policy, which only reports: it tells of every attempt, and stops none, so that it is the element that holds. */
const POLICY = `${strictPolicy}; img-src http: https:`; // the page asks for images

const ATTRIBUTES = {
  heading: '',
  show: 'date summary author category image',
  expand: '',
  group: 'month',
  'feed-link': '',
  'new-for': '7',
  'summary-length': '1000',
  limit: '50',
  more: '50',
  'link-target': '_blank',
  timeout: '60000',
};

/** Every element that the template makes, and what each attribute may say. */
const PARTS: Record<string, Record<string, RegExp>> = {
  slot: { name: /^(?:heading|footer|error|empty)$/ },
  div: {
    part: /^status$/,
    class: /^(?:frame|frame waiting|body|rest|after|placeholder|status|text|facts|fallback)$/,
    style: /^--page-link-color: rgba?\([\d., ]+\);$/,
    'aria-hidden': /^true$/,
    role: /^status$/,
    tabindex: /^-1$/,
    hidden: /^$/,
  },
  h2: { part: /^heading$/ },
  h3: { part: /^group$/ },
  ul: { part: /^list$/, role: /^list$/, 'aria-busy': /^true$/ },
  li: { part: /^entry$/ },
  a: {
    part: /^(?:link|more|feed-link)$/,
    class: /^(?:title|link)$/,
    href: /^https?:/,
    target: /^_blank$/,
    rel: /^noopener$/,
    'aria-describedby': /^(?:badge-\d+ )?date-\d+$|^badge-\d+$/,
    type: /^application\/rss\+xml$/,
  },
  span: {
    part: /^(?:author|category|new|upcoming)$/,
    class: /^(?:title|visually-hidden|badge)$/,
    id: /^badge-\d+$/,
  },
  details: { part: /^details$/ },
  summary: { part: /^expand$/ },
  p: { part: /^summary$/ },
  time: { part: /^date$/, id: /^date-\d+$/, datetime: /^\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?$/ },
  img: {
    part: /^image$/,
    hidden: /^$/,
    src: /^https?:/,
    alt: /^$/,
    loading: /^lazy$/,
    decoding: /^async$/,
    referrerpolicy: /^no-referrer$/,
  },
  button: { part: /^(?:retry|more)$/, type: /^button$/, 'aria-disabled': /^true$/ },
};

/** Any of them may say in which language and direction its text is, and in a page's own markup which field. */
const TEXT_ATTRIBUTES = { lang: /^[a-z]{2,3}(?:-[a-z\d]{1,8})*$/i, dir: /^auto$/, 'data-field': /^[a-z]+$/ };

/** Host as the attribute has it, and as a browser reads it, are one; nothing stands before it, nothing in it misleads. */
function isPlainAddress(address: string): boolean {
  const [, host = ''] = /^https?:\/\/([^/?#]*)/.exec(address) ?? [];
  const url = new URL(address);
  const isPlainHost = /^(?:[a-z\d._~-]+|\[[\da-f:.]+\])(?::\d+)?$/.test(host);
  return isPlainHost && url.host === host && url.href === address && !/[^\x21-\x7e]|\\/.test(address);
}

/** What stands in the shadow root and is not of the template. */
function findStrangers(root: ShadowRoot): string[] {
  const strangers: string[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ALL);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE) continue;
    if (node.nodeType === Node.COMMENT_NODE) {
      // Lit's own marks: where an expression begins and ends
      if (!/^(?:|\?|\?lit\$\d+\$)$/.test((node as Comment).data)) strangers.push(`a comment ${(node as Comment).data}`);
      continue;
    }
    const { localName, attributes } = node as Element;
    const known = PARTS[localName];
    if (!known) strangers.push(`an element ${localName}`);
    for (const { name, value } of attributes) {
      const legal = { ...TEXT_ATTRIBUTES, ...known }[name];
      if (!legal?.test(value)) strangers.push(`${localName} ${name}="${value}"`);
      else if ((name === 'href' || name === 'src') && !isPlainAddress(value)) strangers.push(`an address ${value}`);
    }
  }
  return strangers;
}

/** As WebKit names its requests. */
function withoutFragment(address: string): string {
  return address.replace(/#.*/, '');
}

type View = Window & typeof globalThis & { recorded: { violations: string[]; errors: string[] } };

/** What belongs to the page and no feed may touch, as text that can be compared. */
function describePage(view: View): Record<string, string> {
  const { document: page } = view;
  const elements = [...page.querySelectorAll('*')].map(({ localName, attributes }) =>
    [
      localName,
      ...[...attributes].filter(({ name }) => name !== 'src').map(({ name, value }) => `${name}=${value}`),
    ].join(' '),
  );
  return {
    globals: Object.getOwnPropertyNames(view)
      .filter((name) => !/^\d+$/.test(name))
      .sort()
      .join(' '),
    place: [view.location.href, view.history.length, view.scrollX, view.scrollY, view.length].join(' '),
    page: [page.title, page.cookie, page.dir, page.designMode, page.readyState].join(' '),
    focus: page.activeElement?.localName ?? '',
    text: page.body.textContent,
    elements: elements.join('\n'),
  };
}

/** What the page's own constructors and their prototypes hold, by name: no feed adds, changes or takes away. */
function snapshotPrototypes(view: View): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const add = (object: unknown, path: string): void => {
    if (typeof object !== 'function' && (typeof object !== 'object' || object === null)) return;
    for (const key of Reflect.ownKeys(object)) {
      const descriptor = Object.getOwnPropertyDescriptor(object, key);
      const held: unknown = descriptor?.value;
      found.set(`${path}.${String(key)}`, typeof held === 'function' ? held : (descriptor?.get ?? typeof held));
    }
  };
  for (const name of Object.getOwnPropertyNames(view)) {
    const constructor: unknown = Object.getOwnPropertyDescriptor(view, name)?.value;
    if (typeof constructor !== 'function') continue;
    add(constructor, name);
    add(constructor.prototype, `${name}.prototype`);
  }
  return found;
}

function differences(before: Map<string, unknown>, after: Map<string, unknown>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
}

/** A template with a place for every field. */
function ownMarkup(page: Document): HTMLTemplateElement {
  const template = page.createElement('template');
  template.slot = 'entry';
  const places = ['a title', 'a link', 'time date', 'p summary', 'span author', 'span source'];
  for (const place of [...places, 'span category', 'img image']) {
    const [name = '', field = ''] = place.split(' ');
    const made = page.createElement(name);
    made.dataset['field'] = field;
    template.content.append(made);
  }
  return template;
}

/** A page for feeds to attack, and the elements that show them. */
async function openPage(): Promise<{ view: View; elements: DiaryFeedElement[] }> {
  const frame = openFrame({ src: pageUrl('hostile', { query: { policy: POLICY, disposition: 'report' } }) });
  await new Promise((resolve) => frame.addEventListener('load', resolve));
  const view = frame.contentWindow as View;
  const elements = Array.from({ length: SIDE_BY_SIDE }, (_, index) => {
    const element = view.document.createElement('diary-feed');
    for (const [name, value] of Object.entries(ATTRIBUTES)) element.setAttribute(name, value);
    if (index % 3 === 0) element.append(ownMarkup(view.document));
    view.document.querySelector('main')?.append(element);
    return element;
  });
  view.document.querySelector('button')?.focus();
  view.performance.clearResourceTimings();
  return { view, elements };
}

async function show(element: DiaryFeedElement, which: Which | undefined): Promise<void> {
  const query = new URLSearchParams(Object.entries(which ?? {}).map(([name, value]) => [name, String(value)]));
  const ended = new Promise((resolve) => element.addEventListener('loadend', resolve, { once: true }));
  element.src = `${FEEDS}${query.toString()}`;
  await ended;
}

/** Shows feeds and says what was wrong: nothing, one hopes. */
class Attack {
  feeds = 0;
  readonly wrong: string[] = [];
  readonly #view: View;
  readonly #elements: DiaryFeedElement[];
  readonly #before: Record<string, string>;
  readonly #pictures = new Set<string>();

  constructor({ view, elements }: { view: View; elements: DiaryFeedElement[] }) {
    this.#view = view;
    this.#elements = elements;
    this.#before = describePage(view);
  }

  /** Gives those of the feeds whose entries were not all there. */
  async run(all: { which: Which; count?: number }[]): Promise<Which[]> {
    const cut: Which[] = [];
    for (let start = 0; start < all.length; start += this.#elements.length) {
      const feeds = all.slice(start, start + this.#elements.length);
      const elements = this.#elements.slice(0, feeds.length);
      await Promise.all(elements.map((element, index) => show(element, feeds[index]?.which)));
      this.feeds += feeds.length;
      feeds.forEach(({ which, count }, index) => {
        const element = elements[index];
        if (!element?.shadowRoot) return;
        if (count !== undefined && element.feed?.entries.length !== count) cut.push(which);
        for (const stranger of findStrangers(element.shadowRoot)) this.#note(stranger, which);
      });
      this.#checkPage(feeds[0]?.which, elements);
    }
    return cut;
  }

  #checkPage(which: Which | undefined, elements: DiaryFeedElement[]): void {
    const { recorded } = this.#view;
    const now = describePage(this.#view);
    const changed = Object.keys(now).filter((key) => now[key] !== this.#before[key]);
    for (const key of changed) this.#note(`${key} is now ${now[key] ?? ''}`, which);
    for (const what of [...recorded.violations.splice(0), ...recorded.errors.splice(0)]) this.#note(what, which);
    for (const request of this.#takeRequests(elements)) this.#note(`a request for ${request}`, which);
  }

  /** Requests for other things than feeds and the pictures shown; the browser tells of some only later. */
  #takeRequests(elements: DiaryFeedElement[]): string[] {
    for (const element of elements)
      for (const { src } of element.shadowRoot?.querySelectorAll('img') ?? []) this.#pictures.add(withoutFragment(src));
    const requests = this.#view.performance.getEntriesByType('resource').map(({ name }) => withoutFragment(name));
    this.#view.performance.clearResourceTimings();
    return requests.filter((name) => !name.startsWith(FEEDS) && !this.#pictures.has(name));
  }

  #note(what: string, which: Which | undefined): void {
    if (this.wrong.length < 20) this.wrong.push(`${what} (by ${JSON.stringify(which)})`);
  }
}

const totals = { feeds: 0, tries: 0, violations: 0 };

describe('a hostile feed', function () {
  this.timeout(120_000);

  for (const { name: family, feeds } of corpus.families) {
    it(`does nothing to the page and shows nothing but text and plain links: ${family}`, async () => {
      const place = await openPage();
      const prototypes = snapshotPrototypes(place.view);
      const attack = new Attack(place);
      const cut = await attack.run(feeds.map(({ count }, index) => ({ which: { hostile: family, index }, count })));
      // what took its neighbours with it is tried alone
      await attack.run(
        cut.flatMap((which) =>
          Array.from({ length: feeds[which.index]?.tries ?? 0 }, (_, alone) => ({ which: { ...which, alone } })),
        ),
      );
      const changed = differences(prototypes, snapshotPrototypes(place.view));
      totals.feeds += attack.feeds;
      totals.tries += feeds.reduce((sum, { tries }) => sum + tries, 0);
      totals.violations += attack.wrong.length + changed.length;
      expect([...attack.wrong, ...changed]).to.deep.equal([]);
    });
  }
});

after(() => {
  const { payloads, fields, wraps } = corpus.counts;
  console.log(
    `hostile feeds: ${payloads} payloads x ${fields} fields, each in one of ${wraps} wraps: ` +
      `${totals.tries} tries in ${totals.feeds} feeds, ${totals.violations} violations`,
  );
});

describe('what looks for harm', () => {
  /** What one feed does to a page, and a program that does harm behind it. */
  async function wrongAfter(harm: (view: View, root: ShadowRoot) => unknown): Promise<string> {
    const place = await openPage();
    const attack = new Attack(place);
    const root = place.elements[0]?.shadowRoot;
    const done = new Promise((resolve) => {
      place.elements[0]?.addEventListener('loadend', () => resolve(root && harm(place.view, root)), { once: true });
    });
    await attack.run([{ which: { hostile: 'custom elements', index: 0 } }]);
    await done;
    await attack.run([{ which: { hostile: 'custom elements', index: 1 } }]);
    return attack.wrong.join();
  }

  const harms: [what: string, harm: (view: View, root: ShadowRoot) => unknown, sign: string][] = [
    ['an element', (view, root) => root.querySelector('p')?.append(view.document.createElement('form')), 'form'],
    ['an attribute', (_, root) => root.querySelector('li')?.setAttribute('onclick', 'hit=1'), 'onclick'],
    ['a style, which the policy reports', (_, root) => root.querySelector('p')?.setAttribute('style', ''), 'style-src'],
    ['an id', (_, root) => root.querySelector('ul')?.setAttribute('id', 'date-0'), 'date-0'],
    ['an address that runs', (_, root) => root.querySelector('a')?.setAttribute('href', 'javascript:hit=1'), 'hit'],
    ['an address that deceives', (_, root) => root.querySelector('a')?.setAttribute('href', 'https://a@b/'), 'a@b'],
    ['a comment', (view, root) => root.append(view.document.createComment('?lit$x$')), 'lit$x$'],
    ['a script that runs', (view) => view.Reflect.set(view, 'hit', 1), 'globals'],
    ['a title', (view) => (view.document.title = 'hit'), 'hit'],
    ['a cookie', (view) => (view.document.cookie = 'hit=1; max-age=1'), 'hit'],
    ['a place', (view) => (view.location.hash = 'hit'), 'hit'],
    ['a focus', (view) => (view.document.activeElement as HTMLElement).blur(), 'focus'],
    [
      'a request',
      (view) => view.fetch('/feed-server/origin').then((response) => response.text()),
      'feed-server/origin',
    ],
    ['a page', (view) => view.document.body.append('hit'), 'hit'],
  ];
  for (const [what, harm, sign] of harms) {
    it(`sees ${what} that a feed would have brought`, async () => {
      expect(await wrongAfter(harm)).to.include(sign);
    });
  }

  it('sees a prototype that was changed', async () => {
    const { view } = await openPage();
    const before = snapshotPrototypes(view);
    expect(differences(before, snapshotPrototypes(view))).to.deep.equal([]);
    view.Reflect.set(view.Array.prototype, 'at', () => 0);
    view.Reflect.set(view.Object.prototype, 'hit', 1);
    expect(differences(before, snapshotPrototypes(view))).to.include.members([
      'Array.prototype.at',
      'Object.prototype.hit',
    ]);
  });
});

/** The characters of the texts in `roots` as they stand on the page, line by line, without the hostile texts themselves. */
function seenOrder(...roots: Node[]): string {
  const characters: { character: string; x: number; y: number }[] = [];
  for (const root of roots) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode as Text;
      if (text.data.includes(HOSTILE) || text.parentElement?.closest('[role=status]')) continue; // a slow load is announced
      for (const { 0: character, index } of text.data.matchAll(/\S/g)) {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + 1);
        for (const { x, y } of range.getClientRects()) characters.push({ character, x, y });
      }
    }
  }
  return characters
    .sort((one, other) => one.y - other.y || one.x - other.x)
    .map(({ character }) => character)
    .join('');
}

const HOSTILE = 'fientlig';

describe('a text that turns the direction of what follows', () => {
  const CONTROLS: [name: string, controls: string][] = [
    ['RLO', '\u202e'],
    ['LRO', '\u202d'],
    ['RLE', '\u202b'],
    ['RLI', '\u2067'],
    ['FSI', '\u2068'],
    ['PDI and PDF that nobody opened', '\u2069\u2069\u202c'],
    ['many of them', '\u202e\u2067'.repeat(20)],
  ];

  /** What is read around such texts, within the element and behind it. */
  async function readAround(fill: (element: DiaryFeedElement, text: string) => unknown, text: string): Promise<string> {
    const element = create({ ...ATTRIBUTES, heading: '' });
    const behind = document.createElement('p');
    behind.append('Efter elementet 12:30');
    place(element);
    element.after(behind);
    await fill(element, text);
    await element.updateComplete;
    const order = seenOrder(element.shadowRoot ?? element, behind);
    element.parentElement?.remove();
    return order;
  }

  const entries = (text: string): Entry[] => [
    { title: text, date: new Date(0), author: text, categories: [text, 'Vardag 1, 2'], summary: text },
    { title: 'Nästa 1 (2)', link: 'https://dagbok.example/', date: new Date(0), categories: [], summary: 'Hej (3).' },
  ];

  const ways: Record<string, (element: DiaryFeedElement, text: string) => unknown> = {
    'from a feed': async (element, text) => {
      const [first, second] = entries(text);
      const items = [first, second].map(
        (entry) =>
          `<item><title>${entry?.title ?? ''}</title><link>https://dagbok.example/</link><author>${entry?.author ?? ''}</author>` +
          `<category>${text}</category><category>Vardag 1, 2</category><description>${entry?.summary ?? ''}</description></item>`,
      );
      const ended = eventOf(element, 'loadend');
      element.src = feedUrl({ text: rss(items.join(''), `<title>${text}</title>`) });
      await ended;
    },
    'from a program': (element, text) => (element.feed = { title: text, entries: entries(text) }),
  };
  for (const [way, fill] of Object.entries(ways)) {
    for (const [name, controls] of CONTROLS) {
      it(`leaves everything around it as it was, ${way}: ${name}`, async () => {
        const plain = await readAround(fill, HOSTILE);
        expect(plain).to.include('Vardag1,2').and.to.include('elementet12:30');
        expect(await readAround(fill, `${controls}${HOSTILE}${controls}`)).to.equal(plain);
      });
    }
  }

  it('moves what stands around it where nothing holds it', () => {
    const paragraph = document.createElement('p');
    const text = document.createTextNode(HOSTILE);
    paragraph.append(text, ' den 3 mars');
    document.body.append(paragraph);
    expect(seenOrder(paragraph)).to.equal('den3mars');
    text.data = `\u202e${HOSTILE}`;
    expect(seenOrder(paragraph)).to.equal('sram3ned');
    paragraph.remove();
  });
});
