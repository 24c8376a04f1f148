import { expect } from 'chai';
import type { Entry, Feed } from '../../src/feed.js';
import { EntryOutline, outlineOf } from '../../src/feed/outline.js';
import { filterEntries, foldFor, keepWanted, type Criteria } from '../../src/entries/select-entries.js';
import type { DiaryFeedElement } from '../../src/index.js';
import { all, create, eventOf, isFallbackShown, mount, one, place, recordEvents, textsOf } from '../support/element.js';
import { feedUrl, openGate, requestsOf, uniqueId } from '../support/server.js';

const NONE: Criteria = {
  category: null,
  match: null,
  exclude: null,
  since: null,
  language: 'sv',
  timeZone: 'Europe/Stockholm',
};

function entry(title: string, fields: Partial<Entry> = {}): Entry {
  return { title, categories: [], ...fields };
}

/** Titles of those that are left. */
function left(entries: readonly Entry[], criteria: Partial<Criteria>): string {
  const wanted = filterEntries(entries.map(outlineOf), { ...NONE, ...criteria });
  return wanted.map((outline) => outline.read().title).join(' ');
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

describe('foldFor', () => {
  for (const [language, one, other] of [
    ['sv', 'MÖTE', 'möte'],
    ['sv', 'idé', 'ide'],
    ['sv', 'Sørensen', 'Sörensen'],
    ['sv', 'a\u030angstro\u0308m', 'ångström'],
    ['sv', 'Gárasávvon', 'garasavvon'],
    ['sv', 'Straße', 'STRASSE'],
    ['sv', 'nämnd\u00admöten', 'nämndmöten'],
    ['sv', ' två\n\u00a0ord ', 'två ord'],
    ['en', 'Ångström', 'angstrom'],
    ['en', 'İzmir', 'izmir'],
    ['de', 'Göttingen', 'Goettingen'],
    ['de', 'GROẞ', 'gross'],
    ['da', 'Åbenrå', 'Aabenraa'],
    ['da', 'Köge', 'Køge'],
    ['nb', 'Tromsö', 'Tromsø'],
    ['tr', 'ISPARTA', 'ısparta'],
    ['tr', 'İzmir', 'izmir'],
    ['pl', 'Łódź', 'lodz'],
    ['el', 'Οδός', 'ΟΔΟΣ'],
    ['ru', 'Ёлка', 'елка'],
    ['ar', 'مُدِير', 'مدير'],
  ] as const) {
    it(`takes ${one} for ${other} in ${language}`, () => {
      const fold = foldFor(language);
      expect(fold(one)).to.equal(fold(other));
    });
  }

  for (const [language, one, other] of [
    ['sv', 'å', 'a'],
    ['sv', 'ä', 'a'],
    ['sv', 'ö', 'o'],
    ['sv', 'å', 'ä'],
    ['sv', 'ŋ', 'n'],
    ['sv', 'ŧ', 't'],
    ['sv', 'w', 'v'],
    ['sv', 'ü', 'y'],
    ['de', 'ä', 'a'],
    ['fi', 'ä', 'a'],
    ['da', 'ø', 'o'],
    ['tr', 'ı', 'i'],
    ['tr', 'ş', 's'],
    ['ru', 'й', 'и'],
  ] as const) {
    it(`keeps ${one} and ${other} apart in ${language}`, () => {
      const fold = foldFor(language);
      expect(fold(one)).to.not.equal(fold(other));
    });
  }

  it('keeps the letters of Northern Sámi apart where the browser knows that language', function () {
    if (Intl.Collator.supportedLocalesOf('se').length === 0) this.skip();
    const fold = foldFor('se');
    expect(fold('áđŋšŧž')).to.not.match(/[A-Z]/);
  });

  for (const language of ['smj', 'fit', '', 'svenska språket', 'x'.repeat(10_000)]) {
    it(`goes by Swedish where the browser knows no language called "${language.slice(0, 20)}"`, () => {
      expect(foldFor(language)('Idé på ön')).to.equal('IDE PÅ ÖN');
    });
  }

  it('takes what a text says and no other for the same: each letter of the Latin script has one form', () => {
    for (const language of ['sv', 'de', 'da', 'tr']) {
      const fold = foldFor(language);
      for (let code = 0xc0; code < 0x250; code++) {
        const once = fold(String.fromCharCode(code));
        expect(fold(once), once).to.equal(once);
      }
    }
  });
});

describe('filterEntries', () => {
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
    expect(left(entries, { match: 'mote', language: 'en' })).to.equal('Nämndmöten Motell');
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

describe('keepWanted', () => {
  const signal = new AbortController().signal;
  let readCount = 0;
  beforeEach(() => (readCount = 0));

  /** An entry of a diary with one a day, 1 the oldest; every tenth is about the budget. */
  function outline(number: number, day: string | undefined = dayNumber(number)): EntryOutline {
    return new EntryOutline({ date: undefined, day }, '', () => {
      readCount++;
      return entry(`${number % 10 ? 'Möte' : 'Budget'} ${number}`);
    });
  }

  const dayNumber = (number: number): string => new Date(Date.UTC(2000, 0, number)).toISOString().slice(0, 10);
  const diary = (count: number): EntryOutline[] => Array.from({ length: count }, (_, index) => outline(index + 1));

  async function keep(
    entries: EntryOutline[],
    criteria: Partial<Criteria>,
    { count = 3, sort = 'newest', others = [] as EntryOutline[] } = {},
  ): Promise<string[]> {
    const options = { count, sort: sort as 'newest' | 'feed', others };
    const kept = await keepWanted(entries, options, { ...NONE, ...criteria }, signal);
    return kept.map((found) => found.read().title ?? '');
  }

  it('finds the newest that are wanted, and gives them as the feed has them', async () => {
    expect(await keep(diary(1000), { match: 'budget' })).to.deep.equal(['Budget 980', 'Budget 990', 'Budget 1000']);
  });

  it('reads no further than the day of the last of them can be in doubt', async () => {
    await keep(diary(1000), { match: 'budget' });
    expect(readCount).to.be.within(21, 25);
  });

  it('finds them in the feed’s order where that is what is shown, and reads no further', async () => {
    expect(await keep(diary(1000), { match: 'budget' }, { sort: 'feed' })).to.deep.equal([
      'Budget 10',
      'Budget 20',
      'Budget 30',
    ]);
    expect(readCount).to.equal(30);
  });

  it('reads nothing where only the days matter', async () => {
    const entries = diary(1000);
    const kept = at(`${dayNumber(1000)}T12:00:00Z`, () =>
      keepWanted(entries, { count: 3, sort: 'newest', others: [] }, { ...NONE, since: 1 }, signal),
    );
    expect(await kept).to.deep.equal(entries.slice(-2));
    expect(readCount).to.equal(0);
  });

  it('looks at no entry that is too old', async () => {
    const entries = diary(1000);
    const criteria = { ...NONE, since: 10, match: 'no such word' };
    await at(`${dayNumber(1000)}T12:00:00Z`, () =>
      keepWanted(entries, { count: 3, sort: 'newest', others: [] }, criteria, signal),
    );
    expect(readCount).to.equal(11);
  });

  it('finds those without a date last', async () => {
    const undated = [1, 2, 3].map((number) => outline(number * 10, ''));
    expect(await keep([...undated, ...diary(19)], { match: 'budget' })).to.deep.equal([
      'Budget 10',
      'Budget 20',
      'Budget 10',
    ]);
  });

  it('goes by the exact day where moments are near each other', async () => {
    const late = outlineOf(entry('late', { date: new Date('2026-03-25T23:30:00Z') })); // the 26th in Stockholm
    const dayOnly = outlineOf(entry('day', { day: '2026-03-26' }));
    expect(await keep([dayOnly, late], { exclude: 'x' }, { count: 1 })).to.deep.equal(['late']);
  });

  it('fills up with others, and never keeps more than was asked for', async () => {
    const entries = diary(100);
    const others = entries.slice(-5);
    const few = await keep(entries, { match: 'budget 10,budget 20' }, { count: 4, others }); // 100 holds "budget 10"
    expect(few).to.deep.equal(['Budget 10', 'Budget 20', 'Möte 99', 'Budget 100']);
    const filled = await keep(entries, { match: 'budget 20' }, { count: 4, others });
    expect(filled).to.deep.equal(['Budget 20', 'Möte 98', 'Möte 99', 'Budget 100']);
    expect(await keep(entries, { match: 'budget' }, { count: 2, others })).to.deep.equal(['Budget 90', 'Budget 100']);
  });

  it('gives the page its turns', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    const slow = Array.from({ length: 40 }, () => {
      return new EntryOutline({ date: undefined, day: undefined }, '', () => {
        for (const end = performance.now() + 5; performance.now() < end;);
        return entry('slow');
      });
    });
    await keep(slow, { match: 'slow' }, { count: 100 });
    clearInterval(timer);
    expect(turns).to.be.greaterThan(1);
  });

  it('gives up when nobody waits any more', async () => {
    const abort = new AbortController();
    const entries = Array.from({ length: 100 }, (_, index) => {
      return new EntryOutline({ date: undefined, day: undefined }, '', () => {
        readCount++;
        if (index === 10) abort.abort();
        for (const end = performance.now() + 25; index === 10 && performance.now() < end;);
        return entry('slow');
      });
    });
    const options = { count: 100, sort: 'feed', others: [] } as const;
    const outcome = await keepWanted(entries, options, { ...NONE, match: 'slow' }, abort.signal).catch(String);
    expect(outcome).to.match(/AbortError/);
    expect(readCount).to.equal(11);
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
  const NO_MATCH = 'Här visas bara ett urval av inläggen. Just nu finns det inga inlägg i urvalet.';
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

  it('takes letters as the language around it does', async () => {
    expect(titles(await show({ match: 'mote' }, 'sv'))).to.deep.equal(['Motell']);
    expect(titles(await show({ match: 'mote' }, 'en'))).to.deep.equal(['Nämndmöten', 'Motell']);
  });

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

    it('speaks of no list where there is none when loading anew has failed', async () => {
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

    it('counts its entries anew', async () => {
      const element = await show({ limit: 1, more: 1 });
      one(element, '[part=more]')?.click();
      await element.updateComplete;
      element.exclude = 'motell';
      await element.updateComplete;
      expect(titles(element)).to.deep.equal(['Nämndmöten']);
    });
  });

  describe('on a long feed', () => {
    it('sees all entries before 200 are kept', async () => {
      const element = await mount({ src: feedUrl({ items: 500, length: 40 }), match: 'inlägg 7', limit: 50 });
      expect(titles(element)).to.deep.equal([
        ...Array.from({ length: 10 }, (_, index) => `Inlägg ${79 - index}`),
        'Inlägg 7',
      ]);
      expect(element.feed?.entries).to.have.lengthOf(200);
    });

    it('sees them all where the feed’s order is shown too', async () => {
      const element = await mount({ src: feedUrl({ items: 500, length: 40 }), sort: 'feed', match: 'inlägg 49' });
      expect(titles(element)).to.deep.equal(['Inlägg 49', ...[490, 491, 492, 493].map((number) => `Inlägg ${number}`)]);
    });

    it('asks for the feed once more when it changes, and shows what is there meanwhile', async () => {
      const id = uniqueId();
      const gate = uniqueId();
      const src = feedUrl({ items: 500, length: 40, id, etag: '"1"', cache: 'no-cache', 'check-gate': gate });
      const element = await mount({ src, match: 'inlägg 7', limit: 2 });
      const events = recordEvents(element);
      const ended = eventOf(element, 'loadend');
      element.match = 'inlägg 12, inlägg 499';
      element.exclude = 'inlägg 129';
      await element.updateComplete;
      expect(titles(element)).to.deep.equal(['Inlägg 499']);
      await openGate(gate);
      await ended;
      expect(titles(element)).to.deep.equal(['Inlägg 499', 'Inlägg 128']);
      expect(events).to.deep.equal(['loadstart', 'load', 'loadend']);
      expect(await requestsOf(id)).to.have.lengthOf(2);
    });

    it('lets the browser’s cache answer', async () => {
      const id = uniqueId();
      const element = await mount({ src: feedUrl({ items: 500, id, cache: 'max-age=600' }), match: 'inlägg 7' });
      const ended = eventOf(element, 'loadend');
      element.match = 'inlägg 499';
      await ended;
      expect(titles(element)).to.deep.equal(['Inlägg 499']);
      // the WebKit of the tests keeps nothing; it asks again, but not past what a cache on the way has
      const wishes = (await requestsOf(id)).map(({ headers }) => headers['cache-control']);
      expect(wishes.filter(Boolean)).to.deep.equal([]);
    });

    it('asks once, whatever comes of it', async () => {
      const id = uniqueId();
      const element = await mount({ src: feedUrl({ items: 500, length: 40, id, lasts: 1 }), match: 'inlägg 7' });
      const ended = eventOf(element, 'loadend');
      element.match = 'inlägg 499';
      await ended;
      for (const limit of [2, 3]) {
        element.limit = limit;
        await element.updateComplete;
      }
      expect(element.status).to.equal('failed');
      expect(titles(element)).to.deep.equal(['Inlägg 499']);
      expect(await requestsOf(id)).to.have.lengthOf(2);
    });

    it('asks once more where only the order changes, for others come first then', async () => {
      const element = await mount({ src: feedUrl({ items: 500 }), limit: 1 });
      expect(titles(element)).to.deep.equal(['Inlägg 500']);
      const ended = eventOf(element, 'loadend');
      element.sort = 'feed';
      await ended;
      expect(titles(element)).to.deep.equal(['Inlägg 1']);
    });
  });
});
