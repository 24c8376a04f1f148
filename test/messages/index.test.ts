import { expect } from 'chai';
import { addMessages, findMessages } from '../../src/messages/index.js';
import { sv } from '../../src/messages/sv.js';
import { plural } from '../../src/messages/plural.js';

describe('messages', () => {
  for (const [language, one, many] of [
    ['sv', '1 inlägg', '5 inlägg'],
    ['en', '1 entry', '5 entries'],
    ['fi', '1 merkintä', '5 merkintää'],
    ['nb', '1 innlegg', '5 innlegg'],
    ['da', '1 indlæg', '5 indlæg'],
    ['de', '1 Eintrag', '5 Einträge'],
  ] as const) {
    it(`have singular and plural in ${language}`, () => {
      const messages = findMessages(language);
      expect([messages?.loaded(1), messages?.loaded(5)]).to.deep.equal([one, many]);
    });

    it(`are complete and translated in ${language}`, () => {
      const messages = Object.entries<string | ((value: never) => string)>({ ...findMessages(language) });
      expect(messages.map(([name]) => name)).to.have.members(Object.keys(sv));
      for (const [name, message] of messages) {
        expect(typeof message === 'string' ? message : message(2 as never), name).to.match(/^[^#]{3,}$/);
        const isShared = language === 'nb' && name === 'new'; // the same word in Norwegian and Swedish
        if (language !== 'sv' && !isShared) expect(message, name).to.not.equal(Reflect.get(sv, name));
      }
    });
  }

  it('are Swedish if a script adds only others', () => {
    addMessages('rom', { retry: 'Try pale' });
    expect(findMessages('rom-SE')).to.deep.equal({ ...sv, retry: 'Try pale' });
  });
});

describe('plural', () => {
  it('uses the plural form of the language, or other', () => {
    const words = plural('pl', { one: '# wpis', few: '# wpisy', other: '# wpisu' });
    expect([1, 2, 5].map(words)).to.deep.equal(['1 wpis', '2 wpisy', '5 wpisu']);
  });
});
