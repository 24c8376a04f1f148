import { expect } from 'chai';
import { DiaryFeedElement } from '../src/index.js';
import { collectWarnings } from './support/console.js';
import { create, appendToPage } from './support/element.js';

/** Returns `summaryLength` for `summary-length`. */
function propertyName(attribute: string): string {
  return attribute.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

const DEFAULTS = {
  src: '',
  limit: 5,
  more: null,
  heading: null,
  headingLevel: 2,
  show: 'date',
  summaryLength: 160,
  expand: false,
  sort: 'newest',
  group: '',
  category: null,
  match: null,
  exclude: null,
  since: null,
  dateStyle: 'long',
  timeZone: 'Europe/Stockholm',
  feedLang: '',
  newFor: null,
  staleAfter: null,
  fallbackImage: '',
  feedLink: false,
  linkTarget: '_self',
  loading: 'eager',
  timeout: 10_000,
} as const;

describe('attributes', () => {
  it('have defaults', () => {
    const element = create();
    for (const [name, value] of Object.entries(DEFAULTS)) {
      expect(element[name as keyof DiaryFeedElement], name).to.equal(value);
    }
  });

  it('add no attribute to the element', async () => {
    const element = create();
    appendToPage(element);
    await element.updateComplete;
    expect(element.getAttributeNames()).to.deep.equal([]);
  });

  it('set the property', () => {
    for (const [name, value] of Object.entries({
      limit: 7,
      more: 3,
      heading: 'Dagbok',
      'heading-level': 3,
      show: 'date summary',
      'summary-length': 200,
      sort: 'feed',
      group: 'month',
      category: 'Allmänt, Ekonomi',
      match: 'möte',
      exclude: 'ledigt',
      since: 30,
      'date-style': 'relative',
      'time-zone': 'America/New_York',
      'feed-lang': 'se',
      'new-for': 7,
      'stale-after': 90,
      'link-target': '_blank',
      loading: 'lazy',
      timeout: 2000,
    })) {
      expect(create({ [name]: value })[propertyName(name) as keyof DiaryFeedElement], name).to.equal(value);
    }
  });

  for (const [name, written, effective] of [
    ['limit', '0', 1],
    ['limit', '-3', 1],
    ['heading-level', '1', 2],
    ['summary-length', '5', 20],
    ['new-for', '0', 1],
    ['stale-after', '9999', 3650],
    ['since', '0', 1],
    ['timeout', '1', 1000],
    ['timeout', '999999', 60_000],
  ] as const) {
    it(`clamp ${name}="${written}" to ${effective} without a warning, and keep the attribute`, async () => {
      const element = create();
      const warnings = await collectWarnings(() => element.setAttribute(name, written));
      const property = propertyName(name);
      expect(element[property as keyof DiaryFeedElement]).to.equal(effective);
      expect(element.getAttribute(name)).to.equal(written);
      expect(warnings).to.deep.equal([]);
    });
  }

  for (const [name, written] of [
    ['limit', 'five'],
    ['limit', '5.5'],
    ['limit', ''],
    ['heading-level', 'h3'],
    ['show', 'date titel'],
    ['show', ''],
    ['summary-length', 'NaN'],
    ['sort', 'oldest'],
    ['date-style', 'short date'],
    ['group', 'year'],
    ['new-for', '7 days'],
    ['category', ''],
    ['match', ' , '],
    ['exclude', ','],
    ['time-zone', 'Jokkmokk'],
    ['feed-lang', 'svenska språket'],
    ['link-target', '_top'],
    ['loading', 'soon'],
    ['timeout', '10s'],
  ] as const) {
    it(`use the default for ${name}="${written}", with one warning that names valid values`, async () => {
      const element = create();
      const warnings = await collectWarnings(async () => {
        element.setAttribute(name, written);
        appendToPage(element);
        await element.updateComplete;
        element.requestUpdate();
        await element.updateComplete;
      });
      const property = propertyName(name);
      expect(element[property as keyof DiaryFeedElement]).to.equal(DEFAULTS[property as keyof typeof DEFAULTS]);
      expect(warnings).to.have.lengthOf(1);
      expect(warnings[0]).to.match(
        new RegExp(`^diary-feed: invalid ${name}="${written}": expected .+\\. (?:Using .+|Ignoring it)\\.$`),
      );
    });
  }

  it('validate what a script sets', async () => {
    const element = create();
    const warnings = await collectWarnings(() => {
      element.limit = 99;
      element.headingLevel = 4;
      element.heading = '';
      element.sort = 'oldest' as never;
    });
    expect([element.limit, element.headingLevel, element.heading, element.sort]).to.deep.equal([50, 4, '', 'newest']);
    expect(warnings).to.deep.equal(['diary-feed: invalid sort="oldest": expected newest or feed. Using newest.']);
    expect(element.getAttributeNames()).to.deep.equal([]);
    element.heading = null;
    expect(element.heading).to.equal(null);
  });

  it("use the default for an object that can't be converted to text", async () => {
    const element = create();
    const warnings = await collectWarnings(() => {
      element.limit = Object.create(null) as never;
      element.show = Symbol('date') as never;
    });
    expect([element.limit, element.show]).to.deep.equal([5, 'date']);
    expect(warnings).to.deep.equal([
      'diary-feed: invalid limit="": expected an integer from 1 to 50. Using 5.',
      'diary-feed: invalid show="Symbol(date)": expected space-separated tokens out of date summary author source category image, or none. Using date.',
    ]);
  });

  it('are true or false if they are boolean', () => {
    const element = create({ expand: '', 'feed-link': 'false' });
    expect([element.expand, element.feedLink]).to.deep.equal([true, true]);
    element.expand = false;
    expect(element.expand).to.equal(false);
  });

  it('read keywords case-insensitively', () => {
    expect(create({ sort: 'FEED' }).sort).to.equal('feed');
  });

  it('read each token of show once', () => {
    expect(create({ show: ' summary  date summary ' }).show).to.equal('summary date');
    expect(create({ show: 'none' }).show).to.equal('none');
  });

  it('ignore empty items of a list', () => {
    expect(create({ match: ' två ord,, väg , ' }).match).to.equal('två ord, väg');
  });

  it('read URLs as they are written', () => {
    expect(create({ 'fallback-image': '/bild.png' }).fallbackImage).to.equal('/bild.png');
    expect(create({ src: '/dagbok.xml' }).src).to.equal('/dagbok.xml');
  });
});
