/**
 * The element's state for style sheets, `diary-feed:state(failed)`: one at a time. Where a browser has no custom
 * states, or takes only their first notation, there are none.
 */
export class CustomStates {
  readonly #states: CustomStateSet | undefined;

  constructor(element: HTMLElement) {
    this.#states = element.attachInternals().states;
  }

  show(name: string): void {
    try {
      this.#states?.clear();
      this.#states?.add(name);
    } catch {
      // Chrome before 125 took only names that begin with two hyphens
    }
  }
}
