import { TEXTS, type TextKey } from '../../demo/builder/texts/index.js';
import type { DiaryFeedElement } from '../../src/index.js';
import { until } from './visit.js';

let frame: HTMLIFrameElement | undefined;

afterEach(() => frame?.remove());

/** The builder, open in a frame. */
export interface Builder {
  view: Window & typeof globalThis;
  page: Document;
  /** The element in the preview. */
  diary: DiaryFeedElement;
  /** Directives of the page's policy that it broke. */
  violations: string[];
}

/** Opens the builder with a query, and waits until it has checked the feeds. */
export async function openBuilder(query = ''): Promise<Builder> {
  frame?.remove();
  frame = document.createElement('iframe');
  frame.style.cssText = 'inline-size: 1280px; block-size: 900px; border: 0';
  frame.src = `/demo/builder.html${query}`;
  const loaded = new Promise((resolve) => frame?.addEventListener('load', resolve));
  document.body.append(frame);
  await loaded;
  const view = frame.contentWindow as Builder['view'];
  const page = view.document;
  const violations: string[] = [];
  page.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violations.push(effectiveDirective));
  await until(() => Boolean(page.querySelector('.stage look-preview')?.shadowRoot?.querySelector('diary-feed')));
  const diary = page.querySelector('.stage look-preview')?.shadowRoot?.querySelector('diary-feed');
  const builder = { view, page, diary: diary as DiaryFeedElement, violations };
  await checked(builder);
  return builder;
}

/** Waits until nobody types and no feed is being loaded. */
export async function checked({ page }: Builder): Promise<void> {
  const list = page.getElementById('check');
  const isLoading = (): boolean =>
    [TEXTS.sv, TEXTS.en].some((texts) => list?.textContent.includes(texts['url-loading']));
  await until(() => list?.childElementCount !== 0 && !isLoading());
}

/** Types into a control. */
export async function write({ page, view }: Builder, id: string, text: string): Promise<void> {
  const input = page.getElementById(id) as HTMLInputElement;
  input.value = text;
  for (const type of ['input', 'change']) input.dispatchEvent(new view.Event(type, { bubbles: true }));
  await new Promise((resolve) => setTimeout(resolve));
}

/** Presses the button, or chooses the picture, with that text. */
export async function press({ page }: Builder, text: string): Promise<void> {
  const matches = [...page.querySelectorAll<HTMLElement>('button, label')].filter(
    (each) => each.textContent.trim() === text,
  );
  const [first] = matches;
  if (!first) throw new Error(`There is no button "${text}".`);
  first.click();
  await new Promise((resolve) => setTimeout(resolve));
}

export const codeOf = ({ page }: Builder): string => (page.getElementById('code') as HTMLTextAreaElement).value;

export const textsIn = ({ page }: Builder, selector: string): string[] =>
  [...page.querySelectorAll(selector)].map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());

/** Returns whether a list of texts contains that text of the builder, in Swedish. Its gaps match anything. */
export function contains(texts: readonly string[], key: TextKey): boolean {
  const parts = TEXTS.sv[key].split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return texts.some((text) => new RegExp(parts.join('.*'), 's').test(text));
}
