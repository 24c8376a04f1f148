import type { LitElement, ReactiveController } from 'lit';

/** Returns the links of the fallback, without those in SVG images. */
export function findFallbackLinks(host: Element): NodeListOf<HTMLAnchorElement> {
  return host.querySelectorAll(':scope > a[href]:not([slot]), :scope > :not([slot]) a[href]:not(svg *)');
}

/**
 * Sets the color of the links to that of links in the page: that of the first link of the fallback. A link with a background looks
 * like a button, and its color is legible only on that.
 */
export class LinkColorController implements ReactiveController {
  readonly #host: LitElement;
  // created when connected: a server has neither
  #darkScheme: MediaQueryList | undefined;
  #pageObserver: MutationObserver | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#darkScheme ??= matchMedia('(prefers-color-scheme: dark)');
    this.#darkScheme.addEventListener('change', this.#update);
    // pages with a switch for dark mode set a class or an attribute there
    this.#pageObserver ??= new MutationObserver(this.#update);
    for (const element of [document.documentElement, document.body]) {
      this.#pageObserver.observe(element, { attributes: true });
    }
  }

  hostDisconnected(): void {
    this.#darkScheme?.removeEventListener('change', this.#update);
    this.#pageObserver?.disconnect();
  }

  hostUpdated(): void {
    this.#update();
  }

  readonly #update = (): void => {
    const { renderRoot } = this.#host;
    const [frame, fallback] = renderRoot.querySelectorAll<HTMLElement>('.frame, .fallback');
    const [link] = findFallbackLinks(this.#host);
    if (!frame || !fallback || !link || link.matches(':hover, :active, :focus')) return; // then it may have another color
    const { hidden } = fallback;
    fallback.hidden = false; // WebKit returns an old style if the link isn't displayed
    const { color, backgroundColor, backgroundImage } = getComputedStyle(link);
    const isPlain = backgroundImage === 'none' && /^(?:transparent|rgba\(.*, 0\))$/.test(backgroundColor);
    frame.style.setProperty('--page-link-color', isPlain ? color : null);
    fallback.hidden = hidden;
  };
}
