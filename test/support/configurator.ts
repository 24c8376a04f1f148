import type { DiaryFeedElement } from '../../src/index.js';
import { until } from './visit.js';

/** Whether this is the engine of Safari. */
export const isWebKit = navigator.userAgent.includes('AppleWebKit') && !navigator.userAgent.includes('Chrome');

type Texts = Record<'sv' | 'en', Record<string, string>>;
const textsModule = '/demo/configurator/texts.js';
const { TEXTS } = (await import(textsModule)) as { TEXTS: Texts };

/** A pattern for a text of the configurator. Without a value, a gap matches anything. */
export function textPattern(
  key: string,
  gaps: Record<string, string | number> = {},
  language: keyof Texts = 'sv',
): RegExp {
  const text = TEXTS[language][key];
  if (text === undefined) throw new Error(`the configurator has no text ${key}`);
  const escape = (part: string): string => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const parts = text.split(/\{(\w+)\}/).map((part, index) => {
    if (index % 2 === 0) return escape(part);
    return part in gaps ? escape(String(gaps[part])) : '.*';
  });
  return new RegExp(parts.join(''), 's');
}

let frame: HTMLIFrameElement | undefined;

afterEach(() => frame?.remove());

/** The page of the configurator. */
export interface Open {
  view: Window & typeof globalThis;
  page: Document;
  violations: string[];
  /** The frame that the page is in. */
  frame: HTMLIFrameElement;
  /** The element of the preview. */
  element: DiaryFeedElement;
}

/** Opens it with a query, and waits until the feeds have been read or not. */
export async function open(query = '', { width = 1280, scheme = 'light' } = {}): Promise<Open> {
  frame?.remove();
  frame = document.createElement('iframe');
  frame.style.cssText = `inline-size: ${width}px; block-size: 900px; border: 0; color-scheme: ${scheme}`;
  const violations: string[] = [];
  frame.src = `/demo/configurator.html${query}`;
  const opened = new Promise((resolve) => frame?.addEventListener('load', resolve));
  document.body.append(frame);
  await opened;
  const view = frame.contentWindow as Open['view'];
  const page = view.document;
  page.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violations.push(effectiveDirective));
  await until(() => page.documentElement.dataset.ready === '');
  const element = page.querySelector('iframe')?.contentDocument?.querySelector('diary-feed');
  if (!element) throw new Error('there is no preview');
  await until(() => !['idle', 'loading'].includes(element.status));
  const isReading = (): boolean =>
    (['sv', 'en'] as const).some((language) =>
      textPattern('check-loading', {}, language).test(page.getElementById('check')?.textContent ?? ''),
    );
  await until(() => !isReading());
  return { view, page, violations, frame, element };
}

/** What is in the page under an id; as an input, for which most of it is. */
export function find({ page }: Open, id: string): HTMLInputElement {
  const found = page.getElementById(id);
  if (!found) throw new Error(`there is no ${id}`);
  return found as HTMLInputElement;
}

/** Writes into a control as a person does. */
export function write(open: Open, id: string, value: string): void {
  const control = find(open, id);
  control.value = value;
  for (const type of ['input', 'change']) control.dispatchEvent(new open.view.Event(type, { bubbles: true }));
}
