import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DiaryFeedEventMap } from './events.js';
import { FeedError } from './feed/errors.js';
import { loadFeed } from './feed/load.js';
import type { Feed } from './feed/model.js';
import { httpUrl } from './feed/url.js';

/**
 * Where the loading of a feed stands. A feed in `loading` or `failed` is the one from before, still shown. It `isNews`
 * where it has come late or again, so that those who hear the page want to know.
 */
export type FeedState =
  | { status: 'idle'; feed?: never }
  | { status: 'loading'; feed?: Feed; isSlow: boolean }
  | { status: 'ready'; feed: Feed; isNews: boolean }
  | { status: 'empty'; feed: Feed }
  | { status: 'failed'; error: FeedError; feed?: Feed };

/** What the element asks for. */
export interface FeedRequest {
  /** The `src` attribute as written, or `null`. */
  src: string | null;
  isLazy: boolean;
  /** Milliseconds for one attempt. */
  timeout: number;
}

/** What the controller leaves to the element. */
interface FeedOwner {
  /** Tells programs, once the view shows it. */
  announce: (type: keyof DiaryFeedEventMap, error?: FeedError) => void;
  /** The part of a feed that is worth keeping. */
  keep: (feed: Feed) => Feed;
}

type FeedHost = ReactiveControllerHost & HTMLElement;

/** Milliseconds after which a load is slow enough that a person who hears the page wants to know of it. */
const SLOW = 1000;

/** How near the viewport a lazy element starts to load: a screen's height, so that a slow line has time. */
const LAZY_MARGIN = '100% 0px';

/**
 * Owns the loading of one element's feed: the newest request wins and aborts an older one, removal from the page
 * aborts, return resumes. Events are sent after the view shows what they say.
 */
export class FeedController implements ReactiveController {
  #state: FeedState = { status: 'idle' };
  #request: FeedRequest = { src: null, isLazy: false, timeout: 0 };
  /** What there was before the load that is under way. */
  #resting: FeedState = this.#state;
  /** Whether the feed was set by a program; `new` until it is known which `src` stands beside it. */
  #adopted: 'no' | 'new' | 'yes' = 'no';
  /** How to load as soon as the element is on the page and seen, or `undefined` where nothing is to load. */
  #pending: RequestCache | undefined;
  #abort: AbortController | undefined;
  #running: Promise<void> = Promise.resolve();
  #observer: IntersectionObserver | undefined;

  readonly #host: FeedHost;
  readonly #owner: FeedOwner;

  constructor(host: FeedHost, owner: FeedOwner) {
    this.#host = host;
    this.#owner = owner;
    host.addController(this);
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
  adopt(feed: Feed | undefined): void {
    this.#stop();
    this.#adopted = feed ? 'new' : 'no';
    this.#pending = feed || this.#request.src === null ? undefined : 'default';
    this.#set(feed ? settled(feed, false) : { status: 'idle' });
    this.#resume();
  }

  /** Loads anew; gives a promise for the moment when the newest load has ended and is shown. Never rejects. */
  async reload(request: FeedRequest): Promise<void> {
    this.#adopted = 'no';
    this.#note(request);
    if (request.src === null) return;
    this.#pending = 'no-cache';
    if (this.#host.isConnected) this.#start(this.#pending);
    for (let running; running !== this.#running;) {
      running = this.#running;
      await running;
    }
  }

  hostConnected(): void {
    this.#resume();
  }

  hostDisconnected(): void {
    // a move takes the element out and puts it back in one go: that is no reason to load anew
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#observe(false);
      if (this.#state.status !== 'loading') return;
      this.#stop();
      this.#set(this.#resting);
    });
  }

  #note(request: FeedRequest): void {
    const isNew = this.#resolve(request.src) !== this.#resolve(this.#request.src);
    this.#request = request;
    if (this.#adopted === 'new') {
      this.#adopted = 'yes'; // frameworks set properties in any order: a `src` of the same turn is beside it
    } else if (isNew) {
      this.#adopted = 'no';
      this.#stop();
      this.#set({ status: 'idle' });
      this.#pending = request.src === null ? undefined : 'default';
    }
  }

  /** Starts what is pending, if the element is where it can be seen. */
  #resume(): void {
    if (!this.#pending || this.#abort || !this.#host.isConnected) return;
    if (this.#request.isLazy) this.#observe(true);
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

  /** The address, so that one written in another way is not taken for another. */
  #resolve(src: string | null): string | null {
    return src === null ? null : (httpUrl(src, this.#host.baseURI) ?? src);
  }

  #stop(): void {
    this.#abort?.abort();
    this.#abort = undefined;
  }

  #set(state: FeedState): void {
    this.#state = state;
    this.#host.requestUpdate();
  }

  #start(cache: RequestCache): void {
    this.#stop();
    this.#observe(false);
    const abort = new AbortController();
    this.#abort = abort;
    this.#running = this.#run(cache, abort.signal);
  }

  async #run(cache: RequestCache, signal: AbortSignal): Promise<void> {
    const isOver = (): boolean => signal.aborted;
    if (this.#state.status !== 'loading') this.#resting = this.#state;
    const { feed } = this.#state;
    const held = feed ? { feed } : {};
    this.#set({ status: 'loading', ...held, isSlow: false });
    const timer = setTimeout(() => this.#set({ status: 'loading', ...held, isSlow: true }), SLOW);
    signal.addEventListener('abort', () => clearTimeout(timer));

    const outcome = this.#load(cache, signal); // the request does not wait for the view
    await this.#isShown();
    if (isOver()) return;
    this.#owner.announce('loadstart');
    const result = await outcome;
    clearTimeout(timer);
    if (isOver()) return;

    this.#abort = undefined;
    this.#pending = undefined;
    const error = result instanceof FeedError ? result : undefined;
    const isNews = Boolean(feed) || (this.#state.status === 'loading' && this.#state.isSlow);
    const next =
      result instanceof FeedError ? { status: 'failed' as const, error: result, ...held } : settled(result, isNews);
    this.#set(next);
    await this.#isShown();
    // a listener of `load` may have asked for another feed already
    if (this.#state !== next) return;
    this.#owner.announce(error ? 'error' : 'load', error);
    this.#owner.announce('loadend');
  }

  /** Ends when the view has caught up; one that throws must not take the loading with it. */
  async #isShown(): Promise<void> {
    await this.#host.updateComplete.catch(() => undefined);
  }

  /** Never rejects. */
  async #load(cache: RequestCache, signal: AbortSignal): Promise<Feed | FeedError> {
    try {
      const url = addressOf(this.#request.src ?? '', this.#host.baseURI);
      return this.#owner.keep(await loadFeed(url, { cache, signal, timeout: this.#request.timeout }));
    } catch (error) {
      if (error instanceof FeedError) return error;
      return new FeedError('not-a-feed', `the feed could not be read: ${String(error)}.`, { cause: error });
    }
  }
}

function settled(feed: Feed, isNews: boolean): FeedState {
  return feed.entries.length > 0 ? { status: 'ready', feed, isNews } : { status: 'empty', feed };
}

/** @throws {FeedError} `bad-url` */
function addressOf(src: string, base: string): string {
  const text = src.trim();
  if (/\s/.test(text)) throw new FeedError('bad-url', `src="${src}" holds a space; it takes one address.`);
  const url = text && httpUrl(text, base);
  if (url) return url;
  if (URL.canParse(text, base) && new URL(text, base).username) {
    throw new FeedError(
      'bad-url',
      'src holds a user name; browsers do not fetch such addresses, and it is no place for one.',
    );
  }
  const isFile = base.startsWith('file:') ? ' The page itself is a file: open it through a web server.' : '';
  throw new FeedError('bad-url', `src="${src}" is not an address of http: or https:.${isFile}`);
}
