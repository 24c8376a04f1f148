import { expect } from 'chai';
import type { Entry, Feed } from '../../src/feed.js';
import { selectEntries, type Selection } from '../../src/entries/select-entries.js';
import type { DiaryFeedElement } from '../../src/index.js';
import { all, create, isFallbackShown, mount, one, place, textsOf } from '../support/element.js';
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

/** Titles of the matching entries. */
function left(entries: readonly Entry[], criteria: Partial<Selection>): string {
  return selectEntries(entries, { ...NONE, ...criteria })
    .map(({ title }) => title)
    .join(' ');
}

/** What `act` gives at that moment, as the browser's clock shows it. */
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
    it(`finds ${one} in ${other}, and the reverse`, () => {
      expect(left([entry(one)], { match: other })).to.equal(one);
      expect(left([entry(other)], { match: one })).to.equal(other);
    });
  }

  for (const [one, other] of [
    ['å', 'a'],
    ['ä', 'a'],
    ['ö', 'o'],
    ['ø', 'o'],
    ['æ', 'ae'],
    ['ü', 'u'],
    ['ŋ', 'n'],
  ] as const) {
    it(`distinguishes ${one} from ${other}`, () => {
      expect(left([entry(one)], { match: other })).to.equal('');
    });
  }
});

describe('selectEntries', () => {
  const entries = [
    entry('Nämndmöten', { summary: 'Vi talade\nom vägen.', categories: ['Allmänt', 'Näringsliv'] }),
    entry('Budget', { summary: 'Siffror.', categories: ['Ekonomi'] }),
    entry('Ledigt', { categories: ['allmänt och annat'] }),
    entry('Motell'),
  ];

  it('keeps the order', () => {
    expect(left(entries, { match: 'e' })).to.equal('Nämndmöten Budget Ledigt Motell');
  });

  it('finds a word within a compound', () => {
    expect(left(entries, { match: 'möte' })).to.equal('Nämndmöten');
  });

  it('takes no mark of a Swedish letter away', () => {
    expect(left(entries, { match: 'mote' })).to.equal('Motell');
  });

  it('looks in title, text and categories', () => {
    expect(left(entries, { match: 'BUDGET' })).to.equal('Budget');
    expect(left(entries, { match: 'siffror' })).to.equal('Budget');
    expect(left(entries, { match: 'ekonomi' })).to.equal('Budget');
  });

  it('takes any of several words', () => {
    expect(left(entries, { match: 'siffror, motell' })).to.equal('Budget Motell');
  });

  it('finds a phrase over the end of a line, but not over the end of a field', () => {
    expect(left(entries, { match: 'talade om' })).to.equal('Nämndmöten');
    expect(left(entries, { match: 'budget siffror' })).to.equal('');
    expect(left(entries, { match: 'allmänt näringsliv' })).to.equal('');
  });

  it('leaves out what holds one of the excluded words', () => {
    expect(left(entries, { exclude: 'möte,siffror' })).to.equal('Ledigt Motell');
  });

  it('takes a category by its whole name, in any case', () => {
    expect(left(entries, { category: 'ALLMÄNT' })).to.equal('Nämndmöten');
    expect(left(entries, { category: 'allmant' })).to.equal('');
  });

  it('takes any of several categories', () => {
    expect(left(entries, { category: 'Ekonomi,Näringsliv' })).to.equal('Nämndmöten Budget');
  });

  it('takes only what all filters let through', () => {
    expect(left(entries, { category: 'Ekonomi, Allmänt', match: 'e', exclude: 'vägen' })).to.equal('Budget');
  });

  it('is no filter where of its words nothing is seen', () => {
    expect(left(entries, { match: '\u00ad', exclude: '\u200b', category: '\ufeff' })).to.equal(
      'Nämndmöten Budget Ledigt Motell',
    );
  });

  describe('since', () => {
    const dated = [
      entry('coming', { day: '2026-04-20' }),
      entry('today', { day: '2026-03-31' }),
      entry('within', { day: '2026-03-01' }),
      entry('before', { day: '2026-02-28' }),
      entry('undated'),
    ];

    it('takes what is at most so many days old or to come, and nothing without a date', () => {
      const found = at('2026-03-31T10:00:00Z', () => left(dated, { since: 30 }));
      expect(found).to.equal('coming today within');
    });

    it('counts from the day that it is in the zone', () => {
      const moment = '2026-03-31T22:30:00Z'; // 1 April in Stockholm
      expect(at(moment, () => left(dated, { since: 30 }))).to.equal('coming today');
      expect(at(moment, () => left(dated, { since: 30, timeZone: 'UTC' }))).to.equal('coming today within');
    });

    it('takes the day of a date in the zone', () => {
      const late = [entry('late', { date: new Date('2026-02-28T23:30:00Z') })]; // 1 March in Stockholm
      const find = (timeZone: string): string => at('2026-03-31T10:00:00Z', () => left(late, { since: 30, timeZone }));
      expect([find('Europe/Stockholm'), find('UTC')]).to.deep.equal(['late', '']);
    });

    it('counts days, not hours, where the clock was changed', () => {
      const moment = '2026-03-31T22:30:00Z'; // two days after summer time came
      expect(at(moment, () => left([entry('a', { day: '2026-03-26' })], { since: 6 }))).to.equal('a');
      expect(at(moment, () => left([entry('a', { day: '2026-03-26' })], { since: 5 }))).to.equal('');
    });
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
    place(element, lang);
    await element.updateComplete;
    return element;
  }

  for (const [attributes, expected] of [
    [{ category: 'ekonomi' }, ['Budget']],
    [{ category: 'Ekonomi, Allmänt' }, ['Nämndmöten', 'Budget']],
    [{ match: 'möte' }, ['Nämndmöten']],
    [{ match: 'möte,motell', exclude: 'nämnd' }, ['Motell']],
    [{ exclude: 'möte' }, ['Budget', 'Motell']],
  ] as [Record<string, string>, string[]][]) {
    it(`shows what it lets through: ${JSON.stringify(attributes)}`, async () => {
      const element = await show(attributes);
      expect(titles(element)).to.deep.equal(expected);
      expect(element.entries.map(({ title }) => title)).to.deep.equal(expected);
      expect(element.feed?.entries).to.have.lengthOf(3);
      expect(element.status).to.equal('ready');
    });
  }

  it('shows what is new enough', async () => {
    const element = create({ since: 7 });
    const day = (age: number): string => new Date(Date.now() - age * 86_400_000).toISOString().slice(0, 10);
    element.feed = { entries: [entry('old', { day: day(9) }), entry('new', { day: day(5) }), entry('undated')] };
    place(element);
    await element.updateComplete;
    expect(element.entries.map(({ title }) => title)).to.deep.equal(['new']);
  });

  it('counts limit and more by what it lets through', async () => {
    const element = await show({ exclude: 'möte', limit: 1, more: 5 });
    expect(titles(element)).to.deep.equal(['Budget']);
    expect(textsOf(element, '[part=more]')).to.deep.equal(['Visa 1 inlägg till']);
    one(element, '[part=more]')?.click();
    await element.updateComplete;
    expect(titles(element)).to.deep.equal(['Budget', 'Motell']);
  });

  describe('that leaves nothing', () => {
    it('says that there is one, and keeps the fallback', async () => {
      const element = await show({ match: 'ingenting' });
      expect(textsOf(element, '[role=status]')).to.deep.equal([NO_MATCH]);
      expect(isFallbackShown(element)).to.equal(true);
      expect(all(element, '[part=list]')).to.have.lengthOf(0);
    });

    it('is empty, for programs and style sheets', async () => {
      const element = await show({ match: 'ingenting' });
      expect(element.status).to.equal('empty');
      expect(element.matches(':state(empty)')).to.equal(true);
      expect(element.matches(':state(ready)')).to.equal(false);
      expect(element.feed?.entries).to.have.lengthOf(3);
    });

    it('lets the slot for that replace the sentence', async () => {
      const element = create({ match: 'ingenting' }, '<a href="/">Dagboken</a><b slot="empty">Inget om det.</b>');
      element.feed = FEED;
      place(element);
      await element.updateComplete;
      expect(element.querySelector('b')?.checkVisibility()).to.equal(true);
      expect(one(element, '[role=status] span')?.checkVisibility()).to.equal(false);
    });

    it('does not say so of a feed that has no entries', async () => {
      const element = create({ match: 'ingenting' });
      element.feed = { entries: [] };
      place(element);
      await element.updateComplete;
      expect(textsOf(element, '[role=status]')).to.deep.equal(['Det finns inga inlägg just nu.']);
    });

    it('mentions no list if there are no entries and a reload fails', async () => {
      const id = uniqueId();
      const element = await mount({ src: feedUrl({ items: 5, id, good: 1, status: 404 }), match: 'ingenting' });
      expect(element.status).to.equal('empty');
      await element.reload();
      expect(element.status).to.equal('failed');
      expect(textsOf(element, '[role=status]')).to.deep.equal(['Inläggen kan inte visas här just nu.']);
    });
  });

  describe('that changes', () => {
    it('shows at once what it lets through, without asking for the feed', async () => {
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

    it('counts its entries again', async () => {
      const element = await show({ limit: 1, more: 1 });
      one(element, '[part=more]')?.click();
      await element.updateComplete;
      element.exclude = 'motell';
      await element.updateComplete;
      expect(titles(element)).to.deep.equal(['Nämndmöten']);
    });
  });

  describe('on a long feed', () => {
    it('sees the first 100 and the latest 100 entries, and fetches nothing when it changes', async () => {
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
