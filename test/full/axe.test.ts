import { expect } from 'chai';
import { violationsIn } from '../support/axe.js';
import {
  LANGUAGES,
  showAll,
  createContainer,
  STATES,
  themesIn,
  withTheme,
  type Language,
} from '../support/showcase.js';

describe('axe-core', function () {
  this.timeout(180_000); // two languages have every theme

  for (const language of Object.keys(LANGUAGES) as Language[]) {
    it(`finds no violation in any state and theme on a page in "${language}"`, async () => {
      const container = createContainer(language);
      const elements = await showAll(container);
      const found: string[] = [];
      for (const theme of themesIn(language)) {
        const violations = await withTheme(theme, container, () => violationsIn(container));
        found.push(...violations.map((violation) => `${theme}: ${violation}`));
      }
      expect(found).to.deep.equal([]);
      expect(elements.size).to.equal(Object.keys(STATES).length);
    });
  }
});
