import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DiaryFeedEventMap } from '../events.js';
import { FeedError } from '../feed/feed-error.js';
import type { Feed } from '../feed/types.js';
import { loadRequest, resolveUrls, type FeedRequest, type LoadResult } from './load-request.js';

/**
 * A state in which nothing is being loaded. After a failure, the feed and its URLs are those from before. `isAnnounced`: whether
 * screen readers announce the number of entries.
 */
export type SettledState =
  | { status: 'idle'; feed?: undefined; feedUrls?: undefined }
  | { status: 'ready'; feed: Feed; feedUrls: readonly string[]; isAnnounced: boolean }
  | { status: 'failed'; feed: Feed | undefined; feedUrls: readonly string[] | undefined; error: FeedError };

/** State of a feed. A load that is aborted returns to the state before it. */
export type FeedState = SettledState | { status: 'loading'; previous: SettledState; isSlow: boolean };

/** An event that the host dispatches after its next update. */
export interface FeedEvent {
  type: keyof DiaryFeedEventMap;
  error?: FeedError;
}

/** Milliseconds after which a load is announced: a person who waits longer wonders whether something happens. */
const SLOW_LOAD_MS = 1000;

/** Milliseconds before the first and the second automatic retry. */
const RETRY_DELAYS_MS = [2000, 8000];

/** Factor from 1 to 1.5 that spreads the retries of all visitors of a failing server. */
const RETRY_JITTER = 1 + Math.random() / 2;

/** Distance to the viewport at which a lazy element starts to load: a screen's height, for slow connections. */
const LAZY_ROOT_MARGIN = '100% 0px';

/**
 * Loads the feed of its host. The newest request wins and aborts an older one. Removal from the page aborts, reconnecting
 * resumes, a move does neither. Transient errors are retried.
 */
export class FeedController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #state: FeedState = { status: 'idle' };
  #events: FeedEvent[] = [];
  #request: FeedRequest = { src: null, text: undefined, isLazy: false, timeout: 0 };
  /**
   * Cache mode of the load that hasn't settled yet. It starts when the host is connected and, if lazy, near the viewport. After
   * removal or pagehide it starts again.
   */
  #pending: RequestCache | undefined;
  /** Cache mode of the newest load and its retries. */
  #cache: RequestCache = 'default';
  /** Aborts the load in progress or the next retry. */
  #abort: AbortController | undefined;
  #running: Promise<void> | undefined;
  #retryCount = 0;
  #viewportObserver: IntersectionObserver | undefined;
  /** Whether a script has set the feed since the last request: frameworks set `feed` and `src` in any order. */
  #isFeedNewlySet = false;
  /** Whether the visitor leaves the page, which makes requests fail. */
  #isPageHidden = false;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  get state(): FeedState {
    return this.#state;
  }

  /** State before the load in progress, else the present one: what the host shows. */
  get settledState(): SettledState {
    return this.#state.status === 'loading' ? this.#state.previous : this.#state;
  }

  /** Whether the host has a feed to load, and hasn't shown any outcome for it yet. */
  get isWaiting(): boolean {
    return this.settledState.status === 'idle' && this.#pending !== undefined;
  }

  /** Returns the events since the last call. The host dispatches them when it has rendered the state. */
  takeEvents(): FeedEvent[] {
    return this.#events.splice(0);
  }

  /** Starts a load if the requested feed has changed. */
  request(request: FeedRequest): void {
    this.#setRequest(request);
    this.#startWhenVisible();
  }

  /** Shows a feed that a script provides; `undefined` returns to the requested one. */
  setFeed(feed: Feed | undefined): void {
    this.#stop();
    this.#isFeedNewlySet = feed !== undefined;
    this.#pending = feed || this.#sourceOf(this.#request) === null ? undefined : 'default';
    this.#setState(feed ? { status: 'ready', feed, feedUrls: [], isAnnounced: false } : { status: 'idle' });
    this.#startWhenVisible();
  }

  /** Loads the feed again and revalidates the cache. Resolves when the newest load has settled. Never rejects. */
  async reload(request: FeedRequest): Promise<void> {
    this.#isFeedNewlySet = false;
    this.#setRequest(request);
    if (this.#sourceOf(request) === null) return;
    this.#pending = 'no-cache';
    if (!this.#host.isConnected) return;
    this.#start();
    let running;
    while (running !== this.#running) {
      running = this.#running;
      await running;
    }
  }

  hostConnected(): void {
    addEventListener('pagehide', this.#trackPage);
    addEventListener('pageshow', this.#trackPage);
    this.#startWhenVisible();
    if (this.#state.status === 'failed' && !this.#abort) this.#scheduleRetry(this.#state.error);
  }

  hostDisconnected(): void {
    // a move disconnects and connects an element in one task
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      removeEventListener('pagehide', this.#trackPage);
      removeEventListener('pageshow', this.#trackPage);
      this.#stop();
      if (this.#state.status === 'loading') this.#setState(this.settledState);
    });
  }

  /** Replaces the request. If it is for another feed, the old load is aborted and a new one is pending. */
  #setRequest(request: FeedRequest): void {
    const source = this.#sourceOf(request);
    const isChanged = source !== this.#sourceOf(this.#request) && !this.#isFeedNewlySet;
    // text in the page is read at once: its entries replace the old ones without a gap
    const keepsEntries = source !== null && (request.text ?? this.#request.text) !== undefined;
    this.#request = request;
    this.#isFeedNewlySet = false;
    if (!isChanged) return;
    this.#stop();
    if (!keepsEntries) this.#setState({ status: 'idle' });
    this.#pending = source === null ? undefined : 'default';
  }

  /** Returns what identifies the requested feed, or `null`. */
  #sourceOf({ text, src }: FeedRequest): string | null {
    return text ?? (src === null ? null : resolveUrls(src, this.#host.baseURI).join(' '));
  }

  #startWhenVisible(): void {
    if (!this.#pending || this.#abort || !this.#host.isConnected) return;
    if (this.#request.isLazy && this.#request.text === undefined) this.#observeViewport();
    else this.#start();
  }

  #observeViewport(): void {
    if (this.#viewportObserver) return;
    this.#viewportObserver = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) this.#start();
      },
      { rootMargin: LAZY_ROOT_MARGIN },
    );
    this.#viewportObserver.observe(this.#host);
    addEventListener('beforeprint', this.#start);
  }

  readonly #start = (): void => {
    this.#stop();
    this.#abort = new AbortController();
    this.#cache = this.#pending ?? 'default';
    this.#retryCount = 0;
    this.#running = this.#load(this.#abort.signal);
  };

  #stop(): void {
    this.#abort?.abort();
    this.#abort = undefined;
    this.#events = [];
    if (!this.#viewportObserver) return;
    this.#viewportObserver.disconnect();
    this.#viewportObserver = undefined;
    removeEventListener('beforeprint', this.#start);
  }

  async #load(signal: AbortSignal): Promise<void> {
    const previous = this.settledState;
    this.#setState({ status: 'loading', previous, isSlow: false }, { type: 'loadstart' });
    const timer = setTimeout(() => this.#setState({ status: 'loading', previous, isSlow: true }), SLOW_LOAD_MS);
    signal.addEventListener('abort', () => clearTimeout(timer));

    const result = await this.#fetch(signal);
    clearTimeout(timer);
    if (signal.aborted) return;
    this.#abort = undefined;
    if (result.outcome instanceof FeedError && this.#isPageHidden) return; // starts again if the visitor returns
    const wasSlow = this.#state.status === 'loading' && this.#state.isSlow;
    this.#settle(result, wasSlow || previous.status !== 'idle');
    await this.#host.updateComplete.catch(() => undefined); // Lit reports an error in render()
  }

  #fetch(signal: AbortSignal): Promise<LoadResult> {
    return loadRequest(this.#request, { base: this.#host.baseURI, cache: this.#cache, signal });
  }

  #settle({ outcome, feedUrls, errors }: LoadResult, isAnnounced: boolean): void {
    this.#pending = undefined;
    for (const { message } of errors) console.error(message);
    if (outcome instanceof FeedError) {
      const failed = { ...this.settledState, status: 'failed', error: outcome } as const;
      this.#setState(failed, { type: 'error', error: outcome }, { type: 'loadend' });
      this.#scheduleRetry(outcome);
    } else {
      this.#setState({ status: 'ready', feed: outcome, feedUrls, isAnnounced }, { type: 'load' }, { type: 'loadend' });
    }
  }

  #scheduleRetry(error: FeedError): void {
    const isNetworkError = error.code === 'network';
    const retryAfter = isNetworkError ? 0 : error.retryAfter;
    const delay = RETRY_DELAYS_MS[this.#retryCount];
    if (retryAfter === undefined || delay === undefined || !this.#host.isConnected) return;
    const { signal } = (this.#abort = new AbortController());
    const startTimer = (): void => {
      const timer = setTimeout(() => void this.#retry(error, signal), Math.max(delay, retryAfter) * RETRY_JITTER);
      signal.addEventListener('abort', () => clearTimeout(timer));
    };
    // A lost connection and a missing CORS header are the same error, but only the former ends with this event. It fires
    // before requests succeed.
    if (isNetworkError) addEventListener('online', startTimer, { once: true, signal });
    else startTimer();
  }

  /** Tries again in the background: the sentence stays, and an error of the same kind isn't reported again. */
  async #retry(error: FeedError, signal: AbortSignal): Promise<void> {
    const result = await this.#fetch(signal);
    if (signal.aborted) return;
    this.#abort = undefined;
    const { outcome } = result;
    if (!this.#isPageHidden) this.#retryCount++;
    if (outcome instanceof FeedError && this.#isPageHidden) {
      this.#scheduleRetry(error); // again if the visitor returns
    } else if (outcome instanceof FeedError && outcome.code === error.code && outcome.status === error.status) {
      this.#scheduleRetry(outcome);
    } else {
      this.#events.push({ type: 'loadstart' });
      this.#settle(result, true);
    }
  }

  readonly #trackPage = ({ type }: Event): void => {
    this.#isPageHidden = type === 'pagehide';
    if (type === 'pageshow') this.#startWhenVisible();
  };

  #setState(state: FeedState, ...events: FeedEvent[]): void {
    this.#state = state;
    this.#events.push(...events);
    this.#host.requestUpdate();
  }
}
