import { expect } from 'chai';
import type { DiaryFeedElement } from '../../src/index.js';
import { collectErrors } from '../support/console.js';
import {
  queryAll,
  create,
  nextEvent,
  isFallbackVisible,
  mount,
  query,
  appendToPage,
  recordEvents,
  textsOf,
} from '../support/element.js';
import { rss } from '../support/feeds.js';
import {
  waitForAbort,
  waitForRequest,
  feedUrl,
  openGate,
  requestsOf,
  uniqueId,
  type FeedQuery,
} from '../support/server.js';

/** Returns an item with a day of January 2026. */
function item(title: string, day: number, more = ''): string {
  const date = new Date(Date.UTC(2026, 0, day, 12)).toUTCString();
  return `<item><title>${title}</title><link>https://dagbok.example/${title}</link><pubDate>${date}</pubDate>${more}</item>`;
}

/** Returns the URL of a feed with that title. */
function diary(title: string, items: string, { language = 'sv', ...response }: FeedQuery = {}): string {
  const channel = `<title>${title}</title><link>https://dagbok.example/</link><language>${language}</language>`;
  return feedUrl({ text: rss(items, channel), ...response });
}

const titlesOf = (element: DiaryFeedElement): string[] => textsOf(element, '[part=link]');

describe('several URLs in src', () => {
  const CHIEF = diary('Kommunchefen', item('a', 5) + item('c', 3));
  const SCHOOL = diary('Skolan', item('b', 4) + item('d', 2));

  it('are shown as one list, newest first', async () => {
    const element = await mount({ src: `${CHIEF} ${SCHOOL}` });
    expect([element.status, titlesOf(element)]).to.deep.equal(['ready', ['a', 'b', 'c', 'd']]);
  });

  it('are shown one after the other with sort="feed"', async () => {
    const element = await mount({ src: `${SCHOOL}\n\t${CHIEF}`, sort: 'feed' });
    expect(titlesOf(element)).to.deep.equal(['b', 'd', 'a', 'c']);
  });

  it('are requested at the same time', async () => {
    const [gate, ...ids] = [uniqueId(), uniqueId(), uniqueId()];
    const src = ids.map((id) => diary('Dagboken', item('a', 1), { id, gate })).join(' ');
    const element = create({ src });
    appendToPage(element);
    await Promise.all(ids.map(waitForRequest));
    await Promise.all([nextEvent(element, 'load'), openGate(gate)]);
  });

  it('are requested once if they are equal', async () => {
    const id = uniqueId();
    const src = diary('Dagboken', item('a', 1), { id });
    const element = await mount({ src: `${src} ${src.replace(location.origin, '')}`, show: 'source' });
    expect([titlesOf(element), queryAll(element, '[part=source]').length]).to.deep.equal([['a'], 0]);
    expect(await requestsOf(id)).to.have.lengthOf(1);
  });

  it('are aborted together', async () => {
    const ids = [uniqueId(), uniqueId()];
    const element = create({ src: ids.map((id) => diary('D', item('a', 1), { id, gate: uniqueId() })).join(' ') });
    appendToPage(element);
    const messages = await collectErrors(async () => {
      await Promise.all(ids.map(waitForRequest));
      element.remove();
      await Promise.all(ids.map(waitForAbort));
    });
    expect([element.status, messages]).to.deep.equal(['idle', []]);
  });

  it('are requested again by reload()', async () => {
    const ids = [uniqueId(), uniqueId()];
    const element = await mount({ src: ids.map((id) => diary('D', item(id, 1), { id })).join(' ') });
    await element.reload();
    for (const id of ids) expect(await requestsOf(id)).to.have.lengthOf(2);
    expect(titlesOf(element)).to.have.lengthOf(2);
  });

  it('are read in part: the first and the latest 100 entries of each', async () => {
    const element = await mount({ src: `${feedUrl({ items: 250 })} ${CHIEF}` });
    expect(element.feed?.entries).to.have.lengthOf(202);
    expect(titlesOf(element).slice(0, 2)).to.deep.equal(['a', 'c']);
  });

  it('show an entry once that several feeds contain', async () => {
    const element = await mount({ src: `${CHIEF} ${diary('Allt', item('a', 5) + item('b', 4))}`, show: 'source' });
    expect(textsOf(element, '[part=entry]')).to.deep.equal(['a Kommunchefen', 'b Allt', 'c Kommunchefen']);
  });

  describe('the source of an entry', () => {
    it('is shown among the facts if show contains source', async () => {
      const element = await mount({ src: `${CHIEF} ${SCHOOL}`, show: 'source' });
      expect(textsOf(element, '.facts [part=source]')).to.deep.equal([
        'Kommunchefen',
        'Skolan',
        'Kommunchefen',
        'Skolan',
      ]);
      expect(element.entries.map(({ source }) => source)).to.include('Skolan');
      expect(queryAll(await mount({ src: `${CHIEF} ${SCHOOL}` }), '[part=source]')).to.have.lengthOf(0);
    });

    it('is missing if there is only one feed', async () => {
      const element = await mount({ src: CHIEF, show: 'source' });
      expect(queryAll(element, '[part=source], .facts')).to.have.lengthOf(0);
      expect(element.entries[0]).to.not.have.any.keys('source', 'language');
    });

    it('is marked with the language of its feed', async () => {
      const more = '<description>Text</description><author>Eva</author><category>Ämne</category>';
      const english = diary('The chief', item('a', 5, more), { language: 'en-GB' });
      const silent = diary('Tyst', item('c', 3, more), { language: '' });
      const src = `${english} ${diary('Skolan', item('b', 4, more))} ${silent}`;
      const element = await mount({ src, show: 'summary author source category' });
      const langs = queryAll(element, '[part=entry]').map((entry) => [
        ...new Set([...entry.querySelectorAll('[dir]')].map((text) => text.getAttribute('lang'))),
      ]);
      expect(langs).to.deep.equal([['en-GB'], [null], [null]]);
    });
  });

  describe('the heading of merged feeds', () => {
    it('has the link that all feeds have, and no title that differs', async () => {
      const element = await mount({ src: `${CHIEF} ${SCHOOL}`, heading: '' });
      expect(queryAll(element, '[part=heading]')).to.have.lengthOf(0);
      element.heading = 'Dagböcker';
      await element.updateComplete;
      expect(query(element, '[part=heading] a')?.getAttribute('href')).to.equal('https://dagbok.example/');
      const other = SCHOOL.replace('dagbok.example%2F%3C', 'skola.example%2F%3C');
      const apart = await mount({ src: `${CHIEF} ${other}`, heading: 'Dagböcker' });
      expect(textsOf(apart, '[part=heading]')).to.deep.equal(['Dagböcker']);
      expect(query(apart, '[part=heading] a')?.getAttribute('href')).to.equal(apart.querySelector('a')?.href);
    });
  });

  describe('of which some fail', () => {
    it('show the other feeds, with one console message for each failure', async () => {
      const missing = feedUrl({ status: 404 });
      let element: DiaryFeedElement | undefined;
      let names: string[] = [];
      const messages = await collectErrors(async () => {
        const made = create({ src: `${missing} ${CHIEF} ftp://dagbok.example/ ${feedUrl({ text: '{}' })}` });
        names = recordEvents(made);
        const ended = nextEvent(made, 'loadend');
        appendToPage(made);
        await ended;
        element = made;
      });
      expect([element?.status, element?.error, names]).to.deep.equal([
        'ready',
        undefined,
        ['loadstart', 'load', 'loadend'],
      ]);
      expect(element && titlesOf(element)).to.deep.equal(['a', 'c']);
      expect(messages).to.have.lengthOf(3);
      for (const message of messages) expect(message).to.match(/^diary-feed: [^\n]+ \S+#[a-z-]+$/);
      expect(messages[0]).to.contain(missing).and.contain('404');
      expect(messages[1]).to.contain('ftp://dagbok.example/');
    });

    it('are empty if the others are empty, but failed if all others failed', async () => {
      const empty = diary('Tom', '');
      expect((await mount({ src: `${empty} ${empty}&again` })).status).to.equal('empty');
      const element = await mount({ src: `${empty} ${feedUrl({ status: 410 })}` });
      expect([element.status, element.error?.status]).to.deep.equal(['failed', 410]);
    });
  });

  describe('that all fail', () => {
    it('have the error of the first, and one console message for each', async () => {
      let element: DiaryFeedElement | undefined;
      const messages = await collectErrors(async () => {
        element = await mount({ src: `${feedUrl({ status: 404 })} ${feedUrl({ text: '{}' })}` });
      });
      expect([element?.status, element?.error?.status]).to.deep.equal(['failed', 404]);
      expect(element && isFallbackVisible(element)).to.equal(true);
      expect(messages.map((message) => message.replace(/.*#/, ''))).to.deep.equal(['http', 'not-a-feed']);
    });

    it('are retried if the first failure is transient', async () => {
      const ids = [uniqueId(), uniqueId()];
      const src = ids.map((id) => diary('D', item(id, 1), { id, fails: 1 })).join(' ');
      const element = await mount({ src });
      expect(element.error?.status).to.equal(503);
      await nextEvent(element, 'load');
      expect(titlesOf(element)).to.have.lengthOf(2);
    });
  });

  it('fail without a request if there are more than ten', async () => {
    const id = uniqueId();
    const src = Array.from({ length: 11 }, (_, index) => diary('D', item('a', 1), { id, index })).join(' ');
    const element = await mount({ src });
    expect(element.error?.code).to.equal('bad-url');
    expect(element.error?.message).to.match(/\b11\b.*\b10\b/);
    expect(await requestsOf(id)).to.deep.equal([]);
  });

  it('fail with a hint if a URL contains a space', async () => {
    const element = await mount({ src: '/no/such/min dagbok.xml' });
    expect(element.error?.message).to.match(/\/no\/such\/min .*404.*%20/);
  });
});
