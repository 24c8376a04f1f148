import { expect } from 'chai';
import type { DiaryFeedElement, Entry } from '../../src/index.js';
import { create, nextEvent, appendToPage } from '../support/element.js';
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

/** Parameters of a feed of the corpus: see `feed-server.mjs`. */
type Which = Record<'hostile', string> & Record<'index', number> & Partial<Record<'alone', number>>;

const corpus = (await (await fetch('/feed-server/hostile')).json()) as Corpus;

const FEEDS = `${location.origin}/feed-server/feed?`;

/** Number of elements on the page. */
const ELEMENT_COUNT = 24;

const strictPolicy = (await fetch(pageUrl('hostile'))).headers.get('content-security-policy') ?? '';

/** The strict policy as report-only: it reports every attempt and blocks none. */
const POLICY = `${strictPolicy}; img-src http: https:`; // the elements show images

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

/** Elements of the templates, and the valid values of their attributes. */
const PARTS: Record<string, Record<string, RegExp>> = {
  slot: { name: /^(?:heading|footer|error|empty)$/ },
  div: {
    part: /^status$/,
    class: /^(?:frame|frame waiting|body|after|placeholder|status|text|facts|fallback)$/,
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
  p: { part: /^summary$/, class: /^visually-hidden$/ },
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

/** Attributes for language and direction, and placeholders in the page's template. */
const TEXT_ATTRIBUTES = { lang: /^[a-z]{2,3}(?:-[a-z\d]{1,8})*$/i, dir: /^auto$/, 'data-field': /^[a-z]+$/ };

/** Returns whether a URL is written as a browser parses it, without a user name or deceptive characters. */
function isPlainUrl(address: string): boolean {
  const [, host = ''] = /^https?:\/\/([^/?#]*)/.exec(address) ?? [];
  const url = new URL(address);
  const isPlainHost = /^(?:[a-z\d._~-]+|\[[\da-f:.]+\])(?::\d+)?$/.test(host);
  return isPlainHost && url.host === host && url.href === address && !/[^\x21-\x7e]|\\/.test(address);
}

/** Returns everything in the shadow root that the templates don't contain. */
function findUnexpected(root: ShadowRoot): string[] {
  const unexpected: string[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ALL);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE) continue;
    if (node.nodeType === Node.COMMENT_NODE) {
      // Lit's markers
      if (!/^(?:|\?|\?lit\$\d+\$)$/.test((node as Comment).data))
        unexpected.push(`a comment ${(node as Comment).data}`);
      continue;
    }
    const { localName, attributes } = node as Element;
    const known = PARTS[localName];
    if (!known) unexpected.push(`an element ${localName}`);
    for (const { name, value } of attributes) {
      const valid = { ...TEXT_ATTRIBUTES, ...known }[name];
      if (!valid?.test(value)) unexpected.push(`${localName} ${name}="${value}"`);
      else if ((name === 'href' || name === 'src') && !isPlainUrl(value)) unexpected.push(`a URL ${value}`);
    }
  }
  return unexpected;
}

/** Removes the fragment: WebKit reports requests without it. */
function withoutFragment(url: string): string {
  return url.replace(/#.*/, '');
}

type View = Window & typeof globalThis & { recorded: { violations: string[]; errors: string[] } };

/** Describes the state of the page that no feed may change. */
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

/** Returns the members of the page's constructors and prototypes. */
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

/** Creates a template with a placeholder for every field. */
function createTemplate(page: Document): HTMLTemplateElement {
  const template = page.createElement('template');
  template.slot = 'entry';
  const fields = ['a title', 'a link', 'time date', 'p summary', 'span author', 'span source'];
  for (const item of [...fields, 'span category', 'img image']) {
    const [name = '', field = ''] = item.split(' ');
    const made = page.createElement(name);
    made.dataset['field'] = field;
    template.content.append(made);
  }
  return template;
}

/** Opens a page with the elements that show the feeds. */
async function openPage(): Promise<{ view: View; elements: DiaryFeedElement[] }> {
  const frame = openFrame({ src: pageUrl('hostile', { query: { policy: POLICY, disposition: 'report' } }) });
  await new Promise((resolve) => frame.addEventListener('load', resolve));
  const view = frame.contentWindow as View;
  const elements = Array.from({ length: ELEMENT_COUNT }, (_, index) => {
    const element = view.document.createElement('diary-feed');
    for (const [name, value] of Object.entries(ATTRIBUTES)) element.setAttribute(name, value);
    if (index % 3 === 0) element.append(createTemplate(view.document));
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

/** Shows hostile feeds and records what they change. */
class Attack {
  feeds = 0;
  readonly findings: string[] = [];
  readonly #view: View;
  readonly #elements: DiaryFeedElement[];
  readonly #before: Record<string, string>;
  readonly #imageUrls = new Set<string>();

  constructor({ view, elements }: { view: View; elements: DiaryFeedElement[] }) {
    this.#view = view;
    this.#elements = elements;
    this.#before = describePage(view);
  }

  /** Shows the feeds and returns those of which entries are missing. */
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
        for (const item of findUnexpected(element.shadowRoot)) this.#note(item, which);
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

  /** Returns requests for anything but feeds and images; browsers report some of them later. */
  #takeRequests(elements: DiaryFeedElement[]): string[] {
    for (const element of elements)
      for (const { src } of element.shadowRoot?.querySelectorAll('img') ?? [])
        this.#imageUrls.add(withoutFragment(src));
    const requests = this.#view.performance.getEntriesByType('resource').map(({ name }) => withoutFragment(name));
    this.#view.performance.clearResourceTimings();
    return requests.filter((name) => !name.startsWith(FEEDS) && !this.#imageUrls.has(name));
  }

  #note(what: string, which: Which | undefined): void {
    if (this.findings.length < 20) this.findings.push(`${what} (by ${JSON.stringify(which)})`);
  }
}

const totals = { feeds: 0, tries: 0, violations: 0 };

describe('a hostile feed', function () {
  this.timeout(120_000);

  for (const { name: family, feeds } of corpus.families) {
    it(`doesn't change the page, and shows only text and plain links: ${family}`, async () => {
      const place = await openPage();
      const prototypes = snapshotPrototypes(place.view);
      const attack = new Attack(place);
      const cut = await attack.run(feeds.map(({ count }, index) => ({ which: { hostile: family, index }, count })));
      // a payload without a wrap can remove its neighbors: each is tried alone
      await attack.run(
        cut.flatMap((which) =>
          Array.from({ length: feeds[which.index]?.tries ?? 0 }, (_, alone) => ({ which: { ...which, alone } })),
        ),
      );
      const changed = differences(prototypes, snapshotPrototypes(place.view));
      totals.feeds += attack.feeds;
      totals.tries += feeds.reduce((sum, { tries }) => sum + tries, 0);
      totals.violations += attack.findings.length + changed.length;
      expect([...attack.findings, ...changed]).to.deep.equal([]);
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

describe('the search for changes', () => {
  it('finds an element, a global and a changed prototype', async () => {
    const opened = await openPage();
    const prototypes = snapshotPrototypes(opened.view);
    const attack = new Attack(opened);
    const [element] = opened.elements;
    element?.addEventListener('load', () => {
      element.shadowRoot?.querySelector('li')?.append(opened.view.document.createElement('form'));
      opened.view.Reflect.set(opened.view, 'hit', 1);
      opened.view.Reflect.set(opened.view.Array.prototype, 'at', () => 0);
    });
    await attack.run([{ which: { hostile: 'custom elements', index: 0 } }]);
    expect(attack.findings.join()).to.include('form').and.include('globals');
    expect(differences(prototypes, snapshotPrototypes(opened.view))).to.include('Array.prototype.at');
  });
});

/** Returns the characters in visual order, without the hostile texts. */
function visualOrder(...roots: Node[]): string {
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

describe('a text with bidirectional controls', () => {
  const CONTROLS: [name: string, controls: string][] = [
    ['RLO', '\u202e'],
    ['RLI', '\u2067'],
    ['PDI and PDF without a start', '\u2069\u2069\u202c'],
    ['many of them', '\u202e\u2067'.repeat(20)],
  ];

  /** Returns the visual order of an element with such a text and of the paragraph after it. */
  async function readAround(fill: (element: DiaryFeedElement, text: string) => unknown, text: string): Promise<string> {
    const element = create({ ...ATTRIBUTES, heading: '' });
    const after = document.createElement('p');
    after.append('Efter elementet 12:30');
    appendToPage(element);
    element.after(after);
    await fill(element, text);
    await element.updateComplete;
    const order = visualOrder(element.shadowRoot ?? element, after);
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
      const ended = nextEvent(element, 'loadend');
      element.src = feedUrl({ text: rss(items.join(''), `<title>${text}</title>`) });
      await ended;
    },
    'from a script': (element, text) => (element.feed = { title: text, entries: entries(text) }),
  };
  for (const [way, fill] of Object.entries(ways)) {
    for (const [name, controls] of CONTROLS) {
      it(`doesn't change the order of other texts, ${way}: ${name}`, async () => {
        const plain = await readAround(fill, HOSTILE);
        expect(plain).to.include('Vardag1,2').and.to.include('elementet12:30');
        expect(await readAround(fill, `${controls}${HOSTILE}${controls}`)).to.equal(plain);
      });
    }
  }
});
