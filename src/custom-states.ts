/**
 * The element's states for style sheets, `diary-feed:state(failed)`. Where a browser has no custom
 * states, or takes only their first notation, there are none.
 */
export class CustomStates {
  readonly #states: CustomStateSet | undefined;

  constructor(element: HTMLElement) {
    this.#states = element.attachInternals().states;
  }

  /** Shows these, and no others. */
  show(...names: (string | undefined)[]): void {
    try {
      this.#states?.clear();
      for (const name of names) if (name) this.#states?.add(name);
    } catch {
      // Chrome before 125 took only names that begin with two hyphens
    }
  }
}
