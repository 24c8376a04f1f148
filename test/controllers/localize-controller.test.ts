import { expect } from 'chai';
import type { DiaryFeedElement } from '../../src/index.js';
import { create, nextEvent, mount, appendToPage, textsOf } from '../support/element.js';
import { feedUrl } from '../support/server.js';

const retryOf = (element: DiaryFeedElement): string | undefined => textsOf(element, '[part=retry]')[0];

/** Waits for the observer's microtask and the update that it requests. */
async function follow(element: DiaryFeedElement): Promise<void> {
  await Promise.resolve();
  await element.updateComplete;
}

async function failed(lang: string): Promise<DiaryFeedElement> {
  return mount({ src: feedUrl({ status: 404 }) }, { lang });
}

describe('the language around an element', () => {
  it('is followed when it changes', async () => {
    const element = await failed('sv');
    const surroundings = element.parentElement;
    for (const [lang, words] of [
      ['en', 'Try again'],
      ['fi', 'Yritä uudelleen'],
      ['se', 'Försök igen'],
    ] as const) {
      surroundings?.setAttribute('lang', lang);
      await follow(element);
      expect(retryOf(element)).to.equal(words);
    }
    surroundings?.removeAttribute('lang');
    await follow(element);
    expect(retryOf(element)).to.equal(document.documentElement.lang === 'en' ? 'Try again' : 'Försök igen');
  });

  it('is followed on the element itself', async () => {
    const element = await failed('sv');
    element.lang = 'de';
    await follow(element);
    expect(retryOf(element)).to.equal('Erneut versuchen');
  });

  it('is followed through closed shadow roots', async () => {
    const host = document.createElement('div');
    const inner = document.createElement('div');
    // eslint-disable-next-line wc/no-closed-shadow-root -- pages have them
    host.attachShadow({ mode: 'closed' }).append(inner);
    const element = create({ src: feedUrl({ status: 404 }) });
    inner.append(element);
    const ended = nextEvent(element, 'loadend');
    appendToPage(host);
    await ended;
    inner.lang = 'da';
    await follow(element);
    expect(retryOf(element)).to.equal('Prøv igen');
    inner.removeAttribute('lang');
    host.lang = 'nb';
    await follow(element);
    expect(retryOf(element)).to.equal('Prøv igjen');
  });

  it('changes when the element moves', async () => {
    const element = await failed('sv');
    appendToPage(element, 'en');
    await follow(element);
    expect(retryOf(element)).to.equal('Try again');
  });

  it("isn't observed while the element is removed", async () => {
    const element = await failed('sv');
    const surroundings = element.parentElement;
    element.remove();
    await follow(element);
    let updates = 0;
    element.requestUpdate = () => {
      updates++;
    };
    surroundings?.setAttribute('lang', 'en');
    await follow(element);
    expect(updates).to.equal(0);
    Reflect.deleteProperty(element, 'requestUpdate');
  });
});
