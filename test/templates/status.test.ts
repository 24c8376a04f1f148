import { expect } from 'chai';
import type { DiaryFeedElement } from '../../src/index.js';
import { collectErrors } from '../support/console.js';
import { isFallbackVisible, mount, textsOf } from '../support/element.js';
import { rss } from '../support/feeds.js';
import { feedUrl } from '../support/server.js';

const SENTENCE = { sv: 'Inläggen kan inte visas här just nu.', en: "The entries can't be shown here right now." };
const RETRY = { sv: 'Försök igen', en: 'Try again' };

/** URLs that are never requested. `e2e/network-failures.test.ts` has failures of requests. */
const WRONG: Record<string, string> = {
  'an invalid URL': 'http://[',
  'an empty src': '',
  'a javascript: URL': 'javascript:alert(1)',
  'a URL with a password': 'https://eva:hemligt@dagbok.example/',
};

for (const [name, src] of Object.entries(WRONG)) {
  describe(name, () => {
    it('shows the fallback and a sentence, and logs bad-url once', async () => {
      let element: DiaryFeedElement | undefined;
      const messages = await collectErrors(async () => (element = await mount({ src })));
      if (!element) throw new Error('no element');
      expect([element.status, isFallbackVisible(element)]).to.deep.equal(['failed', true]);
      expect([element.error?.code, element.error?.retryAfter]).to.deep.equal(['bad-url', undefined]);
      expect(textsOf(element, '[role=status], [part=retry]')).to.deep.equal([SENTENCE.sv, RETRY.sv]);
      expect(messages).to.deep.equal([element.error?.message]);
      expect(messages[0]).to.match(/^diary-feed: [^\n]+ \S+#bad-url$/);
      expect(messages[0]).to.not.contain('hemligt');
    });
  });
}

describe('the sentence of a failure', () => {
  it('is in the language of the page', async () => {
    const element = await mount({ src: 'http://[' }, { lang: 'en' });
    expect(textsOf(element, '[role=status], [part=retry]')).to.deep.equal([SENTENCE.en, RETRY.en]);
  });
});

describe('a feed without entries', () => {
  it('is empty, not failed: it shows the fallback and a sentence, and no retry button', async () => {
    const element = await mount({ src: feedUrl({ text: rss('') }) });
    expect([element.status, element.error]).to.deep.equal(['empty', undefined]);
    expect(isFallbackVisible(element)).to.equal(true);
    expect(textsOf(element, '[role=status]')).to.deep.equal(['Det finns inga inlägg just nu.']);
    expect(textsOf(element, 'button')).to.deep.equal([]);
  });
});

describe('the slots for sentences', () => {
  it('replace the sentence, not the fallback', async () => {
    const fallback =
      '<a href="https://dagbok.example/">Dagboken</a><span slot="error">Trasigt</span><span slot="empty">Tomt</span>';
    const failed = await mount({ src: feedUrl({ status: 404 }) }, { fallback });
    const empty = await mount({ src: feedUrl({ text: rss('') }) }, { fallback });
    const shownIn = (element: DiaryFeedElement): string[] =>
      [...element.children].filter((child) => child.checkVisibility()).map((child) => child.textContent);
    expect(shownIn(failed)).to.deep.equal(['Dagboken', 'Trasigt']);
    expect(shownIn(empty)).to.deep.equal(['Dagboken', 'Tomt']);
  });
});
