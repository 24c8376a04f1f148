import { expect } from 'chai';
import { addMessages, findMessages } from '../../src/messages/index.js';
import { sv } from '../../src/messages/sv.js';
import { plural } from '../../src/messages/plural.js';

describe('the messages', () => {
  for (const [language, one, many] of [
    ['sv', '1 inlägg', '5 inlägg'],
    ['en', '1 entry', '5 entries'],
    ['fi', '1 merkintä', '5 merkintää'],
    ['nb', '1 innlegg', '5 innlegg'],
    ['da', '1 indlæg', '5 indlæg'],
    ['de', '1 Eintrag', '5 Einträge'],
  ] as const) {
    it(`count in ${language} as its grammar has it`, () => {
      const messages = findMessages(language);
      expect([messages?.loaded(1), messages?.loaded(5)]).to.deep.equal([one, many]);
    });

    it(`are all there in ${language}, and in its own words`, () => {
      const messages = Object.entries<string | ((value: never) => string)>({ ...findMessages(language) });
      expect(messages.map(([name]) => name)).to.have.members(Object.keys(sv));
      for (const [name, message] of messages) {
        expect(typeof message === 'string' ? message : message(2 as never), name).to.match(/^[^#]{3,}$/);
        const isShared = language === 'nb' && name === 'new'; // Norwegian and Swedish have the word in common
        if (language !== 'sv' && !isShared) expect(message, name).to.not.equal(Reflect.get(sv, name));
      }
    });
  }

  it('of a language that is given in part are Swedish for the rest', () => {
    addMessages('rom', { retry: 'Try pale' });
    expect(findMessages('rom-SE')).to.deep.equal({ ...sv, retry: 'Try pale' });
  });
});

describe('plural', () => {
  it('takes the form that the rules of the language name, else the other', () => {
    const words = plural('pl', { one: '# wpis', few: '# wpisy', other: '# wpisu' });
    expect([1, 2, 5].map(words)).to.deep.equal(['1 wpis', '2 wpisy', '5 wpisu']);
  });
});
