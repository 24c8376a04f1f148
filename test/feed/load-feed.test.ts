import { expect } from 'chai';
import { FeedError, loadFeed, type Feed } from '../../src/feed.js';
import { MAX_BODY_BYTES } from '../../src/feed/limits.js';
import { warningsOf } from '../support/console.js';
import { rss } from '../support/feeds.js';
import {
  aborted,
  arrived,
  feedUrl,
  foreignFeedUrl,
  openGate,
  requestsOf,
  uniqueId,
  type Answer,
} from '../support/server.js';

const TEXT = rss('<item><title>Möten</title><link>/1</link></item>');

/** What the promise was rejected with. */
async function failureOf(loading: Promise<Feed>): Promise<unknown> {
  try {
    await loading;
  } catch (error) {
    return error;
  }
  throw new Error('the feed was loaded');
}

async function errorOf(loading: Promise<Feed>): Promise<FeedError> {
  const error = await failureOf(loading);
  if (error instanceof FeedError) return error;
  throw error;
}

/** The message as the webmaster reads it: one line, which begins with the package and ends in the docs. */
function expectMessage({ code, message }: FeedError, words: RegExp): void {
  expect(message).to.match(words);
  expect(message).to.match(new RegExp(`^diary-feed: .+ See \\S+#${code}$`)); // `.` is no line end
}

describe('loadFeed', () => {
  it('gives the feed of an address', async () => {
    const feed = await loadFeed(feedUrl({ text: TEXT }));
    expect(feed).to.deep.equal({
      title: 'Dagboken',
      link: 'https://dagbok.example/',
      entries: [{ title: 'Möten', link: new URL('/1', location.href).href, categories: [] }],
    });
  });

  it('reads another origin that allows it', async () => {
    const url = foreignFeedUrl({ text: TEXT, cors: 1 });
    const { entries } = await loadFeed(url);
    expect(entries[0]?.link).to.equal(new URL('/1', url).href);
  });

  it('reads a body that comes in parts', async () => {
    const gate = uniqueId();
    const loading = loadFeed(feedUrl({ items: 500, 'body-gate': gate }));
    await openGate(gate);
    expect((await loading).entries).to.have.lengthOf(500);
  });

  it('reads the encoding that the header says', async () => {
    const type = 'application/rss+xml; charset=ISO-8859-10';
    const { entries } = await loadFeed(feedUrl({ file: 'charset-of-the-header.xml', type }));
    expect(entries[0]?.title).to.equal('Šattat ja máŋga');
  });

  it('reads a feed whatever type its server says', async () => {
    for (const type of ['text/html', 'text/plain', 'application/octet-stream', 'nonsense']) {
      expect((await loadFeed(feedUrl({ text: TEXT, type }))).title, type).to.equal('Dagboken');
    }
  });

  it('takes the last address of a redirect for where relative links start', async () => {
    const there = foreignFeedUrl({ text: TEXT, cors: 1 });
    const { entries } = await loadFeed(feedUrl({ redirect: there }));
    expect(entries[0]?.link).to.equal(new URL('/1', there).href);
  });

  describe('the request', () => {
    it('carries no cookies, no referrer and no header of our own', async () => {
      document.cookie = 'visitor=1';
      try {
        const id = uniqueId();
        await loadFeed(feedUrl({ text: TEXT, id }));
        const [request, ...others] = await requestsOf(id);
        expect(others).to.deep.equal([]);
        expect(request?.method).to.equal('GET');
        expect(request?.headers).not.to.have.any.keys(
          'cookie',
          'referer',
          'authorization',
          'range',
          'x-requested-with',
        );
        expect(request?.headers['accept']).to.equal('*/*');
        const theBrowsersOwn =
          /^(?:host|connection|user-agent|accept(?:-encoding|-language)?|sec-.+|priority|te|dnt|origin)$/;
        const headers = Object.keys(request?.headers ?? {});
        expect(headers.filter((name) => !theBrowsersOwn.test(name))).to.deep.equal([]);
      } finally {
        document.cookie = 'visitor=; max-age=0';
      }
    });

    it('needs no preflight on another origin', async () => {
      const id = uniqueId();
      await loadFeed(foreignFeedUrl({ text: TEXT, cors: 1, id }), { cache: 'no-cache' });
      const requests = await requestsOf(id);
      expect(requests.map(({ method }) => method)).to.deep.equal(['GET']);
      expect(requests[0]?.headers).not.to.have.any.keys('cookie', 'referer');
    });

    it('asks the server anew where the cache is not to be trusted', async () => {
      const id = uniqueId();
      await loadFeed(feedUrl({ text: TEXT, id }), { cache: 'no-cache' });
      expect((await requestsOf(id))[0]?.headers['cache-control']).to.match(/max-age=0|no-cache/);
    });
  });

  describe('equal loads that are under way', () => {
    it('are one request and one reading', async () => {
      const [id, gate] = [uniqueId(), uniqueId()];
      const url = feedUrl({ text: TEXT, id, gate });
      const loads = [loadFeed(url), loadFeed(url), loadFeed(url)];
      await openGate(gate);
      const [first, second, third] = (await Promise.all(loads)) as [Feed, Feed, Feed];
      for (const feed of [second, third]) expect(feed).to.equal(first);
      expect(await requestsOf(id)).to.have.lengthOf(1);
    });

    it('fail as one', async () => {
      const id = uniqueId();
      const url = feedUrl({ text: TEXT, id, status: 500 });
      const [first, second] = await Promise.all([errorOf(loadFeed(url)), errorOf(loadFeed(url))]);
      expect(second).to.equal(first);
      expect(await requestsOf(id)).to.have.lengthOf(1);
    });

    it('sends two requests if only one load revalidates the cache', async () => {
      const id = uniqueId();
      const url = feedUrl({ text: TEXT, id });
      await Promise.all([loadFeed(url), loadFeed(url, { cache: 'no-cache' })]);
      expect(await requestsOf(id)).to.have.lengthOf(2);
    });

    it('are two requests where the first has ended, well or badly', async () => {
      for (const status of [200, 500]) {
        const id = uniqueId();
        const url = feedUrl({ text: TEXT, id, status });
        await loadFeed(url).catch(() => undefined);
        await loadFeed(url).catch(() => undefined);
        expect(await requestsOf(id), String(status)).to.have.lengthOf(2);
      }
    });

    it('go on for the one where the other gives up', async () => {
      const [id, gate] = [uniqueId(), uniqueId()];
      const url = feedUrl({ text: TEXT, id, gate });
      const giveUp = new AbortController();
      const abandoned = failureOf(loadFeed(url, { signal: giveUp.signal }));
      const kept = loadFeed(url, { signal: new AbortController().signal });
      await arrived(id);
      giveUp.abort();
      expect(await abandoned).to.equal(giveUp.signal.reason);
      await openGate(gate);
      expect((await kept).title).to.equal('Dagboken');
      expect(await requestsOf(id)).to.have.lengthOf(1);
    });

    it('end with the last that gives up, so that the next begins anew', async () => {
      const [id, gate] = [uniqueId(), uniqueId()];
      const url = feedUrl({ text: TEXT, id, gate });
      const users = [new AbortController(), new AbortController()];
      const failures = users.map(({ signal }) => failureOf(loadFeed(url, { signal })));
      await arrived(id);
      for (const user of users) user.abort();
      expect(await Promise.all(failures)).to.deep.equal(users.map(({ signal }) => signal.reason as unknown));

      const next = loadFeed(url);
      await openGate(gate);
      expect((await next).title).to.equal('Dagboken');
      expect(await requestsOf(id)).to.have.lengthOf(2);
    });
  });

  describe('giving up', () => {
    it('before the start asks for nothing', async () => {
      const id = uniqueId();
      const signal = AbortSignal.abort();
      expect(await failureOf(loadFeed(feedUrl({ text: TEXT, id }), { signal }))).to.equal(signal.reason);
      expect(await requestsOf(id)).to.deep.equal([]);
    });

    it('rejects with the reason that was given', async () => {
      const [id, gate] = [uniqueId(), uniqueId()];
      const giveUp = new AbortController();
      const failure = failureOf(loadFeed(feedUrl({ text: TEXT, id, gate }), { signal: giveUp.signal }));
      await arrived(id);
      const reason = new Error('the element was removed');
      giveUp.abort(reason);
      expect(await failure).to.equal(reason);
      await openGate(gate);
    });

    it('works within the body too', async () => {
      const [id, gate] = [uniqueId(), uniqueId()];
      const giveUp = new AbortController();
      const url = feedUrl({ items: 500, id, 'body-gate': gate });
      const failure = failureOf(loadFeed(url, { signal: giveUp.signal }));
      await arrived(id);
      giveUp.abort();
      expect(await failure).to.equal(giveUp.signal.reason);
      await openGate(gate);
    });

    it('changes nothing after the end', async () => {
      const giveUp = new AbortController();
      const feed = await loadFeed(feedUrl({ text: TEXT }), { signal: giveUp.signal });
      giveUp.abort();
      expect(feed.title).to.equal('Dagboken');
    });
  });

  describe('http', () => {
    for (const status of [400, 403, 404, 410, 500, 503]) {
      it(`tells the status ${status}`, async () => {
        const url = feedUrl({ text: TEXT, status });
        const error = await errorOf(loadFeed(url));
        expect(error.code).to.equal('http');
        expect(error.status).to.equal(status);
        expect(error.message).to.contain(url);
        expectMessage(error, new RegExp(`responded with ${status}\\b`));
        expect(error.message.includes('Check the URL in src.')).to.equal(status === 404 || status === 410);
      });
    }

    it('tells the status of another origin that lets it be read', async () => {
      const { code, status } = await errorOf(loadFeed(foreignFeedUrl({ text: TEXT, status: 503, cors: 1 })));
      expect([code, status]).to.deep.equal(['http', 503]);
    });

    it('does not take the feed of a page that says it is missing', async () => {
      expect((await errorOf(loadFeed(feedUrl({ text: TEXT, status: 404 })))).code).to.equal('http');
    });
  });

  describe('network', () => {
    it('is another origin that does not allow to read it, and names the header', async () => {
      const error = await errorOf(loadFeed(foreignFeedUrl({ text: TEXT })));
      expect([error.code, error.status]).to.deep.equal(['network', undefined]);
      expectMessage(error, /Access-Control-Allow-Origin/);
      expect(error.cause).to.be.instanceOf(TypeError);
    });

    it('is another origin that does not allow to read its failure', async () => {
      const error = await errorOf(loadFeed(foreignFeedUrl({ text: TEXT, status: 404 })));
      expect([error.code, error.status]).to.deep.equal(['network', undefined]);
    });

    it("is the page's own server that breaks off, without a word of headers", async () => {
      const error = await errorOf(loadFeed(feedUrl({ reset: 1 })));
      expect(error.code).to.equal('network');
      expectMessage(error, /The page's own server/);
      expect(error.message).not.to.contain('Access-Control');
    });

    it('is a host that nobody has', async () => {
      const error = await errorOf(loadFeed('http://127.0.0.1:1/rss'));
      expect(error.code).to.equal('network');
    });

    it('is a redirect to where it may not be read', async () => {
      const error = await errorOf(loadFeed(feedUrl({ redirect: foreignFeedUrl({ text: TEXT }) })));
      expect(error.code).to.equal('network');
    });
  });

  describe('timeout', () => {
    it('ends the wait for the headers', async () => {
      const gate = uniqueId();
      const error = await errorOf(loadFeed(feedUrl({ text: TEXT, gate }), { timeout: 200 }));
      expect(error.code).to.equal('timeout');
      expectMessage(error, /within 200 ms/);
      await openGate(gate);
    });

    it('ends the wait for the rest of the body', async () => {
      const gate = uniqueId();
      const error = await errorOf(loadFeed(feedUrl({ items: 500, 'body-gate': gate }), { timeout: 400 }));
      expect(error.code).to.equal('timeout');
      await openGate(gate);
    });

    it('is told to everyone who waits', async () => {
      const gate = uniqueId();
      const url = feedUrl({ text: TEXT, gate });
      const { signal } = new AbortController();
      const errors = await Promise.all([
        errorOf(loadFeed(url, { timeout: 200 })),
        errorOf(loadFeed(url, { timeout: 200, signal })),
      ]);
      expect(errors.map(({ code }) => code)).to.deep.equal(['timeout', 'timeout']);
      await openGate(gate);
    });
  });

  describe('too-large', () => {
    it('is known by the length that the server declares', async () => {
      const error = await errorOf(loadFeed(feedUrl({ text: TEXT, size: MAX_BODY_BYTES + 1 }), { timeout: 5000 }));
      expect(error.code).to.equal('too-large');
      expectMessage(error, /larger than 10 MB/);
    });

    it('is known of a body without end as soon as the limit is passed', async () => {
      const error = await errorOf(loadFeed(feedUrl({ endless: 1 })));
      expect(error.code).to.equal('too-large');
      expectMessage(error, /larger than 10 MB/);
    });
  });

  describe('not-a-feed', () => {
    it('is an HTML page', async () => {
      const error = await errorOf(loadFeed(feedUrl({ text: '<!doctype html><title>Hej</title>', type: 'text/html' })));
      expect([error.code, error.status]).to.deep.equal(['not-a-feed', undefined]);
      expectMessage(error, /an HTML page/);
    });

    it('is an empty answer', async () => {
      const error = await errorOf(loadFeed(feedUrl({ text: '' })));
      expect(error.code).to.equal('not-a-feed');
      expectMessage(error, /The response is empty/);
    });

    it('names the last address of a redirect', async () => {
      const there = feedUrl({ text: 'Hej' });
      const error = await errorOf(loadFeed(feedUrl({ redirect: there })));
      expect(error.message).to.contain(`${there} isn't a feed`);
    });
  });

  describe('a page that announces a feed', () => {
    /** Address of a page that announces that. */
    function pageFor(feed: string, answer: Answer = {}): string {
      const link = `<link rel="alternate" type="application/rss+xml" href="${feed.replaceAll('&', '&amp;')}">`;
      const text = `<!doctype html><html><head>${link}</head><body>${'Hej '.repeat(500)}</body></html>`;
      return feedUrl({ text, type: 'text/html', ...answer });
    }

    it('is followed, and a warning is logged', async () => {
      const id = uniqueId();
      const feed = feedUrl({ text: TEXT, id });
      const page = pageFor(feed);
      const warnings = await warningsOf(async () => {
        expect((await loadFeed(page)).title).to.equal('Dagboken');
      });
      expect(warnings).to.have.lengthOf(1);
      expect(warnings[0]).to.match(/^diary-feed: .+ See troubleshooting\.md#not-a-feed$/);
      expect(warnings[0]).to.contain(`Use ${feed} instead`);
      expect(await requestsOf(id)).to.have.lengthOf(1);
    });

    it('may redirect first: its links start where it is', async () => {
      const there = foreignFeedUrl({ text: TEXT, cors: 1 });
      const page = pageFor(there.replace(new URL(there).origin, ''), { cors: 1 });
      const foreign = page.replace(location.origin, new URL(there).origin);
      const { entries } = await loadFeed(feedUrl({ redirect: foreign }));
      expect(entries[0]?.link).to.equal(new URL('/1', there).href);
    });

    it('is asked in the same way: without cookies, referrer or preflight, past caches where told', async () => {
      document.cookie = 'visitor=1';
      try {
        const id = uniqueId();
        await loadFeed(pageFor(foreignFeedUrl({ text: TEXT, cors: 1, id })), { cache: 'no-cache' });
        const [request, ...others] = await requestsOf(id);
        expect([request?.method, others]).to.deep.equal(['GET', []]);
        expect(request?.headers).not.to.have.any.keys('cookie', 'referer', 'authorization');
        expect(request?.headers['cache-control']).to.match(/max-age=0|no-cache/);
      } finally {
        document.cookie = 'visitor=; max-age=0';
      }
    });

    it('is followed to no second page, and the message names what that announces', async () => {
      const id = uniqueId();
      const second = pageFor(feedUrl({ text: TEXT, id }));
      const error = await errorOf(loadFeed(pageFor(second)));
      expect(error.code).to.equal('not-a-feed');
      expect(error.message).to.contain(`${second} isn't a feed`);
      expectMessage(error, /an HTML page that links to a feed\. Use /);
      expect(await requestsOf(id)).to.deep.equal([]);
    });

    it('shares the clock with its feed', async () => {
      const [first, second] = [uniqueId(), uniqueId()];
      const page = pageFor(feedUrl({ text: TEXT, gate: second }), { gate: first });
      setTimeout(() => void openGate(first), 700);
      setTimeout(() => void openGate(second), 1300); // in time for a clock of its own
      const error = await errorOf(loadFeed(page, { timeout: 1000 }));
      expect(error.code).to.equal('timeout');
      expectMessage(error, /within 1000 ms/);
    });

    it('fails as its feed does', async () => {
      const feed = feedUrl({ text: TEXT, status: 503 });
      const error = await errorOf(loadFeed(pageFor(feed)));
      expect([error.code, error.status, error.retryAfter]).to.deep.equal(['http', 503, 0]);
      expect(error.message).to.contain(feed);
    });

    it('is given up with its feed when nobody waits any longer', async () => {
      const [id, gate] = [uniqueId(), uniqueId()];
      const giveUp = new AbortController();
      const failure = failureOf(loadFeed(pageFor(feedUrl({ text: TEXT, id, gate })), { signal: giveUp.signal }));
      await arrived(id);
      giveUp.abort();
      expect(await failure).to.equal(giveUp.signal.reason);
      await aborted(id);
      await openGate(gate);
    });

    it('is one request, and its feed another, for all who ask at the same time', async () => {
      const [pageId, id] = [uniqueId(), uniqueId()];
      const page = pageFor(feedUrl({ text: TEXT, id }), { id: pageId });
      await Promise.all([loadFeed(page), loadFeed(page)]);
      expect([(await requestsOf(pageId)).length, (await requestsOf(id)).length]).to.deep.equal([1, 1]);
    });
  });
});
