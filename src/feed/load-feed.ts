import { watchCspViolations } from './csp-violations.js';
import { FeedError } from './feed-error.js';
import { httpUrl } from './http-url.js';
import type { Feed } from './types.js';

/** Options of {@link loadFeed}. */
export interface LoadFeedOptions {
  /** Aborts the load: the promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Timeout in milliseconds for headers and body together. The default is 10,000. A load that joins another one shares its timeout. */
  timeout?: number | undefined;
  /** Cache mode of `fetch`. `no-cache` revalidates a cached response with the server. */
  cache?: 'default' | 'no-cache' | 'reload' | 'no-store' | 'force-cache' | 'only-if-cached' | undefined;
  /** @internal Number of first entries and of latest entries to read of a longer feed. By default all are read. */
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

/** Loads a feed as {@link loadFeed} does, and returns its URL too. The last caller that leaves a shared load aborts it. */
export async function fetchFeed(url: string, options: LoadFeedOptions = {}): Promise<FetchedFeed> {
  const { signal, cache = 'default', pick } = options;
  if (!httpUrl(url)) {
    throw new FeedError('bad-url', `"${url}" isn't an absolute http: or https: URL. Check the URL of the feed.`);
  }
  signal?.throwIfAborted();
  const key = `${cache} ${pick} ${url}`;
  const load = sharedLoads.get(key) ?? startLoad(key, url, options);
  const caller = {};
  load.callers.add(caller);
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(signal?.reason as Error); // no effect after the load has ended
      signal?.removeEventListener('abort', leave);
      load.callers.delete(caller);
      if (load.callers.size === 0) load.abort();
    };
    signal?.addEventListener('abort', leave);
    void load.result.then(resolve, reject).finally(leave);
  });
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

function startLoad(key: string, url: string, options: LoadFeedOptions): SharedLoad {
  const { timeout = 10_000 } = options;
  const controller = new AbortController();
  const { signal } = controller;
  const timer = setTimeout(() => {
    const advice = 'If the server is slow, set a longer timeout.';
    const explanation = `${url} can't be loaded. The response wasn't complete within ${timeout} ms. ${advice}`;
    controller.abort(new FeedError('timeout', explanation, { retryAfter: 0 }));
  }, timeout);
  // Not every platform aborts everything: Node 20 never ends a body that isn't valid gzip.
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
  const load: SharedLoad = {
    result: Promise.race([requestFeed(url, options, signal), aborted]),
    callers: new Set(),
    abort: () => {
      clearTimeout(timer);
      if (sharedLoads.get(key) === load) sharedLoads.delete(key);
      controller.abort();
    },
  };
  sharedLoads.set(key, load);
  return load;
}

/** Requests a feed. If an HTML page links to it, the link is followed once. */
async function requestFeed(
  url: string,
  options: LoadFeedOptions,
  signal: AbortSignal,
  isDiscovered = false,
): Promise<FetchedFeed> {
  const { cache = 'default', pick } = options;
  const parserImport = importFeedParser(); // at the same time as the request
  parserImport.catch(() => undefined); // if the request fails first
  const wasBlocked = watchCspViolations(url, signal);
  const request = fetch(url, { cache, credentials: 'omit', referrerPolicy: 'no-referrer', signal });
  const response = await request.catch(async (cause: unknown) => {
    const { requestError } = await parserImport;
    throw requestError(url, cause, await wasBlocked());
  });
  const { readResponse } = await parserImport;
  try {
    return { feed: await readResponse(response, url, pick), url };
  } catch (error) {
    const discoveredUrl = error instanceof FeedError && error.discoveredUrl;
    if (!discoveredUrl || isDiscovered || signal.aborted) throw error;
    console.warn(error.message);
    return requestFeed(discoveredUrl, options, signal, true);
  }
}
