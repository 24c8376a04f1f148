import { expect } from 'chai';
import type { DiaryFeedElement, FeedErrorCode } from '../src/index.js';
import { errorsOf } from './support/console.js';
import { create, eventOf, isFallbackShown, mount, one, place, recordEvents, textsOf } from './support/element.js';
import {
  feedUrl,
  foreignFeedUrl,
  heal,
  openGate,
  requestsOf,
  uniqueId,
  type Answer,
  type SeenRequest,
} from './support/server.js';

const ENTRIES = ['Inlägg 2', 'Inlägg 1'];

const PASSING = 'Det gick inte att hämta inläggen just nu.';
const LASTING = 'Inläggen kan inte visas här just nu.';
const RESTRICTED = 'Inläggen kräver inloggning och kan inte visas här.';

/** How a load ends that has failed. */
interface Failure {
  code: FeedErrorCode;
  status?: number;
  sentence: string;
  /** Part of the message on the console, in addition to code and status. */
  fact?: string;
  /** `FeedError.retryAfter` */
  retryAfter?: number | undefined;
  retries: number;
}

/** What is shown of it, or how it has failed. */
type Ending = string[] | Failure;

interface Row {
  src: (id: string) => string;
  timeout?: number;
  ends: Ending;
  /** WebKitGTK's own ending, and why. */
  webkit?: { ends: Ending; because: string };
}

const SECOND = 1000;
/** Rows that stand still are given up after this, the least that `timeout` takes. */
const BRIEF = SECOND;
/** Firefox asks ten times, a tenth of a second apart, where a connection is reset. */
const PATIENT = 9 * SECOND;
/** Shortest waits before the first and the second retry. The longest are half as long again. */
const RETRY_DELAYS = [2 * SECOND, 8 * SECOND];
/** No first retry waits longer. */
const FIRST_RETRY = 3.2 * SECOND;
/** Both retries come within 17 s, and later if the browser queues requests: only a row that fails waits for so long. */
const BOTH_RETRIES = 30 * SECOND;
/** Connections to one server at one time; browsers let further ones wait, and `timeout` counts that. */
const CONNECTIONS = 3;

const isWebKit = !/Firefox|Chrome/.test(navigator.userAgent);

const FEED = { items: 2 };
/** On the page's own server. */
const here = (answer: Answer) => (id: string) => feedUrl({ ...('text' in answer ? {} : FEED), ...answer, id });
/** On another server, readable for any page. */
const there = (answer: Answer) => (id: string) => foreignFeedUrl({ ...FEED, cors: 1, ...answer, id });
/** On another server, with these header fields at most. */
const bare =
  (answer: Answer, ...head: string[]) =>
  (id: string) =>
    foreignFeedUrl({ ...FEED, ...answer, ...(head.length > 0 && { head: head.join('\n') }), id });
const fault = (name: string) => there({ fault: name });

/** A failure without a cause that the page may know. It is tried again when the browser fires `online`. */
const NETWORK: Failure = { code: 'network', sentence: PASSING, fact: 'Access-Control-Allow-Origin', retries: 0 };
const OWN_NETWORK: Failure = { ...NETWORK, fact: 'own server' };
const TIMEOUT: Failure = { code: 'timeout', sentence: PASSING, fact: '1000 ms', retryAfter: 0, retries: 2 };
const TOO_LARGE: Failure = { code: 'too-large', sentence: LASTING, fact: '10 MB', retries: 0 };

function notAFeed(fact: string): Failure {
  return { code: 'not-a-feed', sentence: LASTING, fact, retries: 0 };
}
const EMPTY = notAFeed('empty');
const BEGINNING = notAFeed('cut off');

function http(status: number, sentence = LASTING, fact = String(status)): Failure {
  return { code: 'http', status, sentence, fact, retries: 0 };
}

/** A status that is tried again, after `retryAfter` milliseconds at the earliest. */
function passing(status: number, retryAfter = 0): Failure {
  return { ...http(status, PASSING), retryAfter, retries: 2 };
}

/** The same, if the server asks for more patience than a visitor has. */
function lasting(status: number): Failure {
  return { ...passing(status), retryAfter: undefined, retries: 0 };
}

const ANY_END = 'takes the end of the connection for the end of the answer';

const PAGE = '<!DOCTYPE html><html lang="sv"><title>Logga in</title><form><input type="password"></form></html>';
const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * SECOND).toUTCString();

const ROWS: Record<string, Row> = {
  'a host that closes the connection': { src: fault('closed-before-headers'), ends: NETWORK },
  'a reset before the headers': { src: fault('reset-before-headers'), ends: NETWORK },
  'a reset on the page’s own server': { src: here({ reset: 1 }), ends: OWN_NETWORK },
  'a stall before the headers': { src: fault('stalled-before-headers'), timeout: BRIEF, ends: TIMEOUT },
  'a connection that closes within the headers': { src: fault('closed-within-headers'), ends: NETWORK },
  'a reset within the headers': { src: fault('reset-within-headers'), ends: NETWORK },
  'a stall within the headers': { src: fault('stalled-within-headers'), timeout: BRIEF, ends: TIMEOUT },
  'slow headers': { src: fault('slow-headers'), ends: ENTRIES },
  'headers without end': { src: fault('endless-headers'), timeout: BRIEF, ends: TIMEOUT },
  'a megabyte of headers': { src: fault('huge-headers'), ends: NETWORK },
  'a content type with 200,000 spaces before its charset': {
    src: fault('spaces-before-charset'),
    ends: ENTRIES,
    webkit: { ends: NETWORK, because: 'accepts 64 kB of headers' },
  },
  'a content type with thousands of charsets': { src: fault('many-charsets'), ends: ENTRIES },
  'two content types': { src: fault('two-content-types'), ends: ENTRIES },
  'no content type': { src: fault('no-content-type'), ends: ENTRIES },
  'a charset in Swedish letters': { src: fault('letters-in-charset'), ends: ENTRIES },
  'a header without a colon': { src: fault('no-header'), ends: ENTRIES },
  'Location, Refresh and Link headers of status 200': { src: fault('location-without-redirect'), ends: ENTRIES },
  'another protocol': { src: fault('no-http'), ends: NETWORK },

  'a connection that closes within the body': {
    src: fault('closed-within-body'),
    ends: NETWORK,
    webkit: { ends: BEGINNING, because: ANY_END },
  },
  'a reset within the body': { src: fault('reset-within-body'), ends: NETWORK },
  'a stall within the body': { src: fault('stalled-within-body'), timeout: BRIEF, ends: TIMEOUT },
  'a slow body': { src: fault('slow-body'), ends: ENTRIES },
  'a body that drips without end': { src: fault('dripping-body'), timeout: BRIEF, ends: TIMEOUT },
  'a body that pours without end': { src: there({ endless: 1 }), ends: TOO_LARGE },
  'a body that says that it is too large': { src: there({ size: 10_000_001 }), ends: TOO_LARGE },

  'no length': { src: fault('no-length'), ends: ENTRIES },
  'a length that is too short': { src: fault('short-length'), ends: ['Inlägg 1'] },
  'a length of nothing': { src: fault('zero-length'), ends: EMPTY },
  'a length that is too long': {
    src: fault('long-length'),
    ends: NETWORK,
    webkit: { ends: ENTRIES, because: ANY_END },
  },
  'two lengths': {
    src: fault('two-lengths'),
    ends: NETWORK,
    webkit: { ends: notAFeed(''), because: 'believes the last length' },
  },

  'a length beyond every number': { src: fault('endless-length'), ends: TOO_LARGE },
  'a negative length': { src: fault('negative-length'), ends: ENTRIES },
  'a length in letters': {
    src: fault('length-in-letters'),
    ends: ENTRIES,
    webkit: { ends: NETWORK, because: 'rejects such a response' },
  },

  'gzip as it should be': { src: fault('gzip'), ends: ENTRIES },
  'gzip that breaks off': { src: fault('cut-gzip'), ends: BEGINNING },
  'gzip that breaks off, of the right length': { src: fault('cut-gzip-by-length'), ends: BEGINNING },
  'gzip that breaks off behind whole entries': {
    src: there({ fault: 'cut-gzip', items: 20 }),
    ends: ['Inlägg 9', 'Inlägg 8', 'Inlägg 7', 'Inlägg 6', 'Inlägg 5'],
  },
  'gzip that is none': {
    src: fault('false-gzip'),
    ends: NETWORK,
    webkit: { ends: ENTRIES, because: 'gives bytes that are no gzip as they are' },
  },
  'brotli that is none': { src: fault('false-brotli'), ends: NETWORK },
  'gzip that is not said to be': { src: fault('unsaid-gzip'), ends: notAFeed('without markup') },
  'an encoding that nobody knows': { src: fault('unknown-encoding'), ends: ENTRIES },

  'chunks that break off': {
    src: fault('closed-within-chunks'),
    ends: NETWORK,
    webkit: { ends: BEGINNING, because: ANY_END },
  },
  'chunks without the last': {
    src: fault('closed-before-last-chunk'),
    ends: NETWORK,
    webkit: { ends: ENTRIES, because: ANY_END },
  },
  'a false size of a chunk': {
    src: fault('false-chunk-size'),
    ends: NETWORK,
    webkit: { ends: BEGINNING, because: 'takes what is no size for the end' },
  },
  'chunks that are none': { src: fault('false-chunked'), ends: NETWORK },

  'status 204': { src: there({ status: 204 }), ends: EMPTY },
  'status 204 with a body': { src: fault('body-of-204'), ends: EMPTY },
  'status 304 that nobody asked for': { src: fault('unasked-304'), ends: http(304) },
  'status 400': { src: there({ status: 400 }), ends: http(400) },
  'status 401 with a call for a password': {
    src: there({ status: 401, head: 'WWW-Authenticate: Basic realm="Dagboken"' }),
    ends: http(401, RESTRICTED, 'login'),
  },
  'status 401 on the page’s own server': {
    src: here({ status: 401, head: 'WWW-Authenticate: Basic realm="Dagboken"' }),
    ends: http(401, RESTRICTED, 'login'),
  },
  'status 403': {
    src: there({ status: 403 }),
    ends: http(403, RESTRICTED, 'login'),
  },
  'status 404': { src: there({ status: 404 }), ends: http(404, LASTING, 'src') },
  'status 404 without words': { src: fault('no-reason'), ends: http(404) },
  'status 404 without a CORS header': { src: bare({ status: 404 }), ends: NETWORK },
  'status 410': { src: there({ status: 410 }), ends: http(410, LASTING, 'src') },
  'status 999, which is no status': { src: fault('unknown-status'), ends: http(999) },
  'status 503 without a CORS header': { src: bare({ status: 503 }), ends: NETWORK },
  ...Object.fromEntries(
    [408, 425, 429, 500, 501, 502, 503, 504].map((status) => [
      `status ${status}`,
      { src: there({ status }), ends: passing(status) },
    ]),
  ),
  'status 503 on the page’s own server': { src: here({ status: 503 }), ends: passing(503) },

  'Retry-After in seconds': { src: here({ status: 503, head: 'Retry-After: 3' }), ends: passing(503, 3000) },
  'Retry-After of another server that shows it': {
    src: there({ status: 429, head: 'Retry-After: 3\nAccess-Control-Expose-Headers: Retry-After' }),
    ends: passing(429, 3000),
  },
  'Retry-After of another server that hides it': {
    src: there({ status: 429, head: 'Retry-After: 600' }),
    ends: passing(429),
  },
  'Retry-After as a date, by a clock that is an hour slow': {
    src: here({ status: 503, head: `Retry-After: ${inSeconds(-3597)}\nDate: ${inSeconds(-3600)}` }),
    ends: passing(503, 3000),
  },
  'Retry-After that is over': {
    src: here({ status: 503, head: `Retry-After: ${inSeconds(-60)}` }),
    ends: passing(503),
  },
  'Retry-After of a minute and a second': {
    src: here({ status: 503, head: 'Retry-After: 61' }),
    ends: lasting(503),
  },
  'Retry-After that is years away': {
    src: here({ status: 503, head: 'Retry-After: Fri, 01 Jan 2100 00:00:00 GMT' }),
    ends: lasting(503),
  },
  'Retry-After beyond every number': {
    src: here({ status: 503, head: `Retry-After: ${'9'.repeat(400)}` }),
    ends: lasting(503),
  },
  'Retry-After with 60,000 digits': { src: fault('digits-in-retry-after'), ends: lasting(503) },
  'Retry-After with 60,000 spaces': { src: fault('spaces-in-retry-after'), ends: passing(503) },
  ...Object.fromEntries(
    ['soon', '-30', '', '1.5', '3, 600', '0x40'].map((value) => [
      `Retry-After: ${value || 'nothing'}`,
      { src: here({ status: 503, head: `Retry-After: ${value}` }), ends: passing(503) },
    ]),
  ),

  'a redirect on the page’s own server': { src: here({ redirect: feedUrl({ items: 2 }) }), ends: ENTRIES },
  'a redirect to another server': { src: here({ redirect: foreignFeedUrl({ items: 2, cors: 1 }) }), ends: ENTRIES },
  'a redirect to another server without a CORS header': {
    src: here({ redirect: foreignFeedUrl({ items: 2 }) }),
    ends: OWN_NETWORK,
  },
  'a redirect of another server': { src: there({ redirect: foreignFeedUrl({ items: 2, cors: 1 }) }), ends: ENTRIES },
  'a redirect of another server without a CORS header': {
    src: bare({ redirect: foreignFeedUrl({ items: 2, cors: 1 }) }),
    ends: NETWORK,
  },
  'a redirect of another server back to the page’s own': {
    src: there({ redirect: feedUrl({ items: 2 }) }),
    ends: NETWORK, // the way there has made the page a stranger at home (Fetch, HTTP-redirect fetch)
  },
  'a redirect to itself': { src: here({ redirect: 'self' }), ends: OWN_NETWORK },
  'a redirect to a file': { src: here({ redirect: 'file:///etc/hostname' }), ends: OWN_NETWORK },
  'a redirect to data': { src: here({ redirect: 'data:application/rss+xml,<rss/>' }), ends: OWN_NETWORK },
  'a redirect to a program': { src: here({ redirect: 'javascript:alert(1)' }), ends: OWN_NETWORK },
  'a redirect to a password': {
    src: there({ redirect: foreignFeedUrl({ items: 2, cors: 1 }).replace('//', '//eva:hemligt@') }),
    ends: NETWORK,
  },
  'a redirect without a Location header': { src: fault('redirect-without-location'), ends: http(302) },
  'a redirect with two Location headers': { src: fault('two-locations'), ends: NETWORK },
  'a redirect to nothing': { src: here({ redirect: 'http://[' }), ends: OWN_NETWORK },
  'a redirect to a login': {
    src: here({ redirect: feedUrl({ text: PAGE, type: 'text/html' }) }),
    ends: notAFeed('HTML page'),
  },

  'a page': { src: here({ text: PAGE, type: 'text/html' }), ends: notAFeed('HTML page') },
  JSON: { src: here({ text: '{"items":[]}' }), ends: notAFeed('JSON') },
  nothing: { src: here({ text: '' }), ends: EMPTY },
  'white space': { src: here({ text: ' \r\n\t\n' }), ends: EMPTY },
  'a charset that is not the feed’s': { src: here({ type: 'application/xml; charset=utf-16' }), ends: ENTRIES },
  'a charset that nobody knows': { src: here({ type: 'application/xml; charset=klingon' }), ends: ENTRIES },
  'a feed that is said to be a page': { src: here({ type: 'text/html' }), ends: ENTRIES },
  'a feed to be kept as a file': {
    src: there({ type: 'application/octet-stream', head: 'Content-Disposition: attachment' }),
    ends: ENTRIES,
  },

  'no CORS header': { src: bare({}), ends: NETWORK },
  'a CORS header for this page': { src: bare({}, `Access-Control-Allow-Origin: ${location.origin}`), ends: ENTRIES },
  ...Object.fromEntries(
    [
      'https://kommun.example',
      'null',
      '*, *',
      `${location.origin}, https://kommun.example`,
      location.origin.replace('http:', 'https:'),
      location.origin.replace(/\d$/, ''),
      `${location.origin}/`,
      location.origin.toUpperCase(),
      'http://*',
      '"*"',
      '',
    ].map((value) => [
      `a CORS header for ${value || 'nobody'}`,
      { src: bare({}, `Access-Control-Allow-Origin: ${value}`), ends: NETWORK },
    ]),
  ),
  'the same CORS header twice': {
    src: bare({}, 'Access-Control-Allow-Origin: *', 'Access-Control-Allow-Origin: *'),
    ends: NETWORK,
  },
  'two CORS headers': {
    src: bare({}, `Access-Control-Allow-Origin: ${location.origin}`, 'Access-Control-Allow-Origin: *'),
    ends: NETWORK,
  },
  'a CORS header for the preflight only': { src: bare({ preflight: 1 }), ends: NETWORK },
  'a CORS header that allows cookies too': {
    src: bare({}, 'Access-Control-Allow-Origin: *', 'Access-Control-Allow-Credentials: true'),
    ends: ENTRIES,
  },
};

const TEXTS = '[role=status] p, [part=retry]';

/** What became of a row. */
interface Outcome {
  id: string;
  ending: string;
  events: string[];
  /** What is shown without entries: the sentence and the button. */
  texts: string[];
  isFallbackShown: boolean;
  retryAfter: number | undefined;
  /** The `message` of `error`. */
  message: string | undefined;
  /** Requests after the end of the load. */
  retries: number;
  /** Milliseconds between a failed attempt and its retry. */
  waits: number[];
  /** Changes of what is shown while the retries ran. */
  changes: number;
  /** What the button shows when the fault is gone. */
  healed: string[];
  requests: SeenRequest[];
}

const outcomes = new Map<string, Outcome>();
/**
 * Requests of this page: their URL and when they were made. A server sees fewer if a browser has too many open connections, and
 * more if a browser asks again by itself.
 */
const calls: { url: string; time: number }[] = [];
const attemptsOf = (id: string): number[] =>
  calls.filter(({ url }) => new URL(url).searchParams.get('id') === id).map(({ time }) => time);
const stories = new Map<string, Promise<void>>();
let lines: string[] = [];
const rejections: string[] = [];
addEventListener('unhandledrejection', ({ reason }) => rejections.push(String(reason)));

function sleep(delay: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delay));
}

type Turnstile = (act: () => Promise<void>) => Promise<void>;

/** Lets so many run at one time, in the order in which they ask. */
function createTurnstile(count: number): Turnstile {
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

/** How a row ends, for its test's name: the names are the table. */
function describeEnding(row: Row): string {
  const ending = endingOf(row);
  const because = isWebKit && row.webkit ? `; WebKitGTK ${row.webkit.because}` : '';
  if (Array.isArray(ending)) return `shows ${ending.join(', ')}${because}`;
  const retries = ending.retries === 0 ? 'is not tried again' : 'is tried again twice';
  return `ends as ${nameOf(ending)} and ${retries}${because}`;
}

function nameOf({ code, status }: { code: string; status?: number | undefined }): string {
  return status === undefined ? code : `${code} ${status}`;
}

async function observe(row: Row, enter: Turnstile): Promise<Outcome> {
  const id = uniqueId();
  const element = create({ src: row.src(id), timeout: row.timeout ?? PATIENT });
  const events = recordEvents(element);
  await enter(async () => {
    const ended = eventOf(element, 'loadend');
    place(element);
    await ended;
  });
  const { length } = attemptsOf(id);
  let changes = 0;
  const observer = new MutationObserver((records) => (changes += records.length));
  const watched = { subtree: true, childList: true, characterData: true, attributes: true };
  if (element.shadowRoot) observer.observe(element.shadowRoot, watched);

  const ending = endingOf(row);
  const expected = Array.isArray(ending) ? 0 : ending.retries;
  const limit = performance.now() + BOTH_RETRIES;
  while (attemptsOf(id).length < length + expected && performance.now() < limit) await sleep(200);
  await sleep(expected > 0 ? SECOND : FIRST_RETRY);
  const attempts = attemptsOf(id);
  const requests = await requestsOf(id);
  observer.disconnect();
  const outcome: Outcome = {
    id,
    ending: element.error ? nameOf(element.error) : element.status,
    events: [...events],
    texts: textsOf(element, TEXTS),
    isFallbackShown: isFallbackShown(element),
    retryAfter: element.error?.retryAfter,
    message: element.error?.message,
    retries: attempts.length - length,
    waits: attempts.slice(length).map((time, index) => time - (attempts[length + index - 1] ?? Infinity)),
    changes,
    healed: [],
    requests,
  };
  await enter(async () => {
    await heal(id);
    const button = one(element, '[part=retry]');
    const loaded = button && eventOf(element, 'loadend');
    button?.click();
    await loaded;
    outcome.healed = textsOf(element, '[part=link]');
  });
  element.remove();
  return outcome;
}

const OUTDATED = 'Det gick inte att hämta nya inlägg. Listan kan vara inaktuell.';
const titlesOf = (element: DiaryFeedElement): string[] => textsOf(element, '[part=link]');

/** Ends when the server has seen so many requests with that id. */
async function asked(id: string, count: number): Promise<void> {
  while ((await requestsOf(id)).length < count) await sleep(50);
}

/** Reloads an element with entries, checks that it keeps them if that fails, and that it recovers. */
async function failToReload(answer: Answer, recovers: 'automatically' | 'on click', timeout = PATIENT): Promise<void> {
  const id = uniqueId();
  const element = await mount({ src: there({ ...answer, good: 1 })(id), timeout: PATIENT });
  expect(titlesOf(element)).to.deep.equal(ENTRIES);
  element.timeout = timeout;
  await element.reload();
  expect([element.status, element.feed?.entries.length]).to.deep.equal(['failed', 2]);
  expect(titlesOf(element)).to.deep.equal(ENTRIES);
  expect(textsOf(element, '[role=status]')).to.deep.equal([OUTDATED]);
  expect(isFallbackShown(element)).to.equal(false);
  const { length } = await requestsOf(id);
  const loaded = eventOf(element, 'load');
  if (recovers === 'automatically') {
    await asked(id, length + 1); // the first retry fails, too: nothing changes
    expect(textsOf(element, '[role=status]')).to.deep.equal([OUTDATED]);
    await heal(id);
  } else {
    await sleep(FIRST_RETRY);
    expect(await requestsOf(id)).to.have.lengthOf(length);
    await heal(id);
    one(element, '[part=retry]')?.click();
  }
  await loaded;
  expect([element.status, ...titlesOf(element)]).to.deep.equal(['ready', ...ENTRIES]);
}

/** Sequences of failures and retries. */
const STORIES: Record<string, () => Promise<void>> = {
  'fails twice and then works': async () => {
    const id = uniqueId();
    const element = create({ src: feedUrl({ items: 2, fails: 2, id }) });
    const names = recordEvents(element);
    const loaded = eventOf(element, 'load');
    place(element);
    await loaded;
    await element.updateComplete;
    expect(names).to.deep.equal(['loadstart', 'error', 'loadend', 'loadstart', 'load', 'loadend']);
    expect(titlesOf(element)).to.deep.equal(ENTRIES);
    expect(await requestsOf(id)).to.have.lengthOf(3);
  },
  'responds to an old request after a newer one': async () => {
    const [gate, id] = [uniqueId(), uniqueId()];
    const element = create({ src: feedUrl({ items: 1, gate, id }) });
    place(element);
    await asked(id, 1);
    const loaded = eventOf(element, 'load');
    element.src = feedUrl({ items: 2 });
    await loaded;
    await openGate(gate);
    await sleep(FIRST_RETRY);
    expect(titlesOf(element)).to.deep.equal(ENTRIES);
  },
  'gets no retry for a src that has changed': async () => {
    const id = uniqueId();
    const element = await mount({ src: feedUrl({ status: 503, id }) });
    element.src = feedUrl({ items: 2 });
    await sleep(FIRST_RETRY);
    expect([element.status, (await requestsOf(id)).length]).to.deep.equal(['ready', 1]);
  },
  'gets two retries after each click on the retry button': async () => {
    const id = uniqueId();
    const element = await mount({ src: feedUrl({ status: 503, id }) });
    const ended = eventOf(element, 'loadend');
    one(element, '[part=retry]')?.click();
    await ended;
    await asked(id, 4);
    await sleep(FIRST_RETRY);
    expect(await requestsOf(id)).to.have.lengthOf(4);
  },
  'fails a reload with 503': () => failToReload({ status: 503 }, 'automatically'),
  'breaks the connection of a reload': () => failToReload({ fault: 'reset-before-headers' }, 'on click'),
  'fails a reload with 404': () => failToReload({ status: 404 }, 'on click'),
  'stalls during a reload': () => failToReload({ fault: 'stalled-within-body' }, 'automatically', BRIEF),
  'cuts off a reload within its first entry': () => failToReload({ fault: 'cut-gzip' }, 'on click'),
};

// most of it is waiting: all wait at the same time
before(async function () {
  this.timeout(90 * SECOND);
  const { fetch } = window;
  window.fetch = (input, init) => {
    const { url } = new Request(input);
    if (url.includes('/feed-server/feed?')) calls.push({ url, time: performance.now() });
    return fetch(input, init);
  };
  await mount({ src: feedUrl(FEED) }); // the part that reads has come: `timeout` would count that too
  const enter = createTurnstile(CONNECTIONS);
  lines = await errorsOf(async () => {
    const rows = Object.entries(ROWS).map(async ([name, row]) => outcomes.set(name, await observe(row, enter)));
    const rowsHaveBegun = enter(() => Promise.resolve());
    for (const [name, run] of Object.entries(STORIES)) stories.set(name, rowsHaveBegun.then(run));
    await Promise.all(rows);
    await Promise.race([Promise.allSettled(stories.values()), sleep(2 * BOTH_RETRIES)]); // one that hangs fails alone
  });
});

describe('each fault of a network', () => {
  for (const [name, row] of Object.entries(ROWS)) {
    const ending = endingOf(row);
    it(`${name}: ${describeEnding(row)}`, () => {
      const outcome = outcomes.get(name);
      if (!outcome) throw new Error('not observed');
      const { id, message, waits, requests, ...rest } = outcome;
      const isShown = Array.isArray(ending);
      expect(rest).to.deep.equal({
        ending: isShown ? 'ready' : nameOf(ending),
        events: ['loadstart', isShown ? 'load' : 'error', 'loadend'],
        texts: isShown ? [] : [ending.sentence, 'Försök igen'],
        isFallbackShown: !isShown,
        retryAfter: isShown ? undefined : ending.retryAfter,
        retries: isShown ? 0 : ending.retries,
        changes: 0,
        healed: isShown ? ending : ENTRIES,
      });
      const logged = lines.map(String).filter((line) => line.includes(id) || line === message);
      expect(logged).to.deep.equal(isShown ? [] : [message]);
      expect(requests).to.not.have.lengthOf(0);
      if (isShown) return;
      expect(message).to.match(/^diary-feed: [^\n]+ See troubleshooting\.md#[a-z-]+$/);
      expect(message?.endsWith(`#${ending.code}`)).to.equal(true);
      expect(message).to.include(ending.fact ?? '');
      for (const [index, wait] of waits.entries()) {
        expect(wait).to.be.at.least(Math.max(ending.retryAfter ?? 0, RETRY_DELAYS[index] ?? Infinity));
      }
    });
  }

  it('is met with simple requests that say nothing of the visitor', () => {
    const requests = [...outcomes.values()].flatMap((outcome) => outcome.requests);
    const told = new Set(requests.flatMap(({ headers }) => Object.keys(headers)));
    expect([...new Set(requests.map(({ method }) => method))]).to.deep.equal(['GET']);
    expect(['cookie', 'authorization', 'referer'].filter((name) => told.has(name))).to.deep.equal([]);
  });

  it('leaves no rejection unhandled', () => {
    expect(rejections).to.deep.equal([]);
  });
});

describe('a server that', () => {
  for (const name of Object.keys(STORIES)) it(name, () => stories.get(name));
});

describe('a browser without a network', () => {
  it('is reported as such, and the load is tried again when the browser fires online, not before', async () => {
    const ids = [uniqueId(), uniqueId()] as const;
    const src = (id: string, good: number): string => foreignFeedUrl({ fault: 'reset-before-headers', good, id });
    const held = await mount({ src: src(ids[0], 1) });
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
    const fresh = create({ src: src(ids[1], 0) });
    const told = await errorsOf(async () => {
      const ended = eventOf(fresh, 'loadend');
      place(fresh);
      await Promise.all([ended, held.reload()]);
    });
    expect(told).to.have.lengthOf(2);
    for (const line of told) expect(line).to.match(/^diary-feed: .*offline.* See troubleshooting\.md#network$/);
    expect(textsOf(fresh, '[role=status]')).to.deep.equal([
      'Det gick inte att hämta inläggen. Du verkar sakna internetanslutning.',
    ]);
    expect(textsOf(held, '[role=status]')).to.deep.equal([OUTDATED]);
    const before = await Promise.all(ids.map(requestsOf));
    await sleep(FIRST_RETRY);
    const after = await Promise.all(ids.map(requestsOf));
    expect(after.map(({ length }) => length)).to.deep.equal(before.map(({ length }) => length));

    await Promise.all(ids.map(heal));
    Reflect.deleteProperty(navigator, 'onLine');
    const loaded = [held, fresh].map((element) => eventOf(element, 'load'));
    dispatchEvent(new Event('online'));
    await Promise.all(loaded);
    expect([titlesOf(held), titlesOf(fresh)]).to.deep.equal([ENTRIES, ENTRIES]);
  });
});
