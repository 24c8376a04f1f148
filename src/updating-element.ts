import { applyStyles } from './styles.js';

/** On a server there are no elements: the class can be imported there, and is never made one of. */
const BaseElement = (globalThis as Partial<typeof globalThis>).HTMLElement ?? (Object as never);

/**
 * An element that shows its state in its shadow tree, once for all changes of a turn. Until it has shown something for the
 * first time its own content is seen, as before the script ran.
 *
 * Lit's own base class is for elements with reactive properties. This one has none: its attributes are its only state, and
 * what it takes to follow them is here, in a quarter of the bytes.
 */
export abstract class UpdatingElement extends BaseElement {
  /** The shadow tree, once the element has been on a page. */
  #root: ShadowRoot | undefined;
  #isUpdateWanted = false;
  #update: Promise<void> | undefined;
  #hasShown = false;

  connectedCallback(): void {
    if (!this.#root) {
      // not before: an element that a program makes has no content yet
      this.#root = this.shadowRoot ?? this.attachShadow({ mode: 'open' }); // eslint-disable-line wc/attach-shadow-constructor
      const content = document.createElement('div');
      content.className = 'fallback';
      content.append(document.createElement('slot'));
      this.#root.replaceChildren(content);
      applyStyles(this.#root);
    }
    this.requestUpdate();
  }

  /** @internal */
  adoptedCallback(): void {
    if (this.#root) applyStyles(this.#root);
  }

  /** @internal */
  requestUpdate(): void {
    this.#isUpdateWanted = true;
    if (this.#root) this.#update ??= this.#updateAll(this.#root);
  }

  /** @internal Ends when the view shows what the state is; rejects where it could not be shown. */
  get updateComplete(): Promise<void> {
    return this.#update ?? Promise.resolve();
  }

  /** Is called once before the changes of a turn are shown. */
  protected abstract willUpdate(): void;

  /** Gives what brings the state into the shadow tree; that may come later, the first time, and `undefined` where it does not. */
  protected abstract loadView(): Promise<((root: ShadowRoot) => void) | undefined>;

  async #updateAll(root: ShadowRoot): Promise<void> {
    try {
      await Promise.resolve(); // the turn goes on: there may be other changes
      while (this.#isUpdateWanted) {
        this.willUpdate();
        this.#isUpdateWanted = false;
        const show = await this.loadView();
        if (!show) continue;
        if (!this.#hasShown) root.replaceChildren();
        this.#hasShown = true;
        show(root);
      }
    } finally {
      this.#update = undefined;
    }
  }
}
