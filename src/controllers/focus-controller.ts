import type { LitElement, ReactiveController } from 'lit';

/** Keeps the focus in the list: on the first entry that the visitor has added, or when what had it disappears. */
export class FocusController implements ReactiveController {
  readonly #host: LitElement;
  #nextIndex: number | undefined;
  /** The retry button or the part of the fallback that had the focus before the update. */
  #focused: Element | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Moves the focus to an entry after the next update: to its link if it has one. */
  focusEntry(index: number): void {
    this.#nextIndex = index;
  }

  hostUpdate(): void {
    const focused = this.#host.shadowRoot?.activeElement;
    const fallback = [...this.#host.children].find((child) => !child.slot && child.matches(':focus-within'));
    this.#focused = focused?.matches('[part=retry]') ? focused : fallback;
  }

  hostUpdated(): void {
    const index = this.#nextIndex;
    this.#nextIndex = undefined;
    const { renderRoot } = this.#host;
    if (index !== undefined) {
      const entry = renderRoot.querySelectorAll<HTMLElement>('[part=entry]')[index];
      const link = entry?.querySelector<HTMLElement>('a[href]');
      if (entry && !link) entry.tabIndex = -1;
      (link ?? entry)?.focus();
    } else if (this.#focused?.checkVisibility() === false) {
      const link = renderRoot.querySelector<HTMLElement>('[part=entry] a[href]');
      (link ?? this.#host.querySelector<HTMLElement>('a[href]'))?.focus();
    }
  }
}
