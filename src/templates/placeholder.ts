import { html, nothing, type TemplateResult } from 'lit';
import type { Entry } from '../feed/types.js';
import { entryTemplate, type EntryOptions } from './entry.js';
import { headingTemplate } from './heading.js';

/** Settings for the placeholder entries. */
export interface PlaceholderOptions extends EntryOptions {
  limit: number;
  more: number | null;
}

/** Text of about this length, which wraps like words. */
const textOf = (length: number): string => 'abcdefg '.repeat(Math.ceil(length / 8)).trim();

/** Like the entries of most diaries: a title on one line, and more text than the summary shows. */
function createEntry(summaryLength: number): Entry {
  return {
    title: textOf(16),
    day: '2026-01-01',
    summary: textOf(2 * summaryLength),
    author: textOf(16),
    categories: [textOf(8)],
  };
}

/**
 * Renders invisible entries that are about as high as the feed's: the content of the page below stays in place when those
 * appear. They have the same parts, so that themes apply.
 */
export function placeholderTemplate(options: PlaceholderOptions): TemplateResult {
  const { limit, more, show, summaryLength } = options;
  // the settings that create no date formatter, which is slow, and request no image
  const locale = { ...options.locale, language: 'sv' };
  const plain: EntryOptions = { ...options, locale, dateStyle: 'long', newFor: null, fallbackImage: undefined };
  const image = show.has('image') ? html`<div part="image" class="image"></div>` : nothing;
  const entry = createEntry(summaryLength);
  // one template for each item: Lit can't render an iterator in it twice
  const item = (): TemplateResult => html`<li part="entry">${entryTemplate(entry, 0, plain)} ${image}</li>`;
  return html`<div class="placeholder" aria-hidden="true">
    <ul part="list">
      ${Array.from({ length: limit }, item)}
    </ul>
    ${more === null ? nothing : html`<div class="after"><button part="more" type="button">${textOf(16)}</button></div>`}
  </div>`;
}

/** Renders an invisible heading, for the title of a feed that isn't known yet. */
export function placeholderHeading(level: number): TemplateResult {
  return html`<div class="placeholder" aria-hidden="true">${headingTemplate(level, 'heading', textOf(16))}</div>`;
}
