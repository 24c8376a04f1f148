import { expect } from 'chai';
import type { DiaryFeedElement } from '../../src/index.js';
import { feedUrl, foreignFeedUrl, requestsOf, uniqueId } from '../support/server.js';
import { isReady, linksOf, openFrame, pageUrl, until, visit } from '../support/visit.js';

/** A policy without Trusted Types. */
const LAX_POLICY = "default-src 'self'";

const ENTRIES = ['Inlägg 3', 'Inlägg 2', 'Inlägg 1'];
const FEED = '/feed-server/feed?items=3';
const MARKUP = `<diary-feed src="${FEED}"><a href="https://dagbok.example/">Dagboken</a></diary-feed>`;

/** Returns whether the style sheet applies: it removes the bullets of the list. */
function isStyled(element: Element): boolean {
  const list = element.shadowRoot?.querySelector('ul');
  return Boolean(list && list.ownerDocument.defaultView?.getComputedStyle(list).listStyleType === 'none');
}

function isFallbackVisible(element: Element): boolean {
  return element.querySelector('a')?.checkVisibility() ?? false;
}

function firstIn(root: ParentNode | null | undefined): DiaryFeedElement {
  const element = root?.querySelector<DiaryFeedElement>('diary-feed');
  if (!element) throw new Error('no element');
  return element;
}

/** Asserts that the element shows the entries of the feed. */
async function assertEntries(element: DiaryFeedElement): Promise<void> {
  await until(() => linksOf({ element }).length === ENTRIES.length);
  expect(linksOf({ element })).to.deep.equal(ENTRIES);
}

/** Appends a node to a page and returns the element in it. */
function appendTo(page: Document, node: Node): DiaryFeedElement {
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

/** Creates a closed shadow root. */
function closedRoot(page: Document, markup: string): ShadowRoot {
  // eslint-disable-next-line wc/no-closed-shadow-root -- pages have them
  const root = page.createElement('div').attachShadow({ mode: 'closed' });
  root.innerHTML = markup;
  return root;
}

/** Ways in which scripts insert an element. */
const WAYS: Record<string, (page: Document, ready: DiaryFeedElement) => DiaryFeedElement | Promise<DiaryFeedElement>> =
  {
    'as text for innerHTML': (page) => {
      const place = page.createElement('div');
      page.body.append(place);
      place.innerHTML = MARKUP;
      return firstIn(place);
    },
    'from another document, parsed by DOMParser': (page) =>
      appendTo(page, firstIn(new DOMParser().parseFromString(MARKUP, 'text/html'))),
    'from a template, by cloneNode': (page) => appendTo(page, templateIn(page).content.cloneNode(true)),
    'as a clone of one that shows its list': (page, ready) => appendTo(page, ready.cloneNode(true)),
    'in closed shadow roots, one in another': (page) => {
      const outer = closedRoot(page, '');
      const inner = closedRoot(page, MARKUP);
      outer.append(inner.host);
      page.body.append(outer.host);
      return firstIn(inner);
    },
    'by createElement, with properties': (page) => {
      const element = page.createElement('diary-feed');
      element.src = FEED;
      return appendTo(page, element);
    },
    'and moves it ten times in one task': (page) => {
      const element = page.createElement('diary-feed');
      element.src = FEED;
      for (let move = 0; move < 10; move++) appendTo(page, element).remove();
      return appendTo(page, element);
    },
    'and removes it during the load': async (page) => {
      const element = page.createElement('diary-feed');
      element.src = FEED;
      const leave = (): void => element.remove();
      element.addEventListener('loadstart', leave, { once: true });
      appendTo(page, element);
      await until(() => !element.isConnected);
      await until(() => element.status === 'idle');
      return appendTo(page, element);
    },
    'after document.open()': async (page) => {
      page.open();
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- old scripts do it
      page.write(`<!doctype html><html lang="sv"><script src="/dist/diary-feed.min.js"></script>${MARKUP}`);
      page.close();
      await until(() => page.querySelector('diary-feed') !== null);
      return firstIn(page);
    },
  };

describe('an element that a script inserts', () => {
  for (const [way, bring] of Object.entries(WAYS)) {
    it(`shows its entries: ${way}`, async () => {
      const { page, element: ready, errors } = await visit('head', isReady, { policy: LAX_POLICY });
      const element = await bring(page, ready);
      await assertEntries(element);
      expect([isStyled(element), errors]).to.deep.equal([true, []]);
    });
  }

  it('shows its entries if it was inserted before the script, with properties', async () => {
    const { page, view, errors } = await visit('late', () => true, { policy: LAX_POLICY });
    const element = page.createElement('diary-feed');
    element.src = FEED;
    element.limit = 2;
    appendTo(page, element);
    const script = page.createElement('script');
    script.src = '/dist/diary-feed.min.js';
    page.head.append(script);
    await view.customElements.whenDefined('diary-feed');
    await until(() => isReady({ element }));
    expect([linksOf({ element }), errors]).to.deep.equal([ENTRIES.slice(0, 2), []]);
  });

  it('shows its entries in a frame of a frame', async () => {
    const { page, errors } = await visit('head', isReady, { policy: LAX_POLICY });
    const frame = page.createElement('iframe');
    frame.src = '/test/pages/head.html';
    page.body.append(frame);
    await new Promise((resolve) => frame.addEventListener('load', resolve));
    await assertEntries(firstIn(frame.contentDocument));
    expect(errors).to.deep.equal([]);
  });
});

describe('an element in a template', () => {
  it('sends no request', async () => {
    const id = uniqueId();
    const { page, element } = await visit('head', isReady, { policy: LAX_POLICY });
    const template = templateIn(page, MARKUP.replace(FEED, `${FEED}&id=${id}`));
    page.body.append(template);
    await element.reload(); // takes as long as another load
    expect([firstIn(template.content).shadowRoot, await requestsOf(id)]).to.deep.equal([null, []]);
  });
});

describe('the single file', () => {
  for (const [name, what] of [
    ['written', 'a page that a script writes'],
    ['declared', 'a page with a declarative shadow root for the element'],
  ] as const) {
    it(`works on ${what}`, async () => {
      const opened = await visit(name, isReady, { policy: LAX_POLICY });
      expect([linksOf(opened), isStyled(opened.element), opened.errors]).to.deep.equal([ENTRIES, true, []]);
      expect(opened.element.shadowRoot?.textContent).not.to.include('Från servern');
    });
  }

  it('works under a policy in a meta element', async () => {
    const opened = await visit('meta', isReady, { policy: "object-src 'none'" });
    expect([linksOf(opened), isStyled(opened.element)]).to.deep.equal([ENTRIES, true]);
    expect([opened.violations, opened.errors]).to.deep.equal([['style-src-elem'], []]); // of the page
  });

  it('contains no characters that an old encoding changes', async () => {
    const { element } = await visit('latin1', isReady);
    expect(element.shadowRoot?.querySelector('button')?.textContent.trim()).to.equal('Visa 1 inlägg till');
  });

  it("doesn't change another element with its tag name; the modules can use another name", async () => {
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

describe('a page with another copy of Lit', () => {
  const TRUSTED = "default-src 'self'; style-src 'none'; require-trusted-types-for 'script'; trusted-types lit-html";

  for (const order of ['first', 'last'] as const) {
    it(`works if the policy allows duplicates, with the page’s copy ${order}`, async () => {
      const opened = await visit(`own-lit-${order}`, isReady, { policy: `${TRUSTED} 'allow-duplicates'` });
      expect(linksOf(opened)).to.deep.equal(ENTRIES);
      expect(opened.page.querySelector('main')?.textContent).to.include('Sidans egen Lit');
      expect([opened.violations, opened.errors]).to.deep.equal([[], []]);
    });
  }

  it('keeps the fallback if the policy allows no duplicates', async () => {
    const { element, page, view } = await visit('own-lit-first', () => true, { policy: TRUSTED });
    expect(view.customElements.get('diary-feed')).to.equal(undefined);
    expect(isFallbackVisible(element)).to.equal(true);
    expect(page.querySelector('main')?.textContent).to.include('Sidans egen Lit');
  });
});

describe('a sandboxed frame without an origin', () => {
  interface Report {
    status: string;
    links: string[];
    message?: string;
    origin: string;
    violations: string[];
    errors: string[];
  }

  async function report(src: string): Promise<Report> {
    // 'self' matches nothing on a page without an origin in WebKit
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

  it('reports that a feed of its host lacks the CORS header', async () => {
    const { status, message, errors } = await report(feedUrl({ items: 3 }));
    expect([status, errors]).to.deep.equal(['failed', []]);
    expect(message).to.include('Access-Control-Allow-Origin');
  });
});
