import { watchCspViolations } from './csp-violations.js';
import { cspError, httpError, networkError, timeoutError, tooLargeError } from './explain-failure.js';
import { FeedError } from './feed-error.js';
import { httpUrl } from './http-url.js';
import { MAX_BODY_BYTES } from './limits.js';
import type { Feed } from './types.js';

/** Options of {@link loadFeed}. */
export interface LoadFeedOptions {
  /** Aborts the load: the promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Timeout in milliseconds for headers and body together. The default is 10,000. A load that joins another one shares its timeout. */
  timeout?: number | undefined;
  /** Cache mode of `fetch`. `no-cache` revalidates a cached response with the server. */
  cache?: 'default' | 'no-cache' | 'reload' | 'no-store' | 'force-cache' | 'only-if-cached' | undefined;
}

/** Options of {@link fetchFeed}. */
export interface FetchFeedOptions extends LoadFeedOptions {
  /** Number of first entries and of latest entries to read of a longer feed. By default all are read. */
  pick?: number | undefined;
}

/** A feed, and its URL: not the requested one if that is an HTML page that links to the feed. */
export interface FetchedFeed {
  feed: Feed;
  url: string;
}

/** A load that several callers wait for. */
interface SharedLoad {
  result: Promise<FetchedFeed>;
  callers: Set<object>;
  abort: () => void;
}

type RequestOptions = { cache: RequestCache; pick: number | undefined };

const DEFAULT_TIMEOUT_MS = 10_000;

/** Loads in progress, by cache mode, number of entries and URL. */
const sharedLoads = new Map<string, SharedLoad>();

/**
 * Loads a feed and reads all its entries. The request has no cookies, no referrer and no additional headers, so that it
 * needs no preflight. Equal loads at the same time share one request. If the response is an HTML page that links to a
 * feed, that feed is loaded instead, within the same timeout, and a warning is logged.
 *
 * @param url Absolute `http:` or `https:` URL.
 * @throws {FeedError} With any code.
 */
export async function loadFeed(url: string, options: LoadFeedOptions = {}): Promise<Feed> {
  const { feed } = await fetchFeed(url, options);
  return feed;
}

/** Loads a feed as {@link loadFeed} does, and returns its URL too. */
export async function fetchFeed(url: string, options: FetchFeedOptions = {}): Promise<FetchedFeed> {
  const { signal, timeout = DEFAULT_TIMEOUT_MS, cache = 'default', pick } = options;
  if (!httpUrl(url)) {
    throw new FeedError('bad-url', `"${url}" isn't an absolute http: or https: URL. Check the URL of the feed.`);
  }
  signal?.throwIfAborted();
  const key = `${cache} ${pick} ${url}`;
  const load = sharedLoads.get(key) ?? startLoad(key, url, { cache, pick, timeout });
  return await joinLoad(load, signal);
}

/** Loads the part of the script that reads feeds: the package's only dynamic import. */
export async function importFeedParser(): Promise<typeof import('./read-feed.js')> {
  try {
    return await import('./read-feed.js');
  } catch (cause) {
    const explanation =
      "the part of the script that reads feeds can't be loaded. Check that the server has all its files.";
    throw new FeedError('network', explanation, { cause });
  }
}

/** Waits for a load. The last caller that leaves aborts it. */
function joinLoad(load: SharedLoad, signal: AbortSignal | undefined): Promise<FetchedFeed> {
  const caller = {};
  load.callers.add(caller);
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(signal?.reason as Error);
      load.callers.delete(caller);
      if (load.callers.size === 0) load.abort();
    };
    signal?.addEventListener('abort', leave, { once: true });
    load.result.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave));
  });
}

function startLoad(key: string, url: string, options: RequestOptions & { timeout: number }): SharedLoad {
  const { timeout } = options;
  const controller = new AbortController();
  const { signal } = controller;
  const timer = setTimeout(() => controller.abort(timeoutError(url, timeout)), timeout);
  // Not every platform aborts everything: Node 20 never ends a body that isn't valid gzip.
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  const abort = (): void => {
    clearTimeout(timer);
    if (sharedLoads.get(key) === load) sharedLoads.delete(key);
    controller.abort();
  };
  // When the load ends, this aborts what is left of a response that failed.
  const result = Promise.race([requestOrDiscoverFeed(url, options, signal), aborted]).finally(abort);
  const load: SharedLoad = { result, callers: new Set(), abort };
  sharedLoads.set(key, load);
  return load;
}

/** Follows the link of an HTML page to its feed, once. */
async function requestOrDiscoverFeed(url: string, options: RequestOptions, signal: AbortSignal): Promise<FetchedFeed> {
  try {
    return { feed: await requestFeed(url, options, signal), url };
  } catch (error) {
    const discoveredUrl = error instanceof FeedError && error.discoveredUrl;
    if (!discoveredUrl || signal.aborted) throw error;
    console.warn(error.message);
    return { feed: await requestFeed(discoveredUrl, options, signal), url: discoveredUrl };
  }
}

async function requestFeed(url: string, { cache, pick }: RequestOptions, signal: AbortSignal): Promise<Feed> {
  const parserImport = importFeedParser(); // at the same time as the request
  parserImport.catch(() => undefined); // if the request fails first
  const response = await fetchResponse(url, cache, signal);
  const bytes = await readBody(response, url);
  const { readFeedInTasks } = await parserImport;
  return readFeedInTasks(bytes, { contentType: response.headers.get('content-type'), url: response.url || url, pick });
}

async function fetchResponse(url: string, cache: RequestCache, signal: AbortSignal): Promise<Response> {
  const cspWatch = watchCspViolations(url);
  try {
    const response = await fetch(url, { cache, credentials: 'omit', referrerPolicy: 'no-referrer', signal });
    if (response.ok) return response;
    throw httpError(url, response);
  } catch (cause) {
    if (cause instanceof FeedError) throw cause;
    throw (await cspWatch.wasBlocked()) ? cspError(url, cause) : networkError(url, cause);
  } finally {
    cspWatch.stop();
  }
}

/** Reads a body to its end, or until it is larger than {@link MAX_BODY_BYTES}. */
async function readBody({ headers, body }: Response, url: string): Promise<ArrayBuffer> {
  if (Number(headers.get('content-length')) > MAX_BODY_BYTES) throw tooLargeError(url);
  const reader = body?.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  while (reader) {
    const { value: chunk } = await reader.read().catch((cause: unknown) => {
      throw networkError(url, cause);
    });
    if (!chunk) break;
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw tooLargeError(url);
    chunks.push(chunk);
  }
  return await new Blob(chunks).arrayBuffer();
}
