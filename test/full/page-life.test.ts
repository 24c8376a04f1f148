import { expect } from 'chai';
import type { DiaryFeedElement } from '../../src/index.js';
import { feedUrl, foreignFeedUrl, requestsOf, uniqueId } from '../support/server.js';
import { isFailed, isReady, linksOf, openFrame, pageUrl, until, visit, type Visit } from '../support/visit.js';

/** What a page does to the language and the browser, by its name in test/pages/patches.js. */
const PATCHES = {
  'frozen-object': 'froze Object.prototype',
  'frozen-array': 'froze Array.prototype',
  'frozen-function': 'froze Function.prototype',
  'frozen-text': 'froze the prototypes of text and numbers',
  'frozen-error': 'froze Error.prototype',
  'frozen-promise': 'froze Promise.prototype',
  'frozen-collections': 'froze the prototypes of Map, Set, Date and their like',
  'frozen-dom': 'froze the prototypes of nodes and events',
  'frozen-constructors': 'froze Object, Array, Promise and their like themselves',
  'frozen-everything': 'froze every prototype that it has',
  'added-to-object': 'added to Object.prototype',
  'added-to-array': 'added to the prototypes of arrays, texts and functions, toJSON too',
  'old-texts-and-objects': 'replaced what texts do, Object.keys and bind',
  'old-elements': 'replaced remove, closest and append of elements',
  'wrapped-definitions': 'wrapped customElements.define and attachShadow',
  'wrapped-fetch': 'wrapped fetch in a function that waits first',
  'fetch-of-another-promise': 'wrapped fetch in a promise of its own class',
  'fetch-that-hands-on-a-copy': 'wrapped fetch in a function that hands on a copy of the answer',
  'other-promise': 'replaced Promise by a class of its own',
  'wrapped-listeners': 'wrapped addEventListener',
  'wrapped-timers': 'wrapped setTimeout and queueMicrotask',
  'taken-console': 'replaced the console',
  'taken-globals': 'has globals of common names',
};

const SETTLED = ['ready', 'ready', 'ready', 'ready', 'failed'];

/** The texts of each element of a page, once all have loaded, once they have loaded anew, and with more entries. */
async function shownOn(query: Record<string, string>): Promise<{ shown: string[]; errors: string[] }> {
  const elementsOf = ({ page }: Pick<Visit, 'page'>): DiaryFeedElement[] => [
    ...page.querySelectorAll<DiaryFeedElement>('diary-feed'),
  ];
  const { page, errors } = await visit(
    'patched',
    (opened) => elementsOf(opened).every(({ status }, index) => status === SETTLED[index]) || opened.errors.length > 0,
    { query },
  );
  const elements = elementsOf({ page });
  const shown: string[] = [];
  const note = (): void => {
    for (const { status, error, shadowRoot } of elements) {
      shown.push([status, error?.name, error?.code, shadowRoot?.textContent.replace(/\s+/g, ' ')].join(' '));
    }
  };
  note();
  await Promise.all(elements.map((element) => element.reload()));
  note();
  elements[0]?.shadowRoot?.querySelector<HTMLElement>('[part=more]')?.click();
  await elements[0]?.updateComplete;
  note();
  return { shown, errors };
}

describe('the single file shows the same, and throws nothing, on a page that', () => {
  let usual: string[];

  before(async () => {
    usual = (await shownOn({})).shown;
  });

  for (const [name, what] of Object.entries(PATCHES)) {
    for (const when of ['before', 'after']) {
      it(`${what}, ${when} the script`, async () => {
        const { shown, errors } = await shownOn({ [when]: name });
        expect(errors).to.deep.equal([]);
        expect(shown).to.deep.equal(usual);
      });
    }
  }
});

/** Allows what a page without Trusted Types does. */
const LAX_POLICY = "default-src 'self'";

const ENTRIES = ['Inlägg 3', 'Inlägg 2', 'Inlägg 1'];
const FEED = '/feed-server/feed?items=3';
const MARKUP = `<diary-feed src="${FEED}"><a href="https://dagbok.example/">Dagboken</a></diary-feed>`;

/** An element's list is without bullets where its style sheet has reached it. */
function isStyled(element: Element): boolean {
  const list = element.shadowRoot?.querySelector('ul');
  return Boolean(list && list.ownerDocument.defaultView?.getComputedStyle(list).listStyleType === 'none');
}

function isFallbackVisible(element: Element): boolean {
  return element.querySelector('a')?.checkVisibility() ?? false;
}

function firstIn(root: ParentNode | null | undefined): DiaryFeedElement {
  const element = root?.querySelector<DiaryFeedElement>('diary-feed');
  if (!element) throw new Error('there is no element');
  return element;
}

/** Ends when the element shows the feed's entries. */
async function showsEntries(element: DiaryFeedElement): Promise<void> {
  await until(() => linksOf({ element }).length === ENTRIES.length);
  expect(linksOf({ element })).to.deep.equal(ENTRIES);
}

/** Puts something that holds an element into a page; gives the element. */
function put(page: Document, node: Node): DiaryFeedElement {
  const place = page.createElement('main');
  page.body.append(place);
  place.append(node);
  return firstIn(place);
}

function templateIn(page: Document, markup = MARKUP): HTMLTemplateElement {
  const template = page.createElement('template');
  template.innerHTML = markup;
  return template;
}

/** A host whose shadow tree nobody else can look into. */
function closedRoot(page: Document, markup: string): ShadowRoot {
  // eslint-disable-next-line wc/no-closed-shadow-root -- pages have them
  const root = page.createElement('div').attachShadow({ mode: 'closed' });
  root.innerHTML = markup;
  return root;
}

/** Ways in which scripts bring an element into a page; each gives it. */
const WAYS: Record<string, (page: Document, ready: DiaryFeedElement) => DiaryFeedElement | Promise<DiaryFeedElement>> =
  {
    'as text for innerHTML': (page) => {
      const place = page.createElement('div');
      page.body.append(place);
      place.innerHTML = MARKUP;
      return firstIn(place);
    },
    'as text for insertAdjacentHTML': (page) => {
      page.body.insertAdjacentHTML('afterbegin', MARKUP);
      return firstIn(page);
    },
    'from another document, parsed by DOMParser': (page) =>
      put(page, firstIn(new DOMParser().parseFromString(MARKUP, 'text/html'))),
    'as a fragment of a range': (page) => put(page, page.createRange().createContextualFragment(MARKUP)),
    'from a template, by importNode': (page) => put(page, page.importNode(templateIn(page).content, true)),
    'from a template, by cloneNode': (page) => put(page, templateIn(page).content.cloneNode(true)),
    'as a clone of one that shows its list': (page, ready) => put(page, ready.cloneNode(true)),
    'as a clone by importNode': (page, ready) => put(page, page.importNode(ready, true)),
    'in a closed shadow root': (page) => {
      const root = closedRoot(page, MARKUP);
      page.body.append(root.host);
      return firstIn(root);
    },
    'in closed shadow roots, one in another': (page) => {
      const outer = closedRoot(page, '');
      const inner = closedRoot(page, MARKUP);
      outer.append(inner.host);
      page.body.append(outer.host);
      return firstIn(inner);
    },
    'in the slot of another element': (page) => {
      const { host } = closedRoot(page, '<section><slot></slot></section>');
      host.innerHTML = MARKUP;
      return put(page, host);
    },
    'by createElement, with properties': (page) => {
      const element = page.createElement('diary-feed');
      element.src = FEED;
      return put(page, element);
    },
    'and takes it out and in again in one go': (page) => {
      const element = page.createElement('diary-feed');
      element.src = FEED;
      for (let move = 0; move < 10; move++) put(page, element).remove();
      return put(page, element);
    },
    'and takes it away while it loads': async (page) => {
      const element = page.createElement('diary-feed');
      element.src = FEED;
      const leave = (): void => element.remove();
      element.addEventListener('loadstart', leave, { once: true });
      put(page, element);
      await until(() => !element.isConnected);
      await until(() => element.status === 'idle');
      return put(page, element);
    },
    'after the page was written anew': async (page) => {
      page.open();
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- old scripts do it
      page.write(`<!doctype html><html lang="sv"><script src="/dist/diary-feed.min.js"></script>${MARKUP}`);
      page.close();
      await until(() => page.querySelector('diary-feed') !== null);
      return firstIn(page);
    },
  };

describe('the single file shows its list when a script brings the element', () => {
  for (const [way, bring] of Object.entries(WAYS)) {
    it(way, async () => {
      const { page, element: ready, errors } = await visit('head', isReady, { policy: LAX_POLICY });
      const element = await bring(page, ready);
      await showsEntries(element);
      expect([isStyled(element), errors]).to.deep.equal([true, []]);
    });
  }

  it('before the class is there, with properties', async () => {
    const { page, view, errors } = await visit('late', () => true, { policy: LAX_POLICY });
    const element = page.createElement('diary-feed');
    element.src = FEED;
    element.limit = 2;
    put(page, element);
    const script = page.createElement('script');
    script.src = '/dist/diary-feed.min.js';
    page.head.append(script);
    await view.customElements.whenDefined('diary-feed');
    await until(() => isReady({ element }));
    expect([linksOf({ element }), errors]).to.deep.equal([ENTRIES.slice(0, 2), []]);
  });

  it('in a frame of a frame', async () => {
    const { page, errors } = await visit('head', isReady, { policy: LAX_POLICY });
    const frame = page.createElement('iframe');
    frame.src = '/test/pages/head.html';
    page.body.append(frame);
    await new Promise((resolve) => frame.addEventListener('load', resolve));
    await showsEntries(firstIn(frame.contentDocument));
    expect(errors).to.deep.equal([]);
  });
});

describe('a clone of an element that has failed', () => {
  it('fails for itself, and can be tried again', async () => {
    const id = uniqueId();
    const { page, element, errors } = await visit('head', isFailed, { src: `${FEED}&id=${id}&status=404` });
    const clone = put(page, element.cloneNode(true));
    await until(() => isFailed({ element: clone }));
    expect([(await requestsOf(id)).length, isFallbackVisible(clone)]).to.deep.equal([2, true]);
    clone.src = FEED;
    await showsEntries(clone);
    expect([element.status, errors]).to.deep.equal(['failed', []]);
  });
});

describe('an element in a template', () => {
  it('asks for nothing', async () => {
    const id = uniqueId();
    const { page, element } = await visit('head', isReady, { policy: LAX_POLICY });
    const template = templateIn(page, MARKUP.replace(FEED, `${FEED}&id=${id}`));
    page.body.append(template);
    await element.reload(); // as long as another takes
    expect([firstIn(template.content).shadowRoot, await requestsOf(id)]).to.deep.equal([null, []]);
  });
});

describe('an element that a script moves into a template and back', () => {
  it('keeps its entries and styles', async () => {
    const { page, element, errors } = await visit('head', isReady);
    const template = page.createElement('template');
    template.content.append(element);
    page.body.append(element);
    expect([linksOf({ element }), isStyled(element), errors]).to.deep.equal([ENTRIES, true, []]);
  });
});

describe('the single file on a page', () => {
  for (const [name, what] of [
    ['written', 'that a script writes'],
    ['declared', 'whose source holds a shadow tree for the element'],
  ] as const) {
    it(`${what} works`, async () => {
      const opened = await visit(name, isReady, { policy: LAX_POLICY });
      expect([linksOf(opened), isStyled(opened.element), opened.errors]).to.deep.equal([ENTRIES, true, []]);
      expect(opened.element.shadowRoot?.textContent).not.to.include('Från servern');
    });
  }

  it('that has its policy in itself works under it', async () => {
    const opened = await visit('meta', isReady, { policy: "object-src 'none'" });
    expect([linksOf(opened), isStyled(opened.element)]).to.deep.equal([ENTRIES, true]);
    expect([opened.violations, opened.errors]).to.deep.equal([['style-src-elem'], []]); // the page's own
  });

  it('in an old encoding speaks with all its letters, as a plain script too', async () => {
    const { element } = await visit('latin1', isReady);
    expect(element.shadowRoot?.querySelector('button')?.textContent.trim()).to.equal('Visa 1 inlägg till');
  });

  it('whose tag name is taken leaves that as it is; the modules take another name', async () => {
    const opened = await visit('taken', ({ page }) => {
      const other = page.querySelector<DiaryFeedElement>('kommun-dagbok' as 'diary-feed');
      return other?.status === 'ready';
    });
    expect([opened.element.status, opened.element.shadowRoot, isFallbackVisible(opened.element)]).to.deep.equal([
      undefined,
      null,
      true,
    ]);
    const element = opened.page.querySelector('kommun-dagbok') as DiaryFeedElement;
    expect([linksOf({ element }), opened.errors]).to.deep.equal([ENTRIES, []]);
  });
});

describe('the single file on a page that has its own Lit', () => {
  const TRUSTED = "default-src 'self'; style-src 'none'; require-trusted-types-for 'script'; trusted-types lit-html";

  for (const order of ['first', 'last'] as const) {
    it(`works where the policy allows duplicates, the page’s own ${order}`, async () => {
      const opened = await visit(`own-lit-${order}`, isReady, { policy: `${TRUSTED} 'allow-duplicates'` });
      expect(linksOf(opened)).to.deep.equal(ENTRIES);
      expect(opened.page.querySelector('main')?.textContent).to.include('Sidans egen Lit');
      expect([opened.violations, opened.errors]).to.deep.equal([[], []]);
    });
  }

  it('leaves the element undefined where it does not, so that the fallback stays, and the page’s own works', async () => {
    const { element, page, view } = await visit('own-lit-first', () => true, { policy: TRUSTED });
    expect(view.customElements.get('diary-feed')).to.equal(undefined);
    expect(isFallbackVisible(element)).to.equal(true);
    expect(page.querySelector('main')?.textContent).to.include('Sidans egen Lit');
  });
});

describe('the single file in a frame whose sandbox gives it no origin', () => {
  interface Report {
    status: string;
    links: string[];
    message?: string;
    origin: string;
    violations: string[];
    errors: string[];
  }

  async function report(src: string): Promise<Report> {
    // not 'self': a page without an origin is nobody, in WebKit
    const policy = `default-src 'none'; script-src ${location.origin}; connect-src ${location.origin} ${new URL(src).origin}; require-trusted-types-for 'script'; trusted-types lit-html`;
    const frame = openFrame({ sandbox: 'allow-scripts', src: pageUrl('sandboxed', { policy, query: { src } }) });
    return new Promise((resolve) => {
      const listen = ({ source, data }: MessageEvent<Report>): void => {
        if (source !== frame.contentWindow) return;
        removeEventListener('message', listen);
        resolve(data);
      };
      addEventListener('message', listen);
    });
  }

  it('shows a feed that every origin may read', async () => {
    const id = uniqueId();
    const { status, links, origin, violations, errors } = await report(foreignFeedUrl({ items: 3, cors: 1, id }));
    expect([status, links, origin, violations, errors]).to.deep.equal(['ready', ENTRIES, 'null', [], []]);
    expect((await requestsOf(id)).map(({ headers }) => headers['origin'])).to.deep.equal(['null']);
  });

  it('says what a feed of the frame’s own host lacks: for the browser it is a stranger', async () => {
    const { status, message, errors } = await report(feedUrl({ items: 3 }));
    expect([status, errors]).to.deep.equal(['failed', []]);
    expect(message).to.include('Access-Control-Allow-Origin');
  });
});
