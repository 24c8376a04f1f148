import { expect } from 'chai';
import type { DiaryFeedElement } from '../../src/index.js';
import { nearestLang } from '../../src/controllers/localize-controller.js';
import { findMessages } from '../../src/messages/index.js';
import { LANGUAGES, show, showAll, createContainer, type Language } from '../support/showcase.js';

/** Origin of a text. */
type Source = 'page' | 'feed' | 'element';

interface Run {
  text: string;
  source: Source;
  /** The nearest `lang`, without its region. */
  marked: string;
}

/** Returns every text in the element and its shadow root, without those of the invisible placeholders. */
function runsOf(element: DiaryFeedElement): Run[] {
  const roots: Node[] = [element, element.shadowRoot as Node];
  const texts = roots.flatMap((root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found: Text[] = [];
    while (walker.nextNode()) found.push(walker.currentNode as Text);
    return found;
  });
  return texts.flatMap((text) => {
    const parent = text.parentElement;
    const words = text.data.replace(/\s+/g, ' ').trim();
    if (!words || !parent || parent.closest('.placeholder')) return [];
    return { text: words, source: sourceOf(parent, words), marked: nearestLang(parent).split('-')[0] ?? '' };
  });
}

function sourceOf(parent: Element, text: string): Source {
  if (parent.matches('summary .visually-hidden')) return 'feed'; // title of the entry
  const own =
    'button, [role=status], .visually-hidden, time, summary, [part=more], [part=feed-link], [part=group], .badge';
  const isOwn = parent.closest(own);
  if (isOwn || allMessages.has(text)) return 'element';
  return parent.getRootNode() instanceof ShadowRoot && text !== 'Kommunchefens dagbok' ? 'feed' : 'page';
}

/** Messages that replace a missing text of the feed. */
const allMessages = new Set(Object.keys(LANGUAGES).map((language) => findMessages(language)?.untitled));

describe('the lang of every text', () => {
  for (const [language, messageLanguage] of Object.entries(LANGUAGES) as [Language, string][]) {
    it(`is that of the text on a page in "${language}", whose messages are in "${messageLanguage}"`, async function () {
      this.timeout(20_000);
      const expected: Record<Source, string> = { page: language, feed: 'sv', element: messageLanguage };
      const seen = new Set<Source>();
      for (const [state, element] of await showAll(createContainer(language))) {
        // the server's generated feed has no language
        const runs = runsOf(element).filter(({ text }) => !/^Inlägg \d+$/.test(text));
        const wrong = runs.filter(({ source, marked }) => marked !== expected[source]);
        expect([state, wrong]).to.deep.equal([state, []]);
        for (const { source } of runs) seen.add(source);
      }
      expect([...seen].sort()).to.deep.equal(['element', 'feed', 'page']);
    });

    it(`matches the language of dates and messages on a page in "${language}"`, async () => {
      const container = createContainer(language);
      const dates = runsOf(await show('ready', container)).filter(({ text }) => text.includes('2026'));
      const locale = messageLanguage === 'en' ? 'en-GB' : messageLanguage;
      const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
      expect(dates[0]?.text).to.equal(date.format(new Date('2026-03-19')));
      if (messageLanguage === 'sv') expect(dates[0]?.text).to.equal('19 mars 2026');
      const button = (await show('failed, set up wrong', container)).shadowRoot?.querySelector('button');
      expect(button?.textContent.trim()).to.equal(findMessages(messageLanguage)?.retry);
    });
  }
});
