import type { UpdatingElement } from './updating-element.js';

/** Follows the language of what is around an element, while the element is on the page. */
export class LanguageController {
  /** The nearest `lang`; '' where there is none. */
  language = '';

  readonly #host: UpdatingElement;
  readonly #observer = new MutationObserver(() => this.#update());

  constructor(host: UpdatingElement) {
    this.#host = host;
  }

  hostConnected(): void {
    this.#update();
    for (const root of rootsAround(this.#host)) {
      this.#observer.observe(root, { attributeFilter: ['lang'], subtree: true });
    }
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  #update(): void {
    const language = languageAround(this.#host);
    if (language === this.language) return;
    this.language = language;
    this.#host.requestUpdate();
  }
}

/** The nearest `lang` of the element or what it stands in, shadow roots' hosts included; '' where there is none. */
export function languageAround(element: Element): string {
  for (let place: Element | undefined = element; place; place = place.parentElement ?? hostOf(place)) {
    const language = place.getAttribute('lang');
    if (language) return language.trim().replaceAll('_', '-'); // as programs write it
  }
  return '';
}

/** What the shadow tree of an element belongs to. Told by type: in the document of a frame the classes are others. */
function hostOf(element: Element): Element | undefined {
  const root = element.getRootNode();
  return root.nodeType === Node.DOCUMENT_FRAGMENT_NODE ? (root as Partial<ShadowRoot>).host : undefined;
}

/** The document and the shadow trees that an element is in, innermost first. */
function rootsAround(element: Element): Node[] {
  const host = hostOf(element);
  return [element.getRootNode(), ...(host ? rootsAround(host) : [])];
}
