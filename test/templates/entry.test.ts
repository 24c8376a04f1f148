import { expect } from 'chai';
import type { DiaryFeedElement, Entry } from '../../src/index.js';
import { errorsOf } from '../support/console.js';
import { all, create, mount, one, place, textsOf, type Attributes } from '../support/element.js';
import { items, rss } from '../support/feeds.js';
import { feedUrl, uniqueId } from '../support/server.js';
import { until } from '../support/visit.js';

/** The day that is so many days from today in the diary's zone. */
function dayAhead(days: number): string {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(new Date());
  return new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
}

/** An entry of each of these days, newest first. */
function entriesOf(...days: number[]): Entry[] {
  return days.map((days, index) => ({
    title: `Inlägg ${index + 1}`,
    link: `https://dagbok.example/${index + 1}`,
    day: dayAhead(days),
    categories: [],
  }));
}

/** An element that shows these entries without a request. */
async function show(
  attributes: Attributes,
  entries: readonly Entry[],
  { lang = 'sv', fallback = '<a href="https://dagbok.example/">Dagboken</a>', feed = {} } = {},
): Promise<DiaryFeedElement> {
  const element = create(attributes, fallback);
  element.feed = { link: 'https://dagbok.example/', language: 'sv', ...feed, entries };
  place(element, lang);
  await element.updateComplete;
  return element;
}

describe('the end of the list', () => {
  it('is a link to the diary where more has nothing left to show', async () => {
    const element = await show({ more: 2, limit: 1 }, entriesOf(-1, -2));
    expect(one(element, '[part=more]')?.localName).to.equal('button');
    one(element, '[part=more]')?.click();
    await element.updateComplete;
    const link = one(element, '[part=more]');
    expect([link?.localName, link?.getAttribute('href'), link?.textContent]).to.deep.equal([
      'a',
      'https://dagbok.example/',
      'Alla inlägg',
    ]);
  });

  it('is the list itself where more is not asked for', async () => {
    expect(all(await show({}, entriesOf(-1)), '[part=more]')).to.have.lengthOf(0);
  });

  it('is the link of the fallback where the feed names no page of its own, unless that has several', async () => {
    const element = await show({ more: 1 }, entriesOf(-1), { feed: { link: undefined as never } });
    const fallback = element.querySelector('a');
    expect(one(element, '[part=more]')?.getAttribute('href')).to.equal(fallback?.href);
    element.insertAdjacentHTML(
      'beforeend',
      '<p slot="footer"><a href="/vad-ar-rss">RSS</a></p><svg><a href="/x"></a></svg>',
    );
    element.requestUpdate();
    await element.updateComplete;
    expect(one(element, '[part=more]')?.getAttribute('href')).to.equal(fallback?.href);
    element.append(Object.assign(document.createElement('a'), { href: '/skolans-dagbok' }));
    element.requestUpdate();
    await element.updateComplete;
    expect(all(element, '[part=more]')).to.have.lengthOf(0);
  });

  it('has a link to the feed where feed-link asks for it', async () => {
    const element = await show({ src: '/dagbok.xml', 'feed-link': '' }, entriesOf(-1));
    const link = one(element, '[part=feed-link]');
    expect(link?.getAttribute('href')).to.equal(new URL('/dagbok.xml', location.href).href);
    expect(link?.textContent).to.equal('Prenumerera (RSS)');
    element.feedLink = false;
    await element.updateComplete;
    expect(all(element, '[part=feed-link]')).to.have.lengthOf(0);
  });

  it('leads to the feed that a page announces, not to the page', async () => {
    const feed = feedUrl({ text: rss(items(1)) });
    const src = feedUrl({
      text: `<!doctype html><link rel="alternate" type="application/rss+xml" href="${feed}">`,
      type: 'text/html',
    });
    const element = await mount({ src, 'feed-link': '' });
    expect(one(element, '[part=feed-link]')?.getAttribute('href')).to.equal(feed);
    const both = await mount({ src: `${src} ${feedUrl({ text: rss(items(2)), id: uniqueId() })}`, 'feed-link': '' });
    expect(all(both, '[part=feed-link]')).to.have.lengthOf(2);
    expect(one(both, '[part=feed-link]')?.getAttribute('href')).to.equal(feed);
  });

  it('has links to several feeds that are told apart, also where one host has them', async () => {
    const element = await show(
      { src: 'https://a.example/1.xml https://a.example/2.xml', 'feed-link': '' },
      entriesOf(-1),
    );
    expect(textsOf(element, '[part=feed-link]')).to.deep.equal([
      'Prenumerera (RSS) a.example/1.xml',
      'Prenumerera (RSS) a.example/2.xml',
    ]);
  });
});

describe('a relative date', () => {
  it('counts in days and says the date too', async () => {
    const element = await show({ 'date-style': 'relative', limit: 9 }, entriesOf(0, -1, -2, -30), { lang: 'en' });
    const full = (days: number): string =>
      new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(dayAhead(days)));
    expect(textsOf(element, 'time')).to.deep.equal([
      `Today, ${full(0)}`,
      `Yesterday, ${full(-1)}`,
      `2 days ago, ${full(-2)}`,
      `30 days ago, ${full(-30)}`,
    ]);
    expect(textsOf(element, 'time .visually-hidden')[0]).to.equal(`, ${full(0)}`);
    expect(one(element, 'time')?.getAttribute('datetime')).to.equal(dayAhead(0));
  });

  it('is the date itself where it is more than 30 days away', async () => {
    const element = await show({ 'date-style': 'relative' }, entriesOf(-31), { lang: 'en' });
    expect(textsOf(element, 'time')[0]).to.match(/^\d+ [A-Z][a-z]+ \d{4}$/);
  });

  it('begins in Swedish with a capital letter', async () => {
    const element = await show({ 'date-style': 'relative' }, entriesOf(0, -1, -5));
    expect(textsOf(element, 'time').map((text) => text.split(',')[0])).to.deep.equal([
      'I dag',
      'I går',
      'För 5 dagar sedan',
    ]);
  });

  it('goes by the day in the diary’s zone', async () => {
    const date = new Date(`${dayAhead(-1)}T12:00:00Z`);
    const element = await show({ 'date-style': 'relative' }, [{ title: 'Möten', date, categories: [] }]);
    expect(one(element, 'time')?.textContent.split(',')[0]).to.equal('I går');
  });

  it('is worked out again when the page is shown again', async () => {
    const element = await show({ 'date-style': 'relative' }, entriesOf(-1));
    const now = Date.now;
    const RealDate = Date;
    globalThis.Date = class extends RealDate {
      constructor(...values: [] | [number | string]) {
        super(...((values.length > 0 ? values : [now() + 86_400_000]) as [number]));
      }
    } as DateConstructor;
    document.dispatchEvent(new Event('visibilitychange'));
    await element.updateComplete;
    globalThis.Date = RealDate;
    expect(one(element, 'time')?.textContent.split(',')[0]).to.equal('I förrgår');
  });
});

describe('a mark', () => {
  it('tells in words which entries are of the last days', async () => {
    const element = await show({ 'new-for': 2 }, entriesOf(0, -1, -2));
    expect(all(element, '[part=entry]').map((item) => item.querySelector('[part=new]')?.textContent)).to.deep.equal([
      'Nytt',
      'Nytt',
      undefined,
    ]);
  });

  it('tells which are still to come, asked for or not', async () => {
    const element = await show({}, entriesOf(3, 0), { lang: 'en' });
    expect(textsOf(element, '[part=upcoming]')).to.deep.equal(['Upcoming']);
    expect(all(element, '[part=entry]')[0]?.querySelector('[part=upcoming]')).to.not.equal(null);
  });

  it('is part of what describes the link', async () => {
    const element = await show({ 'new-for': 1 }, entriesOf(0));
    const root = element.shadowRoot;
    const ids = one(element, 'a')?.getAttribute('aria-describedby')?.split(' ') ?? [];
    expect(ids.map((id) => root?.getElementById(id)?.getAttribute('part'))).to.deep.equal(['new', 'date']);
  });
});

describe('an old diary', () => {
  it('is said to be one, and since when', async () => {
    const element = await show({ 'stale-after': 30 }, [{ title: 'Möten', day: '2015-03-26', categories: [] }]);
    expect(textsOf(element, '[role=status]')).to.deep.equal(['Det senaste inlägget är från 26 mars 2015.']);
    expect(element.matches(':state(stale)')).to.equal(true);
    expect(element.matches(':state(ready)')).to.equal(true);
  });

  it('goes by the newest entry, whatever the order', async () => {
    const element = await show({ 'stale-after': 30, sort: 'feed', limit: 1 }, entriesOf(-400, -10));
    expect(textsOf(element, '[role=status]')).to.deep.equal(['']);
    expect(element.matches(':state(stale)')).to.equal(false);
  });

  it('is not one on the last of the days', async () => {
    expect((await show({ 'stale-after': 30 }, entriesOf(-30))).matches(':state(stale)')).to.equal(false);
    expect(
      (await show({ 'stale-after': 30, match: 'Inlägg 1' }, entriesOf(-31, -10))).matches(':state(stale)'),
    ).to.equal(false);
    expect((await show({ 'stale-after': 30 }, entriesOf(-31))).matches(':state(stale)')).to.equal(true);
  });
});

describe('months', () => {
  const entries: Entry[] = ['2026-03-19', '2026-03-12', '2026-02-27', undefined].map((day, index) => ({
    title: `Inlägg ${index + 1}`,
    ...(day && { day }),
    categories: [],
  }));

  it('are headings one level below, each with its own list', async () => {
    const element = await show({ group: 'month', heading: 'Dagboken' }, entries);
    expect(textsOf(element, 'h3[part=group], [part=list]')).to.deep.equal([
      'Mars 2026',
      'Inlägg 1 19 mars 2026 Inlägg 2 12 mars 2026',
      'Februari 2026',
      'Inlägg 3 27 februari 2026',
      'Utan datum',
      'Inlägg 4',
    ]);
  });

  it('are headings of level 6 at most', async () => {
    const element = await show({ group: 'month', 'heading-level': 6 }, entries);
    expect(all(element, 'h6[part=group]')).to.have.lengthOf(3);
  });

  it('do not part what belongs together: ids are still one each', async () => {
    const element = await show({ group: 'month' }, entries);
    const ids = all(element, '[id]').map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
  });
});

describe('an entry that expands', () => {
  const long: Entry = {
    title: 'Möten',
    link: 'https://dagbok.example/1',
    summary: `${'Vi träffades. '.repeat(20).trim()}\nSedan åkte jag hem.`,
    categories: [],
  };

  it('holds its whole text as paragraphs, and keeps its link', async () => {
    const element = await show({ expand: '', show: 'summary' }, [long]);
    const details = one(element, 'details') as HTMLDetailsElement;
    expect(details.open).to.equal(false);
    expect(textsOf(element, 'details p')).to.deep.equal(long.summary?.split('\n'));
    expect(textsOf(element, 'details summary')).to.deep.equal(['Visa hela texten Möten']);
    expect(all(element, 'a')).to.have.lengthOf(1);
  });

  it('does not show the beginning twice once it is open', async () => {
    const element = await show({ expand: '', show: 'summary' }, [long]);
    expect(one(element, '[part=summary]')?.checkVisibility()).to.equal(true);
    one(element, 'details summary')?.click();
    expect(one(element, '[part=summary]')?.checkVisibility()).to.equal(false);
    expect(one(element, 'details p')?.checkVisibility()).to.equal(true);
  });

  it('has nothing to open where all is shown anyway', async () => {
    const element = await show({ expand: '', show: 'summary' }, [
      { ...long, summary: 'Kort.' },
      { title: 'Å', categories: [] },
    ]);
    expect(all(element, 'details')).to.have.lengthOf(0);
  });

  it('has nothing to open where all is shown anyway, though in one line', async () => {
    const summary = 'Vi träffades.\nSedan åkte jag hem.';
    const element = await show({ expand: '', show: 'summary' }, [
      { ...long, summary },
      { summary, categories: [] },
    ]);
    expect(all(element, 'details')).to.have.lengthOf(0);
  });

  it('is told from others that lead to the same page', async () => {
    const [first, second] = [1, 2].map((day) => ({ ...long, date: new Date(Date.UTC(2026, 2, day)) }));
    const element = await show({ expand: '' }, [first as Entry, second as Entry]);
    one(element, 'details summary')?.click();
    await until(() => Boolean(one(element, 'details[open]')));
    await new Promise((resolve) => setTimeout(resolve)); // the toggle event comes in a task of its own
    await element.updateComplete;
    expect(all(element, 'details').map((details) => details.hasAttribute('open'))).to.deep.equal([true, false]);
  });

  it('is named by its title in that one’s language, where the button speaks another', async () => {
    const element = await show({ expand: '' }, [long], { lang: 'is', feed: { language: 'is' } });
    expect([one(element, 'summary')?.lang, one(element, 'summary .visually-hidden')?.lang]).to.deep.equal(['sv', 'is']);
  });

  it('of thousands of paragraphs has the last of them in one', async () => {
    const summary = Array.from({ length: 5000 }, (_, index) => `Rad ${index}.`);
    const element = await show({ expand: '' }, [{ ...long, summary: summary.join('\n') }]);
    expect(all(element, 'details p').length).to.be.lessThan(500);
    expect(textsOf(element, 'details p').join(' ')).to.equal(summary.join(' '));
  });

  it('stays open, it and no other, when the list changes', async () => {
    const element = await show({ expand: '' }, [long]);
    one(element, 'details summary')?.click();
    await until(() => Boolean(one(element, 'details[open]')));
    await new Promise((resolve) => setTimeout(resolve)); // the toggle event comes in a task of its own
    element.feed = { entries: [{ ...long, title: 'Nyare', link: 'https://dagbok.example/2' }, long] };
    await element.updateComplete;
    expect(textsOf(element, 'details[open] summary')).to.deep.equal(['Visa hela texten Möten']);
  });
});

describe('the image of an entry', () => {
  const working = new URL('/demo/icon.svg', location.href).href;
  const broken = feedUrl({ text: 'no picture' });
  const entry = (image?: string): Entry => ({ title: 'Bild', categories: [], ...(image && { image }) });
  const sources = (element: Element): (string | null)[] =>
    all(element, '[part=image]').map((image) => image.getAttribute('src'));

  it('that there is none of is the fallback image', async () => {
    const element = await show({ show: 'image', 'fallback-image': working }, [entry(), entry(working)]);
    expect(sources(element)).to.deep.equal([working, working]);
  });

  it('that does not come is the fallback image', async () => {
    const element = await show({ show: 'image', 'fallback-image': '/demo/icon.svg' }, [entry(broken)]);
    await until(() => sources(element)[0] === working);
  });

  it('that is broken disappears if there is no fallback image', async () => {
    const element = await show({ show: 'image' }, [entry(broken)]);
    await until(() => one(element, '[part=image]')?.checkVisibility() === false);
  });

  it('that is broken disappears if the fallback image is broken, too', async () => {
    const element = await show({ show: 'image', 'fallback-image': `${broken}&fallback` }, [entry(broken)]);
    await until(() => one(element, '[part=image]')?.checkVisibility() === false);
  });

  it('of one pixel is replaced by the fallback image', async () => {
    const canvas = document.createElement('canvas');
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.width = canvas.height = 1;
      canvas.toBlob(resolve);
    });
    const pixel = URL.createObjectURL(blob as Blob);
    const element = await show({ show: 'image', 'fallback-image': working }, [entry(working)]);
    // feeds can't contain blob: URLs, so the test sets one
    one(element, '[part=image]')?.setAttribute('src', pixel);
    await until(() => sources(element)[0] === working);
    URL.revokeObjectURL(pixel);
  });
});

describe('an entry of a program’s own', () => {
  it('keeps the element that was made for it while that is so', async () => {
    const element = await show({ limit: 1, more: 1 }, entriesOf(-1, -2));
    element.renderEntry = ({ title = '' }) => Object.assign(document.createElement('b'), { textContent: title });
    await element.updateComplete;
    const [made] = all(element, 'b');
    one(element, '[part=more]')?.click();
    await element.updateComplete;
    expect(all(element, 'b')[0]).to.equal(made);
    element.renderEntry = ({ title = '' }) => Object.assign(document.createElement('i'), { textContent: title });
    await element.updateComplete;
    expect(textsOf(element, 'i')).to.deep.equal(['Inlägg 1', 'Inlägg 2']);
  });

  it('is what renderEntry gives', async () => {
    const element = create();
    element.renderEntry = ({ title }) => `* ${title} *`;
    element.feed = { entries: entriesOf(-1) };
    place(element);
    await element.updateComplete;
    expect(textsOf(element, '[part=entry]')).to.deep.equal(['* Inlägg 1 *']);
  });

  it('may be a node', async () => {
    const element = await show({}, entriesOf(-1));
    element.renderEntry = ({ title = '' }) => Object.assign(document.createElement('b'), { textContent: title });
    await element.updateComplete;
    expect(one(element, '[part=entry] > b')?.textContent).to.equal('Inlägg 1');
  });

  it('is the usual one where renderEntry gives nothing', async () => {
    const element = await show({}, entriesOf(-1, -2));
    element.renderEntry = ({ title }) => (title === 'Inlägg 1' ? 'Först' : undefined);
    await element.updateComplete;
    expect(textsOf(element, '[part=entry]')[0]).to.equal('Först');
    expect(textsOf(element, '[part=link]')).to.deep.equal(['Inlägg 2']);
  });

  it('is the default layout if renderEntry throws an error, and the console says so once', async () => {
    const element = await show({}, entriesOf(-1, -2, -3));
    const lines = await errorsOf(async () => {
      element.renderEntry = ({ title }) => (title === 'Inlägg 2' ? expect.fail('no') : title);
      await element.updateComplete;
    });
    expect(textsOf(element, '[part=link]')).to.deep.equal(['Inlägg 2']);
    expect(textsOf(element, '[part=entry]')).to.have.length(3);
    expect(lines).to.have.lengthOf(1);
    expect(lines[0]).to.match(/^diary-feed: .*renderEntry/);
  });
});
