import type { LitElement, ReactiveController } from 'lit';
import { resolveUrls } from './load-request.js';

/** What a hint needs to know of the element. */
interface Host extends LitElement {
  readonly src: string;
  /** The feed, also one that a script has set. */
  readonly feed?: unknown;
}

/** Attributes that are probably meant to be `src`. */
const MISSPELLED = ['scr', 'href', 'url', 'data-src', 'feed', 'rss'];

/** Elements that belong to the page, not to a fallback. */
const LANDMARKS = 'main, header, footer, nav';

/** Elements of a fallback, at most: if there are more, they are probably the rest of the page. */
const MAX_FALLBACK_ELEMENTS = 200;

/** Reports likely mistakes in the markup on the console, once, when the page has loaded. */
export class HintController implements ReactiveController {
  readonly #host: Host;
  #hasReported = false;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    if (document.readyState !== 'complete') addEventListener('load', this.#report, { once: true });
    else setTimeout(this.#report); // scripts set properties until then
  }

  hostDisconnected(): void {
    removeEventListener('load', this.#report);
  }

  readonly #report = (): void => {
    if (this.#hasReported || !this.#host.isConnected) return;
    this.#hasReported = true;
    for (const mistake of findMistakes(this.#host)) {
      console.warn(`diary-feed: ${mistake} See troubleshooting.md#likely-mistakes`);
    }
  };
}

function findMistakes(host: Host): string[] {
  const mistakes: string[] = [];
  const src = host.src || host.getAttribute('src');
  if (src === null && !host.feed && !host.querySelector(':scope > script[slot=feed]')) {
    const name = MISSPELLED.find((attribute) => host.hasAttribute(attribute));
    mistakes.push(`there is no src. ${name ? `Rename ${name} to src.` : 'Set it to the URL of the feed.'}`);
  }
  const urls = resolveUrls(src ?? '', 'relative:');
  if (urls.some((url) => /^www\./i.test(url))) {
    mistakes.push(`src="${src}" is a path of this site. Write https:// before www.`);
  }
  if (urls.some((url) => /,(?:$|https?:)/i.test(url))) {
    mistakes.push(`src="${src}" contains a comma. Separate URLs by spaces.`);
  }
  const children = [...host.children].filter((child) => !child.slot);
  const elements = children.flatMap((child) => [child, ...child.querySelectorAll('*')]);
  if (elements.length > MAX_FALLBACK_ELEMENTS || elements.some((element) => element.matches(LANDMARKS))) {
    mistakes.push(
      'the element contains a large part of the page, which it hides. Check that it ends with </diary-feed>.',
    );
  }
  return mistakes;
}
