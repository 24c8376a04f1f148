import { expect } from 'chai';
import { findMessages } from '../../src/messages/index.js';
import { nearestLang } from '../../src/controllers/localize-controller.js';
import { langOf, findLocale } from '../../src/messages/index.js';

describe('nearestLang', () => {
  it('is the nearest lang, the element’s own first', () => {
    const outer = document.createElement('div');
    outer.innerHTML = '<p lang="fi"><b></b><i lang="se"></i></p>';
    outer.lang = 'sv';
    expect(nearestLang(outer.querySelector('b') ?? outer)).to.equal('fi');
    expect(nearestLang(outer.querySelector('i') ?? outer)).to.equal('se');
  });

  it('reaches out of shadow roots', () => {
    const host = document.createElement('div');
    host.lang = 'fi';
    const inner = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('span'));
    expect(nearestLang(inner)).to.equal('fi');
  });

  it('is empty where nobody says', () => {
    expect(nearestLang(document.createElement('p'))).to.equal('');
  });
});

describe('findLocale', () => {
  for (const [surrounding, language] of [
    ['sv', 'sv'],
    ['sv-FI', 'sv-FI'],
    ['en-GB', 'en-GB'],
    ['EN', 'EN'],
    ['', 'sv'],
    ['fi', 'fi'],
    ['nb-NO', 'nb-NO'],
    ['no', 'no'],
    ['da', 'da'],
    ['de-AT', 'de-AT'],
    ['pl', 'sv'],
    ['se', 'sv'],
    ['sma', 'sv'],
    ['rom', 'sv'],
    ['yi', 'sv'],
    ['smj', 'sv'],
    ['fit', 'sv'],
    ['not a language', 'sv'],
    ['x', 'sv'],
  ] as const) {
    it(`speaks "${language}" where the page says "${surrounding}"`, () => {
      expect(findLocale(surrounding).language).to.equal(language);
    });
  }
});

describe('findMessages', () => {
  it('takes a wider tag where there is no exact one', () => {
    expect(findMessages('en-GB-oxendict')).to.equal(findMessages('en'));
  });

  it('gives nothing for a language without messages', () => {
    expect(findMessages('pl')).to.equal(undefined);
  });
});

describe('langOf', () => {
  it('marks only what is in another language than its surroundings', () => {
    expect(langOf('sv', findLocale('en'))).to.equal('sv');
    expect(langOf('sv-SE', findLocale('sv'))).to.equal(undefined);
    expect(langOf('sv', findLocale(''))).to.equal('sv');
    expect(langOf(undefined, findLocale('sv'))).to.equal(undefined);
  });
});
