import { expect } from 'chai';
import { rolesOf, treeOf } from './support/driver.js';
import { show, createContainer, STATES } from './support/showcase.js';

/** Returns the file name of a state. */
const fileNameOf = (state: string): string => state.replace(/\W+/g, '-');

describe('the accessibility tree', () => {
  for (const state of Object.keys(STATES)) {
    it(`matches the reviewed file: ${state}`, async function () {
      await show(state, createContainer());
      const read = await treeOf('diary-feed', fileNameOf(state));
      if (!read) return this.skip(); // only Chromium exposes its tree
      expect(read.tree).to.equal(read.expected);
    });
  }

  it('has the same roles and names in WebKit', async function () {
    await show('ready, everything', createContainer());
    const find = (selector: string): Promise<[string, string][] | false> =>
      rolesOf(`return [...document.querySelector('diary-feed').shadowRoot.querySelectorAll('${selector}')]`);
    const read = await find('h2, [role=status], ul, li:first-child, li:first-child a, time#date-0, button');
    if (!read) return this.skip();
    const nameless = ['listitem', 'list', 'status', 'time']; // their content is read as text
    expect(read.map(([role, name]) => (nameless.includes(role) ? role : `${role} "${name}"`))).to.deep.equal([
      'heading "Kommunchefens dagbok"',
      'list',
      'listitem',
      'link "Möten (öppnas i ny flik)"',
      'time',
      'button "Visa 1 inlägg till"',
      'status',
    ]);
    expect(await find('img')).to.deep.equal(Array.from({ length: 7 }, () => ['none', '']));
  });
});
