import { expect } from 'chai';
import { propertyName } from '../src/attributes.js';
import type { DiaryFeedElement } from '../src/index.js';
import { warningsOf } from './support/console.js';
import { create, place } from './support/element.js';

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

describe('the attributes', () => {
  for (const [name, value] of Object.entries(DEFAULTS)) {
    it(`leave ${name} at ${JSON.stringify(value)} where nothing is written`, () => {
      expect(create()[name as keyof DiaryFeedElement]).to.equal(value);
    });
  }

  it('do not sprout on the tag', async () => {
    const element = create();
    place(element);
    await element.updateComplete;
    expect(element.getAttributeNames()).to.deep.equal([]);
  });

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
    it(`show the effective value of ${name} as a property`, () => {
      expect(create({ [name]: value })[propertyName(name) as keyof DiaryFeedElement]).to.equal(value);
    });
  }

  for (const [name, written, effective] of [
    ['limit', '0', 1],
    ['limit', '-3', 1],
    ['limit', '1000', 50],
    ['more', '99', 50],
    ['heading-level', '1', 2],
    ['heading-level', '7', 6],
    ['summary-length', '5', 20],
    ['new-for', '0', 1],
    ['stale-after', '9999', 3650],
    ['since', '0', 1],
    ['since', '9999', 3650],
    ['timeout', '1', 1000],
    ['timeout', '999999', 60_000],
  ] as const) {
    it(`clamp ${name}="${written}" to ${effective} without a word, and leave it as it is written`, async () => {
      const element = create();
      const warnings = await warningsOf(() => element.setAttribute(name, written));
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
    ['more', 'yes'],
    ['heading-level', 'h3'],
    ['show', 'date titel'],
    ['show', ''],
    ['summary-length', 'NaN'],
    ['sort', 'oldest'],
    ['date-style', 'short date'],
    ['group', 'year'],
    ['new-for', '7 days'],
    ['stale-after', 'P30D'],
    ['category', ''],
    ['match', ' , '],
    ['exclude', ','],
    ['since', 'last week'],
    ['time-zone', 'Jokkmokk'],
    ['feed-lang', 'svenska språket'],
    ['link-target', '_top'],
    ['loading', 'soon'],
    ['timeout', '10s'],
  ] as const) {
    it(`take ${name}="${written}" for its default, with one warning that names the value`, async () => {
      const element = create();
      const warnings = await warningsOf(async () => {
        element.setAttribute(name, written);
        place(element);
        await element.updateComplete;
        element.requestUpdate();
        await element.updateComplete;
      });
      const property = propertyName(name);
      expect(element[property as keyof DiaryFeedElement]).to.equal(DEFAULTS[property as keyof typeof DEFAULTS]);
      expect(warnings).to.have.lengthOf(1);
      expect(warnings[0]).to.match(new RegExp(`^diary-feed: .*${name}="${written}".* \\S+#attributes$`));
    });
  }

  it('are written by their properties, as HTML’s own are', () => {
    const element = create();
    element.limit = 9;
    element.headingLevel = 4;
    element.heading = '';
    expect(element.getAttribute('limit')).to.equal('9');
    expect(element.getAttribute('heading-level')).to.equal('4');
    expect(element.getAttribute('heading')).to.equal('');
    element.heading = null;
    expect(element.hasAttribute('heading')).to.equal(false);
  });

  it('that are there or not are true or false', () => {
    const element = create({ expand: '', 'feed-link': 'false' });
    expect([element.expand, element.feedLink]).to.deep.equal([true, true]);
    element.expand = false;
    element.feedLink = true;
    expect([element.hasAttribute('expand'), element.getAttribute('feed-link')]).to.deep.equal([false, '']);
  });

  it('read keywords in any case', () => {
    expect(create({ sort: 'FEED' }).sort).to.equal('feed');
  });

  it('name each token of show once', () => {
    expect(create({ show: ' summary  date summary ' }).show).to.equal('summary date');
    expect(create({ show: 'none' }).show).to.equal('none');
  });

  it('name each word of a list, without what parts them', () => {
    expect(create({ match: ' två ord,, väg , ' }).match).to.equal('två ord, väg');
  });

  it('give addresses as absolute ones, and as written where they are none', () => {
    expect(create({ 'fallback-image': '/bild.png' }).fallbackImage).to.equal(`${location.origin}/bild.png`);
    expect(create({ src: '/dagbok.xml' }).src).to.equal(`${location.origin}/dagbok.xml`);
    expect(create({ src: 'http://[' }).src).to.equal('http://[');
  });
});
