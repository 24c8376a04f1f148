import type { DiaryFeedElement } from '../../src/index.js';

/** A page of test/pages, open in a frame. */
export interface Visit {
  page: Document;
  view: Window & typeof globalThis;
  element: DiaryFeedElement;
  /** Directives of the policy that the page broke. */
  violations: string[];
  /** What the page threw, unhandled rejections included. */
  errors: string[];
}

/** Options of a visit. The default is the strict policy. */
export interface VisitOptions {
  policy?: string;
  /** Another feed than the page's own. */
  src?: string;
  /** Further query parameters, for the page's scripts. */
  query?: Record<string, string>;
}

let frames: HTMLIFrameElement[] = [];

afterEach(() => {
  for (const frame of frames) frame.remove();
  frames = [];
});

/** Opens a frame and removes it after the test. */
export function openFrame(attributes: Record<string, string>): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
  frame.style.cssText = 'inline-size: 600px; block-size: 400px';
  document.body.append(frame);
  frames.push(frame);
  return frame;
}

/** Returns the URL of a page of test/pages. */
export function pageUrl(name: string, { policy, query = {} }: VisitOptions = {}): string {
  const parameters = new URLSearchParams({ ...(policy && { policy }), ...query }).toString();
  return `/test/pages/${name}.html${parameters && `?${parameters}`}`;
}

/** Opens a page and resolves when `isDone` returns true. */
export async function visit(
  name: string,
  isDone: (visit: Visit) => boolean,
  options: VisitOptions = {},
): Promise<Visit> {
  const frame = openFrame({ src: pageUrl(name, options) });
  await new Promise((resolve) => frame.addEventListener('load', resolve));
  const { contentDocument: page, contentWindow } = frame;
  const element = page?.querySelector<DiaryFeedElement>('diary-feed');
  if (!page || !contentWindow || !element) throw new Error(`${name} is missing`);
  const view = contentWindow as Visit['view'] & { recorded: Pick<Visit, 'violations' | 'errors'> };
  const result: Visit = { page, view, element, ...view.recorded };
  if (options.src) element.setAttribute('src', options.src);
  await until(() => isDone(result));
  return result;
}

/** Resolves when the condition is true, until the time limit of the test. */
export async function until(isDone: () => boolean): Promise<void> {
  while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 20));
}

export function linksOf({ element }: Pick<Visit, 'element'>): string[] {
  return [...(element.shadowRoot?.querySelectorAll('a') ?? [])].map((link) => link.textContent);
}

export const isReady = ({ element }: Pick<Visit, 'element'>): boolean => element.status === 'ready';
export const isFailed = ({ element }: Pick<Visit, 'element'>): boolean => element.status === 'failed';
