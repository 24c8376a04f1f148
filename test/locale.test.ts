import { expect } from 'chai';
import { findMessages } from '../src/catalogue.js';
import { languageAround } from '../src/language-controller.js';
import { langFor, localeFor } from '../src/locale.js';

describe('languageAround', () => {
  it('is the nearest lang, the element’s own first', () => {
    const outer = document.createElement('div');
    outer.innerHTML = '<p lang="fi"><b></b><i lang="se"></i></p>';
    outer.lang = 'sv';
    expect(languageAround(outer.querySelector('b') ?? outer)).to.equal('fi');
    expect(languageAround(outer.querySelector('i') ?? outer)).to.equal('se');
  });

  it('reaches out of shadow roots', () => {
    const host = document.createElement('div');
    host.lang = 'fi';
    const inner = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('span'));
    expect(languageAround(inner)).to.equal('fi');
  });

  it('is empty where nobody says', () => {
    expect(languageAround(document.createElement('p'))).to.equal('');
  });
});

describe('localeFor', () => {
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
      expect(localeFor(surrounding).language).to.equal(language);
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

describe('langFor', () => {
  it('marks only what is in another language than its surroundings', () => {
    expect(langFor('sv', 'en')).to.equal('sv');
    expect(langFor('sv-SE', 'sv')).to.equal(undefined);
    expect(langFor('sv', '')).to.equal('sv');
    expect(langFor(undefined, 'sv')).to.equal(undefined);
  });
});
