import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The host's child that contains a feed. A browser would run a script of another type. */
const SCRIPT = ':scope > script[slot=feed][type$=xml i]';

/** Finds the feed in the host's `<script slot="feed">` and follows its changes. */
export class InlineFeedController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  // created when connected: a server has no MutationObserver
  #childObserver: MutationObserver | undefined;
  #parserObserver: MutationObserver | undefined;
  #overridden: string | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /** The feed as text, or `undefined` if there is none or `src` overrides it. */
  get text(): string | undefined {
    const text = this.#readScript();
    return text === this.#overridden ? undefined : text;
  }

  /** Whether the page's parser may still add the script. The host updates as soon as it can't. */
  get isPending(): boolean {
    return isBeingParsed(this.#host);
  }

  /** Ignores the present text in favor of `src`, until the script changes. */
  override(): void {
    this.#overridden = this.#readScript();
  }

  hostConnected(): void {
    this.#childObserver ??= new MutationObserver(() => this.#host.requestUpdate());
    this.#childObserver.observe(this.#host, { childList: true, characterData: true, subtree: true });
    if (this.isPending) {
      const page = this.#host.ownerDocument;
      this.#parserObserver ??= new MutationObserver(this.#checkParser);
      this.#parserObserver.observe(page, { childList: true, subtree: true });
      page.addEventListener('readystatechange', this.#checkParser);
    }
    this.#host.requestUpdate(); // the script may have changed while the host was away
  }

  hostDisconnected(): void {
    this.#childObserver?.disconnect();
    this.#stopWaiting();
  }

  /** A server that couldn't fetch the feed writes an empty script. */
  #readScript(): string | undefined {
    return this.#host.querySelector(SCRIPT)?.textContent.trim() || undefined;
  }

  readonly #checkParser = (): void => {
    if (this.isPending) return;
    this.#stopWaiting();
    this.#host.requestUpdate();
  };

  #stopWaiting(): void {
    this.#parserObserver?.disconnect();
    this.#host.ownerDocument.removeEventListener('readystatechange', this.#checkParser);
  }
}

/** Whether the page's parser may still be inside an element: nothing follows the element in the page. */
function isBeingParsed(element: Element): boolean {
  if (element.ownerDocument.readyState !== 'loading') return false;
  for (
    let node: Node | null | undefined = element;
    node;
    node = node.parentNode ?? (node as Partial<ShadowRoot>).host
  ) {
    if (node.nextSibling) return false;
  }
  return true;
}
