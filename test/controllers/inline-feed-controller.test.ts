import { expect } from 'chai';
import type { DiaryFeedElement } from '../../src/index.js';
import { errorsOf } from '../support/console.js';
import { all, create, eventOf, isFallbackShown, one, place, recordEvents, textsOf } from '../support/element.js';
import { items, rss } from '../support/feeds.js';
import { feedUrl, openGate, requestsOf, uniqueId } from '../support/server.js';
import { isReady, linksOf, openFrame, until, visit } from '../support/visit.js';

const TYPES = ['application/rss+xml', 'application/atom+xml', 'application/xml', 'text/xml', 'Application/RDF+XML'];

/** A script that holds a feed of so many entries, or that text. */
function scriptOf(content: number | string, type = 'application/rss+xml'): HTMLScriptElement {
  const script = document.createElement('script');
  script.type = type;
  script.slot = 'feed';
  script.append(typeof content === 'number' ? rss(items(content)) : content);
  return script;
}

/** An element with a feed in it, not on the page yet. */
function holding(content: number | string, attributes: Record<string, string> = {}): DiaryFeedElement {
  const element = create(attributes);
  element.append(scriptOf(content));
  return element;
}

/** Puts it on the page, until its first load has ended. */
async function placed(element: DiaryFeedElement): Promise<DiaryFeedElement> {
  const ended = eventOf(element, 'loadend');
  place(element);
  await ended;
  return element;
}

/** The script that an element has. */
function scriptIn(element: DiaryFeedElement): HTMLScriptElement {
  const script = element.querySelector('script');
  if (!script) throw new Error('there is none');
  return script;
}

/** Address of a feed of three entries that is never to be asked. */
function counted(): { id: string; src: string } {
  const id = uniqueId();
  return { id, src: feedUrl({ text: rss(items(3)), id }) };
}

const titlesOf = (element: DiaryFeedElement): string[] => textsOf(element, '[part=link]');

describe('a feed that the page itself holds', () => {
  it('is shown, and src is not asked', async () => {
    const { id, src } = counted();
    const element = holding(2, { src });
    const names = recordEvents(element);
    await placed(element);
    expect([element.status, titlesOf(element)]).to.deep.equal(['ready', ['Inlägg 1', 'Inlägg 2']]);
    expect(names).to.deep.equal(['loadstart', 'load', 'loadend']);
    expect(await requestsOf(id)).to.deep.equal([]);
  });

  for (const type of TYPES) {
    it(`may be of the type ${type}`, async () => {
      const element = create();
      element.append(scriptOf(1, type));
      expect((await placed(element)).status).to.equal('ready');
    });
  }

  it('is none of another type, in another slot, or deeper', async () => {
    const element = create({ src: feedUrl({ text: rss(items(3)) }) });
    const inner = document.createElement('p');
    inner.append(scriptOf(1));
    const other = scriptOf(1);
    other.slot = '';
    element.append(inner, other, scriptOf(1, 'text/plain'));
    expect(titlesOf(await placed(element))).to.have.lengthOf(3);
  });

  it('has its relative links from where those of the page start', async () => {
    const element = await placed(holding(rss('<item><title>a</title><link>b/c</link></item>')));
    expect(one(element, '[part=link]')?.getAttribute('href')).to.equal(new URL('b/c', document.baseURI).href);
  });

  it('is read at once where loading is lazy', async () => {
    const element = holding(1, { loading: 'lazy' });
    const distance = document.createElement('div');
    distance.style.paddingTop = '10000px';
    distance.append(element);
    const loaded = eventOf(element, 'load');
    place(distance);
    await loaded;
  });

  it('comes after one that a program has set', async () => {
    const element = holding(2);
    element.feed = { entries: [{ title: 'Programmets', categories: [] }] };
    place(element);
    await element.updateComplete;
    element.append('mer');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(textsOf(element, '[part=entry]')).to.deep.equal(['Programmets']);
    const loaded = eventOf(element, 'load');
    element.feed = undefined;
    await loaded;
    expect(titlesOf(element)).to.have.lengthOf(2);
  });

  describe('that is none', () => {
    it('fails with the fallback, a sentence, and a console message that names the place', async () => {
      let element: DiaryFeedElement | undefined;
      const messages = await errorsOf(async () => (element = await placed(holding('Hej'))));
      expect([element?.status, element?.error?.code]).to.deep.equal(['failed', 'not-a-feed']);
      expect(element && isFallbackShown(element)).to.equal(true);
      expect(messages).to.have.lengthOf(1);
      expect(messages[0]).to.match(/^diary-feed: .*<script slot="feed">.* \S+#not-a-feed$/);
    });

    it('gives way to src where it is empty, as a server writes it that could not fetch the feed', async () => {
      const element = await placed(holding(' \n', { src: feedUrl({ text: rss(items(3)) }) }));
      expect(titlesOf(element)).to.have.lengthOf(3);
    });

    it('is as if it were not there where it is empty and there is no src', async () => {
      const element = holding('');
      const messages = await errorsOf(async () => {
        place(element);
        await element.updateComplete;
      });
      expect([element.status, element.error, messages.length]).to.deep.equal(['idle', undefined, 0]);
      expect(isFallbackShown(element)).to.equal(true);
    });

    it('leaves src to the button that tries again', async () => {
      const element = await placed(holding('Hej', { src: feedUrl({ text: rss(items(3)) }) }));
      const loaded = eventOf(element, 'load');
      one(element, '[part=retry]')?.click();
      await loaded;
      expect(titlesOf(element)).to.have.lengthOf(3);
    });
  });

  describe('and reload', () => {
    it('ask src, keep the entries meanwhile, and stay with src', async () => {
      const gate = uniqueId();
      const element = await placed(holding(2, { src: feedUrl({ text: rss(items(3)), gate }) }));
      const reloaded = element.reload();
      await element.updateComplete;
      expect([element.status, titlesOf(element).length]).to.deep.equal(['loading', 2]);
      await openGate(gate);
      await reloaded;
      expect(titlesOf(element)).to.have.lengthOf(3);
      const loaded = eventOf(element, 'load');
      element.src = feedUrl({ text: rss(items(4)) });
      await loaded;
      expect(titlesOf(element)).to.have.lengthOf(4);
    });

    it('read it again where there is no src', async () => {
      const element = await placed(holding(2));
      const names = recordEvents(element);
      await element.reload();
      expect([titlesOf(element).length, names]).to.deep.equal([2, ['loadstart', 'load', 'loadend']]);
    });
  });

  describe('that changes', () => {
    it('is followed where its text is replaced: the old entries stay until the new ones are there', async () => {
      const element = await placed(holding(2));
      const seen: number[] = [];
      const watch = new MutationObserver(() => seen.push(all(element, 'li').length));
      watch.observe(element.shadowRoot as ShadowRoot, { childList: true, subtree: true });
      const loaded = eventOf(element, 'load');
      scriptIn(element).replaceChildren(rss(items(4)));
      await loaded;
      expect([titlesOf(element).length, textsOf(element, '[role=status]')[0]]).to.deep.equal([4, '4 inlägg']);
      expect(seen).to.not.include(0);
    });

    it('is followed where a character of it is', async () => {
      const element = await placed(holding(1));
      const loaded = eventOf(element, 'load');
      const text = scriptIn(element).firstChild as Text;
      text.data = text.data.replace('Inlägg 1', 'Nytt');
      await loaded;
      expect(titlesOf(element)).to.deep.equal(['Nytt']);
    });

    it('is followed where the script is replaced, comes later, or goes', async () => {
      const { src } = counted();
      const element = await placed(create({ src }));
      const next = async (act: () => void): Promise<number> => {
        const loaded = eventOf(element, 'load');
        act();
        await loaded;
        return titlesOf(element).length;
      };
      expect(await next(() => element.append(scriptOf(1)))).to.equal(1);
      expect(await next(() => scriptIn(element).replaceWith(scriptOf(2)))).to.equal(2);
      expect(await next(() => scriptIn(element).remove())).to.equal(3);
    });

    it('counts again after reload', async () => {
      const element = await placed(holding(2, { src: feedUrl({ text: rss(items(3)) }) }));
      await element.reload();
      const loaded = eventOf(element, 'load');
      scriptIn(element).replaceChildren(rss(items(1)));
      await loaded;
      expect(titlesOf(element)).to.have.lengthOf(1);
    });

    it('leaves nothing where it goes and there is no src', async () => {
      const element = await placed(holding(2));
      scriptIn(element).remove();
      await until(() => element.status === 'idle');
      await element.updateComplete;
      expect([titlesOf(element), isFallbackShown(element)]).to.deep.equal([[], true]);
    });

    it('is found when the element comes back', async () => {
      const element = await placed(holding(2));
      element.remove();
      await new Promise((resolve) => setTimeout(resolve, 50));
      scriptIn(element).replaceChildren(rss(items(1)));
      await placed(element);
      expect(titlesOf(element)).to.have.lengthOf(1);
    });
  });

  describe('that a server escapes', () => {
    const FEED = rss(
      '<item><title>Efter</title><description><![CDATA[<p>Vi såg <SCRIPT src="x">alert(1)</SCRIPT >på isen.</p>]]></description></item>',
    );

    /** As the docs advise it. */
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
      const [before, after] = await Promise.all([placed(holding(FEED)), placed(holding(escape(FEED)))]);
      expect(after.entries).to.deep.equal(before.entries);
      expect(after.entries[0]?.summary).to.equal('Vi såg på isen.');
    });
  });

  it('needs nothing of the policy, not even connect-src, and breaks none', async () => {
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

  /** A page whose server stops in the middle of `inside`, after the tag of an element with that `src`, until the gate opens. */
  async function halfOf(inside: string, src: string): Promise<{ page: Document; gate: string }> {
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

  for (const [where, inside] of [
    ['before the script', `<a href="/">Dagboken</a>|${SCRIPT}</diary-feed><p>Mer</p>`],
    ['within it', SCRIPT.replace('</item>', '</item>|') + '</diary-feed><p>Mer</p>'],
  ] as const) {
    it(`shows the complete feed in the end: a break ${where}`, async () => {
      const { page, gate } = await halfOf(inside, counted().src);
      expect(page.readyState).to.equal('loading');
      await openGate(gate);
      await until(() => linksOf({ element: elementIn(page) as DiaryFeedElement }).length === 2);
    });
  }
});
