import { expect } from 'chai';
import type { DiaryFeedElement, Entry } from '../../src/index.js';
import { queryAll, create, nextEvent, query, appendToPage, textsOf } from '../support/element.js';
import { items, rss } from '../support/feeds.js';
import { feedUrl } from '../support/server.js';

const ENTRY: Entry = {
  title: 'Möten <b>idag</b>',
  link: 'https://dagbok.example/1',
  day: '2026-03-12',
  summary: 'Idag träffade jag personalen på förvaltningen.\nSedan åkte jag hem.',
  author: 'Kommunchefen',
  categories: ['Allmänt', 'Personal'],
  image: new URL('/demo/icon.svg', location.href).href,
};

async function show(template: string, entry: Partial<Entry> = {}, lang = 'sv'): Promise<DiaryFeedElement> {
  const element = create(
    { 'summary-length': 20 },
    `<a href="/">Dagboken</a><template slot="entry">${template}</template>`,
  );
  element.feed = { language: 'sv', entries: [{ ...ENTRY, ...entry }] };
  appendToPage(element, lang);
  await element.updateComplete;
  return element;
}

describe('a template for entries', () => {
  it('gets the texts of the entry in its placeholders', async () => {
    const element = await show(
      '<p><b data-field="title"></b> <i data-field="summary"></i> <u data-field="author"></u> <s data-field="category"></s></p>',
    );
    expect(textsOf(element, '[data-field]')).to.deep.equal([
      'Möten <b>idag</b>',
      'Idag träffade jag …',
      'Kommunchefen',
      'Allmänt, Personal',
    ]);
    expect(queryAll(element, '[data-field=title] b')).to.have.lengthOf(0);
  });

  it('gets URLs and the date in attributes', async () => {
    const element = await show(
      '<a data-field="title"></a><a data-field="link">Läs</a><time data-field="date"></time><img data-field="image" alt="">',
    );
    const [title, link] = queryAll(element, 'a');
    expect([title?.getAttribute('href'), title?.textContent]).to.deep.equal([ENTRY.link, ENTRY.title]);
    expect([link?.getAttribute('href'), link?.textContent]).to.deep.equal([ENTRY.link, 'Läs']);
    expect([query(element, 'time')?.getAttribute('datetime'), query(element, 'time')?.textContent]).to.deep.equal([
      '2026-03-12',
      '12 mars 2026',
    ]);
    const image = query(element, 'img');
    expect([image?.getAttribute('src'), image?.getAttribute('referrerpolicy')]).to.deep.equal([
      ENTRY.image,
      'no-referrer',
    ]);
  });

  it('loses the placeholders that the entry has no value for', async () => {
    const element = await show(
      '<a data-field="link">Läs</a><b data-field="author"></b><img data-field="image"><i data-field="nonsense">?</i><u>kvar</u>',
      { link: 'javascript:alert(1)', author: undefined as never, image: 'data:image/png,x' },
    );
    expect(queryAll(element, '[data-field]')).to.have.lengthOf(0);
    expect(query(element, 'u')?.textContent).to.equal('kvar');
  });

  it('keeps the content of a link if the entry has no URL', async () => {
    const element = await show(
      '<a data-field="link" href="#"><b data-field="title"></b><i data-field="author"></i></a>',
      {
        link: 'javascript:alert(1)',
      },
    );
    expect(query(element, 'a')?.hasAttribute('href')).to.equal(false);
    expect(textsOf(element, 'a > *')).to.deep.equal([ENTRY.title, ENTRY.author]);
  });

  it('contains the full date, visually hidden, after a relative date', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const element = await show('<time data-field="date"></time>', { day: today });
    element.dateStyle = 'relative';
    element.timeZone = 'UTC';
    await element.updateComplete;
    const full = new Intl.DateTimeFormat('sv', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(today));
    expect(textsOf(element, 'time > [aria-hidden]')[0]).to.match(/^I ?dag$/);
    expect(textsOf(element, 'time > .visually-hidden')[0]).to.match(new RegExp(`^I ?dag, ${full}$`));
  });

  it('opens links in a new tab with link-target="_blank", with a visually hidden text', async () => {
    const element = await show('<a data-field="link"><b data-field="title"></b></a>');
    element.linkTarget = '_blank';
    await element.updateComplete;
    const link = query(element, 'a');
    expect([link?.getAttribute('target'), link?.getAttribute('rel')]).to.deep.equal(['_blank', 'noopener']);
    expect(link?.textContent).to.equal(`${ENTRY.title ?? ''} (öppnas i ny flik)`);
  });

  it('marks new and upcoming entries', async () => {
    const element = await show('<b data-field="mark"></b><i data-field="title"></i>', { day: '2099-01-01' });
    expect(textsOf(element, 'b')).to.deep.equal(['Kommande']);
    element.feed = { entries: [ENTRY] };
    await element.updateComplete;
    expect(queryAll(element, 'b')).to.have.lengthOf(0);
  });
  it("gets the language of the entry's texts if it isn't the page's", async () => {
    const element = await show('<b data-field="title"></b><time data-field="date"></time>', {}, 'en');
    expect(query(element, 'b')?.lang).to.equal('sv');
    expect(query(element, 'time')?.lang).to.equal('');
    expect(query(element, 'time')?.textContent).to.equal('12 March 2026');
  });

  it('gets the language of the messages if the entry has no title', async () => {
    const element = await show(
      '<b data-field="title"></b>',
      { title: undefined as never, summary: undefined as never },
      'is',
    );
    expect([query(element, 'b')?.textContent, query(element, 'b')?.lang]).to.deep.equal(['Inlägg utan rubrik', 'sv']);
  });

  it('gets no text in scripts and styles', async () => {
    const element = create();
    const template = Object.assign(document.createElement('template'), { slot: 'entry' });
    for (const name of ['script', 'style']) {
      const place = document.createElement(name);
      place.dataset['field'] = 'title';
      template.content.append(place);
    }
    element.append(template);
    element.feed = { entries: [{ title: 'document.documentElement.dataset.title = "run"', categories: [] }] };
    appendToPage(element);
    await element.updateComplete;
    expect(document.documentElement.dataset['title']).to.equal(undefined);
    expect(textsOf(element, 'script, style')).to.deep.equal(['', '']);
  });

  it('keeps its elements and the focus when the list is rendered again', async () => {
    const element = await show('<a data-field="title" part="mine"></a>');
    const link = query(element, '[part=mine]');
    link?.focus();
    element.limit = 4;
    await element.updateComplete;
    expect(element.shadowRoot?.activeElement).to.equal(link);
  });

  it("isn't shared with another element that shows the same entries", async () => {
    const src = feedUrl({ text: rss(items(1)) });
    const elements = ['b', 'i'].map((name) =>
      create(
        { src },
        `<a href="/">Dagboken</a><template slot="entry"><${name} data-field="title"></${name}></template>`,
      ),
    );
    const ended = Promise.all(elements.map((element) => nextEvent(element, 'loadend')));
    for (const element of elements) appendToPage(element);
    await ended;
    const [element, other] = elements as [DiaryFeedElement, DiaryFeedElement];
    expect(element.entries[0]).to.equal(other.entries[0]);
    const title = query(element, 'b');
    element.limit = 4;
    await element.updateComplete;
    expect(query(element, 'b')).to.equal(title);
    expect(textsOf(other, 'i')).to.deep.equal(['Inlägg 1']);
  });
});
