import { expect } from 'chai';
import { findMessages } from '../../src/messages/index.js';
import { nearestLang } from '../../src/controllers/localize-controller.js';
import { langOf, findLocale } from '../../src/messages/index.js';

describe('nearestLang', () => {
  it('returns the nearest lang, from the element up', () => {
    const outer = document.createElement('div');
    outer.innerHTML = '<p lang="fi"><b></b><i lang="se"></i></p>';
    outer.lang = 'sv';
    expect(nearestLang(outer.querySelector('b') ?? outer)).to.equal('fi');
    expect(nearestLang(outer.querySelector('i') ?? outer)).to.equal('se');
  });

  it('continues outside shadow roots', () => {
    const host = document.createElement('div');
    host.lang = 'fi';
    const inner = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('span'));
    expect(nearestLang(inner)).to.equal('fi');
  });

  it('returns an empty string without lang', () => {
    expect(nearestLang(document.createElement('p'))).to.equal('');
  });
});

describe('findLocale', () => {
  for (const [surrounding, language] of [
    ['sv', 'sv'],
    ['sv-FI', 'sv-FI'],
    ['en-GB', 'en-GB'],
    ['EN', 'EN'],
    ['fi', 'fi'],
    ['nb-NO', 'nb-NO'],
    ['pl', 'sv'],
    ['se', 'sv'],
    ['smj', 'sv'],
    ['fit', 'sv'],
    ['not a language', 'sv'],
  ] as const) {
    it(`returns "${language}" for "${surrounding}"`, () => {
      expect(findLocale(surrounding).language).to.equal(language);
    });
  }
});

describe('findMessages', () => {
  it('falls back to a less specific tag', () => {
    expect(findMessages('en-GB-oxendict')).to.equal(findMessages('en'));
  });

  it('returns undefined for a language without messages', () => {
    expect(findMessages('pl')).to.equal(undefined);
  });
});

describe('langOf', () => {
  it("returns the language if it isn't that of the surroundings", () => {
    expect(langOf('sv', findLocale('en'))).to.equal('sv');
    expect(langOf('sv-SE', findLocale('sv'))).to.equal(undefined);
    expect(langOf('sv', findLocale(''))).to.equal('sv');
    expect(langOf(undefined, findLocale('sv'))).to.equal(undefined);
  });
});
