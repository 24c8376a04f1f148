import { expect } from 'chai';
import type { DiaryFeedElement } from '../../src/index.js';
import { textsOf } from '../support/element.js';
import { fetchBytes, feedUrl, foreignFeedUrl } from '../support/server.js';
import { isFailed, isReady, linksOf, openFrame, visit } from '../support/visit.js';

const ENTRIES = ['Inlägg 3', 'Inlägg 2', 'Inlägg 1'];

describe('the single file under the strict policy and Trusted Types', () => {
  for (const [name, way] of [
    ['module', 'as a module'],
    ['script', 'as a plain script'],
    ['head', 'as a plain script before the element'],
    ['twice', 'three times, in both ways'],
  ] as const) {
    it(`works ${way}`, async () => {
      const opened = await visit(name, isReady);
      expect(linksOf(opened)).to.deep.equal(ENTRIES);
      expect([opened.violations, opened.errors]).to.deep.equal([[], []]);
    });
  }

  it('is tested on a page that records violations', async () => {
    const { violations } = await visit('breaking', isReady);
    expect(violations.sort()).to.deep.equal(['script-src-elem', 'style-src-elem']);
  });

  it('has styles, though the policy forbids style sheets', async () => {
    const { element, page } = await visit('module', isReady);
    const list = element.shadowRoot?.querySelector('ul');
    expect(list && page.defaultView?.getComputedStyle(list).listStyleType).to.equal('none');
  });

  it('adds no global', async () => {
    const bare = document.createElement('iframe');
    document.body.append(bare);
    const known = new Set(Object.getOwnPropertyNames(bare.contentWindow));
    bare.remove();
    const { page } = await visit('script', isReady);
    const added = Object.getOwnPropertyNames(page.defaultView).filter(
      (name) => !known.has(name) && !/^(?:\d+|recorded)$/.test(name),
    );
    // Lit's version markers
    expect(added.filter((name) => !/^(?:lit|reactiveElement)[A-Z]/.test(name))).to.deep.equal([]);
  });
});

describe('a policy that blocks the request', () => {
  it('is distinguished from a network failure, and the message names the host to allow', async () => {
    const src = foreignFeedUrl({ items: 3, cors: 1 });
    const { element } = await visit('module', isFailed, { src });
    expect(element.error?.code).to.equal('blocked-by-csp');
    expect(element.error?.message).to.include(`Add ${new URL(src).origin} to its connect-src`);
  });

  it('blocks a feed that an HTML page links to, too, and the message names its host', async () => {
    const feed = foreignFeedUrl({ items: 3, cors: 1 });
    const link = `<link rel="alternate" type="application/rss+xml" href="${feed.replaceAll('&', '&amp;')}">`;
    const { element } = await visit('module', isFailed, { src: feedUrl({ text: `<!doctype html>${link}` }) });
    expect(element.error?.code).to.equal('blocked-by-csp');
    expect(element.error?.message).to.include(feed);
    expect(element.error?.message).to.include(`Add ${new URL(feed).origin} to its connect-src`);
  });

  it("can block the page's own host, and the message names 'self'", async () => {
    const policy = "default-src 'none'; script-src 'self'";
    const { element } = await visit('module', isFailed, { policy });
    expect(element.error?.message).to.include("Add 'self' to its connect-src");
  });

  it('is ignored if it is report-only', async () => {
    const policy = "script-src 'self'; connect-src *";
    const src = foreignFeedUrl({ items: 3 });
    const { element } = await visit('module', isFailed, { policy, src });
    expect(element.error?.code).to.equal('network');
  });
});

describe("a policy that refuses Lit's Trusted Types policy", () => {
  it('leaves the element undefined, and the fallback visible', async () => {
    const policy = "script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
    const until = performance.now() + 500; // the script has run when the page has loaded; nothing reports its failure
    const { element, page } = await visit('module', () => performance.now() > until, { policy });
    const view = page.defaultView;
    expect(view?.performance.getEntriesByName(`${location.origin}/dist/diary-feed.min.js`)).to.have.lengthOf(1);
    expect(view?.customElements.get('diary-feed')).to.equal(undefined);
    expect(element.querySelector('a')?.checkVisibility()).to.equal(true);
  });
});

/** The diary of Jokkmokk as it was published isn't part of the project. */
const diary = await fetchBytes({ shared: 'dagbok.xml' });

(diary ? it : it.skip)('shows the latest five entries of the real diary, each with its date', async () => {
  const { element, violations } = await visit('module', isReady, {
    src: feedUrl({ shared: 'dagbok.xml', type: 'text/xml' }),
  });
  const [titles, dates] = [textsOf(element, '[part=link]'), textsOf(element, 'time')];
  expect([titles.length, dates.length, violations]).to.deep.equal([5, 5, []]);
  expect([titles[0], dates[0]]).to.deep.equal(['Budgetfrågor', '26 mars 2015']);
});

describe('the attribute integrity', () => {
  /** Runs the file in an empty frame. */
  async function runWith(
    integrity: string,
  ): Promise<{ outcome: string; element: DiaryFeedElement; link: HTMLElement }> {
    const frame = openFrame({ src: 'about:blank' });
    // Firefox replaces the first document
    await new Promise((resolve) => {
      if (frame.contentDocument?.readyState === 'complete') setTimeout(resolve, 100);
      frame.addEventListener('load', resolve);
    });
    const page = frame.contentDocument ?? document;
    const element = page.createElement('diary-feed');
    const link = page.createElement('a');
    link.textContent = 'Dagboken';
    element.append(link);
    const script = page.createElement('script');
    Object.assign(script, { src: '/dist/diary-feed.min.js', integrity });
    const { promise: ended, resolve: end } = Promise.withResolvers<Event>();
    script.addEventListener('load', end);
    script.addEventListener('error', end);
    page.body.append(element, script);
    return { outcome: (await ended).type, element, link };
  }

  it('runs with the hash of sri.json, and with no other', async () => {
    const response = await fetch('/dist/sri.json');
    const { 'diary-feed.min.js': integrity } = (await response.json()) as Record<string, string>;
    const right = await runWith(integrity ?? '');
    expect([right.outcome, right.element.status]).to.deep.equal(['load', 'idle']);
    const wrong = await runWith(`sha384-${'A'.repeat(64)}`);
    expect([wrong.outcome, wrong.element.status as unknown]).to.deep.equal(['error', undefined]);
    expect(wrong.link.checkVisibility()).to.equal(true);
  });
});
