import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { findLocale, type Locale } from '../messages/index.js';

/** Follows the nearest `lang` around its host, through shadow roots, and provides the messages in that language. */
export class LocalizeController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #observer: MutationObserver | undefined; // created when connected: a server has no MutationObserver
  #surrounding = '';

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /** Looked up at each call, because a page can add messages at any time. */
  get locale(): Locale {
    return findLocale(this.#surrounding);
  }

  hostConnected(): void {
    this.#update();
    this.#observer ??= new MutationObserver(() => this.#update());
    for (const root of rootsAround(this.#host)) {
      this.#observer.observe(root, { attributeFilter: ['lang'], subtree: true });
    }
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  #update(): void {
    const surrounding = nearestLang(this.#host);
    if (surrounding === this.#surrounding) return;
    this.#surrounding = surrounding;
    this.#host.requestUpdate();
  }
}

/** Returns the nearest `lang` of an element or an ancestor, hosts of shadow roots included; '' without one. */
export function nearestLang(element: Element): string {
  for (let node: Element | undefined = element; node; node = node.parentElement ?? hostOf(node)) {
    const lang = node.getAttribute('lang');
    if (lang) return lang.trim().replaceAll('_', '-'); // sv_SE, as some software writes it
  }
  return '';
}

/** Returns the document and the shadow roots that contain an element, innermost first. */
function rootsAround(element: Element): Node[] {
  const host = hostOf(element);
  return [element.getRootNode(), ...(host ? rootsAround(host) : [])];
}

function hostOf(element: Element): Element | undefined {
  return (element.getRootNode() as Partial<ShadowRoot>).host;
}
