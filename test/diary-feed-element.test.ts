import { expect } from 'chai';
import { DiaryFeedElement, type Feed } from '../src/index.js';
import { findLocale } from '../src/messages/index.js';
import { items, rss } from './support/feeds.js';
import {
  queryAll,
  create,
  nextEvent,
  isFallbackVisible,
  mount,
  query,
  appendToPage,
  recordEvents,
  textsOf,
} from './support/element.js';
import { feedUrl, openGate, requestsOf, uniqueId } from './support/server.js';
import { until } from './support/visit.js';

const FEED: Feed = {
  title: 'Dagboken',
  link: 'https://dagbok.example/',
  language: 'sv',
  entries: [
    {
      id: '1',
      title: 'Möten',
      link: 'https://dagbok.example/1',
      date: new Date('2026-03-12T16:00:00Z'),
      day: '2026-03-12',
      summary: 'Idag träffade jag personalen.\nSedan åkte jag hem.',
      author: 'Kommunchefen',
      categories: ['Allmänt', 'Personal'],
      image: `${location.origin}/nothing.png`,
    },
    { id: '2', title: 'Budget', categories: [] },
  ],
};

/** Shows a feed without a request. */
async function show(
  attributes: Record<string, string | number> = {},
  feed: Feed = FEED,
  lang = 'sv',
): Promise<DiaryFeedElement> {
  const element = create(attributes);
  element.feed = feed;
  appendToPage(element, lang);
  await element.updateComplete;
  return element;
}

describe('<diary-feed>', () => {
  describe('an entry', () => {
    it('shows the title as a link to its page, and the date', async () => {
      const element = await show();
      expect(query(element, '[part=link]')?.getAttribute('href')).to.equal('https://dagbok.example/1');
      expect(textsOf(element, '[part=entry]')).to.deep.equal(['Möten 12 mars 2026', 'Budget']);
      expect(query(element, 'time')?.getAttribute('datetime')).to.equal('2026-03-12');
    });

    it('shows no date with show="none"', async () => {
      expect(queryAll(await show({ show: 'none' }), 'time')).to.have.lengthOf(0);
    });

    it('shows the summary in one line, cut at a word', async () => {
      const element = await show({ show: 'summary', 'summary-length': 20 });
      expect(textsOf(element, '[part=summary]')).to.deep.equal(['Idag träffade jag …']);
    });

    it('shows author, categories and image if show contains them', async () => {
      const element = await show({ show: 'author category image' });
      expect(textsOf(element, '[part=author]')).to.deep.equal(['Kommunchefen']);
      expect(textsOf(element, '[part=category]')).to.deep.equal(['Allmänt', 'Personal']);
      const image = query(element, '[part=image]');
      expect(image?.getAttribute('src')).to.equal(`${location.origin}/nothing.png`);
      expect(image?.getAttribute('alt')).to.equal('');
      expect(image?.getAttribute('referrerpolicy')).to.equal('no-referrer');
    });

    it('shows a title without a link as plain text', async () => {
      const element = await show();
      expect(queryAll(element, '[part=entry]')[1]?.querySelector('a')).to.equal(null);
    });

    it('shows the first words of the summary if there is no title', async () => {
      const summary = 'Vi pratade om budgetfrågor och lönebildningsfrågor inför kommande direktionsmöten i Luleå.';
      const element = await show({ show: 'none' }, { entries: [{ summary, categories: [] }] });
      expect(textsOf(element, '[part=entry]')).to.deep.equal([
        'Vi pratade om budgetfrågor och lönebildningsfrågor inför …',
      ]);
    });

    it('shows the summary once if its beginning is the title', async () => {
      const entries = ['Kort.', 'Ord '.repeat(40).trim()].map((summary) => ({ summary, categories: [] }));
      const element = await show({ show: 'summary' }, { entries });
      expect(textsOf(element, '[part=summary]')).to.deep.equal([entries[1]?.summary]);
    });

    it('shows a text from the messages if there is neither title nor summary', async () => {
      const element = await show({}, { entries: [{ link: 'https://dagbok.example/1', categories: [] }] });
      expect(textsOf(element, '[part=link]')).to.deep.equal(['Inlägg utan rubrik']);
    });

    it('shows markup in a title as text', async () => {
      const element = await show({}, { entries: [{ title: '<img src=x onerror=alert(1)>', categories: [] }] });
      expect(textsOf(element, '[part=entry]')).to.deep.equal(['<img src=x onerror=alert(1)>']);
      expect(queryAll(element, 'img')).to.have.lengthOf(0);
    });

    it("has no link or image that isn't http: or https:, even if a script sets the feed", async () => {
      const entries = [{ title: 'Hej', link: 'javascript:alert(1)', image: 'data:image/png,x', categories: [] }];
      const element = await show({ show: 'image', heading: '' }, { title: 'D', link: 'javascript:alert(1)', entries });
      expect(queryAll(element, '[part=entry] a, img')).to.have.lengthOf(0);
      expect(query(element, '[part=heading] a')?.getAttribute('href')).to.equal(element.querySelector('a')?.href);
    });
  });

  describe('the list', () => {
    it('shows as many entries as limit', async () => {
      const element = await mount({ src: feedUrl({ text: rss(items(12)) }), limit: 3 });
      expect(textsOf(element, '[part=link]')).to.deep.equal(['Inlägg 1', 'Inlägg 2', 'Inlägg 3']);
      expect(element.entries.map(({ title }) => title)).to.deep.equal(['Inlägg 1', 'Inlägg 2', 'Inlägg 3']);
    });

    it('changes when limit changes', async () => {
      const element = await show();
      element.limit = 1;
      await element.updateComplete;
      expect(queryAll(element, '[part=entry]')).to.have.lengthOf(1);
    });
  });

  describe('the heading', () => {
    it('is missing by default', async () => {
      expect(queryAll(await show(), '[part=heading]')).to.have.lengthOf(0);
    });

    it("shows the attribute's text at level 2, with a link to the diary", async () => {
      const element = await show({ heading: 'Kommunchefens dagbok' });
      expect(query(element, 'h2[part=heading] a')?.getAttribute('href')).to.equal('https://dagbok.example/');
      expect(textsOf(element, 'h2')).to.deep.equal(['Kommunchefens dagbok']);
    });

    it("shows the feed's title if the attribute is empty", async () => {
      expect(textsOf(await show({ heading: '' }), '[part=heading]')).to.deep.equal(['Dagboken']);
    });

    it('has the level of heading-level', async () => {
      for (const level of [3, 4, 5, 6]) {
        const element = await show({ heading: 'Dagbok', 'heading-level': level });
        expect(query(element, '[part=heading]')?.localName).to.equal(`h${level}`);
      }
    });

    it('is shown before the feed has loaded, without a link', async () => {
      const element = create({ heading: 'Dagbok' });
      appendToPage(element);
      await element.updateComplete;
      expect(textsOf(element, 'h2')).to.deep.equal(['Dagbok']);
      expect(queryAll(element, 'h2 a')).to.have.lengthOf(0);
    });
  });

  describe('the more button', () => {
    const many = (count: number): Feed => ({
      entries: Array.from({ length: count }, (_, index) => ({
        title: `Inlägg ${index + 1}`,
        link: `https://dagbok.example/${index + 1}`,
        categories: [],
      })),
    });

    it('is missing by default', async () => {
      expect(queryAll(await show({}, many(12)), '[part=more]')).to.have.lengthOf(0);
    });

    it('shows the number of further entries', async () => {
      expect(textsOf(await show({ more: 5 }, many(12)), '[part=more]')).to.deep.equal(['Visa 5 inlägg till']);
      expect(textsOf(await show({ more: 5 }, many(7)), '[part=more]')).to.deep.equal(['Visa 2 inlägg till']);
    });

    it('shows further entries, focuses the first of them and announces their number', async () => {
      const element = await show({ more: 5 }, many(12));
      query(element, '[part=more]')?.click();
      await element.updateComplete;
      expect(element.entries).to.have.lengthOf(10);
      await until(() => element.shadowRoot?.activeElement?.textContent === 'Inlägg 6');
      expect(textsOf(element, '[role=status]')).to.deep.equal(['10 inlägg']);
    });

    it("focuses the first further entry even if it isn't a link", async () => {
      const { entries } = many(5);
      const linked = [0, 1, 3];
      const some = entries.map((entry, index) =>
        linked.includes(index) ? entry : { title: `Utan ${index + 1}`, categories: [] },
      );
      const element = await show({ limit: 2, more: 1 }, { entries: some });
      for (const title of ['Utan 3', 'Inlägg 4', 'Utan 5']) {
        query(element, '[part=more]')?.click();
        await until(() => element.shadowRoot?.activeElement?.textContent.trim() === title);
      }
    });

    it("doesn't take the focus if the visitor has moved it", async () => {
      const element = await show({ more: 5 }, many(20));
      const other = document.createElement('input');
      element.after(other);
      query(element, '[part=more]')?.focus();
      query(element, '[part=more]')?.click();
      await element.updateComplete;
      other.focus();
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      expect(document.activeElement).to.equal(other);
    });

    it('disappears after the last entry', async () => {
      const element = await show({ more: 5 }, many(7));
      query(element, '[part=more]')?.click();
      await element.updateComplete;
      expect(queryAll(element, 'button[part=more]')).to.have.lengthOf(0);
    });
  });

  describe('the target of links', () => {
    it('is a new tab with link-target="_blank", with a visually hidden text', async () => {
      const link = query(await show({ 'link-target': '_blank' }), '[part=link]');
      expect([link?.getAttribute('target'), link?.getAttribute('rel')]).to.deep.equal(['_blank', 'noopener']);
      expect(link?.textContent).to.equal('Möten (öppnas i ny flik)');
    });
  });

  describe('the language', () => {
    it("is the page's", async () => {
      const element = await show({ more: 1, limit: 1 }, FEED, 'en');
      expect(textsOf(element, 'time, [part=more]')).to.deep.equal(['12 March 2026', 'Show 1 more entry']);
    });

    it("is Swedish if there are no messages in the page's language, and marked with lang", async () => {
      const element = await show({ more: 1, limit: 1 }, { ...FEED, language: 'pl' }, 'pl');
      for (const part of queryAll(element, 'time, [part=more]')) expect(part.lang).to.equal('sv');
      expect(query(element, 'time')?.textContent).to.equal('12 mars 2026');
      expect(query(element, '[part=link] span')?.lang).to.equal('');
    });

    it("marks the feed's text if its language isn't the page's", async () => {
      const element = await show({ show: 'date summary' }, FEED, 'en');
      expect(query(element, '[part=link] span')?.lang).to.equal('sv');
      expect(query(element, '[part=summary]')?.lang).to.equal('sv');
      expect(query(element, 'time')?.hasAttribute('lang')).to.equal(false);
    });

    it('is feed-lang for the feed’s text, if that is set', async () => {
      const element = await show({ 'feed-lang': 'se' }, FEED, 'sv');
      expect(query(element, '[part=link] span')?.lang).to.equal('se');
    });

    it('keeps the other messages if a script replaces one', async () => {
      const { more } = findLocale('en').messages;
      DiaryFeedElement.addMessages('en', { more: () => 'Go on' });
      const element = await show({ more: 1, limit: 1, 'link-target': '_blank' }, FEED, 'en');
      DiaryFeedElement.addMessages('en', { more });
      expect(textsOf(element, '[part=more], .visually-hidden')).to.deep.equal(['(opens in a new tab)', 'Go on', '']);
    });
  });

  describe('the feed property', () => {
    it('sends no request, whatever src is', async () => {
      const id = uniqueId();
      const element = await show({ src: feedUrl({ text: rss(items(1)), id }) });
      expect(element.status).to.equal('ready');
      expect(element.feed).to.deep.equal(FEED);
      expect(await requestsOf(id)).to.have.lengthOf(0);
    });

    for (const order of [
      ['feed', 'src'],
      ['src', 'feed'],
    ]) {
      it(`wins if src is set in the same task (${order.join(', ')})`, async () => {
        const id = uniqueId();
        const values = { feed: FEED, src: feedUrl({ text: rss(items(1)), id }) };
        const element = create();
        for (const name of order) Reflect.set(element, name, Reflect.get(values, name));
        appendToPage(element);
        await element.updateComplete;
        expect(textsOf(element, '[part=link]')).to.deep.equal(['Möten']);
        expect(await requestsOf(id)).to.have.lengthOf(0);
      });
    }

    it('accepts dates as text, as in JSON', async () => {
      const { day, ...entry } = FEED.entries[0] ?? { categories: [] };
      const feed = JSON.parse(JSON.stringify({ ...FEED, entries: [entry] })) as Feed;
      expect(day).to.equal('2026-03-12');
      expect(textsOf(await show({}, feed), '[part=entry]')).to.deep.equal(['Möten 12 mars 2026']);
    });

    it('fires no events', async () => {
      const element = create();
      const names = recordEvents(element);
      element.feed = FEED;
      appendToPage(element);
      await element.updateComplete;
      expect(names).to.deep.equal([]);
    });

    it('applies until src changes', async () => {
      const element = await show({ src: feedUrl({ text: rss(items(1)) }) });
      const loaded = nextEvent(element, 'load');
      element.src = feedUrl({ text: rss(items(2)) });
      await loaded;
      expect(element.entries.map(({ title }) => title)).to.deep.equal(['Inlägg 1', 'Inlägg 2']);
    });

    it('applies until reload()', async () => {
      const element = await show({ src: feedUrl({ text: rss(items(1)) }) });
      await element.reload();
      expect(element.entries.map(({ title }) => title)).to.deep.equal(['Inlägg 1']);
    });

    it('applies until it is set to undefined', async () => {
      const element = await show({ src: feedUrl({ text: rss(items(1)) }) });
      const loaded = nextEvent(element, 'load');
      element.feed = undefined;
      await loaded;
      expect(element.entries.map(({ title }) => title)).to.deep.equal(['Inlägg 1']);
    });

    for (const value of [null, false, '']) {
      it(`isn't set by ${JSON.stringify(value)}: src is loaded`, async () => {
        const element = create({ src: feedUrl({ text: rss(items(1)) }) });
        Reflect.set(element, 'feed', value);
        const loaded = nextEvent(element, 'load');
        appendToPage(element);
        await loaded;
        const next = nextEvent(element, 'load');
        Reflect.set(element, 'feed', value);
        element.src = feedUrl({ text: rss(items(2)) });
        await next;
        expect(textsOf(element, '[part=link]')).to.deep.equal(['Inlägg 1', 'Inlägg 2']);
      });
    }

    it('shows the fallback if it is empty', async () => {
      const element = await show({}, { entries: [] });
      expect(element.status).to.equal('empty');
      expect(isFallbackVisible(element)).to.equal(true);
    });
  });

  describe('define', () => {
    it('registers a subclass under another tag', () => {
      DiaryFeedElement.define('kommun-dagbok');
      const element = document.createElement('kommun-dagbok');
      expect(element instanceof DiaryFeedElement).to.equal(true);
      expect(element.constructor === DiaryFeedElement).to.equal(false);
    });

    it('registers a subclass itself', () => {
      class Diary extends DiaryFeedElement {}
      Diary.define('egen-dagbok');
      expect(customElements.get('egen-dagbok') === Diary).to.equal(true);
    });

    it('does nothing if the tag is already registered', () => {
      expect(() => DiaryFeedElement.define()).to.not.throw();
      expect(customElements.get('diary-feed') === DiaryFeedElement).to.equal(true);
    });

    it('applies properties that were set before the upgrade', async () => {
      const early = document.createElement('sen-dagbok');
      Object.assign(early, { limit: 1, feed: FEED });
      appendToPage(early);
      DiaryFeedElement.define('sen-dagbok');
      const element = early as unknown as DiaryFeedElement;
      await element.updateComplete;
      expect(element.limit).to.equal(1);
      expect(textsOf(element, '[part=entry]')).to.deep.equal(['Möten 12 mars 2026']);
    });
  });

  describe('custom states', () => {
    it('match the status, one at a time', async () => {
      const element = create();
      appendToPage(element);
      await element.updateComplete;
      expect(element.matches(':state(idle)')).to.equal(true);
      element.feed = FEED;
      await element.updateComplete;
      expect(['idle', 'ready'].filter((name) => element.matches(`:state(${name})`))).to.deep.equal(['ready']);
    });
  });

  it('moves the focus from the fallback to the first link when the list replaces it', async () => {
    const gate = uniqueId();
    const element = create({ src: feedUrl({ text: rss(items(2)), gate }) });
    appendToPage(element);
    await nextEvent(element, 'loadstart');
    element.querySelector('a')?.focus();
    await Promise.all([nextEvent(element, 'load'), openGate(gate)]);
    // a failed assertion would print the complete element
    expect(document.activeElement === element).to.equal(true);
    expect(element.shadowRoot?.activeElement?.textContent).to.equal('Inlägg 1');
  });

  it('moves the focus from the fallback to the first entry that has a link', async () => {
    const gate = uniqueId();
    const text = rss(
      '<item><title>Utan</title></item><item><title>Med</title><link>https://dagbok.example/2</link></item>',
    );
    const element = create({ src: feedUrl({ text, gate }) });
    appendToPage(element);
    await nextEvent(element, 'loadstart');
    element.querySelector('a')?.focus();
    await Promise.all([nextEvent(element, 'load'), openGate(gate)]);
    expect(element.shadowRoot?.activeElement?.textContent).to.equal('Med');
  });

  it('keeps images square and visually hidden texts inside the element', async () => {
    const element = await show({ show: 'image summary', 'link-target': '_blank' });
    const { width, height } = query(element, 'img')?.getBoundingClientRect() ?? { width: 0, height: 1 };
    expect(width).to.be.greaterThan(0);
    expect(Math.abs(width - height)).to.be.lessThan(1);
    expect(query(element, '.visually-hidden')?.offsetParent?.getRootNode()).to.equal(element.shadowRoot);
  });

  it("doesn't take the focus from other elements", async () => {
    const button = document.createElement('button');
    appendToPage(button);
    button.focus();
    await mount({ src: feedUrl({ text: rss(items(2)) }) });
    expect(document.activeElement === button).to.equal(true);
  });

  it('shows the slots for heading and footer', async () => {
    const element = create({ heading: 'Dagbok' }, '<h3 slot="heading">Egen</h3><p slot="footer">Fot</p>');
    element.feed = FEED;
    appendToPage(element);
    await element.updateComplete;
    expect(query(element, 'h2')?.checkVisibility()).to.equal(false);
    expect([...element.children].every((child) => child.checkVisibility())).to.equal(true);
  });
});
