import { html, nothing, type TemplateResult } from 'lit';
import { excerpt, MAX_LINE_LENGTH } from '../entries/excerpt.js';
import type { Feed } from '../feed/types.js';
import { langOf, type Locale } from '../messages/index.js';

/** Content of the heading. */
export interface FeedHeadingOptions {
  /** Text; '' for the feed's title, `null` for no heading. */
  heading: string | null;
  headingLevel: number;
  feed: Feed | undefined;
  /** Language of the feed's title that overrides the feed's own, or ''. */
  feedLang: string;
  /** URL of the diary, if it is known. */
  diaryUrl: string | undefined;
}

/** Renders the heading, which links to the diary. */
export function feedHeadingTemplate(options: FeedHeadingOptions, locale: Locale): TemplateResult | typeof nothing {
  const { heading, headingLevel, feed, feedLang, diaryUrl } = options;
  const text = heading?.trim();
  const title = text || excerpt(feed?.title ?? '', MAX_LINE_LENGTH);
  if (text === undefined || !title) return nothing;
  const lang = text ? undefined : langOf(feedLang || feed?.language, locale);
  const content = diaryUrl ? html`<a href=${diaryUrl}>${title}</a>` : title;
  return headingTemplate(headingLevel, 'heading', html`<span dir="auto" lang=${lang ?? nothing}>${content}</span>`);
}

/** Renders a heading of a level from 2 to 6. Lit doesn't take an expression as a tag name. */
export function headingTemplate(level: number, part: 'heading' | 'group', content: unknown): TemplateResult {
  switch (level) {
    case 2:
      return html`<h2 part=${part}>${content}</h2>`;
    case 3:
      return html`<h3 part=${part}>${content}</h3>`;
    case 4:
      return html`<h4 part=${part}>${content}</h4>`;
    case 5:
      return html`<h5 part=${part}>${content}</h5>`;
    default:
      return html`<h6 part=${part}>${content}</h6>`;
  }
}
