import { expect } from 'chai';
import type { DiaryFeedElement } from '../src/index.js';
import { visit, type Visit } from './support/visit.js';

/** What a page does to the language and the browser, by its name in test/pages/patches.js. */
const PATCHES = {
  'frozen-object': 'froze Object.prototype',
  'frozen-array': 'froze Array.prototype',
  'frozen-function': 'froze Function.prototype',
  'frozen-text': 'froze the prototypes of text and numbers',
  'frozen-error': 'froze Error.prototype',
  'frozen-promise': 'froze Promise.prototype',
  'frozen-collections': 'froze the prototypes of Map, Set, Date and their like',
  'frozen-dom': 'froze the prototypes of nodes and events',
  'frozen-constructors': 'froze Object, Array, Promise and their like themselves',
  'frozen-everything': 'froze every prototype that it has',
  'added-to-object': 'added to Object.prototype',
  'added-to-array': 'added to the prototypes of arrays, texts and functions, toJSON too',
  'old-arrays': 'replaced Array.from and what arrays do, as it was done before the language had it',
  'old-texts-and-objects': 'replaced what texts do, Object.keys and bind',
  'old-elements': 'replaced remove, closest and append of elements',
  'wrapped-definitions': 'wrapped customElements.define and attachShadow',
  'wrapped-fetch': 'wrapped fetch in a function that waits first',
  'fetch-of-another-promise': 'wrapped fetch in a promise of its own class',
  'fetch-that-hands-on-a-copy': 'wrapped fetch in a function that hands on a copy of the answer',
  'other-promise': 'replaced Promise by a class of its own',
  'wrapped-listeners': 'wrapped addEventListener',
  'wrapped-timers': 'wrapped setTimeout and queueMicrotask',
  'taken-console': 'replaced the console',
  'taken-globals': 'has globals of common names',
};

const SETTLED = ['ready', 'ready', 'ready', 'ready', 'failed'];

/** The texts of each element of a page, once all have loaded, once they have loaded anew, and with more entries. */
async function shownOn(query: Record<string, string>): Promise<{ shown: string[]; errors: string[] }> {
  const elementsOf = ({ page }: Pick<Visit, 'page'>): DiaryFeedElement[] => [
    ...page.querySelectorAll<DiaryFeedElement>('diary-feed'),
  ];
  const { page, errors } = await visit(
    'patched',
    (opened) => elementsOf(opened).every(({ status }, index) => status === SETTLED[index]) || opened.errors.length > 0,
    { query },
  );
  const elements = elementsOf({ page });
  const shown: string[] = [];
  const note = (): void => {
    for (const { status, error, shadowRoot } of elements) {
      shown.push([status, error?.name, error?.code, shadowRoot?.textContent.replace(/\s+/g, ' ')].join(' '));
    }
  };
  note();
  await Promise.all(elements.map((element) => element.reload()));
  note();
  elements[0]?.shadowRoot?.querySelector<HTMLElement>('[part=more]')?.click();
  await elements[0]?.updateComplete;
  note();
  return { shown, errors };
}

describe('the single file shows the same, and throws nothing, on a page that', () => {
  let usual: string[];

  before(async () => {
    usual = (await shownOn({})).shown;
  });

  for (const [name, what] of Object.entries(PATCHES)) {
    for (const when of ['before', 'after']) {
      it(`${what}, ${when} the script`, async () => {
        const { shown, errors } = await shownOn({ [when]: name });
        expect(errors).to.deep.equal([]);
        expect(shown).to.deep.equal(usual);
      });
    }
  }
});
