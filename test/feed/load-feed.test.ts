import { expect } from 'chai';
import { FeedError, loadFeed, type Feed } from '../../src/feed.js';
import { collectWarnings } from '../support/console.js';
import { rss } from '../support/feeds.js';
import {
  waitForAbort,
  waitForRequest,
  feedUrl,
  foreignFeedUrl,
  openGate,
  requestsOf,
  uniqueId,
  type FeedQuery,
} from '../support/server.js';

const TEXT = rss('<item><title>Möten</title><link>/1</link></item>');

/** Returns the reason of the rejection. */
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

/** Asserts that a message matches, is one line, and begins with the package and ends with a link to the docs. */
function expectMessage({ code, message }: FeedError, pattern: RegExp): void {
  expect(message).to.match(pattern);
  expect(message).to.match(new RegExp(`^diary-feed: .+ See \\S+#${code}$`)); // `.` doesn't match line ends
}

describe('loadFeed', () => {
  it('returns the feed', async () => {
    const feed = await loadFeed(feedUrl({ text: TEXT }));
    expect(feed).to.deep.equal({
      title: 'Dagboken',
      link: 'https://dagbok.example/',
      entries: [{ title: 'Möten', link: new URL('/1', location.href).href, categories: [] }],
    });
  });

  it('reads another origin that sends a CORS header', async () => {
    const url = foreignFeedUrl({ text: TEXT, cors: 1 });
    const { entries } = await loadFeed(url);
    expect(entries[0]?.link).to.equal(new URL('/1', url).href);
  });

  it('reads a feed with any content type', async () => {
    for (const type of ['text/html', 'text/plain', 'application/octet-stream', 'nonsense']) {
      expect((await loadFeed(feedUrl({ text: TEXT, type }))).title, type).to.equal('Dagboken');
    }
  });

  it('resolves relative links against the last URL of a redirect', async () => {
    const there = foreignFeedUrl({ text: TEXT, cors: 1 });
    const { entries } = await loadFeed(feedUrl({ redirect: there }));
    expect(entries[0]?.link).to.equal(new URL('/1', there).href);
  });

  describe('the request', () => {
    it('contains no cookies, no referrer and no additional headers', async () => {
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
        const browserHeaders =
          /^(?:host|connection|user-agent|accept(?:-encoding|-language)?|sec-.+|priority|te|dnt|origin)$/;
        const headers = Object.keys(request?.headers ?? {});
        expect(headers.filter((name) => !browserHeaders.test(name))).to.deep.equal([]);
      } finally {
        document.cookie = 'visitor=; max-age=0';
      }
    });

    it("revalidates the cache with cache: 'no-cache'", async () => {
      const id = uniqueId();
      await loadFeed(feedUrl({ text: TEXT, id }), { cache: 'no-cache' });
      expect((await requestsOf(id))[0]?.headers['cache-control']).to.match(/max-age=0|no-cache/);
    });
  });

  describe('equal loads at the same time', () => {
    it('share one request and one result', async () => {
      const [id, gate] = [uniqueId(), uniqueId()];
      const url = feedUrl({ text: TEXT, id, gate });
      const loads = [loadFeed(url), loadFeed(url), loadFeed(url)];
      await openGate(gate);
      const [first, second, third] = (await Promise.all(loads)) as [Feed, Feed, Feed];
      for (const feed of [second, third]) expect(feed).to.equal(first);
      expect(await requestsOf(id)).to.have.lengthOf(1);
    });

    it('send two requests if only one load revalidates the cache', async () => {
      const id = uniqueId();
      const url = feedUrl({ text: TEXT, id });
      await Promise.all([loadFeed(url), loadFeed(url, { cache: 'no-cache' })]);
      expect(await requestsOf(id)).to.have.lengthOf(2);
    });

    it('continue if only one is aborted', async () => {
      const [id, gate] = [uniqueId(), uniqueId()];
      const url = feedUrl({ text: TEXT, id, gate });
      const giveUp = new AbortController();
      const abandoned = failureOf(loadFeed(url, { signal: giveUp.signal }));
      const kept = loadFeed(url, { signal: new AbortController().signal });
      await waitForRequest(id);
      giveUp.abort();
      expect(await abandoned).to.equal(giveUp.signal.reason);
      await openGate(gate);
      expect((await kept).title).to.equal('Dagboken');
      expect(await requestsOf(id)).to.have.lengthOf(1);
    });

    it('end when all are aborted, and the next load starts a new request', async () => {
      const [id, gate] = [uniqueId(), uniqueId()];
      const url = feedUrl({ text: TEXT, id, gate });
      const users = [new AbortController(), new AbortController()];
      const failures = users.map(({ signal }) => failureOf(loadFeed(url, { signal })));
      await waitForRequest(id);
      for (const user of users) user.abort();
      expect(await Promise.all(failures)).to.deep.equal(users.map(({ signal }) => signal.reason as unknown));

      const next = loadFeed(url);
      await openGate(gate);
      expect((await next).title).to.equal('Dagboken');
      expect(await requestsOf(id)).to.have.lengthOf(2);
    });
  });

  describe('aborting', () => {
    it('sends no request if the signal is already aborted', async () => {
      const id = uniqueId();
      const signal = AbortSignal.abort();
      expect(await failureOf(loadFeed(feedUrl({ text: TEXT, id }), { signal }))).to.equal(signal.reason);
      expect(await requestsOf(id)).to.deep.equal([]);
    });

    it('works during the body', async () => {
      const [id, gate] = [uniqueId(), uniqueId()];
      const giveUp = new AbortController();
      const url = feedUrl({ items: 500, id, 'body-gate': gate });
      const failure = failureOf(loadFeed(url, { signal: giveUp.signal }));
      await waitForRequest(id);
      giveUp.abort();
      expect(await failure).to.equal(giveUp.signal.reason);
      await openGate(gate);
    });
  });

  describe('an HTTP error', () => {
    for (const status of [404, 503]) {
      it(`has the code http and the status ${status}`, async () => {
        const url = feedUrl({ text: TEXT, status });
        const error = await errorOf(loadFeed(url));
        expect([error.code, error.status]).to.deep.equal(['http', status]);
        expect(error.message).to.contain(url);
        expectMessage(error, new RegExp(`responded with ${status}\\b`));
        expect(error.message.includes('Check the URL in src.')).to.equal(status === 404);
      });
    }
    it('has the status of another origin that sends a CORS header', async () => {
      const { code, status } = await errorOf(loadFeed(foreignFeedUrl({ text: TEXT, status: 503, cors: 1 })));
      expect([code, status]).to.deep.equal(['http', 503]);
    });
  });

  describe('a network error', () => {
    it("names the CORS header if another origin doesn't send it", async () => {
      const error = await errorOf(loadFeed(foreignFeedUrl({ text: TEXT })));
      expect([error.code, error.status]).to.deep.equal(['network', undefined]);
      expectMessage(error, /Access-Control-Allow-Origin/);
      expect(error.cause).to.be.instanceOf(TypeError);
    });
  });

  describe('a timeout', () => {
    it('ends the wait for the headers', async () => {
      const gate = uniqueId();
      const error = await errorOf(loadFeed(feedUrl({ text: TEXT, gate }), { timeout: 200 }));
      expect(error.code).to.equal('timeout');
      expectMessage(error, /within 200 ms/);
      await openGate(gate);
    });
  });

  describe('a response that is too large', () => {
    it('is rejected as soon as an endless body exceeds the limit', async () => {
      const error = await errorOf(loadFeed(feedUrl({ endless: 1 })));
      expect(error.code).to.equal('too-large');
      expectMessage(error, /larger than 10 MB/);
    });
  });

  describe('a response that is not a feed', () => {
    it('is reported with the last URL of a redirect', async () => {
      const there = feedUrl({ text: 'Hej' });
      const error = await errorOf(loadFeed(feedUrl({ redirect: there })));
      expect(error.message).to.contain(`${there} isn't a feed`);
    });
  });

  describe('an HTML page that links to a feed', () => {
    /** Returns the URL of a page that links to this feed. */
    function pageFor(feed: string, response: FeedQuery = {}): string {
      const link = `<link rel="alternate" type="application/rss+xml" href="${feed.replaceAll('&', '&amp;')}">`;
      const text = `<!doctype html><html><head>${link}</head><body>${'Hej '.repeat(500)}</body></html>`;
      return feedUrl({ text, type: 'text/html', ...response });
    }

    it('is replaced by the feed, and a warning is logged', async () => {
      const id = uniqueId();
      const feed = feedUrl({ text: TEXT, id });
      const page = pageFor(feed);
      const warnings = await collectWarnings(async () => {
        expect((await loadFeed(page)).title).to.equal('Dagboken');
      });
      expect(warnings).to.have.lengthOf(1);
      expect(warnings[0]).to.match(/^diary-feed: .+ See troubleshooting\.md#not-a-feed$/);
      expect(warnings[0]).to.contain(`Use ${feed} instead`);
      expect(await requestsOf(id)).to.have.lengthOf(1);
    });

    it('can redirect: relative links start at its last URL', async () => {
      const there = foreignFeedUrl({ text: TEXT, cors: 1 });
      const page = pageFor(there.replace(new URL(there).origin, ''), { cors: 1 });
      const foreign = page.replace(location.origin, new URL(there).origin);
      const { entries } = await loadFeed(feedUrl({ redirect: foreign }));
      expect(entries[0]?.link).to.equal(new URL('/1', there).href);
    });

    it('is requested like its feed: without cookies, referrer or preflight, with the same cache mode', async () => {
      const id = uniqueId();
      await loadFeed(pageFor(foreignFeedUrl({ text: TEXT, cors: 1, id })), { cache: 'no-cache' });
      const [request, ...others] = await requestsOf(id);
      expect([request?.method, others]).to.deep.equal(['GET', []]);
      expect(request?.headers).not.to.have.any.keys('cookie', 'referer', 'authorization');
      expect(request?.headers['cache-control']).to.match(/max-age=0|no-cache/);
    });

    it('leads to no second page', async () => {
      const id = uniqueId();
      const second = pageFor(feedUrl({ text: TEXT, id }));
      const error = await errorOf(loadFeed(pageFor(second)));
      expect(error.code).to.equal('not-a-feed');
      expect(error.message).to.contain(`${second} isn't a feed`);
      expectMessage(error, /an HTML page that links to a feed\. Use /);
      expect(await requestsOf(id)).to.deep.equal([]);
    });

    it('has one timeout together with its feed', async () => {
      const [first, second] = [uniqueId(), uniqueId()];
      const page = pageFor(feedUrl({ text: TEXT, gate: second }), { gate: first });
      setTimeout(() => void openGate(first), 700);
      setTimeout(() => void openGate(second), 1300); // a separate timeout would not end before
      const error = await errorOf(loadFeed(page, { timeout: 1000 }));
      expect(error.code).to.equal('timeout');
      expectMessage(error, /within 1000 ms/);
    });

    it('aborts the request for its feed', async () => {
      const [id, gate] = [uniqueId(), uniqueId()];
      const giveUp = new AbortController();
      const failure = failureOf(loadFeed(pageFor(feedUrl({ text: TEXT, id, gate })), { signal: giveUp.signal }));
      await waitForRequest(id);
      giveUp.abort();
      expect(await failure).to.equal(giveUp.signal.reason);
      await waitForAbort(id);
      await openGate(gate);
    });
  });
});
