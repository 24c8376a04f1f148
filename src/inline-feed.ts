import type { UpdatingElement } from './updating-element.js';

/** The element's child that holds a feed. Of another type a browser would run it. */
const SCRIPT = ':scope > script[slot=feed][type$=xml i]';

/**
 * How often the host looks, four milliseconds apart, whether the parser is past it: that takes seconds at most, but not in a
 * document that a script wrote and never closed.
 */
const PATIENCE = 2500;

/** Finds the feed that the page itself holds for an element, and follows it while the element is on the page. */
export class InlineFeed {
  /** What counts no longer, for somebody has asked for what the server has now. */
  #overruled: string | undefined;
  #isWaiting = false;
  #patience = PATIENCE;

  readonly #host: UpdatingElement;
  readonly #observer = new MutationObserver(() => this.#host.requestUpdate());

  constructor(host: UpdatingElement) {
    this.#host = host;
  }

  /** The feed's text, or `undefined` where there is none, or none that counts. */
  get text(): string | undefined {
    const text = this.#find();
    return text === this.#overruled ? undefined : text;
  }

  /** Whether one may be on its way still, with the rest of the page; the host is told when it is not. */
  get isAwaited(): boolean {
    const isAwaited = this.#patience > 0 && isUnfinished(this.#host);
    if (isAwaited) void this.#wait();
    return isAwaited;
  }

  /** Makes what there is now count no longer; what takes its place does. */
  overrule(): void {
    this.#overruled = this.#find();
  }

  hostConnected(): void {
    this.#observer.observe(this.#host, { childList: true, characterData: true, subtree: true });
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  #find(): string | undefined {
    const text = this.#host.querySelector(SCRIPT)?.textContent;
    return text?.trim() ? text : undefined; // a server that could not fetch the feed writes an empty one
  }

  async #wait(): Promise<void> {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    while (isUnfinished(this.#host) && this.#patience-- > 0) await new Promise((resolve) => setTimeout(resolve));
    this.#isWaiting = false;
    this.#host.requestUpdate();
  }
}

/** Whether the parser of the page may still be within an element: where anything stands behind it, it is not. */
function isUnfinished(element: Element): boolean {
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
