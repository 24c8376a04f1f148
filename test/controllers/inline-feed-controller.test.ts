import { expect } from 'chai';
import type { DiaryFeedElement } from '../../src/index.js';
import { collectErrors } from '../support/console.js';
import {
  queryAll,
  create,
  nextEvent,
  isFallbackVisible,
  query,
  appendToPage,
  recordEvents,
  textsOf,
} from '../support/element.js';
import { items, rss } from '../support/feeds.js';
import { feedUrl, openGate, requestsOf, uniqueId } from '../support/server.js';
import { isReady, linksOf, openFrame, until, visit } from '../support/visit.js';

const TYPES = ['application/rss+xml', 'application/atom+xml', 'application/xml', 'text/xml', 'Application/RDF+XML'];

/** Creates a script that contains a feed with this number of entries, or this text. */
function scriptOf(content: number | string, type = 'application/rss+xml'): HTMLScriptElement {
  const script = document.createElement('script');
  script.type = type;
  script.slot = 'feed';
  script.append(typeof content === 'number' ? rss(items(content)) : content);
  return script;
}

/** Creates an element with a feed in it. */
function createWithFeed(content: number | string, attributes: Record<string, string> = {}): DiaryFeedElement {
  const element = create(attributes);
  element.append(scriptOf(content));
  return element;
}

/** Appends an element to the page and waits for the end of its first load. */
async function placeAndLoad(element: DiaryFeedElement): Promise<DiaryFeedElement> {
  const ended = nextEvent(element, 'loadend');
  appendToPage(element);
  await ended;
  return element;
}

/** Returns the script in an element. */
function scriptIn(element: DiaryFeedElement): HTMLScriptElement {
  const script = element.querySelector('script');
  if (!script) throw new Error('no script');
  return script;
}

/** Returns a URL of a feed with three entries, and the id of its requests. */
function urlWithId(): { id: string; src: string } {
  const id = uniqueId();
  return { id, src: feedUrl({ text: rss(items(3)), id }) };
}

const titlesOf = (element: DiaryFeedElement): string[] => textsOf(element, '[part=link]');

describe('a feed in the page', () => {
  it('is shown without a request for src', async () => {
    const { id, src } = urlWithId();
    const element = createWithFeed(2, { src });
    const names = recordEvents(element);
    await placeAndLoad(element);
    expect([element.status, titlesOf(element)]).to.deep.equal(['ready', ['Inlägg 1', 'Inlägg 2']]);
    expect(names).to.deep.equal(['loadstart', 'load', 'loadend']);
    expect(await requestsOf(id)).to.deep.equal([]);
  });

  it('is read from a script of each feed type', async () => {
    for (const type of TYPES) {
      const element = create();
      element.append(scriptOf(1, type));
      expect((await placeAndLoad(element)).status, type).to.equal('ready');
    }
  });

  it('is ignored if its type, slot or position is wrong', async () => {
    const element = create({ src: feedUrl({ text: rss(items(3)) }) });
    const inner = document.createElement('p');
    inner.append(scriptOf(1));
    const other = scriptOf(1);
    other.slot = '';
    element.append(inner, other, scriptOf(1, 'text/plain'));
    expect(titlesOf(await placeAndLoad(element))).to.have.lengthOf(3);
  });

  it('resolves relative links against the page', async () => {
    const element = await placeAndLoad(createWithFeed(rss('<item><title>a</title><link>b/c</link></item>')));
    expect(query(element, '[part=link]')?.getAttribute('href')).to.equal(new URL('b/c', document.baseURI).href);
  });

  it('is read at once with loading="lazy"', async () => {
    const element = createWithFeed(1, { loading: 'lazy' });
    const distance = document.createElement('div');
    distance.style.paddingTop = '10000px';
    distance.append(element);
    const loaded = nextEvent(element, 'load');
    appendToPage(distance);
    await loaded;
  });

  it('has lower precedence than a feed set by a script', async () => {
    const element = createWithFeed(2);
    element.feed = { entries: [{ title: 'Programmets', categories: [] }] };
    appendToPage(element);
    await element.updateComplete;
    element.append('mer');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(textsOf(element, '[part=entry]')).to.deep.equal(['Programmets']);
    const loaded = nextEvent(element, 'load');
    element.feed = undefined;
    await loaded;
    expect(titlesOf(element)).to.have.lengthOf(2);
  });

  describe('that is not a feed', () => {
    it('fails with the fallback, a sentence and a console message that names the script', async () => {
      let element: DiaryFeedElement | undefined;
      const messages = await collectErrors(async () => (element = await placeAndLoad(createWithFeed('Hej'))));
      expect([element?.status, element?.error?.code]).to.deep.equal(['failed', 'not-a-feed']);
      expect(element && isFallbackVisible(element)).to.equal(true);
      expect(messages).to.have.lengthOf(1);
      expect(messages[0]).to.match(/^diary-feed: .*<script slot="feed">.* \S+#not-a-feed$/);
    });

    it("loads src if it is empty, as a server writes it that can't fetch the feed", async () => {
      const element = await placeAndLoad(createWithFeed(' \n', { src: feedUrl({ text: rss(items(3)) }) }));
      expect(titlesOf(element)).to.have.lengthOf(3);
    });

    it('loads src on a click on the retry button', async () => {
      const element = await placeAndLoad(createWithFeed('Hej', { src: feedUrl({ text: rss(items(3)) }) }));
      const loaded = nextEvent(element, 'load');
      query(element, '[part=retry]')?.click();
      await loaded;
      expect(titlesOf(element)).to.have.lengthOf(3);
    });
  });

  describe('and reload', () => {
    it('requests src, keeps the entries meanwhile, and stays with src', async () => {
      const gate = uniqueId();
      const element = await placeAndLoad(createWithFeed(2, { src: feedUrl({ text: rss(items(3)), gate }) }));
      const reloaded = element.reload();
      await element.updateComplete;
      expect([element.status, titlesOf(element).length]).to.deep.equal(['loading', 2]);
      await openGate(gate);
      await reloaded;
      expect(titlesOf(element)).to.have.lengthOf(3);
      const loaded = nextEvent(element, 'load');
      element.src = feedUrl({ text: rss(items(4)) });
      await loaded;
      expect(titlesOf(element)).to.have.lengthOf(4);
    });

    it('reads the script again without a src', async () => {
      const element = await placeAndLoad(createWithFeed(2));
      const names = recordEvents(element);
      await element.reload();
      expect([titlesOf(element).length, names]).to.deep.equal([2, ['loadstart', 'load', 'loadend']]);
    });
  });

  describe('that changes', () => {
    it('is shown when the text of its script is replaced, without removing the old entries first', async () => {
      const element = await placeAndLoad(createWithFeed(2));
      const seen: number[] = [];
      const watch = new MutationObserver(() => seen.push(queryAll(element, 'li').length));
      watch.observe(element.shadowRoot as ShadowRoot, { childList: true, subtree: true });
      const loaded = nextEvent(element, 'load');
      scriptIn(element).replaceChildren(rss(items(4)));
      await loaded;
      expect([titlesOf(element).length, textsOf(element, '[role=status]')[0]]).to.deep.equal([4, '4 inlägg']);
      expect(seen).to.not.include(0);
    });

    it('is shown when its script is replaced, added or removed', async () => {
      const { src } = urlWithId();
      const element = await placeAndLoad(create({ src }));
      const next = async (act: () => void): Promise<number> => {
        const loaded = nextEvent(element, 'load');
        act();
        await loaded;
        return titlesOf(element).length;
      };
      expect(await next(() => element.append(scriptOf(1)))).to.equal(1);
      expect(await next(() => scriptIn(element).replaceWith(scriptOf(2)))).to.equal(2);
      expect(await next(() => scriptIn(element).remove())).to.equal(3);
    });

    it('is removed from the list if there is no src', async () => {
      const element = await placeAndLoad(createWithFeed(2));
      scriptIn(element).remove();
      await until(() => element.status === 'idle');
      await element.updateComplete;
      expect([titlesOf(element), isFallbackVisible(element)]).to.deep.equal([[], true]);
    });
  });

  describe('that a server escapes as the docs describe', () => {
    const FEED = rss(
      '<item><title>Efter</title><description><![CDATA[<p>Vi såg <SCRIPT src="x">alert(1)</SCRIPT >på isen.</p>]]></description></item>',
    );

    /** Escapes a feed as the docs describe. */
    const escape = (feed: string): string => feed.replace(/<(?=\/?script)/gi, '<]]><![CDATA[');

    for (const hostile of [
      FEED,
      FEED.replace('Efter', '</script><img src=x><script>'),
      `<!-- <script>${FEED}`,
      `<!--<script </script>--!><ScRiPt/></sCrIpT/>${FEED}`,
    ]) {
      it(`stays in its script: ${hostile.slice(0, 20)}`, () => {
        const feed = escape(hostile);
        const source = `<diary-feed><script type="text/xml" slot="feed">${feed}</script><p>Mer</p></diary-feed><p>Sist</p>`;
        const page = new DOMParser().parseFromString(source, 'text/html');
        expect([...page.body.querySelectorAll('*')].map(({ localName }) => localName)).to.deep.equal([
          'diary-feed',
          'script',
          'p',
          'p',
        ]);
        expect(page.querySelector('script')?.textContent).to.equal(feed);
      });
    }

    it('has the same entries', async () => {
      expect(escape(FEED)).to.not.equal(FEED);
      const [before, after] = await Promise.all([
        placeAndLoad(createWithFeed(FEED)),
        placeAndLoad(createWithFeed(escape(FEED))),
      ]);
      expect(after.entries).to.deep.equal(before.entries);
      expect(after.entries[0]?.summary).to.equal('Vi såg på isen.');
    });
  });

  it('needs no connect-src and violates no policy', async () => {
    const policy =
      "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html; connect-src 'none'";
    const opened = await visit('inline', isReady, { policy });
    expect(linksOf(opened)).to.deep.equal(['Möten', 'Gárasávvon']);
    expect(textsOf(opened.element, '[part=summary]')).to.deep.equal(['Vi såg på isen.']);
    expect([opened.violations, opened.errors]).to.deep.equal([[], []]);
  });
});

describe('a page that is still being parsed', () => {
  const SCRIPT = `<script type="application/rss+xml" slot="feed">${rss(items(2))}</script>`;

  /** Opens a page whose server pauses at `|` in `inside`, after the start tag of an element with that `src`, until the gate opens. */
  async function openPartOf(inside: string, src: string): Promise<{ page: Document; gate: string }> {
    const gate = uniqueId();
    const start = `<!doctype html><html lang="sv"><script src="/dist/diary-feed.min.js"></script><diary-feed src="${src.replaceAll('&', '&amp;')}">`;
    const stop = inside.indexOf('|');
    const [before, after] = [start + inside.slice(0, stop), inside.slice(stop + 1)];
    const width = 2000 + Math.max(before.length, after.length);
    const text = before + ' '.repeat(width - before.length) + ' '.repeat(width - after.length) + after;
    const frame = openFrame({ src: feedUrl({ text, type: 'text/html; charset=utf-8', 'body-gate': gate }) });
    await until(() => isDefined(frame.contentDocument));
    return { page: frame.contentDocument as Document, gate };
  }

  const elementIn = (page: Document | null): DiaryFeedElement | null | undefined => page?.querySelector('diary-feed');
  const isDefined = (page: Document | null): boolean => Boolean(elementIn(page)?.shadowRoot);

  for (const [position, inside] of [
    ['before the script', `<a href="/">Dagboken</a>|${SCRIPT}</diary-feed><p>Mer</p>`],
    ['inside the script', SCRIPT.replace('</item>', '</item>|') + '</diary-feed><p>Mer</p>'],
  ] as const) {
    it(`shows the complete feed if the response pauses ${position}`, async () => {
      const { page, gate } = await openPartOf(inside, urlWithId().src);
      expect(page.readyState).to.equal('loading');
      await openGate(gate);
      await until(() => linksOf({ element: elementIn(page) as DiaryFeedElement }).length === 2);
    });
  }
});
