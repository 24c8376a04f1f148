import { failToImport, FeedError, isPassing } from './errors.js';
import { MAX_BYTES } from './limits.js';
import type { Feed } from './model.js';
import { readEntries, type FeedOutline } from './outline.js';
import { inSlices } from './slices.js';
import { httpUrl } from './url.js';

/** How a feed is fetched. */
export interface LoadOptions {
  /** Gives up; the promise rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Milliseconds for headers and body together, 10,000 unless told; one that joins a load shares its clock. */
  timeout?: number;
  /** As `fetch` knows it; `no-cache` asks the server whether a cached answer is still good. */
  cache?: 'default' | 'no-cache' | 'reload' | 'no-store' | 'force-cache' | 'only-if-cached';
}

interface SharedLoad {
  outline: Promise<FeedOutline>;
  users: number;
  giveUp: () => void;
}

/** Longest wait, in milliseconds, that a server can ask for; who would wait longer has left the page. */
const MAX_RETRY_AFTER = 60_000;

/** What the console has been told of pages that announce a feed: once is enough. */
const told = new Set<string>();

/** Loads under way: elements that ask for one address at one time share one request and one reading. */
const underWay = new Map<string, SharedLoad>();

/**
 * Fetches a feed and reads it. The request carries no cookies, no referrer and no header of our own, so that it needs
 * no preflight. Equal loads that are under way at the same time are one. Where an HTML page comes that announces a feed, that
 * is fetched in the same way, within the same time; the console is told once.
 *
 * @param url An absolute `http:` or `https:` address.
 * @throws {FeedError} With any code.
 */
export async function loadFeed(url: string, options: LoadOptions = {}): Promise<Feed> {
  if (!httpUrl(url)) throw new FeedError('bad-url', `"${url}" is no whole address of http: or https:.`);
  const outline = await loadOutline(url, options);
  return inSlices(readEntries(outline), options.signal);
}

/** As {@link loadFeed}; of entries that are not needed no more is read than their order takes. */
export function loadOutline(
  url: string,
  { signal, timeout = 10_000, cache = 'default' }: LoadOptions = {},
): Promise<FeedOutline> {
  if (signal?.aborted) return Promise.reject(reasonOf(signal));
  const key = `${cache} ${timeout} ${url}`;
  const load = underWay.get(key) ?? startLoad(key, url, timeout, cache);
  load.users++;
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      load.users--;
      if (load.users === 0) {
        if (underWay.get(key) === load) underWay.delete(key);
        load.giveUp();
      }
      if (signal) reject(reasonOf(signal));
    };
    signal?.addEventListener('abort', leave, { once: true });
    load.outline.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave));
  });
}

/** Whatever the caller gave as its reason; `fetch` does the same. */
function reasonOf(signal: AbortSignal): Error {
  return signal.reason as Error;
}

function startLoad(key: string, url: string, timeout: number, cache: RequestCache): SharedLoad {
  let abort = new AbortController();
  const end = performance.now() + timeout;
  const outline = fetchOutline(url, { timeout, end, cache, abort })
    .catch((error: unknown) => {
      if (!(error instanceof FeedError && error.announced) || load.users === 0) throw error;
      if (!told.has(error.message)) console.warn(error.message);
      told.add(error.message);
      abort = new AbortController();
      return fetchOutline(error.announced, { timeout, end, cache, abort });
    })
    .finally(() => {
      if (underWay.get(key) === load) underWay.delete(key);
    });
  const load: SharedLoad = { outline, users: 0, giveUp: () => abort.abort() };
  underWay.set(key, load);
  return load;
}

/** How one address is fetched: of `timeout`, the whole of a load's time, `end` is when. */
interface Attempt {
  timeout: number;
  end: number;
  cache: RequestCache;
  abort: AbortController;
}

async function fetchOutline(url: string, { timeout, end, cache, abort }: Attempt): Promise<FeedOutline> {
  // the reader comes while the feed is on its way; the module as a whole, for where its function alone is handed on V8 keeps
  // the last feed in memory (test/full/memory.test.mjs)
  const reader = import('./read.js').catch(failToImport('reads feeds'));
  const gaveUp = givenUp(abort.signal);
  for (const failure of [reader, gaveUp]) failure.catch(() => undefined); // where nobody is left to hear of it
  const timer = setTimeout(() => {
    const explanation = `${url} did not answer in full within ${timeout} ms. Is it slow? See the timeout attribute.`;
    abort.abort(new FeedError('timeout', explanation));
  }, end - performance.now());
  try {
    const response = await fetchAnswer(url, cache, abort.signal);
    const { outlineFeed } = await Promise.race([reader, gaveUp]);
    const source = { contentType: response.headers.get('content-type'), url: response.url || url };
    const body = takeBody(response, url, abort.signal, gaveUp);
    // its end, or what is wrong with it, is known before what has come is read
    body.whole.finally(() => clearTimeout(timer)).catch((error: unknown) => abort.abort(error));
    const chunks = body.chunks();
    return { ...(await outlineFeed(chunks, source, abort.signal)), addresses: [url] };
  } catch (error) {
    abort.abort(error); // what still comes is of no use
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function fetchAnswer(url: string, cache: RequestCache, signal: AbortSignal): Promise<Response> {
  const violation = watchPolicy(url);
  try {
    const response = await fetch(url, { cache, credentials: 'omit', referrerPolicy: 'no-referrer', signal });
    if (response.ok) return response;
    throw httpError(url, response);
  } catch (cause) {
    if (cause instanceof FeedError) throw cause;
    if (signal.aborted) throw reasonOf(signal);
    throw (await violation.happened()) ? policyError(url, cause) : networkError(url, cause);
  } finally {
    violation.stop();
  }
}

/** Rejects when the load is given up: not all that a platform fetches or unpacks can be aborted. */
function givenUp(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(reasonOf(signal)), { once: true }));
}

/**
 * Takes a body in as fast as it comes, however long it takes to read. `whole` ends with it, or rejects: with `too-large` as
 * soon as that is known. `chunks` gives it piece by piece.
 */
function takeBody(
  response: Response,
  url: string,
  signal: AbortSignal,
  gaveUp: Promise<never>,
): { whole: Promise<void>; chunks: () => AsyncGenerator<Uint8Array, undefined> } {
  const arrived: Uint8Array[] = [];
  let isWhole = false;
  let wake = (): void => undefined;
  const take = async (): Promise<void> => {
    const body = response.body?.getReader();
    let length = Number(response.headers.get('content-length'));
    for (let sum = 0; ; length = sum) {
      if (length > MAX_BYTES) throw new FeedError('too-large', `${url} is larger than ${MAX_BYTES / 1_000_000} MB.`);
      const part = await Promise.race([body?.read(), gaveUp]).catch((cause: unknown) => {
        throw signal.aborted ? reasonOf(signal) : networkError(url, cause);
      });
      if (!part?.value) break;
      sum += part.value.length;
      arrived.push(part.value);
      wake();
    }
    isWhole = true;
  };
  const whole = take().finally(() => wake());
  const chunks = async function* (): AsyncGenerator<Uint8Array, undefined> {
    for (;;) {
      const chunk = arrived.shift();
      if (chunk) yield chunk;
      else if (isWhole) return;
      else await Promise.race([whole, new Promise<void>((resolve) => (wake = resolve))]);
    }
  };
  return { whole, chunks };
}

/**
 * Tells whether the page's policy refused the request: `fetch` says only `TypeError`, as for a network failure.
 * The event comes in a task of its own, before or after that (CSP 3, §5.5).
 */
function watchPolicy(url: string): { happened: () => Promise<boolean>; stop: () => void } {
  let isViolated = false;
  const listen = (event: SecurityPolicyViolationEvent): void => {
    const isOurs = event.blockedURI === url.replace(/#.*/, '') || event.blockedURI === new URL(url).origin;
    isViolated ||= isOurs && event.disposition === 'enforce' && event.effectiveDirective === 'connect-src';
  };
  // in Node there are neither policies nor events of the global object
  const target = globalThis as Partial<Pick<typeof globalThis, 'addEventListener' | 'removeEventListener'>>;
  target.addEventListener?.('securitypolicyviolation', listen);
  return {
    happened: async () => {
      for (let task = 0; task < 3 && !isViolated; task++) await new Promise((resolve) => setTimeout(resolve));
      return isViolated;
    },
    stop: () => target.removeEventListener?.('securitypolicyviolation', listen),
  };
}

const CHECK = 'Check the address in src. A space within it is written %20: white space parts several.';

function httpError(url: string, { status, statusText, headers }: Response): FeedError {
  const advice = {
    401: 'It is behind a login, and the element never sends passwords or cookies.',
    403: 'It is behind a login or closed to this page, and the element never sends passwords or cookies.',
    404: CHECK,
    410: CHECK,
  }[status];
  return new FeedError(
    'http',
    `${url} answered ${`${status} ${statusText}`.trim()}. ${advice ?? 'Open the address in a tab to see what its server says.'}`,
    { status, retryAfter: isPassing(status) ? retryAfter(headers) : undefined },
  );
}

/** Milliseconds that the server asks to be left alone, 0 where it does not say; `undefined` where that is too long. */
function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  // another clock than the server's own may be wrong (RFC 9110 §10.2.3)
  const now = Date.parse(headers.get('date') ?? '') || Date.now();
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Math.max(Date.parse(value) - now, 0) || 0;
  return wait > MAX_RETRY_AFTER ? undefined : wait;
}

function policyError(url: string, cause: unknown): FeedError {
  const { origin } = new URL(url);
  const source = origin === pageOrigin() ? "'self'" : origin;
  return new FeedError(
    'blocked-by-csp',
    `the page's Content-Security-Policy forbids the request to ${url}. Add ${source} to its connect-src.`,
    { cause },
  );
}

/** `null` in a sandbox, where a page is a stranger to its own host; there is none in Node. */
function pageOrigin(): string | undefined {
  return (globalThis as { origin?: string }).origin;
}

/** Says what a page can know: the browser keeps the reason to itself, lest a page spy on other sites. */
function networkError(url: string, cause: unknown): FeedError {
  const { origin, protocol } = new URL(url);
  const explain = (): string => {
    if ((globalThis as { navigator?: Navigator }).navigator?.onLine === false) {
      return `${url} could not be fetched: the browser is offline.`;
    }
    if ((globalThis as { location?: Location }).location?.protocol === 'https:' && protocol === 'http:') {
      return `${url} could not be fetched: a page on https may not read an address on http. Use the https address.`;
    }
    // a program outside of a browser is told why
    if (pageOrigin() === undefined) return `${url} could not be read: ${String((cause as Error).cause ?? cause)}.`;
    if (pageOrigin() === origin) {
      return (
        `${url} did not answer, or broke off. It is on the page's own server: ` +
        'is that up, and does it hand the feed on itself, not redirect to another host?'
      );
    }
    return (
      `${url} could not be read. Either its host did not answer, or the answer has no ` +
      'Access-Control-Allow-Origin header. Open the address in a tab: if the feed shows there, it is the header. ' +
      "Ask the feed's host for Access-Control-Allow-Origin: *, or let the page's own server hand the feed on."
    );
  };
  return new FeedError('network', explain(), { cause, retryAfter: 0 });
}
