import { expect } from 'chai';
import { DiaryFeedElement, type Feed } from '../src/index.js';
import { findLocale } from '../src/messages/index.js';
import { items, rss } from './support/feeds.js';
import { all, create, eventOf, isFallbackShown, mount, one, place, recordEvents, textsOf } from './support/element.js';
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

/** An element that shows a feed without asking for one. */
async function show(
  attributes: Record<string, string | number> = {},
  feed: Feed = FEED,
  lang = 'sv',
): Promise<DiaryFeedElement> {
  const element = create(attributes);
  element.feed = feed;
  place(element, lang);
  await element.updateComplete;
  return element;
}

describe('<diary-feed>', () => {
  describe('shows of an entry', () => {
    it('the title as a link to its page, and the date', async () => {
      const element = await show();
      expect(one(element, '[part=link]')?.getAttribute('href')).to.equal('https://dagbok.example/1');
      expect(textsOf(element, '[part=entry]')).to.deep.equal(['Möten 12 mars 2026', 'Budget']);
    });

    it('the date for machines', async () => {
      expect(one(await show(), 'time')?.getAttribute('datetime')).to.equal('2026-03-12');
    });

    it('no date where show leaves it out', async () => {
      expect(all(await show({ show: 'none' }), 'time')).to.have.lengthOf(0);
    });

    it('the summary in one line, cut at a word', async () => {
      const element = await show({ show: 'summary', 'summary-length': 20 });
      expect(textsOf(element, '[part=summary]')).to.deep.equal(['Idag träffade jag …']);
    });

    it('author, categories and image where they are asked for', async () => {
      const element = await show({ show: 'author category image' });
      expect(textsOf(element, '[part=author]')).to.deep.equal(['Kommunchefen']);
      expect(textsOf(element, '[part=category]')).to.deep.equal(['Allmänt', 'Personal']);
      const image = one(element, '[part=image]');
      expect(image?.getAttribute('src')).to.equal(`${location.origin}/nothing.png`);
      expect(image?.getAttribute('alt')).to.equal('');
      expect(image?.getAttribute('referrerpolicy')).to.equal('no-referrer');
    });

    it('plain text where it has no link', async () => {
      const element = await show();
      expect(all(element, '[part=entry]')[1]?.querySelector('a')).to.equal(null);
    });

    it('the first words of its text where it has no title', async () => {
      const summary = 'Vi pratade om budgetfrågor och lönebildningsfrågor inför kommande direktionsmöten i Luleå.';
      const element = await show({ show: 'none' }, { entries: [{ summary, categories: [] }] });
      expect(textsOf(element, '[part=entry]')).to.deep.equal([
        'Vi pratade om budgetfrågor och lönebildningsfrågor inför …',
      ]);
    });

    it('a text once, where its beginning is its name', async () => {
      const entries = ['Kort.', 'Ord '.repeat(40).trim()].map((summary) => ({ summary, categories: [] }));
      const element = await show({ show: 'summary' }, { entries });
      expect(textsOf(element, '[part=summary]')).to.deep.equal([entries[1]?.summary]);
    });

    it('a name in words where it has neither title nor text', async () => {
      const element = await show({}, { entries: [{ link: 'https://dagbok.example/1', categories: [] }] });
      expect(textsOf(element, '[part=link]')).to.deep.equal(['Inlägg utan rubrik']);
    });

    it('markup in a title as the text that it is', async () => {
      const element = await show({}, { entries: [{ title: '<img src=x onerror=alert(1)>', categories: [] }] });
      expect(textsOf(element, '[part=entry]')).to.deep.equal(['<img src=x onerror=alert(1)>']);
      expect(all(element, 'img')).to.have.lengthOf(0);
    });

    it('no link that is not http or https, even where a program hands it in', async () => {
      const entries = [{ title: 'Hej', link: 'javascript:alert(1)', image: 'data:image/png,x', categories: [] }];
      const element = await show({ show: 'image', heading: '' }, { title: 'D', link: 'javascript:alert(1)', entries });
      expect(all(element, '[part=entry] a, img')).to.have.lengthOf(0);
      expect(one(element, '[part=heading] a')?.getAttribute('href')).to.equal(element.querySelector('a')?.href);
    });

    it('and gives programs none either', async () => {
      const entries = [
        { link: ' javascript:alert(1)', image: 'data:,x', categories: [] },
        { link: 'https://dagbok.example/å', categories: [] },
      ];
      const { feed } = await show({}, { link: 'javascript:alert(1)', entries });
      expect(feed).to.deep.equal({
        entries: [{ categories: [] }, { link: 'https://dagbok.example/%C3%A5', categories: [] }],
      });
    });
  });

  describe('shows of the list', () => {
    it('as many entries as limit says', async () => {
      const element = await mount({ src: feedUrl({ text: rss(items(12)) }), limit: 3 });
      expect(textsOf(element, '[part=link]')).to.deep.equal(['Inlägg 1', 'Inlägg 2', 'Inlägg 3']);
      expect(element.entries.map(({ title }) => title)).to.deep.equal(['Inlägg 1', 'Inlägg 2', 'Inlägg 3']);
    });

    it('the feed’s own order where sort says so', async () => {
      const element = await show({ sort: 'feed' }, { entries: [...FEED.entries].reverse() });
      expect(element.entries.map(({ title }) => title)).to.deep.equal(['Budget', 'Möten']);
    });

    it('another number as soon as limit changes', async () => {
      const element = await show();
      element.limit = 1;
      await element.updateComplete;
      expect(all(element, '[part=entry]')).to.have.lengthOf(1);
    });

    it('of a long feed the newest; the element keeps 200 of them', async () => {
      const element = await mount({ src: feedUrl({ items: 250 }), limit: 1 });
      expect(element.feed?.entries).to.have.lengthOf(200);
      expect(textsOf(element, '[part=link]')).to.deep.equal(['Inlägg 250']);
    });
  });

  describe('has a heading', () => {
    it('not unless it is asked for', async () => {
      expect(all(await show(), '[part=heading]')).to.have.lengthOf(0);
    });

    it('with the given text, as a link to the diary, at level 2', async () => {
      const element = await show({ heading: 'Kommunchefens dagbok' });
      expect(one(element, 'h2[part=heading] a')?.getAttribute('href')).to.equal('https://dagbok.example/');
      expect(textsOf(element, 'h2')).to.deep.equal(['Kommunchefens dagbok']);
    });

    it('with the feed’s own title where it is present but empty', async () => {
      expect(textsOf(await show({ heading: '' }), '[part=heading]')).to.deep.equal(['Dagboken']);
    });

    for (const level of [2, 3, 4, 5, 6]) {
      it(`at level ${level}`, async () => {
        const element = await show({ heading: 'Dagbok', 'heading-level': level });
        expect(one(element, '[part=heading]')?.localName).to.equal(`h${level}`);
      });
    }

    it('before the feed has come, without its link', async () => {
      const element = create({ heading: 'Dagbok' });
      place(element);
      await element.updateComplete;
      expect(textsOf(element, 'h2')).to.deep.equal(['Dagbok']);
      expect(all(element, 'h2 a')).to.have.lengthOf(0);
    });
  });

  describe('has a button for more', () => {
    const many = (count: number): Feed => ({
      entries: Array.from({ length: count }, (_, index) => ({
        title: `Inlägg ${index + 1}`,
        link: `https://dagbok.example/${index + 1}`,
        categories: [],
      })),
    });

    it('not unless it is asked for', async () => {
      expect(all(await show({}, many(12)), '[part=more]')).to.have.lengthOf(0);
    });

    it('that says how many it shows, and never promises what is not there', async () => {
      expect(textsOf(await show({ more: 5 }, many(12)), '[part=more]')).to.deep.equal(['Visa 5 inlägg till']);
      expect(textsOf(await show({ more: 5 }, many(7)), '[part=more]')).to.deep.equal(['Visa 2 inlägg till']);
    });

    it('that shows them, moves the focus to the first of them, and says how many there are', async () => {
      const element = await show({ more: 5 }, many(12));
      one(element, '[part=more]')?.click();
      await element.updateComplete;
      expect(element.entries).to.have.lengthOf(10);
      await until(() => element.shadowRoot?.activeElement?.textContent === 'Inlägg 6');
      expect(textsOf(element, '[role=status]')).to.deep.equal(['10 inlägg']);
    });

    it('that moves the focus to the first of them also where that is no link', async () => {
      const { entries } = many(5);
      const linked = [0, 1, 3];
      const some = entries.map((entry, index) =>
        linked.includes(index) ? entry : { title: `Utan ${index + 1}`, categories: [] },
      );
      const element = await show({ limit: 2, more: 1 }, { entries: some });
      for (const title of ['Utan 3', 'Inlägg 4', 'Utan 5']) {
        one(element, '[part=more]')?.click();
        await until(() => element.shadowRoot?.activeElement?.textContent.trim() === title);
      }
    });

    it('that leaves the focus to whoever has moved it meanwhile', async () => {
      const element = await show({ more: 5 }, many(20));
      const other = document.createElement('input');
      element.after(other);
      one(element, '[part=more]')?.focus();
      one(element, '[part=more]')?.click();
      await element.updateComplete;
      other.focus();
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      expect(document.activeElement).to.equal(other);
    });

    it('that goes when there are no more', async () => {
      const element = await show({ more: 5 }, many(7));
      one(element, '[part=more]')?.click();
      await element.updateComplete;
      expect(all(element, 'button[part=more]')).to.have.lengthOf(0);
    });
  });

  describe('opens entries', () => {
    it('in the same tab, as links do', async () => {
      expect(one(await show(), '[part=link]')?.hasAttribute('target')).to.equal(false);
    });

    it('in a new one where that is asked for, and says so in text', async () => {
      const link = one(await show({ 'link-target': '_blank' }), '[part=link]');
      expect([link?.getAttribute('target'), link?.getAttribute('rel')]).to.deep.equal(['_blank', 'noopener']);
      expect(link?.textContent).to.equal('Möten (öppnas i ny flik)');
    });
  });

  describe('speaks', () => {
    it('the language of the page', async () => {
      const element = await show({ more: 1, limit: 1 }, FEED, 'en');
      expect(textsOf(element, 'time, [part=more]')).to.deep.equal(['12 March 2026', 'Show 1 more entry']);
    });

    it('Swedish where it has no words for the page’s language, and marks it', async () => {
      const element = await show({ more: 1, limit: 1 }, { ...FEED, language: 'pl' }, 'pl');
      for (const part of all(element, 'time, [part=more]')) expect(part.lang).to.equal('sv');
      expect(one(element, 'time')?.textContent).to.equal('12 mars 2026');
      expect(one(element, '[part=link] span')?.lang).to.equal('');
    });

    it('marks the feed’s text where that is in another language than the page', async () => {
      const element = await show({ show: 'date summary' }, FEED, 'en');
      expect(one(element, '[part=link] span')?.lang).to.equal('sv');
      expect(one(element, '[part=summary]')?.lang).to.equal('sv');
      expect(one(element, 'time')?.hasAttribute('lang')).to.equal(false);
    });

    it('marks it as feed-lang says, where the feed is wrong', async () => {
      const element = await show({ 'feed-lang': 'se' }, FEED, 'sv');
      expect(one(element, '[part=link] span')?.lang).to.equal('se');
    });

    it('other words for one text, and its own for the rest', async () => {
      const { more } = findLocale('en').messages;
      DiaryFeedElement.addMessages('en', { more: () => 'Go on' });
      const element = await show({ more: 1, limit: 1, 'link-target': '_blank' }, FEED, 'en');
      DiaryFeedElement.addMessages('en', { more });
      expect(textsOf(element, '[part=more], .visually-hidden')).to.deep.equal(['(opens in a new tab)', 'Go on', '']);
    });

    it('the words that a program gives it', async () => {
      DiaryFeedElement.addMessages('fi', {
        loading: 'Ladataan …',
        loaded: (count) => `${count} merkintää`,
        empty: 'Ei merkintöjä.',
        unreachable: 'Merkintöjä ei voitu hakea.',
        offline: 'Ei verkkoyhteyttä.',
        unusable: 'Merkintöjä ei voida näyttää.',
        outdated: 'Luettelo voi olla vanhentunut.',
        retry: 'Yritä uudelleen',
        more: (count) => `Näytä ${count} lisää`,
        newTab: '(avautuu uuteen välilehteen)',
        untitled: 'Nimetön merkintä',
      });
      const element = await show({ more: 1, limit: 1 }, FEED, 'fi');
      expect(textsOf(element, 'time, [part=more]')).to.deep.equal(['12. maaliskuuta 2026', 'Näytä 1 lisää']);
    });
  });

  describe('takes a feed from a program', () => {
    it('and asks no server, whatever src says', async () => {
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
      it(`whose src is set in the same turn (${order.join(', ')})`, async () => {
        const id = uniqueId();
        const values = { feed: FEED, src: feedUrl({ text: rss(items(1)), id }) };
        const element = create();
        for (const name of order) Reflect.set(element, name, Reflect.get(values, name));
        place(element);
        await element.updateComplete;
        expect(textsOf(element, '[part=link]')).to.deep.equal(['Möten']);
        expect(await requestsOf(id)).to.have.lengthOf(0);
      });
    }

    it('as it comes from JSON, dates as text', async () => {
      const { day, ...entry } = FEED.entries[0] ?? { categories: [] };
      const feed = JSON.parse(JSON.stringify({ ...FEED, entries: [entry] })) as Feed;
      expect(day).to.equal('2026-03-12');
      expect(textsOf(await show({}, feed), '[part=entry]')).to.deep.equal(['Möten 12 mars 2026']);
    });

    for (const [what, feed] of [
      ['without entries', { title: 'x' }],
      ['whose entries are no list', { entries: 'x' }],
      ['with an entry that is null', { entries: [null] }],
      ['with a date that is none', { entries: [{ title: 'a', date: new Date('never'), categories: [] }] }],
      ['with a day that is none', { entries: [{ title: 'a', day: '2026-02-31x' }] }],
      ['with a day that no calendar has', { entries: [{ title: 'a', day: '2026-02-30' }] }],
      ['without categories', { entries: [{ title: 'a' }] }],
      [
        'with fields of other types',
        { title: 1, entries: [{ title: {}, link: 5, summary: [], categories: [1, 'a'] }] },
      ],
    ] as const) {
      it(`and makes the best of one ${what}`, async () => {
        const element = await show(
          { show: 'date summary author category image', heading: '' },
          feed as unknown as Feed,
        );
        expect(element.status).to.be.oneOf(['ready', 'empty']);
        expect(element.entries.every(({ date, day, link }) => (date ?? day ?? link) === undefined)).to.equal(true);
      });
    }

    it('and counts its entries anew', async () => {
      const element = await show({ limit: 1, more: 1 });
      one(element, '[part=more]')?.click();
      await element.updateComplete;
      element.feed = { ...FEED };
      await element.updateComplete;
      expect(element.entries).to.have.lengthOf(1);
    });

    it('without any event, for nothing was loaded', async () => {
      const element = create();
      const names = recordEvents(element);
      element.feed = FEED;
      place(element);
      await element.updateComplete;
      expect(names).to.deep.equal([]);
    });

    it('until src changes', async () => {
      const element = await show({ src: feedUrl({ text: rss(items(1)) }) });
      const loaded = eventOf(element, 'load');
      element.src = feedUrl({ text: rss(items(2)) });
      await loaded;
      expect(element.entries.map(({ title }) => title)).to.deep.equal(['Inlägg 1', 'Inlägg 2']);
    });

    it('until it is told to reload', async () => {
      const element = await show({ src: feedUrl({ text: rss(items(1)) }) });
      await element.reload();
      expect(element.entries.map(({ title }) => title)).to.deep.equal(['Inlägg 1']);
    });

    it('until it is taken back', async () => {
      const element = await show({ src: feedUrl({ text: rss(items(1)) }) });
      const loaded = eventOf(element, 'load');
      element.feed = undefined;
      await loaded;
      expect(element.entries.map(({ title }) => title)).to.deep.equal(['Inlägg 1']);
    });

    it('that is empty', async () => {
      const element = await show({}, { entries: [] });
      expect(element.status).to.equal('empty');
      expect(isFallbackShown(element)).to.equal(true);
    });
  });

  describe('is defined', () => {
    it('under another tag as a class of its own', () => {
      DiaryFeedElement.define('kommun-dagbok');
      const element = document.createElement('kommun-dagbok');
      expect(element instanceof DiaryFeedElement).to.equal(true);
      expect(element.constructor === DiaryFeedElement).to.equal(false);
    });

    it('as itself where it is a subclass already', () => {
      class Diary extends DiaryFeedElement {}
      Diary.define('egen-dagbok');
      expect(customElements.get('egen-dagbok') === Diary).to.equal(true);
    });

    it('once, however often it is asked for', () => {
      expect(() => DiaryFeedElement.define()).to.not.throw();
      expect(customElements.get('diary-feed') === DiaryFeedElement).to.equal(true);
    });

    it('and takes the properties that were set before', async () => {
      const early = document.createElement('sen-dagbok');
      Object.assign(early, { limit: 1, feed: FEED });
      place(early);
      DiaryFeedElement.define('sen-dagbok');
      const element = early as unknown as DiaryFeedElement;
      await element.updateComplete;
      expect(element.limit).to.equal(1);
      expect(textsOf(element, '[part=entry]')).to.deep.equal(['Möten 12 mars 2026']);
    });
  });

  describe('tells style sheets', () => {
    it('its state, one at a time', async () => {
      const element = create();
      place(element);
      await element.updateComplete;
      expect(element.matches(':state(idle)')).to.equal(true);
      element.feed = FEED;
      await element.updateComplete;
      expect(['idle', 'ready'].filter((name) => element.matches(`:state(${name})`))).to.deep.equal(['ready']);
    });
  });

  it('moves the focus from the fallback to the first link when the list takes its place', async () => {
    const gate = uniqueId();
    const element = create({ src: feedUrl({ text: rss(items(2)), gate }) });
    place(element);
    await eventOf(element, 'loadstart');
    element.querySelector('a')?.focus();
    await Promise.all([eventOf(element, 'load'), openGate(gate)]);
    // an element in an assertion that fails would be printed without end
    expect(document.activeElement === element).to.equal(true);
    expect(element.shadowRoot?.activeElement?.textContent).to.equal('Inlägg 1');
  });

  it('moves it on to the first entry that has a link', async () => {
    const gate = uniqueId();
    const text = rss(
      '<item><title>Utan</title></item><item><title>Med</title><link>https://dagbok.example/2</link></item>',
    );
    const element = create({ src: feedUrl({ text, gate }) });
    place(element);
    await eventOf(element, 'loadstart');
    element.querySelector('a')?.focus();
    await Promise.all([eventOf(element, 'load'), openGate(gate)]);
    expect(element.shadowRoot?.activeElement?.textContent).to.equal('Med');
  });

  it('speaks the language of the place that it is moved to', async () => {
    const element = await show({}, FEED, 'sv');
    place(element, 'en-GB');
    await element.updateComplete;
    expect(textsOf(element, 'time')).to.deep.equal(['12 March 2026']);
  });

  it('keeps its pictures square and its hidden texts within itself', async () => {
    const element = await show({ show: 'image summary', 'link-target': '_blank' });
    const { width, height } = one(element, 'img')?.getBoundingClientRect() ?? { width: 0, height: 1 };
    expect(width).to.be.greaterThan(0);
    expect(Math.abs(width - height)).to.be.lessThan(1);
    expect(one(element, '.visually-hidden')?.offsetParent?.getRootNode()).to.equal(element.shadowRoot);
  });

  it('takes no focus that is elsewhere', async () => {
    const button = document.createElement('button');
    place(button);
    button.focus();
    await mount({ src: feedUrl({ text: rss(items(2)) }) });
    expect(document.activeElement === button).to.equal(true);
  });

  it('lets a slot replace heading and footer', async () => {
    const element = create({ heading: 'Dagbok' }, '<h3 slot="heading">Egen</h3><p slot="footer">Fot</p>');
    element.feed = FEED;
    place(element);
    await element.updateComplete;
    expect(one(element, 'h2')?.checkVisibility()).to.equal(false);
    expect([...element.children].every((child) => child.checkVisibility())).to.equal(true);
  });
});
