import { expect } from 'chai';
import { readFeed } from '../../src/feed.js';
import type { DiaryFeedElement } from '../../src/index.js';

let frame: HTMLIFrameElement | undefined;

afterEach(() => frame?.remove());

/** The elements of a page of the demo once none of those that can end is still loading, and what broke its policy. */
async function open(name: string, query = ''): Promise<{ elements: DiaryFeedElement[]; violations: string[] }> {
  frame = document.createElement('iframe');
  frame.style.cssText = 'inline-size: 1000px; block-size: 800px';
  const violations: string[] = [];
  const opened = new Promise((resolve) => frame?.addEventListener('load', resolve));
  frame.src = `/demo/${name}.html${query}`;
  document.body.append(frame);
  await opened;
  const page = frame.contentDocument;
  page?.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violations.push(effectiveDirective));
  const previews = [...(page?.querySelectorAll('look-preview') ?? [])];
  const roots = [page, ...previews.map(({ shadowRoot }) => shadowRoot)];
  const elements = roots.flatMap((root) => [...(root?.querySelectorAll('diary-feed') ?? [])]);
  const isPending = ({ status, src }: DiaryFeedElement): boolean => status === 'loading' && !src.endsWith('/never');
  do await new Promise((resolve) => setTimeout(resolve, 300));
  while (elements.some(isPending));
  return { elements, violations };
}

describe('the demo', () => {
  for (const [name, language] of [
    ['index', 'sv'],
    ['index', 'en'],
    ['municipal-page', 'sv'],
  ] as const) {
    it(`shows entries of today in every element of ${name}.html, under its own strict policy (${language})`, async () => {
      const { elements, violations } = await open(name, `?ui=${language}`);
      const today = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Stockholm' }).format();
      expect(elements).to.have.lengthOf(name === 'index' ? 3 : 1);
      for (const { status, entries, limit, feed } of elements) {
        expect([status, entries.length, feed?.language]).to.deep.equal(['ready', limit, language]);
        expect(entries.map(({ day }) => day)).to.include(today);
      }
      expect(violations).to.deep.equal([]);
    });
  }

  it('has nothing inline that its policy would refuse', async () => {
    for (const name of ['index', 'municipal-page', 'states', 'builder']) {
      const source = await (await fetch(`/demo/${name}.html`)).text();
      const page = new DOMParser().parseFromString(source, 'text/html');
      const inline = page.querySelectorAll('style, script:not([src]), [style], [onload], [onclick]');
      expect([...inline].map(({ localName }) => localName)).to.deep.equal([]);
      expect(page.querySelector('meta[http-equiv="Content-Security-Policy"]')).to.not.equal(null);
      // no request leaves the site
      for (const { src } of page.querySelectorAll<HTMLImageElement | HTMLScriptElement>('img, script')) {
        expect(new URL(src, location.href).origin).to.equal(location.origin);
      }
    }
  });

  it('shows every way that a load can end in states.html', async () => {
    const { elements } = await open('states');
    const outcomes = new Set(elements.map(({ status, error }) => [status, error?.code].filter(Boolean).join(' ')));
    expect([...outcomes].sort()).to.deep.equal([
      'empty',
      'failed bad-url',
      'failed blocked-by-csp',
      'failed http',
      'failed network',
      'failed not-a-feed',
      'failed timeout',
      'failed too-large',
      'idle',
      'loading',
      'ready',
    ]);
  });

  it('has its sample in two encodings that say the same, each entry with the day of its date line', async () => {
    const feeds = await Promise.all(
      ['dagbok.xml', 'dagbok-latin1.xml'].map(async (name) => {
        const response = await fetch(`/demo/feeds/${name}`);
        const contentType = response.headers.get('content-type');
        return readFeed(new Uint8Array(await response.arrayBuffer()), { contentType, url: 'https://dagbok.example/' });
      }),
    );
    expect(feeds[0]?.entries).to.have.lengthOf(13);
    expect(feeds[1]).to.deep.equal(feeds[0]);
    for (const { day, date } of feeds[0]?.entries ?? []) expect(day).to.equal(date?.toISOString().slice(0, 10));
  });
});
