import { expect } from 'chai';
import { copyFeed } from '../../src/feed/copy-feed.js';

describe('copyFeed', () => {
  it('copies a feed', () => {
    const feed = {
      title: 'Dagboken',
      link: 'https://dagbok.example/',
      language: 'sv',
      entries: [
        {
          id: '1',
          title: 'Möten',
          link: 'https://dagbok.example/1',
          date: new Date('2015-03-26T15:00:00Z'),
          day: '2015-03-26',
          summary: 'Ett\nTvå',
          author: 'Eva Ek',
          categories: ['Vardag'],
          image: 'https://dagbok.example/1.jpg',
          source: 'Dagboken',
          language: 'sv',
        },
      ],
    };
    const copy = copyFeed(feed);
    expect(copy).to.deep.equal(feed);
    expect(copy.entries[0]?.date).not.to.equal(feed.entries[0]?.date);
    expect(copy.entries[0]?.categories).not.to.equal(feed.entries[0]?.categories);
  });

  for (const value of [undefined, null, 1, 'x', [], {}, { entries: 1 }, { title: 1, link: [], entries: null }]) {
    it(`returns an empty feed for ${JSON.stringify([value])}`, () => {
      expect(copyFeed(value)).to.deep.equal({ entries: [] });
    });
  }

  for (const entry of [
    null,
    1,
    'x',
    {},
    { title: ' ', link: '/1', date: 'igår', day: '2015-02-30', categories: 'x' },
  ]) {
    it(`returns an empty entry for ${JSON.stringify(entry)}`, () => {
      expect(copyFeed({ entries: [entry] })).to.deep.equal({ entries: [{ categories: [] }] });
    });
  }

  for (const url of ['javascript:alert(1)', 'data:,x', '/1', 'https://a@dagbok.example/', 1]) {
    it(`drops the URL ${url}`, () => {
      expect(copyFeed({ link: url, entries: [{ link: url, image: url }] })).to.deep.equal({
        entries: [{ categories: [] }],
      });
    });
  }

  for (const date of [new Date(0), '1970-01-01T00:00:00Z', '1970-01-01', 0]) {
    it(`reads the date ${JSON.stringify(date)}`, () => {
      expect(copyFeed({ entries: [{ date }] }).entries[0]?.date).to.deep.equal(new Date(0));
    });
  }

  for (const date of [new Date(NaN), NaN, {}, null, true, 'igår']) {
    it(`drops the date ${typeof date} ${JSON.stringify(date)}`, () => {
      expect(copyFeed({ entries: [{ date }] }).entries[0]).not.to.have.property('date');
    });
  }

  it('keeps only the categories that are text', () => {
    expect(copyFeed({ entries: [{ categories: ['a', 1, '', null, 'b'] }] }).entries[0]?.categories).to.deep.equal([
      'a',
      'b',
    ]);
  });
});
