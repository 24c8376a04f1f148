import { DiaryFeedElement } from '../../src/index.js';

DiaryFeedElement.define();

let places: HTMLElement[] = [];

afterEach(() => {
  for (const place of places) place.remove();
  places = [];
});

export type Attributes = Record<string, string | number>;

/** An element that is not on the page yet. */
export function create(
  attributes: Attributes = {},
  fallback = '<a href="https://dagbok.example/">Dagboken</a>',
): DiaryFeedElement {
  const element = document.createElement('diary-feed');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.innerHTML = fallback;
  return element;
}

/** Puts an element on the page, where the language is Swedish; it is taken away after the test. */
export function place(element: HTMLElement, lang = 'sv'): void {
  const surroundings = document.createElement('div');
  surroundings.lang = lang;
  surroundings.append(element);
  document.body.append(surroundings);
  places.push(surroundings);
}

/** The event of that name, when it comes. */
export function eventOf<T extends Event = Event>(target: EventTarget, type: string): Promise<T> {
  return new Promise((resolve) => target.addEventListener(type, (event) => resolve(event as T), { once: true }));
}

/** An element on the page whose first load has ended, well or badly. */
export async function mount(
  attributes: Attributes,
  options: { lang?: string; fallback?: string } = {},
): Promise<DiaryFeedElement> {
  const element = create(attributes, options.fallback);
  const ended = eventOf(element, 'loadend');
  place(element, options.lang);
  await ended;
  return element;
}

/** What matches within the element. */
export function all(element: Element, selector: string): HTMLElement[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])];
}

export function one(element: Element, selector: string): HTMLElement | undefined {
  return all(element, selector)[0];
}

/** The texts of what matches, as they are read: white space collapsed. */
export function textsOf(element: Element, selector: string): string[] {
  return all(element, selector).map((match) => match.textContent.replace(/\s+/g, ' ').trim());
}

/** Whether a person sees the fallback. */
export function isFallbackShown(element: Element): boolean {
  return element.firstElementChild?.checkVisibility() ?? false;
}

/** Names of the element's events, in the order in which they come. */
export function recordEvents(element: Element): string[] {
  const names: string[] = [];
  for (const type of ['loadstart', 'load', 'error', 'loadend']) element.addEventListener(type, () => names.push(type));
  return names;
}
