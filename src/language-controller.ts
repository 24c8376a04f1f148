import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { languageAround, rootsAround } from './locale.js';

/** Follows the language of what is around an element, while the element is on the page. */
export class LanguageController implements ReactiveController {
  /** The nearest `lang`; '' where there is none. */
  language = '';

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #observer = new MutationObserver(() => this.#update());

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
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
