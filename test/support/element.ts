import { DiaryFeedElement } from '../../src/index.js';

DiaryFeedElement.define();

let containers: HTMLElement[] = [];

afterEach(() => {
  for (const container of containers) container.remove();
  containers = [];
});

export type Attributes = Record<string, string | number>;

/** Creates an element that isn't on the page. */
export function create(
  attributes: Attributes = {},
  fallback = '<a href="https://dagbok.example/">Dagboken</a>',
): DiaryFeedElement {
  const element = document.createElement('diary-feed');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.innerHTML = fallback;
  return element;
}

/** Appends an element to the page, with Swedish as its language by default, and removes it after the test. */
export function appendToPage(element: HTMLElement, lang = 'sv'): void {
  const container = document.createElement('div');
  container.lang = lang;
  container.append(element);
  document.body.append(container);
  containers.push(container);
}

/** Resolves with the next event of that type. */
export function nextEvent<T extends Event = Event>(target: EventTarget, type: string): Promise<T> {
  return new Promise((resolve) => target.addEventListener(type, (event) => resolve(event as T), { once: true }));
}

/** Appends an element to the page and resolves at the end of its first load. */
export async function mount(
  attributes: Attributes,
  options: { lang?: string; fallback?: string } = {},
): Promise<DiaryFeedElement> {
  const element = create(attributes, options.fallback);
  const ended = nextEvent(element, 'loadend');
  appendToPage(element, options.lang);
  await ended;
  return element;
}

/** Returns the elements in the shadow root that match. */
export function queryAll(element: Element, selector: string): HTMLElement[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])];
}

/** Returns the first element in the shadow root that matches. */
export function query(element: Element, selector: string): HTMLElement | undefined {
  return queryAll(element, selector)[0];
}

/** Returns the texts of the matching elements, with collapsed white space. */
export function textsOf(element: Element, selector: string): string[] {
  return queryAll(element, selector).map((match) => match.textContent.replace(/\s+/g, ' ').trim());
}

/** Returns whether the fallback is visible. */
export function isFallbackVisible(element: Element): boolean {
  return element.firstElementChild?.checkVisibility() ?? false;
}

/** Records the names of the element's events in their order. */
export function recordEvents(element: Element): string[] {
  const names: string[] = [];
  for (const type of ['loadstart', 'load', 'error', 'loadend']) element.addEventListener(type, () => names.push(type));
  return names;
}
