import { expect } from 'chai';
import type { DiaryFeedElement, Entry } from '../../src/index.js';
import { collectErrors } from '../support/console.js';
import { queryAll, create, mount, query, appendToPage, textsOf, type Attributes } from '../support/element.js';
import { items, rss } from '../support/feeds.js';
import { feedUrl, uniqueId } from '../support/server.js';
import { until } from '../support/visit.js';

/** Returns the day that is this number of days from today in the diary's time zone. */
function dayAhead(days: number): string {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(new Date());
  return new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Returns an entry for each of these days, newest first. */
function entriesOf(...days: number[]): Entry[] {
  return days.map((days, index) => ({
    title: `Inlägg ${index + 1}`,
    link: `https://dagbok.example/${index + 1}`,
    day: dayAhead(days),
    categories: [],
  }));
}

/** Shows entries without a request. */
async function show(
  attributes: Attributes,
  entries: readonly Entry[],
  { lang = 'sv', fallback = '<a href="https://dagbok.example/">Dagboken</a>', feed = {} } = {},
): Promise<DiaryFeedElement> {
  const element = create(attributes, fallback);
  element.feed = { link: 'https://dagbok.example/', language: 'sv', ...feed, entries };
  appendToPage(element, lang);
  await element.updateComplete;
  return element;
}

describe('the end of the list', () => {
  it('is a link to the diary after the last entry', async () => {
    const element = await show({ more: 2, limit: 1 }, entriesOf(-1, -2));
    expect(query(element, '[part=more]')?.localName).to.equal('button');
    query(element, '[part=more]')?.click();
    await element.updateComplete;
    const link = query(element, '[part=more]');
    expect([link?.localName, link?.getAttribute('href'), link?.textContent]).to.deep.equal([
      'a',
      'https://dagbok.example/',
      'Alla inlägg',
    ]);
  });

  it("links to the fallback's target if the feed has no link and the fallback has one link", async () => {
    const element = await show({ more: 1 }, entriesOf(-1), { feed: { link: undefined as never } });
    const fallback = element.querySelector('a');
    expect(query(element, '[part=more]')?.getAttribute('href')).to.equal(fallback?.href);
    element.insertAdjacentHTML(
      'beforeend',
      '<p slot="footer"><a href="/vad-ar-rss">RSS</a></p><svg><a href="/x"></a></svg>',
    );
    element.requestUpdate();
    await element.updateComplete;
    expect(query(element, '[part=more]')?.getAttribute('href')).to.equal(fallback?.href);
    element.append(Object.assign(document.createElement('a'), { href: '/skolans-dagbok' }));
    element.requestUpdate();
    await element.updateComplete;
    expect(queryAll(element, '[part=more]')).to.have.lengthOf(0);
  });

  it('links to the feed with feed-link', async () => {
    const element = await show({ src: '/dagbok.xml', 'feed-link': '' }, entriesOf(-1));
    const link = query(element, '[part=feed-link]');
    expect(link?.getAttribute('href')).to.equal(new URL('/dagbok.xml', location.href).href);
    expect(link?.textContent).to.equal('Prenumerera (RSS)');
    element.feedLink = false;
    await element.updateComplete;
    expect(queryAll(element, '[part=feed-link]')).to.have.lengthOf(0);
  });

  it('links to the feed that an HTML page links to', async () => {
    const feed = feedUrl({ text: rss(items(1)) });
    const src = feedUrl({
      text: `<!doctype html><link rel="alternate" type="application/rss+xml" href="${feed}">`,
      type: 'text/html',
    });
    const element = await mount({ src, 'feed-link': '' });
    expect(query(element, '[part=feed-link]')?.getAttribute('href')).to.equal(feed);
    const both = await mount({ src: `${src} ${feedUrl({ text: rss(items(2)), id: uniqueId() })}`, 'feed-link': '' });
    expect(queryAll(both, '[part=feed-link]')).to.have.lengthOf(2);
    expect(query(both, '[part=feed-link]')?.getAttribute('href')).to.equal(feed);
  });

  it('still links to that feed during a reload and after a failed one', async () => {
    const feed = feedUrl({ text: rss(items(1)) });
    const page = `<!doctype html><link rel="alternate" type="application/rss+xml" href="${feed}">`;
    const element = await mount({ src: feedUrl({ text: page, type: 'text/html' }), 'feed-link': '' });
    const { fetch } = globalThis;
    globalThis.fetch = () => Promise.reject(new TypeError('no network'));
    const reloaded = element.reload().finally(() => (globalThis.fetch = fetch));
    await element.updateComplete;
    const hrefOf = (): string | null | undefined => query(element, '[part=feed-link]')?.getAttribute('href');
    expect([element.status, hrefOf()]).to.deep.equal(['loading', feed]);
    await reloaded;
    expect([element.status, hrefOf()]).to.deep.equal(['failed', feed]);
  });

  it('links to several feeds with different texts', async () => {
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
  it('is a number of days, with the full date', async () => {
    const element = await show({ 'date-style': 'relative', limit: 9 }, entriesOf(0, -1, -2, -30), { lang: 'en' });
    const full = (days: number): string =>
      new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(dayAhead(days)));
    const visible = ['Today', 'Yesterday', '2 days ago', '30 days ago'];
    expect(textsOf(element, 'time > [aria-hidden]')).to.deep.equal(visible);
    expect(textsOf(element, 'time > .visually-hidden')).to.deep.equal(
      [0, -1, -2, -30].map((days, index) => `${visible[index] ?? ''}, ${full(days)}`),
    );
    expect(query(element, 'time')?.getAttribute('datetime')).to.equal(dayAhead(0));
  });

  it('is absolute if it is more than 30 days away', async () => {
    const element = await show({ 'date-style': 'relative' }, entriesOf(-31), { lang: 'en' });
    expect(textsOf(element, 'time')[0]).to.match(/^\d+ [A-Z][a-z]+ \d{4}$/);
  });

  it('begins with a capital letter in Swedish', async () => {
    const element = await show({ 'date-style': 'relative' }, entriesOf(0, -1, -5));
    expect(textsOf(element, 'time > [aria-hidden]')).to.deep.equal(['I dag', 'I går', 'För 5 dagar sedan']);
  });

  it("is calculated in the diary's time zone", async () => {
    const date = new Date(`${dayAhead(-1)}T12:00:00Z`);
    const element = await show({ 'date-style': 'relative' }, [{ title: 'Möten', date, categories: [] }]);
    expect(query(element, 'time > [aria-hidden]')?.textContent).to.equal('I går');
  });

  it('is updated when the page becomes visible again', async () => {
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
    expect(query(element, 'time > [aria-hidden]')?.textContent).to.equal('I förrgår');
  });
});

describe('a badge', () => {
  it('marks the entries of the last new-for days', async () => {
    const element = await show({ 'new-for': 2 }, entriesOf(0, -1, -2));
    expect(
      queryAll(element, '[part=entry]').map((item) => item.querySelector('[part=new]')?.textContent),
    ).to.deep.equal(['Nytt', 'Nytt', undefined]);
  });

  it('marks upcoming entries', async () => {
    const element = await show({}, entriesOf(3, 0), { lang: 'en' });
    expect(textsOf(element, '[part=upcoming]')).to.deep.equal(['Upcoming']);
    expect(queryAll(element, '[part=entry]')[0]?.querySelector('[part=upcoming]')).to.not.equal(null);
  });

  it('is part of the description of the link', async () => {
    const element = await show({ 'new-for': 1 }, entriesOf(0));
    const root = element.shadowRoot;
    const ids = query(element, 'a')?.getAttribute('aria-describedby')?.split(' ') ?? [];
    expect(ids.map((id) => root?.getElementById(id)?.getAttribute('part'))).to.deep.equal(['new', 'date']);
  });
});

describe('stale-after', () => {
  it('shows a notice with the date of the newest entry', async () => {
    const element = await show({ 'stale-after': 30 }, [{ title: 'Möten', day: '2015-03-26', categories: [] }]);
    expect(textsOf(element, '[role=status]')).to.deep.equal(['Det senaste inlägget är från 26 mars 2015.']);
    expect(element.matches(':state(stale)')).to.equal(true);
    expect(element.matches(':state(ready)')).to.equal(true);
  });

  it('applies to the newest entry in any order', async () => {
    const element = await show({ 'stale-after': 30, sort: 'feed', limit: 1 }, entriesOf(-400, -10));
    expect(textsOf(element, '[role=status]')).to.deep.equal(['']);
    expect(element.matches(':state(stale)')).to.equal(false);
  });

  it('applies from the day after the limit', async () => {
    const isStale = async (...days: number[]): Promise<boolean> =>
      (await show({ 'stale-after': 30 }, entriesOf(...days))).matches(':state(stale)');
    expect([await isStale(-30), await isStale(-31)]).to.deep.equal([false, true]);
  });
});

describe('group="month"', () => {
  const entries: Entry[] = ['2026-03-19', '2026-03-12', '2026-02-27', undefined].map((day, index) => ({
    title: `Inlägg ${index + 1}`,
    ...(day && { day }),
    categories: [],
  }));

  it('adds headings one level below, each with a list', async () => {
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

  it('adds headings of level 6 at most', async () => {
    const element = await show({ group: 'month', 'heading-level': 6 }, entries);
    expect(queryAll(element, 'h6[part=group]')).to.have.lengthOf(3);
  });

  it('keeps ids unique', async () => {
    const element = await show({ group: 'month' }, entries);
    const ids = queryAll(element, '[id]').map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
  });
});

describe('an expandable entry', () => {
  const long: Entry = {
    title: 'Möten',
    link: 'https://dagbok.example/1',
    summary: `${'Vi träffades. '.repeat(20).trim()}\nSedan åkte jag hem.`,
    categories: [],
  };

  it('contains its full text as paragraphs, and its link', async () => {
    const element = await show({ expand: '', show: 'summary' }, [long]);
    const details = query(element, 'details') as HTMLDetailsElement;
    expect(details.open).to.equal(false);
    expect(textsOf(element, 'details p')).to.deep.equal(long.summary?.split('\n'));
    expect(textsOf(element, 'details summary')).to.deep.equal(['Visa hela texten Möten']);
    expect(queryAll(element, 'a')).to.have.lengthOf(1);
  });

  it('hides the summary while it is open', async () => {
    const element = await show({ expand: '', show: 'summary' }, [long]);
    expect(query(element, '[part=summary]')?.checkVisibility()).to.equal(true);
    query(element, 'details summary')?.click();
    expect(query(element, '[part=summary]')?.checkVisibility()).to.equal(false);
    expect(query(element, 'details p')?.checkVisibility()).to.equal(true);
  });

  it('has no button if the full text is shown anyway', async () => {
    const summary = 'Vi träffades.\nSedan åkte jag hem.';
    const element = await show({ expand: '', show: 'summary' }, [
      { ...long, summary: 'Kort.' },
      { title: 'Å', categories: [] },
      { ...long, summary },
      { summary, categories: [] },
    ]);
    expect(queryAll(element, 'details')).to.have.lengthOf(0);
  });

  it('shows the last of thousands of paragraphs as one', async () => {
    const summary = Array.from({ length: 5000 }, (_, index) => `Rad ${index}.`);
    const element = await show({ expand: '' }, [{ ...long, summary: summary.join('\n') }]);
    expect(queryAll(element, 'details p').length).to.be.lessThan(500);
    expect(textsOf(element, 'details p').join(' ')).to.equal(summary.join(' '));
  });

  it('stays open when the list changes', async () => {
    const element = await show({ expand: '' }, [long]);
    query(element, 'details summary')?.click();
    await until(() => Boolean(query(element, 'details[open]')));
    await new Promise((resolve) => setTimeout(resolve)); // the toggle event is a separate task
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
    queryAll(element, '[part=image]').map((image) => image.getAttribute('src'));

  it('is the fallback image if it is missing', async () => {
    const element = await show({ show: 'image', 'fallback-image': working }, [entry(), entry(working)]);
    expect(sources(element)).to.deep.equal([working, working]);
  });

  it("is the fallback image if it can't be loaded", async () => {
    const element = await show({ show: 'image', 'fallback-image': '/demo/icon.svg' }, [entry(broken)]);
    await until(() => sources(element)[0] === working);
  });

  it("disappears if the fallback image can't be loaded, either", async () => {
    const element = await show({ show: 'image', 'fallback-image': `${broken}&fallback` }, [entry(broken)]);
    await until(() => query(element, '[part=image]')?.checkVisibility() === false);
  });

  it('is the fallback image if it has one pixel', async () => {
    const canvas = document.createElement('canvas');
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.width = canvas.height = 1;
      canvas.toBlob(resolve);
    });
    const pixel = URL.createObjectURL(blob as Blob);
    const element = await show({ show: 'image', 'fallback-image': working }, [entry(working)]);
    // feeds can't contain blob: URLs, so the test sets one
    query(element, '[part=image]')?.setAttribute('src', pixel);
    await until(() => sources(element)[0] === working);
    URL.revokeObjectURL(pixel);
  });
});

describe('renderEntry', () => {
  it('keeps the element that it returned while it is the same function', async () => {
    const element = await show({ limit: 1, more: 1 }, entriesOf(-1, -2));
    element.renderEntry = ({ title = '' }) => Object.assign(document.createElement('b'), { textContent: title });
    await element.updateComplete;
    const [made] = queryAll(element, 'b');
    query(element, '[part=more]')?.click();
    await element.updateComplete;
    expect(queryAll(element, 'b')[0]).to.equal(made);
    element.renderEntry = ({ title = '' }) => Object.assign(document.createElement('i'), { textContent: title });
    await element.updateComplete;
    expect(textsOf(element, 'i')).to.deep.equal(['Inlägg 1', 'Inlägg 2']);
  });

  it('returns the content of an entry', async () => {
    const element = create();
    element.renderEntry = ({ title }) => `* ${title} *`;
    element.feed = { entries: entriesOf(-1) };
    appendToPage(element);
    await element.updateComplete;
    expect(textsOf(element, '[part=entry]')).to.deep.equal(['* Inlägg 1 *']);
  });

  it('returns undefined for the default layout', async () => {
    const element = await show({}, entriesOf(-1, -2));
    element.renderEntry = ({ title }) => (title === 'Inlägg 1' ? 'Först' : undefined);
    await element.updateComplete;
    expect(textsOf(element, '[part=entry]')[0]).to.equal('Först');
    expect(textsOf(element, '[part=link]')).to.deep.equal(['Inlägg 2']);
  });

  it('is replaced by the default layout if it throws an error, which is logged once', async () => {
    const element = await show({}, entriesOf(-1, -2, -3));
    const lines = await collectErrors(async () => {
      element.renderEntry = ({ title }) => (title === 'Inlägg 2' ? expect.fail('no') : title);
      await element.updateComplete;
    });
    expect(textsOf(element, '[part=link]')).to.deep.equal(['Inlägg 2']);
    expect(textsOf(element, '[part=entry]')).to.have.length(3);
    expect(lines).to.have.lengthOf(1);
    expect(lines[0]).to.match(/^diary-feed: .*renderEntry/);
  });
});
