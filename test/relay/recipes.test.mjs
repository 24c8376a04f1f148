// Runs each recipe of docs/relay/ unchanged in its server, against a source that works, and then fails.
import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { after, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { readFeed } from '../../dist/feed.js';
import { missingFor, missingForRoom, RECIPES } from '../support/relay-recipes.mjs';
import { feedOf, HARMFUL, makeCertificate } from '../support/relay-source.mjs';
import { ask, askUntil, certificate, isFeed, useRelay, wanted } from '../support/relay-suite.mjs';

/** What a complete relay does in addition to what every relay does. */
const COMPLETE = {
  dropsUnknownHeaders: true,
  /** Keeps a good copy if a response with 200 is too large or is cut off. */
  checksBody: true,
  stopsAtSizeLimit: true,
  /** Limits the time for the complete response, not only the time between two parts of it. */
  limitsTotalTime: true,
  /** Waits before it requests a feed again that failed. */
  pausesAfterFailure: true,
  revalidates: true,
  keepsCopyOnRestart: true,
  makesEtag: true,
  forwardsCharset: true,
  /** The number of requests for twenty visitors at the same time. */
  requestsOfVisitors: 1,
  /** The first visitor waits for the host if the copy is old. */
  letsFirstVisitorWait: false,
};

/** What each relay does. The table in docs/relay/README.md explains it to readers. */
const PROMISES = {
  nginx: {
    ...COMPLETE,
    dropsUnknownHeaders: false,
    checksBody: false,
    stopsAtSizeLimit: false,
    limitsTotalTime: false,
    pausesAfterFailure: false,
    makesEtag: false,
  },
  PHP: { ...COMPLETE, letsFirstVisitorWait: true },
  WordPress: { ...COMPLETE, letsFirstVisitorWait: true },
  Node: { ...COMPLETE, keepsCopyOnRestart: false },
  cron: { ...COMPLETE, requestsOfVisitors: 0, revalidates: false, forwardsCharset: false },
};

const POLICY = "sandbox; default-src 'none'";

/** What a browser and the machines on its way tell of a visitor. */
const VISITOR = {
  cookie: 'session=hemlig',
  referer: 'https://kommun.example/intern-sida',
  origin: 'https://kommun.example',
  authorization: 'Basic aGVtbGln',
  'user-agent': 'Mozilla/5.0 (visitor)',
  'accept-language': 'sv-SE',
  'x-forwarded-for': '192.0.2.1',
  'x-real-ip': '192.0.2.1',
  forwarded: 'for=192.0.2.1',
  dnt: '1',
  'sec-gpc': '1',
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': 'navigate',
  'sec-ch-ua': '"Visitor"',
  'sec-ch-ua-platform': '"Visitor"',
  'upgrade-insecure-requests': '1',
  'if-none-match': '"visitor"',
  range: 'bytes=0-9',
  'cache-control': 'no-cache',
  pragma: 'no-cache',
};

/** What a request needs, and what programs say of themselves. */
const OF_THE_RELAY = {
  accept: /application\/rss\+xml/,
  'user-agent': /^diary-feed relay$/,
  host: /^localhost:\d+$/,
  connection: /close|keep-alive/i,
  'accept-encoding': /gzip/,
  'accept-language': /^\*$/, // Node's fetch
  'sec-fetch-mode': /^cors$/, // Node's fetch
  'if-none-match': /^"[0-9a-f]{16}"$/,
  'if-modified-since': /^Thu, 05 Nov 2026 09:00:00 GMT$/,
};

const OF_THE_ANSWER = [
  ...[
    'accept-ranges',
    'age',
    'cache-control',
    'connection',
    'content-length',
    'content-security-policy',
    'content-type',
  ],
  ...['date', 'etag', 'host', 'keep-alive', 'last-modified', 'server', 'transfer-encoding', 'warning'],
  'x-content-type-options',
];

/** The ways in which the source fails. */
const FAILURES = {
  'has no feed': [
    'not at all',
    'never',
    'with 500',
    'with a redirect to the inside',
    'with a redirect to another host',
    'with 404',
  ],
  'has something else': [
    'with a page and 200',
    'with nothing and 200',
    'with half a feed, as if it were whole',
    'with too much, and says so',
    'with a bomb',
    'without end',
    'in drops',
    'with a part, and breaks off',
    'with too much, and does not say so',
  ],
};

/** Failures that only the body shows. */
const IN_BODY = ['with half a feed, as if it were whole', 'with too much, and does not say so'];

/** Lets the source answer so, and asks until the relay has heard that, and thrice more; gives all answers. */
async function askWhile(how, { relay, source }) {
  await source.answer(how);
  const answers = [];
  const end = Date.now() + 1500; // of what does not answer at all nobody can tell that it was asked
  for (let later = 0; later < 3;) {
    answers.push(await ask(relay.address));
    await setTimeout(100);
    if (how === 'not at all' ? Date.now() > end : source.ended > 0) later++;
  }
  return answers;
}

/** That an answer, if read by a browser as a page of the relay's host, is a text that can do nothing. */
function assertHarmless({ headers }) {
  assert.match(headers['content-type'], /^text\/plain(?:; charset=[\w-]+)?$/);
  assert.equal(headers['x-content-type-options'].split(', ')[0], 'nosniff');
  for (const policy of headers['content-security-policy'].split(', ')) assert.equal(policy, POLICY);
}

describe('a relay', { concurrency: true }, () => {
  for (const name of wanted) {
    const skip = missingFor(name);
    const promises = PROMISES[name.split(/,| without/)[0]];

    describe(`${name}, where all is well`, { skip, concurrency: 1, timeout: 120_000 }, () => {
      const place = useRelay(name, {});

      it('tells the host of the feed nothing of the visitor', async () => {
        const { relay, source } = place;
        const extra = { 'x-visitor': 'hemlig' };
        const { status } = await ask(`${relay.address}?visitor=hemlig`, { headers: { ...VISITOR, ...extra } });
        assert.ok([200, 206, 304].includes(status));
        for (const { headers } of source.requests) {
          for (const [header, value] of Object.entries(headers)) {
            assert.match(value, OF_THE_RELAY[header] ?? /^(?!)/, header);
          }
        }
      });

      it('hands on the bytes of the feed, as a text that can do nothing', async () => {
        const { relay, source } = place;
        const answer = await ask(relay.address);
        assert.ok(isFeed(answer, source.feed), `${answer.status} ${relay.complaints()}`);
        assertHarmless(answer);
        assert.equal(answer.headers['cache-control'], 'public, max-age=300');
      });

      it('hands on no header by which the host of the feed could speak for its own', async () => {
        const { headers } = await ask(place.relay.address);
        for (const [header, value] of Object.entries(headers)) {
          assert.notEqual(value, HARMFUL[header], header);
          if (header === 'x-unknown') continue;
          assert.ok(OF_THE_ANSWER.includes(header), header);
        }
        assert.equal(headers['x-unknown'], promises.dropsUnknownHeaders ? undefined : 'of the source');
      });

      it('asks for the one address, whatever a visitor adds to it', async () => {
        const { relay, source } = place;
        const additions = [
          '?url=http://127.0.0.1/secret',
          '?https://evil.example/',
          '/../secret',
          '/secret',
          '/%2e%2e/secret',
          '%3furl=x',
          '?',
          '#',
          ';x',
          '@127.0.0.1/secret',
        ];
        for (const addition of additions) await ask(relay.address + addition);
        for (const { url, method, name: host } of source.requests) {
          assert.deepEqual([method, url, host], ['GET', '/feed.xml', 'localhost']);
        }
        assert.deepEqual(source.inside.requests, []);
        // where PHP's own server is told a script, it stands under every address
        const isEverywhere = name.startsWith('PHP');
        assert.equal(isFeed(await ask(`${relay.origin}/other`), source.feed), isEverywhere);
      });

      it('asks once for all visitors of ten minutes', async () => {
        const { relay, source } = place;
        await relay.rest();
        await ask(relay.address);
        const count = source.requests.length;
        await setTimeout(2100); // what is quick elsewhere must not be so here
        for (let visitor = 0; visitor < 5; visitor++) await ask(`${relay.address}?${visitor}`, { headers: VISITOR });
        assert.equal(source.requests.length, count);
        if (!RECIPES[name].cron) assert.ok(count <= 2);
      });

      it('answers HEAD as GET, without the body, and lets no other method through', async () => {
        const { relay, source } = place;
        const count = source.requests.length;
        const head = await ask(relay.address, { method: 'HEAD' });
        assert.deepEqual([head.status, head.body.length], [200, 0]);
        assertHarmless(head);
        for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND']) {
          const { status, body } = await ask(relay.address, { method });
          assert.ok([403, 405, 503].includes(status) && !body.equals(source.feed), `${method} ${status}`);
        }
        assert.deepEqual(
          source.requests
            .slice(count)
            .map(({ method }) => method)
            .filter((method) => method !== 'GET'),
          [],
        );
      });

      it('sends an ETag, and 304 to whoever has it', async () => {
        const { relay } = place;
        const { etag } = (await ask(relay.address)).headers;
        assert.match(etag, /^(?:W\/)?".+"$/);
        const again = await ask(relay.address, { headers: { 'if-none-match': etag } });
        assert.deepEqual([again.status, again.body.length, again.headers.etag], [304, 0, etag]);
        const other = await ask(relay.address, { headers: { 'if-none-match': '"other"' } });
        assert.equal(other.status, 200);
      });

      it('keeps its copy when it restarts, if it promises so', async () => {
        const { relay, source } = place;
        await source.answer('not at all');
        await relay.restart();
        assert.equal(isFeed(await ask(relay.address), source.feed), promises.keepsCopyOnRestart);
      });
    });

    describe(`${name}, where twenty visitors come at once`, { skip, concurrency: 1, timeout: 120_000 }, () => {
      const cold = useRelay(name, { visitors: 24 });
      const old = useRelay(name, { isQuick: true, isPatient: true, visitors: 24 });

      const assertCount = async (test, { relay, source }) => {
        await relay.rest();
        source.delay = 300;
        const before = source.requests.length;
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, visitor) => ask(`${relay.address}?${visitor}`)),
        );
        for (const answer of answers) assert.ok(isFeed(answer, source.feed), `${answer.status} ${relay.complaints()}`);
        await setTimeout(600); // for one that asks behind their backs
        const count = source.requests.length - before;
        test.diagnostic(`${name}: ${count} of 20`);
        assert.equal(count, promises.requestsOfVisitors);
      };

      it('sends one request at most, if there is no copy', (test) => assertCount(test, cold));

      it('sends one request at most, if the copy is old', async (test) => {
        await askUntil(old.relay, (answer) => isFeed(answer, old.source.feed));
        await setTimeout(2100); // the clocks of some count whole seconds
        await assertCount(test, old);
      });
    });

    describe(`${name}, where the copy is old and the host is slow`, { skip, concurrency: 1, timeout: 120_000 }, () => {
      const place = useRelay(name, { isQuick: true, isPatient: true });

      it('lets one visitor wait at most', async () => {
        const { relay, source } = place;
        await askUntil(relay, (answer) => isFeed(answer, source.feed));
        await relay.rest();
        await setTimeout(2100); // the clocks of some count whole seconds
        await source.answer('never');
        const agent = new Agent({ keepAlive: true, maxSockets: 1 });
        const [first, second] = [ask(relay.address, { agent }), ask(relay.address, { agent })];
        const third = setTimeout(100).then(() => ask(relay.address));
        for (const each of [first, second]) each.catch(() => undefined); // who waits too long is left with nothing
        if (promises.letsFirstVisitorWait) {
          assert.equal(await Promise.race([first.then(() => 'first'), third.then(() => 'third')]), 'third');
        } else {
          for (const answer of await Promise.all([first, second, third])) assert.ok(isFeed(answer, source.feed));
          await setTimeout(200);
          assert.equal(source.ended, 0, 'before the host has answered, or has been given up');
        }
        agent.destroy();
      });
    });

    describe(`${name}, where the host of the feed is in trouble`, { skip, concurrency: 1, timeout: 120_000 }, () => {
      const place = useRelay(name, {}, (source) => source.answer('with 500'));

      it('pauses, if it promises so', async () => {
        const { relay, source } = place;
        await ask(relay.address);
        await relay.rest();
        const before = source.requests.length;
        for (let visitor = 0; visitor < 5; visitor++) await ask(relay.address);
        assert.equal(source.requests.length - before, promises.pausesAfterFailure ? 0 : 5);
      });
    });

    if (name === 'nginx') {
      describe(
        'nginx, with a small file system for its copy',
        { skip: skip || missingForRoom(), concurrency: 1 },
        () => {
          const place = useRelay(name, { isQuick: true, room: '8m' });

          it('breaks off when that is full, and keeps the last good copy', async () => {
            const { relay, source } = place;
            await askUntil(relay, (answer) => isFeed(answer, source.feed));
            for (const answer of await askWhile('without end', place)) {
              assert.ok(isFeed(answer, source.feed), `${answer.status} ${relay.complaints()}`);
            }
            assert.equal(source.hasSentAll, false);
            assert.match(relay.complaints(), /pwritev?\(\)/);
          });

          it('shows the new feed once the host is well again', async () => {
            const { relay, source } = place;
            source.feed = feedOf(7);
            await source.answer('well');
            await askUntil(relay, (answer) => isFeed(answer, source.feed));
          });
        },
      );
    }

    if (name === 'PHP') {
      describe('PHP, with its folder within what the web server shows', { skip, concurrency: 1 }, () => {
        const place = useRelay(name, { isCopyShown: true });

        it('keeps nothing there, and hands nothing on', async () => {
          const { relay, source } = place;
          const { status } = await ask(relay.address);
          assert.equal(status, 503);
          assert.match(relay.complaints(), /within what the web server shows/);
          assert.equal(source.requests.length, 0);
        });
      });
    }

    describe(`${name}, where the feed changes`, { skip, concurrency: 1, timeout: 120_000 }, () => {
      const place = useRelay(name, { isQuick: true });
      const change = async (changes) => {
        Object.assign(place.source, changes);
        return askUntil(place.relay, (answer) => isFeed(answer, place.source.feed));
      };

      it('hands on a feed in ISO-8859-1 as it is, and its charset', async () => {
        const answer = await change({ feed: feedOf(2, 'iso-8859-1'), type: 'text/xml; charset="ISO-8859-1"' });
        assert.equal(
          answer.headers['content-type'],
          promises.forwardsCharset ? 'text/plain; charset=ISO-8859-1' : 'text/plain',
        );
        assertHarmless(answer);
      });

      it('tells no charset where the host tells none', async () => {
        for (const [number, type] of [
          [3, 'application/xml'],
          [4, undefined],
          [5, 'text/xml; charset=<script>'],
        ]) {
          const answer = await change({ feed: feedOf(number, 'iso-8859-1'), type });
          assert.equal(answer.headers['content-type'], 'text/plain');
        }
      });

      it('is read with all its letters where only the header tells the charset, or tells it better', async () => {
        const { relay, source } = place;
        const letters = 'š, đ ja ŋ'; // of Northern Sámi; windows-1252 has but one of them
        const markup = (declaration) =>
          `${declaration}<rss version="2.0"><channel><title>x</title><item><title>${letters}</title></item></channel></rss>`;
        const inLatin4 = Buffer.from(
          markup('').replace(/[^\0-\x7f]/g, (letter) => String.fromCharCode({ š: 0xb9, đ: 0xf0, ŋ: 0xbf }[letter])),
          'latin1',
        );
        const inUtf8 = Buffer.from(markup('<?xml version="1.0" encoding="iso-8859-1"?>\n'));
        for (const [type, feed] of [
          ['text/xml; charset="ISO-8859-4"', inLatin4],
          ['text/xml; charset=UTF-8', inUtf8],
          ['text/xml; charset=x-nobodys', Buffer.from(markup(''))],
        ]) {
          Object.assign(source, { type, feed });
          const { body, headers } = await askUntil(relay, (answer) => answer.body.includes(' ja '));
          const { entries } = readFeed(body, { contentType: headers['content-type'], url: relay.address });
          assert.equal(entries[0].title, letters, `${type} ${relay.complaints()}`);
          await change({ feed: feedOf(10), type });
        }
      });

      it('hands on what comes compressed', async () => {
        const { headers } = await change({ feed: feedOf(9), isCompressed: true });
        assert.equal(headers['content-encoding'], undefined);
      });

      it('asks with the tags of the host, or all anew', async () => {
        const { relay, source } = place;
        await source.answer('well');
        while (source.ended < 3) await ask(relay.address).then(() => setTimeout(50));
        assert.equal(
          source.requests.slice(-2).every(({ headers }) => headers['if-none-match'] !== undefined),
          promises.revalidates,
        );
      });

      it('does without the tags of the host', async () => {
        const answer = await change({ feed: feedOf(6), isWithoutTag: true });
        assert.ok(answer.headers.etag || !promises.makesEtag);
      });
    });

    for (const [ill, failures] of Object.entries(FAILURES)) {
      describe(`${name}, where the host of the feed ${ill}`, { skip, concurrency: 1, timeout: 120_000 }, () => {
        const place = useRelay(name, { isQuick: true });

        for (const fault of failures) {
          it(`keeps the last good copy while it answers ${fault}`, async (test) => {
            const { relay, source } = place;
            await source.answer('well');
            await askUntil(relay, (answer) => isFeed(answer, source.feed));
            const isKept = promises.checksBody || !IN_BODY.includes(fault);
            const answers = await askWhile(fault, place);
            if (isKept) {
              for (const answer of answers)
                assert.ok(isFeed(answer, source.feed), `${answer.status} ${relay.complaints()}`);
            } else {
              test.diagnostic(`${name} gives ${answers.at(-1).status}`);
              assert.ok(!isFeed(answers.at(-1), source.feed));
            }
            for (const answer of answers) {
              if (answer.status === 200) assertHarmless(answer);
              assert.equal(answer.headers.location, undefined);
            }
            assert.deepEqual(source.inside.requests, [], 'no redirect is followed');
            if (fault === 'without end') {
              assert.equal(source.hasSentAll, !promises.stopsAtSizeLimit);
            }
            if (fault === 'in drops') assert.equal(source.hasSentAll, !promises.limitsTotalTime);
          });
        }

        it('shows the new feed once the host is well again', async () => {
          const { relay, source } = place;
          source.feed = feedOf(7);
          await source.answer('well');
          await askUntil(relay, (answer) => isFeed(answer, source.feed));
        });
      });
    }

    describe(
      `${name}, where the host of the feed has failed from the start`,
      { skip, concurrency: 1, timeout: 120_000 },
      () => {
        const other = skip ? undefined : makeCertificate();
        const place = useRelay(name, { isQuick: true, isForOtherOrigins: true }, (source) =>
          source.showCertificate(other),
        );
        after(() => other?.end());

        const assertUnavailable = ({ status, headers }) => {
          assert.equal(status, 503);
          assert.match(headers['retry-after'], /^(?:30|1)$/);
          if (!name.includes('Apache')) assert.match(headers['content-type'], /^text\/plain/); // its page is HTML, in a sandbox
          assert.equal(headers['access-control-allow-origin'], '*');
          assert.match(headers['access-control-expose-headers'], /^Retry-After$/);
          assert.equal(headers['content-security-policy'], POLICY);
        };

        it('believes no certificate that nobody knows', async () => {
          const { relay, source } = place;
          try {
            for (let time = 0; time < 3; time++) assertUnavailable(await ask(relay.address));
            assert.deepEqual(source.requests, []);
          } finally {
            source.showCertificate(certificate);
          }
        });

        const FAULTS = {
          'not at all': false,
          never: false,
          'with 500': false,
          'with 404': false,
          'with a redirect to the inside': false,
          'with a page and 200': true,
          'with too much, and says so': true,
          'with a part, and breaks off': true,
        };
        for (const [fault, isAnswer] of Object.entries(FAULTS)) {
          it(`says 503, and when to come again, while it answers ${fault}`, async () => {
            const isSaid = promises.checksBody || !isAnswer;
            for (const answer of await askWhile(fault, place)) {
              if (isSaid) assertUnavailable(answer);
              else {
                assert.equal(answer.headers['content-security-policy'], POLICY);
                assert.equal(answer.headers.location, undefined);
              }
              if (answer.status >= 400) assert.ok(!answer.body.includes('vecka fel'), 'no error page is handed on');
            }
            assert.deepEqual(place.source.inside.requests, [], 'no redirect is followed');
          });
        }

        it('shows the feed once there is one, to pages of other origins too', async () => {
          const { relay, source } = place;
          await source.answer('well');
          const { headers } = await askUntil(relay, (answer) => isFeed(answer, source.feed));
          assert.equal(headers['access-control-allow-origin'], '*');
          assert.equal(headers['access-control-expose-headers'], 'Retry-After');
          assert.equal(headers['access-control-allow-credentials'], undefined);
        });
      },
    );
  }
});
