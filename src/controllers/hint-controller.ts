import type { LitElement, ReactiveController } from 'lit';
import { TROUBLESHOOTING } from '../feed/feed-error.js';

/** Properties that the hints check. */
interface Host extends LitElement {
  readonly src: string;
  /** The feed, also one that a script has set. */
  readonly feed?: unknown;
}

/** Elements that belong to the page, not to a fallback. */
const LANDMARKS = 'main, header, footer, nav';

/** Elements of a fallback, at most: if there are more, they are probably the rest of the page. */
const MAX_FALLBACK_ELEMENTS = 200;

/** Reports two mistakes on the console when the page has loaded: no feed, and no end tag. */
export class HintController implements ReactiveController {
  readonly #host: Host;
  #hasReported = false;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    if (document.readyState !== 'complete') addEventListener('load', this.#check, { once: true });
    else setTimeout(this.#check); // scripts set properties until then
  }

  readonly #check = (): void => {
    if (this.#hasReported || !this.#host.isConnected) return;
    this.#hasReported = true;
    const { src, feed } = this.#host;
    if (!src && !feed && !this.#host.matches('[src], :has(> script[slot=feed])')) {
      warn('there is no src. Set it to the URL of the feed.');
    }
    const children = [...this.#host.children].filter((child) => !child.slot);
    const elements = children.flatMap((child) => [child, ...child.querySelectorAll('*')]);
    if (elements.length > MAX_FALLBACK_ELEMENTS || elements.some((element) => element.matches(LANDMARKS))) {
      warn('the element contains a large part of the page, which it hides. Check that it ends with </diary-feed>.');
    }
  };
}

function warn(mistake: string): void {
  console.warn(`diary-feed: ${mistake} See ${TROUBLESHOOTING}#likely-mistakes`);
}
