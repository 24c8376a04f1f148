import { expect } from 'chai';
import type { DiaryFeedElement } from '../src/index.js';
import { isFallbackShown, mount, textsOf } from './support/element.js';
import { rss } from './support/feeds.js';
import { feedUrl, foreignFeedUrl, uniqueId } from './support/server.js';

/** What the console is told while `act` runs. */
async function errorsOf(act: () => Promise<unknown>): Promise<string[]> {
  const { error } = console;
  const messages: string[] = [];
  console.error = (message: string) => void messages.push(message);
  try {
    await act();
  } finally {
    console.error = error;
  }
  return messages;
}

const PASSING = { sv: 'Inläggen kunde inte hämtas just nu.', en: 'The entries could not be loaded right now.' };
const LASTING = { sv: 'Inläggen kan inte visas här just nu.', en: 'The entries cannot be shown here right now.' };
const RESTRICTED = {
  sv: 'Inläggen ligger bakom en inloggning och kan inte visas här.',
  en: 'The entries are behind a login and cannot be shown here.',
};
const PAGE = '<!DOCTYPE html><html lang="sv"><title>Kommunen</title><p>Välkommen</p></html>';

/** Each way that a load can fail: what the attribute holds, the code, the sentence, what the webmaster is told to do. */
const FAILURES: Record<
  string,
  { src: () => string; code: string; sentence: typeof PASSING; advice: RegExp; timeout?: number }
> = {
  'an address that is no address': {
    src: () => 'http://[',
    code: 'bad-url',
    sentence: LASTING,
    advice: /is not an address of http: or https:/,
  },
  'an empty src': { src: () => '', code: 'bad-url', sentence: LASTING, advice: /src=""/ },
  'a program instead of an address': {
    src: () => 'javascript:alert(1)',
    code: 'bad-url',
    sentence: LASTING,
    advice: /http: or https:/,
  },
  'an address with a password': {
    src: () => 'https://eva:hemligt@dagbok.example/',
    code: 'bad-url',
    sentence: LASTING,
    advice: /^(?!.*hemligt).*holds a user name/,
  },
  'two addresses': { src: () => '/a.xml /b.xml', code: 'bad-url', sentence: LASTING, advice: /takes one address/ },
  'a feed that is gone': {
    src: () => feedUrl({ status: 404 }),
    code: 'http',
    sentence: LASTING,
    advice: /answered 404.*Check the address/,
  },
  'a feed behind a login': {
    src: () => feedUrl({ status: 403 }),
    code: 'http',
    sentence: RESTRICTED,
    advice: /answered 403.*behind a login.*never sends passwords or cookies/,
  },
  'a server that fails': {
    src: () => feedUrl({ status: 500 }),
    code: 'http',
    sentence: PASSING,
    advice: /answered 500/,
  },
  'a server that is overrun': {
    src: () => feedUrl({ status: 429 }),
    code: 'http',
    sentence: PASSING,
    advice: /answered 429/,
  },
  'an answer that breaks off': {
    src: () => feedUrl({ reset: 1 }),
    code: 'network',
    sentence: PASSING,
    advice: /did not answer, or broke off.*page's own server/,
  },
  'another host without a CORS header': {
    src: () => foreignFeedUrl({ text: rss('') }),
    code: 'network',
    sentence: PASSING,
    advice: /Access-Control-Allow-Origin.*Open the address in a tab/,
  },
  'a page instead of a feed': {
    src: () => feedUrl({ text: PAGE, type: 'text/html' }),
    code: 'not-a-feed',
    sentence: LASTING,
    advice: /an HTML page\. Check the address/,
  },
  'JSON instead of a feed': {
    src: () => feedUrl({ text: '{"items":[]}' }),
    code: 'not-a-feed',
    sentence: LASTING,
    advice: /JSON/,
  },
  'an empty answer': {
    src: () => feedUrl({ text: '' }),
    code: 'not-a-feed',
    sentence: LASTING,
    advice: /the answer is empty/,
  },
  'a feed that says it is too large': {
    src: () => feedUrl({ endless: 1 }),
    code: 'too-large',
    sentence: LASTING,
    advice: /larger than 10 MB/,
  },
  'a feed that takes too long': {
    src: () => feedUrl({ gate: uniqueId() }),
    code: 'timeout',
    sentence: PASSING,
    advice: /within 1000 ms.*timeout/,
    timeout: 1000,
  },
};

for (const [name, { src, code, sentence, advice, timeout = 9000 }] of Object.entries(FAILURES)) {
  describe(name, () => {
    for (const lang of ['sv', 'en'] as const) {
      it(`shows the fallback and a sentence in the language of the page (${lang})`, async () => {
        const element = await mount({ src: src(), timeout }, { lang });
        expect(element.status).to.equal('failed');
        expect(isFallbackShown(element)).to.equal(true);
        expect(textsOf(element, '[role=status]')).to.deep.equal([sentence[lang]]);
        expect(textsOf(element, '[part=retry]')).to.deep.equal([lang === 'sv' ? 'Försök igen' : 'Try again']);
      });
    }

    it(`is ${code}, and the webmaster is told what to do, in one line, once`, async () => {
      let element: DiaryFeedElement | undefined;
      const messages = await errorsOf(async () => (element = await mount({ src: src(), timeout })));
      expect(element?.error?.code).to.equal(code);
      expect(messages).to.deep.equal([element?.error?.message]);
      expect(messages[0]).to.match(/^diary-feed: [^\n]+ See README\.md#[a-z-]+$/);
      expect(messages[0]).to.match(advice);
      expect(messages[0]?.endsWith(`#${code}`)).to.equal(true);
    });
  });
}

describe('a feed without entries', () => {
  it('is empty, not failed: the fallback, a sentence, and nothing to try again', async () => {
    const element = await mount({ src: feedUrl({ text: rss('') }) });
    expect([element.status, element.error]).to.deep.equal(['empty', undefined]);
    expect(isFallbackShown(element)).to.equal(true);
    expect(textsOf(element, '[role=status]')).to.deep.equal(['Det finns inga inlägg just nu.']);
    expect(textsOf(element, 'button')).to.deep.equal([]);
  });
});

describe('another host with a CORS header', () => {
  it('is shown', async () => {
    const element = await mount({ src: foreignFeedUrl({ text: rss('<item><title>Hej</title></item>'), cors: 1 }) });
    expect(textsOf(element, '[part=entry]')).to.deep.equal(['Hej']);
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
