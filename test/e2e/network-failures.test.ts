import { expect } from 'chai';
import type { DiaryFeedElement, FeedErrorCode } from '../../src/index.js';
import { collectErrors } from '../support/console.js';
import {
  create,
  nextEvent,
  isFallbackVisible,
  mount,
  query,
  appendToPage,
  recordEvents,
  textsOf,
} from '../support/element.js';
import {
  feedUrl,
  foreignFeedUrl,
  recover,
  requestsOf,
  uniqueId,
  type FeedQuery,
  type ReceivedRequest,
} from '../support/server.js';

const ENTRIES = ['Inlägg 2', 'Inlägg 1'];

const TRANSIENT = 'Det gick inte att hämta inläggen just nu.';
const PERMANENT = 'Inläggen kan inte visas här just nu.';
const RESTRICTED = 'Inläggen kräver inloggning och kan inte visas här.';

/** Outcome of a load that failed. */
interface Failure {
  code: FeedErrorCode;
  status?: number;
  sentence: string;
  /** Part of the console message, in addition to code and status. */
  fact?: string;
  /** `FeedError.retryAfter` */
  retryAfter?: number | undefined;
  retries: number;
}

/** Titles that the element shows, or the failure. */
type Ending = string[] | Failure;

interface Row {
  src: (id: string) => string;
  timeout?: number;
  ends: Ending;
  /** Different outcome in WebKitGTK, with the reason. */
  webkit?: { ends: Ending; because: string };
}

const SECOND_MS = 1000;
/** Minimum of `timeout`, for responses that stall. */
const SHORT_TIMEOUT_MS = SECOND_MS;
/** Firefox repeats a request ten times, 0.1 s apart, if the connection is reset. */
const LONG_TIMEOUT_MS = 9 * SECOND_MS;
/** Shortest delays before the first and the second retry. The longest are half as long again. */
const RETRY_DELAYS_MS = [2 * SECOND_MS, 8 * SECOND_MS];
/** The longest delay before a first retry. */
const FIRST_RETRY_MS = 3.2 * SECOND_MS;
/** Both retries come within 17 s, and later if the browser queues requests: only a row that fails waits this long. */
const BOTH_RETRIES_MS = 30 * SECOND_MS;
/** Connections to one server at a time: browsers queue further ones, and `timeout` includes that time. */
const CONNECTIONS = 3;

const isWebKit = !/Firefox|Chrome/.test(navigator.userAgent);

const FEED = { items: 2 };
/** A response from the page's server. */
const sameOrigin = (response: FeedQuery) => (id: string) =>
  feedUrl({ ...('text' in response ? {} : FEED), ...response, id });
/** A response from another server, with a CORS header. */
const crossOrigin = (response: FeedQuery) => (id: string) => foreignFeedUrl({ ...FEED, cors: 1, ...response, id });
/** A response from another server, with only these header fields. */
const crossOriginWith =
  (response: FeedQuery, ...head: string[]) =>
  (id: string) =>
    foreignFeedUrl({ ...FEED, ...response, ...(head.length > 0 && { head: head.join('\n') }), id });
const broken = (name: string) => crossOrigin({ failure: name });

/** A failure whose cause the browser doesn't reveal. The retry waits until the browser fires `online`. */
const NETWORK: Failure = { code: 'network', sentence: TRANSIENT, fact: 'Access-Control-Allow-Origin', retries: 0 };
const OWN_NETWORK: Failure = { ...NETWORK, fact: 'own server' };
const TIMEOUT: Failure = { code: 'timeout', sentence: TRANSIENT, fact: '1000 ms', retryAfter: 0, retries: 2 };
const TOO_LARGE: Failure = { code: 'too-large', sentence: PERMANENT, fact: '10 MB', retries: 0 };

function notAFeed(fact: string): Failure {
  return { code: 'not-a-feed', sentence: PERMANENT, fact, retries: 0 };
}
const EMPTY = notAFeed('empty');
const CUT_OFF = notAFeed('cut off');

function http(status: number, sentence = PERMANENT, fact = String(status)): Failure {
  return { code: 'http', status, sentence, fact, retries: 0 };
}

/** A status that is retried, after `retryAfter` milliseconds at the earliest. */
function retried(status: number, retryAfter = 0): Failure {
  return { ...http(status, TRANSIENT), retryAfter, retries: 2 };
}

/** A status that isn't retried, because `Retry-After` is too long. */
function notRetried(status: number): Failure {
  return { ...retried(status), retryAfter: undefined, retries: 0 };
}

const ANY_END = 'treats the end of the connection as the end of the response';

const PAGE = '<!DOCTYPE html><html lang="sv"><title>Logga in</title><form><input type="password"></form></html>';
const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * SECOND_MS).toUTCString();

const ROWS: Record<string, Row> = {
  'a connection that closes before the headers': { src: broken('closed-before-headers'), ends: NETWORK },
  'a reset on the page’s own server': { src: sameOrigin({ reset: 1 }), ends: OWN_NETWORK },
  'a stall before the headers': { src: broken('stalled-before-headers'), timeout: SHORT_TIMEOUT_MS, ends: TIMEOUT },
  'a connection that closes within the headers': { src: broken('closed-within-headers'), ends: NETWORK },
  'slow headers': { src: broken('slow-headers'), ends: ENTRIES },
  'endless headers': { src: broken('endless-headers'), timeout: SHORT_TIMEOUT_MS, ends: TIMEOUT },
  'a megabyte of headers': { src: broken('huge-headers'), ends: NETWORK },
  'a content type with thousands of charsets': { src: broken('many-charsets'), ends: ENTRIES },
  'two content types': { src: broken('two-content-types'), ends: ENTRIES },
  'no content type': { src: broken('no-content-type'), ends: ENTRIES },
  'Location, Refresh and Link headers of status 200': { src: broken('location-without-redirect'), ends: ENTRIES },
  'another protocol': { src: broken('other-protocol'), ends: NETWORK },

  'a connection that closes within the body': {
    src: broken('closed-within-body'),
    ends: NETWORK,
    webkit: { ends: CUT_OFF, because: ANY_END },
  },
  'a stall within the body': { src: broken('stalled-within-body'), timeout: SHORT_TIMEOUT_MS, ends: TIMEOUT },
  'a slow body': { src: broken('slow-body'), ends: ENTRIES },
  'an endless slow body': { src: broken('dripping-body'), timeout: SHORT_TIMEOUT_MS, ends: TIMEOUT },
  'an endless fast body': { src: crossOrigin({ endless: 1 }), ends: TOO_LARGE },
  'a Content-Length over the limit': { src: crossOrigin({ size: 10_000_001 }), ends: TOO_LARGE },

  'no Content-Length': { src: broken('no-length'), ends: ENTRIES },
  'a Content-Length that is too small': { src: broken('short-length'), ends: ['Inlägg 1'] },
  'a Content-Length that is too large': {
    src: broken('long-length'),
    ends: NETWORK,
    webkit: { ends: ENTRIES, because: ANY_END },
  },
  'a Content-Length of 400 digits': { src: broken('huge-length'), ends: TOO_LARGE },

  gzip: { src: broken('gzip'), ends: ENTRIES },
  'gzip that is cut off': { src: broken('cut-gzip'), ends: CUT_OFF },
  'gzip that is cut off after complete entries': {
    src: crossOrigin({ failure: 'cut-gzip', items: 20 }),
    ends: ['Inlägg 9', 'Inlägg 8', 'Inlägg 7', 'Inlägg 6', 'Inlägg 5'],
  },
  'Content-Encoding: gzip without gzip': {
    src: broken('invalid-gzip'),
    ends: NETWORK,
    webkit: { ends: ENTRIES, because: 'returns bytes that aren’t gzip unchanged' },
  },
  'gzip without Content-Encoding': { src: broken('undeclared-gzip'), ends: notAFeed('without markup') },
  'an unknown Content-Encoding': { src: broken('unknown-encoding'), ends: ENTRIES },

  'chunks that are cut off': {
    src: broken('closed-within-chunks'),
    ends: NETWORK,
    webkit: { ends: CUT_OFF, because: ANY_END },
  },
  'chunks without the last one': {
    src: broken('closed-before-last-chunk'),
    ends: NETWORK,
    webkit: { ends: ENTRIES, because: ANY_END },
  },

  'status 204': { src: crossOrigin({ status: 204 }), ends: EMPTY },
  'status 304 without a conditional request': { src: broken('unexpected-304'), ends: http(304) },
  'status 401 with WWW-Authenticate': {
    src: crossOrigin({ status: 401, head: 'WWW-Authenticate: Basic realm="Dagboken"' }),
    ends: http(401, RESTRICTED, 'login'),
  },
  'status 403': { src: crossOrigin({ status: 403 }), ends: http(403, RESTRICTED, 'login') },
  'status 404': { src: crossOrigin({ status: 404 }), ends: http(404, PERMANENT, 'src') },
  'status 404 without a CORS header': { src: crossOriginWith({ status: 404 }), ends: NETWORK },
  'status 410': { src: crossOrigin({ status: 410 }), ends: http(410, PERMANENT, 'src') },
  'status 999': { src: broken('unknown-status'), ends: http(999) },
  ...Object.fromEntries(
    [408, 425, 429, 500, 503].map((status) => [
      `status ${status}`,
      { src: crossOrigin({ status }), ends: retried(status) },
    ]),
  ),

  'Retry-After in seconds': { src: sameOrigin({ status: 503, head: 'Retry-After: 3' }), ends: retried(503, 3000) },
  'Retry-After of another server that exposes it': {
    src: crossOrigin({ status: 429, head: 'Retry-After: 3\nAccess-Control-Expose-Headers: Retry-After' }),
    ends: retried(429, 3000),
  },
  'Retry-After of another server that doesn’t expose it': {
    src: crossOrigin({ status: 429, head: 'Retry-After: 600' }),
    ends: retried(429),
  },
  'Retry-After as a date, by a clock that is an hour slow': {
    src: sameOrigin({ status: 503, head: `Retry-After: ${inSeconds(-3597)}\nDate: ${inSeconds(-3600)}` }),
    ends: retried(503, 3000),
  },
  'Retry-After as a date in the past': {
    src: sameOrigin({ status: 503, head: `Retry-After: ${inSeconds(-60)}` }),
    ends: retried(503),
  },
  'Retry-After of 61 s': { src: sameOrigin({ status: 503, head: 'Retry-After: 61' }), ends: notRetried(503) },
  'Retry-After of 400 digits': {
    src: sameOrigin({ status: 503, head: `Retry-After: ${'9'.repeat(400)}` }),
    ends: notRetried(503),
  },
  ...Object.fromEntries(
    ['soon', '-30', '1.5'].map((value) => [
      `Retry-After: ${value}`,
      { src: sameOrigin({ status: 503, head: `Retry-After: ${value}` }), ends: retried(503) },
    ]),
  ),

  'a redirect on the page’s own server': { src: sameOrigin({ redirect: feedUrl({ items: 2 }) }), ends: ENTRIES },
  'a redirect to another server': {
    src: sameOrigin({ redirect: foreignFeedUrl({ items: 2, cors: 1 }) }),
    ends: ENTRIES,
  },
  'a redirect to another server without a CORS header': {
    src: sameOrigin({ redirect: foreignFeedUrl({ items: 2 }) }),
    ends: OWN_NETWORK,
  },
  'a redirect of another server back to the page’s own': {
    src: crossOrigin({ redirect: feedUrl({ items: 2 }) }),
    ends: NETWORK, // Fetch standard, HTTP-redirect fetch: the origin of the request is opaque from there on
  },
  'a redirect to itself': { src: sameOrigin({ redirect: 'self' }), ends: OWN_NETWORK },
  'a redirect to file:': { src: sameOrigin({ redirect: 'file:///etc/hostname' }), ends: OWN_NETWORK },
  'a redirect to javascript:': { src: sameOrigin({ redirect: 'javascript:alert(1)' }), ends: OWN_NETWORK },
  'a redirect to a URL with a password': {
    src: crossOrigin({ redirect: foreignFeedUrl({ items: 2, cors: 1 }).replace('//', '//eva:hemligt@') }),
    ends: NETWORK,
  },
  'a redirect to a login page': {
    src: sameOrigin({ redirect: feedUrl({ text: PAGE, type: 'text/html' }) }),
    ends: notAFeed('HTML page'),
  },

  'an HTML page': { src: sameOrigin({ text: PAGE, type: 'text/html' }), ends: notAFeed('HTML page') },
  'an empty body': { src: sameOrigin({ text: '' }), ends: EMPTY },
  'a wrong charset': { src: sameOrigin({ type: 'application/xml; charset=utf-16' }), ends: ENTRIES },
  'the content type text/html': { src: sameOrigin({ type: 'text/html' }), ends: ENTRIES },
  'Content-Disposition: attachment': {
    src: crossOrigin({ type: 'application/octet-stream', head: 'Content-Disposition: attachment' }),
    ends: ENTRIES,
  },

  'no CORS header': { src: crossOriginWith({}), ends: NETWORK },
  'a CORS header for this page': {
    src: crossOriginWith({}, `Access-Control-Allow-Origin: ${location.origin}`),
    ends: ENTRIES,
  },
  ...Object.fromEntries(
    ['https://kommun.example', 'null', `${location.origin}, https://kommun.example`, `${location.origin}/`, ''].map(
      (value) => [
        `Access-Control-Allow-Origin: ${value}`,
        { src: crossOriginWith({}, `Access-Control-Allow-Origin: ${value}`), ends: NETWORK },
      ],
    ),
  ),
  'two CORS headers': {
    src: crossOriginWith({}, `Access-Control-Allow-Origin: ${location.origin}`, 'Access-Control-Allow-Origin: *'),
    ends: NETWORK,
  },
  'a CORS header for the preflight only': { src: crossOriginWith({ preflight: 1 }), ends: NETWORK },
  'a CORS header that allows credentials': {
    src: crossOriginWith({}, 'Access-Control-Allow-Origin: *', 'Access-Control-Allow-Credentials: true'),
    ends: ENTRIES,
  },
};

const TEXTS = '[role=status] p:not(.visually-hidden), [part=retry]';

/** Outcome of a row. */
interface Outcome {
  id: string;
  ending: string;
  events: string[];
  /** Sentence and button, if no entries are shown. */
  texts: string[];
  isFallbackVisible: boolean;
  retryAfter: number | undefined;
  /** The `message` of `error`. */
  message: string | undefined;
  /** Requests after the end of the load. */
  retries: number;
  /** Milliseconds between a failed attempt and its retry. */
  waits: number[];
  /** Changes in the shadow root during the retries. */
  changes: number;
  /** Titles after a click on the button, when the server has recovered. */
  titlesAfterRecovery: string[];
  requests: ReceivedRequest[];
}

const outcomes = new Map<string, Outcome>();
/**
/**
 * Requests of this page: URL and time. A server sees fewer if the browser has too many open connections, and more if the
 * browser repeats a request.
 */
const calls: { url: string; time: number }[] = [];
const attemptsOf = (id: string): number[] =>
  calls.filter(({ url }) => new URL(url).searchParams.get('id') === id).map(({ time }) => time);
const sequences = new Map<string, Promise<void>>();
let lines: string[] = [];
const rejections: string[] = [];
addEventListener('unhandledrejection', ({ reason }) => rejections.push(String(reason)));

function sleep(delay: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delay));
}

type Queue = (act: () => Promise<void>) => Promise<void>;

/** Runs `count` functions at a time, in the order of the calls. */
function createQueue(count: number): Queue {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (act) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free--;
    try {
      await act();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}

function endingOf({ ends, webkit }: Row): Ending {
  return isWebKit && webkit ? webkit.ends : ends;
}

/** Describes the outcome of a row for the title of its test. */
function describeEnding(row: Row): string {
  const ending = endingOf(row);
  const because = isWebKit && row.webkit ? `; WebKitGTK ${row.webkit.because}` : '';
  if (Array.isArray(ending)) return `shows ${ending.join(', ')}${because}`;
  const retries = ending.retries === 0 ? 'isn’t retried' : 'is retried twice';
  return `ends as ${nameOf(ending)} and ${retries}${because}`;
}

function nameOf({ code, status }: { code: string; status?: number | undefined }): string {
  return status === undefined ? code : `${code} ${status}`;
}

async function observe(row: Row, enter: Queue): Promise<Outcome> {
  const id = uniqueId();
  const element = create({ src: row.src(id), timeout: row.timeout ?? LONG_TIMEOUT_MS });
  const events = recordEvents(element);
  await enter(async () => {
    const ended = nextEvent(element, 'loadend');
    appendToPage(element);
    await ended;
  });
  const { length } = attemptsOf(id);
  let changes = 0;
  const observer = new MutationObserver((records) => (changes += records.length));
  const watched = { subtree: true, childList: true, characterData: true, attributes: true };
  if (element.shadowRoot) observer.observe(element.shadowRoot, watched);

  const ending = endingOf(row);
  const expected = Array.isArray(ending) ? 0 : ending.retries;
  const limit = performance.now() + BOTH_RETRIES_MS;
  while (attemptsOf(id).length < length + expected && performance.now() < limit) await sleep(200);
  await sleep(expected > 0 ? SECOND_MS : FIRST_RETRY_MS);
  const attempts = attemptsOf(id);
  const requests = await requestsOf(id);
  observer.disconnect();
  const outcome: Outcome = {
    id,
    ending: element.error ? nameOf(element.error) : element.status,
    events: [...events],
    texts: textsOf(element, TEXTS),
    isFallbackVisible: isFallbackVisible(element),
    retryAfter: element.error?.retryAfter,
    message: element.error?.message,
    retries: attempts.length - length,
    waits: attempts.slice(length).map((time, index) => time - (attempts[length + index - 1] ?? Infinity)),
    changes,
    titlesAfterRecovery: [],
    requests,
  };
  await enter(async () => {
    await recover(id);
    const button = query(element, '[part=retry]');
    const loaded = button && nextEvent(element, 'loadend');
    button?.click();
    await loaded;
    outcome.titlesAfterRecovery = textsOf(element, '[part=link]');
  });
  element.remove();
  return outcome;
}

const titlesOf = (element: DiaryFeedElement): string[] => textsOf(element, '[part=link]');

/** Resolves when the server has received this number of requests with that id. */
async function waitForRequests(id: string, count: number): Promise<void> {
  while ((await requestsOf(id)).length < count) await sleep(50);
}

/** Sequences of failures and retries. */
const SEQUENCES: Record<string, () => Promise<void>> = {
  'shows the entries after two failures': async () => {
    const id = uniqueId();
    const element = create({ src: feedUrl({ items: 2, fails: 2, id }) });
    const names = recordEvents(element);
    const loaded = nextEvent(element, 'load');
    appendToPage(element);
    await loaded;
    await element.updateComplete;
    expect(names).to.deep.equal(['loadstart', 'error', 'loadend', 'loadstart', 'load', 'loadend']);
    expect(titlesOf(element)).to.deep.equal(ENTRIES);
    expect(await requestsOf(id)).to.have.lengthOf(3);
  },
  'sends no retry for a src that has changed': async () => {
    const id = uniqueId();
    const element = await mount({ src: feedUrl({ status: 503, id }) });
    element.src = feedUrl({ items: 2 });
    await sleep(FIRST_RETRY_MS);
    expect([element.status, (await requestsOf(id)).length]).to.deep.equal(['ready', 1]);
  },
  'sends two retries after each click on the retry button': async () => {
    const id = uniqueId();
    const element = await mount({ src: feedUrl({ status: 503, id }) });
    const ended = nextEvent(element, 'loadend');
    query(element, '[part=retry]')?.click();
    await ended;
    await waitForRequests(id, 4);
    await sleep(FIRST_RETRY_MS);
    expect(await requestsOf(id)).to.have.lengthOf(4);
  },
};

// Most of the time is waiting: all rows wait at the same time.
before(async function () {
  this.timeout(90 * SECOND_MS);
  const { fetch } = window;
  window.fetch = (input, init) => {
    const { url } = new Request(input);
    if (url.includes('/feed-server/feed?')) calls.push({ url, time: performance.now() });
    return fetch(input, init);
  };
  await mount({ src: feedUrl(FEED) }); // loads the feed parser, which `timeout` would include
  const enter = createQueue(CONNECTIONS);
  lines = await collectErrors(async () => {
    const rows = Object.entries(ROWS).map(async ([name, row]) => outcomes.set(name, await observe(row, enter)));
    const rowsHaveBegun = enter(() => Promise.resolve());
    for (const [name, run] of Object.entries(SEQUENCES)) sequences.set(name, rowsHaveBegun.then(run));
    await Promise.all(rows);
    await Promise.race([Promise.allSettled(sequences.values()), sleep(2 * BOTH_RETRIES_MS)]); // a sequence that hangs fails alone
  });
});

describe('network failures', () => {
  for (const [name, row] of Object.entries(ROWS)) {
    const ending = endingOf(row);
    it(`${describeEnding(row)}: ${name}`, () => {
      const outcome = outcomes.get(name);
      if (!outcome) throw new Error('not observed');
      const { id, message, waits, requests, ...rest } = outcome;
      const isShown = Array.isArray(ending);
      expect(rest).to.deep.equal({
        ending: isShown ? 'ready' : nameOf(ending),
        events: ['loadstart', isShown ? 'load' : 'error', 'loadend'],
        texts: isShown ? [] : [ending.sentence, 'Försök igen'],
        isFallbackVisible: !isShown,
        retryAfter: isShown ? undefined : ending.retryAfter,
        retries: isShown ? 0 : ending.retries,
        changes: 0,
        titlesAfterRecovery: isShown ? ending : ENTRIES,
      });
      const logged = lines.map(String).filter((line) => line.includes(id) || line === message);
      expect(logged).to.deep.equal(isShown ? [] : [message]);
      expect(requests).to.not.have.lengthOf(0);
      if (isShown) return;
      expect(message).to.match(/^diary-feed: [^\n]+ See troubleshooting\.md#[a-z-]+$/);
      expect(message?.endsWith(`#${ending.code}`)).to.equal(true);
      expect(message).to.include(ending.fact ?? '');
      for (const [index, wait] of waits.entries()) {
        expect(wait).to.be.at.least(Math.max(ending.retryAfter ?? 0, RETRY_DELAYS_MS[index] ?? Infinity));
      }
    });
  }

  it('sends simple requests without data about the visitor', () => {
    const requests = [...outcomes.values()].flatMap((outcome) => outcome.requests);
    const names = new Set(requests.flatMap(({ headers }) => Object.keys(headers)));
    expect([...new Set(requests.map(({ method }) => method))]).to.deep.equal(['GET']);
    expect(['cookie', 'authorization', 'referer'].filter((name) => names.has(name))).to.deep.equal([]);
  });

  it('leaves no unhandled rejection', () => {
    expect(rejections).to.deep.equal([]);
  });
});

describe('sequences of failures', () => {
  for (const name of Object.keys(SEQUENCES)) it(name, () => sequences.get(name));
});
