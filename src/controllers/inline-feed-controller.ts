import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The host's child that contains a feed. A browser would run a script of another type. */
const SCRIPT = ':scope > script[slot=feed][type$=xml i]';

/** Finds the feed in the host's `<script slot="feed">` and follows its changes. */
export class InlineFeedController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #observer: MutationObserver | undefined; // created when connected: a server has no MutationObserver
  #overridden: string | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /** The feed as text, or `undefined` if the page has none or `src` overrides it. */
  get text(): string | undefined {
    const text = this.#readScript();
    return text === this.#overridden ? undefined : text;
  }

  /** Ignores the script in favor of `src` as long as it has its present text. */
  override(): void {
    this.#overridden = this.#readScript();
  }

  hostConnected(): void {
    this.#observer ??= new MutationObserver(() => this.#host.requestUpdate());
    this.#observer.observe(this.#host, { childList: true, characterData: true, subtree: true });
    this.#host.requestUpdate(); // the script may have changed while the host was disconnected
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  /** A server that couldn't fetch the feed writes an empty script. */
  #readScript(): string | undefined {
    return this.#host.querySelector(SCRIPT)?.textContent.trim() || undefined;
  }
}
