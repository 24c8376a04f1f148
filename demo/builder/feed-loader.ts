// Loads the feeds whose URLs are typed. Results are kept by URL, so that none is ever shown for another URL.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { FeedError } from '../../src/feed/feed-error.js';
import { fetchFeed } from '../../src/feed/load-feed.js';
import type { Feed } from '../../src/feed/types.js';

export type LoadResult =
  | { status: 'loading' }
  /** `url` is another one if the page at the typed URL links to the feed. */
  | { status: 'ready'; feed: Feed; url: string }
  /** The server responds, but its response can't be read: it has no CORS header. */
  | { status: 'blocked' }
  | { status: 'failed'; error: FeedError };

/** As many entries as the element reads. */
const PICKED_ENTRIES = 100;

export class FeedLoader implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #loads = new Map<string, { result: LoadResult; abort: AbortController }>();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.load([]);
  }

  resultOf(url: string): LoadResult {
    return this.#loads.get(url)?.result ?? { status: 'loading' };
  }

  /** Loads these URLs, unless that has happened, and aborts and forgets all others. */
  load(urls: readonly string[], timeout?: number): void {
    for (const [url, { abort }] of this.#loads) {
      if (urls.includes(url)) continue;
      abort.abort();
      this.#loads.delete(url);
    }
    for (const url of urls) if (!this.#loads.has(url)) void this.#start(url, timeout);
  }

  retry(url: string, timeout?: number): void {
    this.#loads.get(url)?.abort.abort();
    void this.#start(url, timeout);
  }

  async #start(url: string, timeout: number | undefined): Promise<void> {
    const abort = new AbortController();
    const { signal } = abort;
    const load = { result: { status: 'loading' } as LoadResult, abort };
    this.#loads.set(url, load);
    this.#host.requestUpdate();
    load.result = await fetchFeed(url, { timeout, signal, cache: 'no-cache', pick: PICKED_ENTRIES }).then(
      (fetched): LoadResult => ({ status: 'ready', ...fetched }),
      (error: unknown) => explain(url, error, signal),
    );
    if (this.#loads.get(url) === load) this.#host.requestUpdate();
  }
}

/** Browsers report a missing CORS header as a network error. A request that can't be read shows if the server responds. */
async function explain(url: string, error: unknown, signal: AbortSignal): Promise<LoadResult> {
  const failure = error instanceof FeedError ? error : new FeedError('not-a-feed', `${url} can't be read.`);
  if (failure.code !== 'network') return { status: 'failed', error: failure };
  const options = { mode: 'no-cors', credentials: 'omit', referrerPolicy: 'no-referrer', signal } as const;
  const isReachable = await fetch(url, options).then(
    () => true,
    () => false,
  );
  return isReachable ? { status: 'blocked' } : { status: 'failed', error: failure };
}
