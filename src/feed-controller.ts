import { resolveAddresses } from './addresses.js';
import type { DiaryFeedEventMap } from './events.js';
import { failToImport, FeedError } from './feed/errors.js';
import { loadOutline } from './feed/load.js';
import type { FeedOutline } from './feed/outline.js';
import { nextTask } from './feed/slices.js';
import { httpUrl } from './feed/url.js';
import type { UpdatingElement } from './updating-element.js';

/**
 * Where the loading of a feed stands. A feed in `loading` or `failed` is the one from before, still shown. It `isNews`
 * where it has come late or again, so that those who hear the page want to know.
 */
export type FeedState =
  | { status: 'idle'; feed?: never }
  | { status: 'loading'; feed?: FeedOutline; isSlow: boolean }
  | { status: 'ready'; feed: FeedOutline; isNews: boolean }
  | { status: 'empty'; feed: FeedOutline }
  | { status: 'failed'; error: FeedError; feed?: FeedOutline };

/** What the element asks for. */
export interface FeedRequest {
  /** The `src` attribute as written, or `null`. */
  src: string | null;
  /** The text of a feed that the page itself holds: it comes before `src`. */
  text?: string | undefined;
  isLazy: boolean;
  /** Milliseconds for one attempt. */
  timeout: number;
}

/** What the controller leaves to the element. */
interface FeedOwner {
  /** Tells programs, once the view shows it. */
  announce: (type: keyof DiaryFeedEventMap, error?: FeedError) => void;
  /** Tells the webmaster of one of several addresses that failed. */
  report: (error: FeedError) => void;
  /** The part of a feed that is worth keeping; what throws counts as a load that failed. */
  keep: (feed: FeedOutline, signal: AbortSignal) => Promise<FeedOutline>;
}

/** Milliseconds after which a load is slow enough that a person who hears the page wants to know of it. */
const SLOW = 1000;

/** Automatic tries behind a failure; more are the visitor's to ask for. */
const MAX_RETRIES = 2;

/** Milliseconds before the first retry at most, before the second twice that. */
const RETRY_DELAY = 2000;

/** Addresses in one `src`: each is a request of every visitor. */
const MAX_SOURCES = 10;

/** Milliseconds that a page may take to go away. */
const LEAVING = 5000;

/**
 * Spreads the retries of all visitors of a failing server over half the delay, or over a second behind the time that it
 * named. One figure a page: elements that share a request go on sharing it.
 */
const CHANCE = Math.random();

/** How near the viewport a lazy element starts to load: a screen's height, so that a slow line has time. */
const LAZY_MARGIN = '100% 0px';

/**
 * Owns the loading of one element's feed: the newest request wins and aborts an older one, removal from the page
 * aborts, return resumes. Events are sent after the view shows what they say.
 */
export class FeedController {
  #state: FeedState = { status: 'idle' };
  #request: FeedRequest = { src: null, isLazy: false, timeout: 0 };
  /** What there was before the load that is under way, else the state itself: no older feed is kept. */
  #resting: FeedState = this.#state;
  /** Whether the feed was set by a program; `new` until it is known which `src` stands beside it. */
  #adopted: 'no' | 'new' | 'yes' = 'no';
  /** How to load as soon as the element is on the page and seen, or `undefined` where nothing is to load. */
  #pending: RequestCache | undefined;
  /** Why addresses of the newest load could not be read. */
  #failures: readonly FeedError[] = [];
  /** Ends the load that is under way, or the retries that wait. */
  #abort: AbortController | undefined;
  #retriesLeft = 0;
  #cache: RequestCache = 'default';
  #running: Promise<void> = Promise.resolve();
  #observer: IntersectionObserver | undefined;

  readonly #host: UpdatingElement;
  readonly #owner: FeedOwner;

  constructor(host: UpdatingElement, owner: FeedOwner) {
    this.#host = host;
    this.#owner = owner;
  }

  get state(): FeedState {
    return this.#state;
  }

  /** Takes note of what the element asks for, and loads if that is another feed. */
  want(request: FeedRequest): void {
    this.#note(request);
    this.#resume();
  }

  /** Shows a feed that is already there; `undefined` goes back to `src`. */
  adopt(feed: FeedOutline | undefined): void {
    this.#stop();
    this.#adopted = feed ? 'new' : 'no';
    this.#pending = feed || this.#sourceOf(this.#request) === null ? undefined : 'default';
    this.#set(feed ? settled(feed, false) : { status: 'idle' });
    this.#resume();
  }

  /** Loads anew; gives a promise for the moment when the newest load has ended and is shown. Never rejects. */
  async reload(request: FeedRequest, cache: RequestCache = 'no-cache'): Promise<void> {
    this.#adopted = 'no';
    this.#note(request);
    if (this.#sourceOf(request) === null) return;
    this.#pending = cache;
    if (this.#host.isConnected) this.#start(this.#pending);
    for (let running; running !== this.#running;) {
      running = this.#running;
      await running;
    }
  }

  /** Takes note that what has come cannot be shown. */
  fail(error: unknown): undefined {
    const { status } = this.#state;
    if (!(error instanceof FeedError) || (status !== 'ready' && status !== 'empty')) return;
    void this.#show(error, { isNews: false, isRetry: false });
  }

  hostConnected(): void {
    this.#resume();
    if (this.#state.status === 'failed' && !this.#abort) this.#retryLater(this.#state.error);
  }

  hostDisconnected(): void {
    // a move takes the element out and puts it back in one go: that is no reason to load anew
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#observe(false);
      this.#stop();
      if (this.#state.status === 'loading') this.#set(this.#resting);
    });
  }

  #note(request: FeedRequest): void {
    const source = this.#sourceOf(request);
    const isNew = source !== this.#sourceOf(this.#request);
    // the page's own text is read at once: what is shown stays until then, or until there is what takes its place
    const isHeld = source !== null && (request.text ?? this.#request.text) !== undefined;
    this.#request = request;
    if (this.#adopted === 'new') {
      this.#adopted = 'yes'; // frameworks set properties in any order: a `src` of the same turn is beside it
    } else if (isNew) {
      this.#adopted = 'no';
      this.#stop();
      if (!isHeld) this.#set({ status: 'idle' });
      this.#pending = source === null ? undefined : 'default';
    }
  }

  /** Starts what is pending, if the element is where it can be seen. */
  #resume(): void {
    if (!this.#pending || this.#abort || !this.#host.isConnected) return;
    if (this.#request.isLazy && this.#request.text === undefined) this.#observe(true);
    else this.#start(this.#pending);
  }

  readonly #startLazily = (): void => {
    if (this.#pending && !this.#abort) this.#start(this.#pending);
  };

  #observe(isWaiting: boolean): void {
    if (isWaiting === Boolean(this.#observer)) return;
    if (isWaiting) {
      this.#observer = new IntersectionObserver(
        (entries) => {
          if (entries.some(({ isIntersecting }) => isIntersecting)) this.#startLazily();
        },
        { rootMargin: LAZY_MARGIN },
      );
      this.#observer.observe(this.#host);
      addEventListener('beforeprint', this.#startLazily);
    } else {
      this.#observer?.disconnect();
      this.#observer = undefined;
      removeEventListener('beforeprint', this.#startLazily);
    }
  }

  /** What a request asks for, or `null`: a text, or addresses, so that one written in another way is not taken for another. */
  #sourceOf({ text, src }: FeedRequest): string | null {
    return text ?? (src && resolveAddresses(src, this.#host.baseURI));
  }

  #stop(): void {
    this.#abort?.abort();
    this.#abort = undefined;
  }

  #set(state: FeedState): void {
    this.#state = state;
    if (state.status !== 'loading') this.#resting = state;
    this.#host.requestUpdate();
  }

  #start(cache: RequestCache): void {
    this.#stop();
    this.#observe(false);
    this.#abort = new AbortController();
    this.#cache = cache;
    this.#retriesLeft = MAX_RETRIES;
    this.#running = this.#run(this.#abort.signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const isOver = (): boolean => signal.aborted;
    const { feed } = this.#state;
    const held = feed ? { feed } : {};
    this.#set({ status: 'loading', ...held, isSlow: false });
    const timer = setTimeout(() => this.#set({ status: 'loading', ...held, isSlow: true }), SLOW);
    signal.addEventListener('abort', () => clearTimeout(timer));

    const outcome = this.#loadOnPage(signal); // the request does not wait for the view
    await this.#isShown();
    if (isOver()) return;
    this.#owner.announce('loadstart');
    const result = await outcome;
    if (feed) await nextTask(); // whoever asks anew sees a list meanwhile: the page has its turn between reading and showing
    clearTimeout(timer);
    if (isOver()) return;

    this.#abort = undefined;
    this.#pending = undefined;
    const isNews = Boolean(feed) || (this.#state.status === 'loading' && this.#state.isSlow);
    await this.#show(result, { isNews, isRetry: false });
  }

  /** Shows what a load has come to, tells it, and sees to it that a failure that may heal is tried again. */
  async #show(
    result: FeedOutline | FeedError,
    { isNews, isRetry }: { isNews: boolean; isRetry: boolean },
  ): Promise<void> {
    const { feed } = this.#state;
    const error = result instanceof FeedError ? result : undefined;
    const next: FeedState =
      result instanceof FeedError
        ? { status: 'failed', error: result, ...(feed && { feed }) }
        : settled(result, isNews);
    this.#set(next);
    await this.#isShown();
    const events = [...(isRetry ? (['loadstart'] as const) : []), error ? 'error' : 'load', 'loadend'] as const;
    const isCurrent = (): boolean => this.#state === next; // a listener may ask for another feed
    for (const type of events) if (isCurrent()) this.#owner.announce(type, type === 'error' ? error : undefined);
    for (const failure of this.#failures) if (isCurrent() && failure !== error) this.#owner.report(failure);
    if (error && isCurrent()) this.#retryLater(error);
  }

  /** Tries again behind a failure that may heal: the sentence and the button stay meanwhile. */
  #retryLater(failure: FeedError): void {
    if (failure.retryAfter === undefined || this.#retriesLeft === 0 || !this.#host.isConnected) return;
    this.#abort = new AbortController();
    void this.#retry(failure, failure.retryAfter, this.#abort.signal);
  }

  async #retry(failure: FeedError, retryAfter: number, signal: AbortSignal): Promise<void> {
    const delay = RETRY_DELAY * (1 - CHANCE / 2) * 2 ** (MAX_RETRIES - this.#retriesLeft);
    const isOver = (): boolean => signal.aborted;
    // only the line's return tells a failure that heals from a host without a CORS header, unless it has answered before
    const isBlind = failure.code === 'network' && (!this.#state.feed || !navigator.onLine);
    if (isBlind) await online(signal);
    await pause(Math.max(delay, retryAfter + CHANCE * 1000), signal);
    if (isOver()) return;
    this.#retriesLeft--;
    const result = await this.#load(signal);
    if (isOver()) return;
    this.#abort = undefined;
    const isKnown = result instanceof FeedError && result.code === failure.code && result.status === failure.status;
    if (isKnown) this.#retryLater(result);
    else await this.#show(result, { isNews: true, isRetry: true });
  }

  /** Ends when the view has caught up; one that throws must not take the loading with it. */
  async #isShown(): Promise<void> {
    await this.#host.updateComplete.catch(() => undefined);
  }

  /** As {@link #load}; a request that ends because the visitor leaves the page has not failed. */
  async #loadOnPage(signal: AbortSignal): Promise<FeedOutline | FeedError> {
    const departure = watchDeparture();
    const result = await this.#load(signal);
    departure.stop();
    if (!departure.isNear || !(result instanceof FeedError) || result.code !== 'network') return result;
    await pause(LEAVING, signal);
    return signal.aborted ? result : this.#loadOnPage(signal);
  }

  /** Never rejects. */
  async #load(signal: AbortSignal): Promise<FeedOutline | FeedError> {
    const { text } = this.#request;
    this.#failures = [];
    if (text !== undefined) return this.#read(text, signal);
    const addresses = addressesOf(this.#request.src ?? '', this.#host.baseURI);
    const results = await Promise.all(addresses.map((address) => this.#loadFrom(address, signal)));
    const failures = results.filter((result) => result instanceof FeedError);
    const feeds = results.filter((result): result is FeedOutline => !(result instanceof FeedError));
    if (!signal.aborted) this.#failures = failures;
    // where some are empty and others failed, nobody knows that there are no entries
    if (failures[0] && feeds.every(({ entries }) => entries.length === 0)) return failures[0];
    if (results.length === 1 && feeds[0]) return feeds[0];
    return outcomeOf(async () => {
      const { mergeFeeds } = await import('./feed/merge.js').catch(failToImport('merges feeds'));
      return this.#owner.keep(await mergeFeeds(feeds, signal), signal);
    });
  }

  #read(text: string, signal: AbortSignal): Promise<FeedOutline | FeedError> {
    return outcomeOf(async () => {
      const { outlineGiven } = await import('./feed/read.js').catch(failToImport('reads feeds'));
      const given = { text, name: 'what the page holds in <script slot="feed">', url: this.#host.baseURI };
      return this.#owner.keep(await outlineGiven(given, signal), signal);
    });
  }

  #loadFrom(address: string | FeedError, signal: AbortSignal): Promise<FeedOutline | FeedError> {
    return outcomeOf(async () => {
      if (address instanceof FeedError) throw address;
      const { timeout } = this.#request;
      return this.#owner.keep(await loadOutline(address, { cache: this.#cache, signal, timeout }), signal);
    });
  }
}

/** What a loading comes to. Never rejects. */
async function outcomeOf(load: () => Promise<FeedOutline>): Promise<FeedOutline | FeedError> {
  try {
    return await load();
  } catch (error) {
    // until somebody reads its stack, an error holds what was being read where it was thrown: in V8 the whole feed
    if (error instanceof Error) Reflect.get(error, 'stack');
    if (error instanceof FeedError) return error;
    return new FeedError('not-a-feed', `the feed could not be read: ${String(error)}.`, { cause: error });
  }
}

/** Tells whether the visitor is about to leave the page. */
function watchDeparture(): { isNear: boolean; stop: () => void } {
  const events = ['beforeunload', 'pagehide'];
  const leave = (): void => void (departure.isNear = true);
  for (const type of events) addEventListener(type, leave);
  const stop = (): void => {
    for (const type of events) removeEventListener(type, leave);
  };
  const departure = { isNear: false, stop };
  return departure;
}

/** Ends after so many milliseconds, or when the signal says so. */
function pause(delay: number, signal: AbortSignal): Promise<void> {
  return until(signal, (end) => {
    const timer = setTimeout(end, delay);
    return () => clearTimeout(timer);
  });
}

/** Ends when the browser has a network again, or when the signal says so. */
function online(signal: AbortSignal): Promise<void> {
  return until(signal, (end) => {
    addEventListener('online', end);
    return () => removeEventListener('online', end);
  });
}

/** Ends when `begin` calls `end`, or when the signal says so; what `begin` gives cleans up in either case. */
function until(signal: AbortSignal, begin: (end: () => void) => () => void): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      cleanUp();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cleanUp = begin(end);
    signal.addEventListener('abort', end);
  });
}

function settled(feed: FeedOutline, isNews: boolean): FeedState {
  return feed.entries.length > 0 ? { status: 'ready', feed, isNews } : { status: 'empty', feed };
}

/** The addresses that a `src` holds; in the place of one that cannot be fetched, why. */
function addressesOf(src: string, base: string): (string | FeedError)[] {
  const addresses = resolveAddresses(src, base).split(' ');
  if (addresses.length > MAX_SOURCES) {
    return [new FeedError('bad-url', `src holds ${addresses.length} addresses; it takes ${MAX_SOURCES} at most.`)];
  }
  const isOne = addresses.length === 1;
  return addresses.map(
    (address) => httpUrl(address) ?? badUrl(address, isOne ? `src="${src.trim()}"` : undefined, base),
  );
}

/** @param attribute How it is written, where it is the only one. */
function badUrl(address: string, attribute: string | undefined, base: string): FeedError {
  if (URL.canParse(address) && new URL(address).username) {
    return new FeedError(
      'bad-url',
      'src holds a user name; browsers do not fetch such addresses, and it is no place for one.',
    );
  }
  const isFile = base.startsWith('file:') ? ' The page itself is a file: open it through a web server.' : '';
  const isSplit = attribute ? '' : ' White space parts addresses; a space within one is written %20.';
  const what = attribute ?? `"${address}" in src`;
  return new FeedError('bad-url', `${what} is not an address of http: or https:.${isFile}${isSplit}`);
}
