import { expect } from 'chai';
import type { Entry, Feed } from '../../src/feed.js';
import { selectEntries, type Selection } from '../../src/entries/select-entries.js';
import type { DiaryFeedElement } from '../../src/index.js';
import { queryAll, create, isFallbackVisible, mount, query, appendToPage, textsOf } from '../support/element.js';
import { feedUrl, requestsOf, uniqueId } from '../support/server.js';

const NONE: Selection = {
  sort: 'feed',
  category: null,
  match: null,
  exclude: null,
  since: null,
  timeZone: 'Europe/Stockholm',
};

function entry(title: string, fields: Partial<Entry> = {}): Entry {
  return { title, categories: [], ...fields };
}

/** Returns the titles of the matching entries. */
function titlesOf(entries: readonly Entry[], criteria: Partial<Selection>): string {
  return selectEntries(entries, { ...NONE, ...criteria })
    .map(({ title }) => title)
    .join(' ');
}

/** Runs a function at that time. */
function at<T>(moment: string, act: () => T): T {
  const Clock = Date;
  const stopped = class extends Clock {
    constructor(...fields: unknown[]) {
      super(...((fields.length > 0 ? fields : [moment]) as [string]));
    }
  };
  globalThis.Date = stopped as DateConstructor;
  try {
    return act();
  } finally {
    globalThis.Date = Clock;
  }
}

describe('selectEntries with match', () => {
  for (const [one, other] of [
    ['MÖTE', 'möte'],
    ['idé', 'ide'],
    ['a\u030angstro\u0308m', 'ångström'],
    ['Gárasávvon', 'garasavvon'],
    ['nämnd\u00admöten', 'nämndmöten'],
    [' två\n\u00a0ord ', 'två ord'],
    ['Łódź', 'Łodz'],
  ] as const) {
    it(`treats ${JSON.stringify(one)} and ${JSON.stringify(other)} as equal`, () => {
      expect(titlesOf([entry(one)], { match: other })).to.equal(one);
      expect(titlesOf([entry(other)], { match: one })).to.equal(other);
    });
  }

  it('distinguishes å ä ö ø æ ü and ŋ from letters without marks', () => {
    for (const [letter, plain] of ['åa', 'äa', 'öo', 'øo', 'æa', 'üu', 'ŋn']) {
      expect(titlesOf([entry(String(letter))], { match: String(plain) }), letter).to.equal('');
    }
  });
});

describe('selectEntries', () => {
  const entries = [
    entry('Nämndmöten', { summary: 'Vi talade\nom vägen.', categories: ['Allmänt', 'Näringsliv'] }),
    entry('Budget', { summary: 'Siffror.', categories: ['Ekonomi'] }),
    entry('Ledigt', { categories: ['allmänt och annat'] }),
    entry('Motell'),
  ];

  it('keeps the order of the entries', () => {
    expect(titlesOf(entries, { match: 'e' })).to.equal('Nämndmöten Budget Ledigt Motell');
  });

  it('finds a word in a compound', () => {
    expect(titlesOf(entries, { match: 'möte' })).to.equal('Nämndmöten');
  });
  it('searches title, summary and categories', () => {
    expect(titlesOf(entries, { match: 'BUDGET' })).to.equal('Budget');
    expect(titlesOf(entries, { match: 'siffror' })).to.equal('Budget');
    expect(titlesOf(entries, { match: 'ekonomi' })).to.equal('Budget');
  });

  it('finds any of several texts', () => {
    expect(titlesOf(entries, { match: 'siffror, motell' })).to.equal('Budget Motell');
  });

  it('finds a phrase across lines, but not across fields', () => {
    expect(titlesOf(entries, { match: 'talade om' })).to.equal('Nämndmöten');
    expect(titlesOf(entries, { match: 'budget siffror' })).to.equal('');
    expect(titlesOf(entries, { match: 'allmänt näringsliv' })).to.equal('');
  });

  it('excludes entries with any of the texts', () => {
    expect(titlesOf(entries, { exclude: 'möte,siffror' })).to.equal('Ledigt Motell');
  });

  it('compares complete categories, case-insensitively', () => {
    expect(titlesOf(entries, { category: 'ALLMÄNT' })).to.equal('Nämndmöten');
    expect(titlesOf(entries, { category: 'allmant' })).to.equal('');
  });

  it('combines all filters', () => {
    expect(titlesOf(entries, { category: 'Ekonomi, Allmänt', match: 'e', exclude: 'vägen' })).to.equal('Budget');
  });

  describe('since', () => {
    const dated = [
      entry('coming', { day: '2026-04-20' }),
      entry('today', { day: '2026-03-31' }),
      entry('within', { day: '2026-03-01' }),
      entry('before', { day: '2026-02-28' }),
      entry('undated'),
    ];

    it('selects entries of the last N days and upcoming ones, and none without a date', () => {
      const found = at('2026-03-31T10:00:00Z', () => titlesOf(dated, { since: 30 }));
      expect(found).to.equal('coming today within');
    });

    it('counts from today in the time zone', () => {
      const moment = '2026-03-31T22:30:00Z'; // 1 April in Stockholm
      expect(at(moment, () => titlesOf(dated, { since: 30 }))).to.equal('coming today');
      expect(at(moment, () => titlesOf(dated, { since: 30, timeZone: 'UTC' }))).to.equal('coming today within');
    });

    it('uses the day of the date in the time zone', () => {
      const late = [entry('late', { date: new Date('2026-02-28T23:30:00Z') })]; // 1 March in Stockholm
      const find = (timeZone: string): string =>
        at('2026-03-31T10:00:00Z', () => titlesOf(late, { since: 30, timeZone }));
      expect([find('Europe/Stockholm'), find('UTC')]).to.deep.equal(['late', '']);
    });

    it('counts days, not hours, across the change to summer time', () => {
      const moment = '2026-03-31T22:30:00Z'; // two days after summer time came
      expect(at(moment, () => titlesOf([entry('a', { day: '2026-03-26' })], { since: 6 }))).to.equal('a');
      expect(at(moment, () => titlesOf([entry('a', { day: '2026-03-26' })], { since: 5 }))).to.equal('');
    });
  });
});

describe('the order of selected entries', () => {
  const old = entry('old', { date: new Date('2015-03-01T12:00:00Z') });
  const young = entry('young', { date: new Date('2015-03-26T12:00:00Z') });
  const undated = entry('undated');
  const alsoUndated = entry('also');

  it('sorts the newest entry first', () => {
    expect(titlesOf([old, young], { sort: 'newest', timeZone: 'UTC' })).to.equal('young old');
  });

  it('keeps the order of the feed with sort="feed"', () => {
    expect(titlesOf([old, undated, young], { sort: 'feed', timeZone: 'UTC' })).to.equal('old undated young');
  });

  it('sorts entries without a date last, in the order of the feed', () => {
    expect(titlesOf([undated, old, alsoUndated, young], { sort: 'newest', timeZone: 'UTC' })).to.equal(
      'young old undated also',
    );
  });

  it('prefers day to date', () => {
    const lateReport = entry('report', { day: '2015-03-10', date: new Date('2015-03-27T12:00:00Z') });
    expect(titlesOf([lateReport, young], { sort: 'newest', timeZone: 'UTC' })).to.equal('young report');
  });

  it('sorts entries of one day by date, then in the order of the feed', () => {
    const morning = entry('morning', { day: '2015-03-26', date: new Date('2015-03-26T06:00:00Z') });
    const evening = entry('evening', { day: '2015-03-26', date: new Date('2015-03-26T18:00:00Z') });
    const alsoEvening = entry('also', { day: '2015-03-26', date: new Date('2015-03-26T18:00:00Z') });
    expect(titlesOf([morning, evening, alsoEvening], { sort: 'newest', timeZone: 'UTC' })).to.equal(
      'evening also morning',
    );
  });

  it('uses the day in the time zone', () => {
    const nightOwl = entry('owl', { date: new Date('2015-03-25T23:30:00Z') }); // the 26th in Stockholm
    const day = entry('day', { day: '2015-03-25', date: new Date('2015-03-25T23:59:00Z') });
    expect(titlesOf([day, nightOwl], { sort: 'newest', timeZone: 'Europe/Stockholm' })).to.equal('owl day');
  });
});

describe('<diary-feed> with a filter', () => {
  const FEED: Feed = {
    language: 'sv',
    entries: [
      entry('Nämndmöten', { link: 'https://dagbok.example/1', day: '2026-03-12', categories: ['Allmänt'] }),
      entry('Budget', { link: 'https://dagbok.example/2', day: '2026-03-11', categories: ['Ekonomi'] }),
      entry('Motell', { link: 'https://dagbok.example/3', day: '2026-03-10' }),
    ],
  };
  const NO_MATCH = 'Listan visar ett urval av inläggen. Just nu finns det inga inlägg i urvalet.';
  const titles = (element: DiaryFeedElement): string[] => textsOf(element, '[part=link]');

  async function show(attributes: Record<string, string | number>, lang = 'sv'): Promise<DiaryFeedElement> {
    const element = create({ show: 'none', ...attributes });
    element.feed = FEED;
    appendToPage(element, lang);
    await element.updateComplete;
    return element;
  }

  it('shows the matching entries, and keeps the complete feed', async () => {
    const element = await show({ match: 'möte,motell', exclude: 'nämnd' });
    expect(titles(element)).to.deep.equal(['Motell']);
    expect(element.entries.map(({ title }) => title)).to.deep.equal(['Motell']);
    expect([element.status, element.feed?.entries.length]).to.deep.equal(['ready', 3]);
  });

  it('applies limit and more to the matching entries', async () => {
    const element = await show({ exclude: 'möte', limit: 1, more: 5 });
    expect(titles(element)).to.deep.equal(['Budget']);
    expect(textsOf(element, '[part=more]')).to.deep.equal(['Visa 1 inlägg till']);
    query(element, '[part=more]')?.click();
    await element.updateComplete;
    expect(titles(element)).to.deep.equal(['Budget', 'Motell']);
  });

  describe('that matches nothing', () => {
    it('shows a sentence and the fallback', async () => {
      const element = await show({ match: 'ingenting' });
      expect(textsOf(element, '[role=status]')).to.deep.equal([NO_MATCH]);
      expect(isFallbackVisible(element)).to.equal(true);
      expect(queryAll(element, '[part=list]')).to.have.lengthOf(0);
    });

    it('has the state empty', async () => {
      const element = await show({ match: 'ingenting' });
      expect(element.status).to.equal('empty');
      expect(element.matches(':state(empty)')).to.equal(true);
      expect(element.matches(':state(ready)')).to.equal(false);
      expect(element.feed?.entries).to.have.lengthOf(3);
    });

    it('mentions no list if a reload fails', async () => {
      const id = uniqueId();
      const element = await mount({ src: feedUrl({ items: 5, id, good: 1, status: 404 }), match: 'ingenting' });
      expect(element.status).to.equal('empty');
      await element.reload();
      expect(element.status).to.equal('failed');
      expect(textsOf(element, '[role=status]')).to.deep.equal(['Inläggen kan inte visas här just nu.']);
    });
  });

  describe('that changes', () => {
    it('shows the matching entries without a request', async () => {
      const id = uniqueId();
      const element = await mount({ src: feedUrl({ items: 40, length: 40, id }), category: 'Månad 1', limit: 2 });
      expect(titles(element)).to.deep.equal(['Inlägg 37', 'Inlägg 25']);
      element.category = 'Månad 2';
      await element.updateComplete;
      expect(titles(element)).to.deep.equal(['Inlägg 38', 'Inlägg 26']);
      element.category = null;
      await element.updateComplete;
      expect(titles(element)).to.deep.equal(['Inlägg 40', 'Inlägg 39']);
      expect(await requestsOf(id)).to.have.lengthOf(1);
    });
  });

  describe('on a long feed', () => {
    it('searches the first 100 and the latest 100 entries', async () => {
      const id = uniqueId();
      const element = await mount({ src: feedUrl({ items: 500, id }), limit: 50, match: 'inlägg 77, inlägg 477' });
      expect(titles(element)).to.deep.equal(['Inlägg 477', 'Inlägg 77']);
      element.match = 'inlägg 250';
      await element.updateComplete;
      expect([element.status, element.feed?.entries.length]).to.deep.equal(['empty', 200]);
      expect(await requestsOf(id)).to.have.lengthOf(1);
    });
  });
});
