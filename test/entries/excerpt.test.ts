import { expect } from 'chai';
import { excerpt } from '../../src/entries/excerpt.js';

describe('excerpt', () => {
  it('returns a short text unchanged', () => {
    expect(excerpt('Möte i dag.', 20)).to.equal('Möte i dag.');
  });

  it('collapses paragraphs and white space', () => {
    expect(excerpt('Första stycket.\nAndra  stycket.', 100)).to.equal('Första stycket. Andra stycket.');
  });

  it('cuts at a word and adds an ellipsis', () => {
    expect(excerpt('Vi pratade om budgetfrågor inför året', 22)).to.equal('Vi pratade om …');
  });

  it('removes punctuation before the ellipsis', () => {
    expect(excerpt('Vi åt middag, sedan gick vi hem', 14)).to.equal('Vi åt middag …');
  });

  it('keeps a word that ends at the limit', () => {
    expect(excerpt('Vi åt middag hemma', 12)).to.equal('Vi åt middag …');
  });

  it('cuts a word that is longer than the limit', () => {
    expect(excerpt('Kommunstyrelseordförandeskapet', 10)).to.equal('Kommunstyr…');
  });

  it("doesn't cut a surrogate pair", () => {
    expect(excerpt('😀'.repeat(20), 21)).to.equal(`${'😀'.repeat(10)}…`);
  });

  it("doesn't cut between a letter and its combining mark", () => {
    expect(excerpt('a\u030a'.repeat(20), 21)).to.equal(`${'a\u030a'.repeat(10)}…`);
  });
});
