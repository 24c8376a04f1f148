import { html, LitElement } from 'lit';
import { property, state } from 'lit/decorators.js';

/** Milliseconds for which the button shows that it has copied. */
const FEEDBACK_MS = 2000;

/**
 * A button that copies a text and shows that for two seconds. If the browser doesn't allow it, it selects the text in the
 * `source`. Fires `copy-done` with the label that it shows.
 */
export class CopyButton extends LitElement {
  @property() text = '';
  @property() label = '';
  @property() copied = '';
  @property() selected = '';
  /** Id of the text area that contains the text. */
  @property() source = '';
  @property() kind = '';
  @state() private feedback = '';

  #timer: ReturnType<typeof setTimeout> | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this; // the styles are the page's
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  readonly #copy = async (): Promise<void> => {
    const isCopied = await this.#write();
    this.feedback = isCopied ? this.copied : this.selected;
    this.dispatchEvent(new CustomEvent('copy-done', { detail: this.feedback, bubbles: true }));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.feedback = ''), FEEDBACK_MS);
  };

  /** Returns whether the text is copied. If not, it is selected. */
  async #write(): Promise<boolean> {
    try {
      await navigator.clipboard.writeText(this.text); // there is no clipboard on a page without https
      return true;
    } catch {
      const area = document.getElementById(this.source);
      if (!(area instanceof HTMLTextAreaElement)) return false;
      area.focus();
      area.select();
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way on a page without https
      return document.execCommand('copy');
    }
  }

  protected override render(): unknown {
    return html`<button
      type="button"
      class="copy ${this.kind}"
      data-copied=${this.feedback ? 'yes' : 'no'}
      @click=${this.#copy}
    >
      ${this.feedback || this.label}
    </button>`;
  }
}

customElements.define('copy-button', CopyButton);
