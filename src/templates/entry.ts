import { html, nothing, type TemplateResult } from 'lit';
import { join } from 'lit/directives/join.js';
import { entryName, excerpt, MAX_LINE_LENGTH } from '../entries/excerpt.js';
import { daysFromToday, formatDate, mayBeUpcoming, type DateStyle } from '../entries/format-date.js';
import { httpUrl } from '../feed/http-url.js';
import type { Entry } from '../feed/types.js';
import { langOf, type Locale } from '../messages/index.js';

/** Part of an entry in addition to its title. */
export type ShowToken = 'date' | 'summary' | 'author' | 'source' | 'category' | 'image';

/** Space-separated tokens, or `none`. Editors complete the first two. */
export type Show = 'none' | ShowToken | `${ShowToken} ${ShowToken}` | `${ShowToken} ${ShowToken} ${string}`;

/** Settings for the layout of an entry. */
export interface EntryOptions {
  /** Tokens of the `show` attribute. */
  show: ReadonlySet<string>;
  summaryLength: number;
  isExpandable: boolean;
  dateStyle: DateStyle;
  timeZone: string;
  newFor: number | null;
  /** URL, or `undefined` without one. */
  fallbackImage: string | undefined;
  opensNewTab: boolean;
  locale: Locale;
  /** Language of the texts of an entry that doesn't name one. */
  feedLanguage: string | undefined;
  /** Language that overrides all others, or ''. */
  feedLang: string;
}

/** Paragraphs of a full text; the last one contains all that follow. A hostile feed can have a million. */
const MAX_PARAGRAPHS = 200;

/** Renders the default layout of an entry. `index` makes its ids unique. */
export function entryTemplate(entry: Entry, index: number, options: EntryOptions): TemplateResult {
  const { show, summaryLength, isExpandable } = options;
  const lang = textLang(entry, options) ?? nothing;
  const excerpted = show.has('summary') && entry.summary ? excerpt(entry.summary, summaryLength) : '';
  const summary = excerpted === entryName(entry) ? '' : excerpted;
  const facts = factTemplates(entry, index, options);
  return html`
    <div class="text">
      ${titleTemplate(entry, index, options)}
      ${facts.length > 0 ? html`<div class="facts">${join(facts, '\u2003')}</div>` : nothing}
      ${summary ? html`<p part="summary" dir="auto" lang=${lang}>${summary}</p>` : nothing}
      ${isExpandable ? fullTextTemplate(entry, excerpted, options) : nothing}
    </div>
    ${show.has('image') ? imageTemplate(entry, options) : nothing}
  `;
}

/** Returns the `lang` that an entry's texts need. */
export function textLang(entry: Entry, { feedLang, feedLanguage, locale }: EntryOptions): string | undefined {
  return langOf(feedLang || (entry.language ?? feedLanguage), locale);
}

/** Returns the badge of an entry: its day is in the future, or among the last days. */
export function badgeOf(entry: Entry, { newFor, timeZone }: EntryOptions): 'upcoming' | 'new' | undefined {
  if (newFor === null && !mayBeUpcoming(entry)) return undefined; // without a formatter, which is slow to create
  const days = daysFromToday(entry, timeZone);
  if (days === undefined) return undefined;
  if (days > 0) return 'upcoming';
  return newFor !== null && days > -newFor ? 'new' : undefined;
}

/** Returns the URL of an entry's image, or the fallback. */
export function imageUrl({ image }: Entry, { fallbackImage }: EntryOptions): string | undefined {
  return httpUrl(image) ?? fallbackImage;
}

/** Replaces an image that is broken, or that is a tracking pixel, by the fallback; hides it without one. */
export function checkImage({ type, target }: Event, { fallbackImage }: EntryOptions): void {
  const image = target as HTMLImageElement;
  const isBroken = type === 'error' || image.naturalWidth * image.naturalHeight === 1;
  if (isBroken && fallbackImage && image.src !== fallbackImage) image.src = fallbackImage;
  else image.hidden = isBroken;
}

/** Titles repeat over the years, so badge and date describe the link. */
function titleTemplate(entry: Entry, index: number, options: EntryOptions): TemplateResult {
  const { locale, show, opensNewTab } = options;
  const name = entryName(entry);
  const lang = name ? textLang(entry, options) : locale.lang;
  const text = html`<span dir="auto" lang=${lang ?? nothing}>${name ?? locale.messages.untitled}</span>`;
  const link = httpUrl(entry.link);
  if (!link) return html`<span class="title">${text}</span>`;
  const hasDate = show.has('date') && Boolean(entry.day ?? entry.date);
  const describedBy = [badgeOf(entry, options) && `badge-${index}`, hasDate && `date-${index}`]
    .filter(Boolean)
    .join(' ');
  return html`<a
    part="link"
    class="title"
    href=${link}
    target=${opensNewTab ? '_blank' : nothing}
    rel=${opensNewTab ? 'noopener' : nothing}
    aria-describedby=${describedBy || nothing}
    >${text}${opensNewTab ? newTabHint(locale) : nothing}</a
  >`;
}

function newTabHint(locale: Locale): TemplateResult {
  return html`<span class="visually-hidden" lang=${locale.lang ?? nothing}> ${locale.messages.newTab}</span>`;
}

function factTemplates(entry: Entry, index: number, options: EntryOptions): TemplateResult[] {
  const { show, locale } = options;
  const lang = textLang(entry, options) ?? nothing;
  const badge = badgeOf(entry, options);
  const fact = (part: string, text: string): TemplateResult =>
    html`<span part=${part} dir="auto" lang=${lang}>${excerpt(text, MAX_LINE_LENGTH)}</span>`;
  return [
    badge &&
      html`<span part=${badge} class="badge" id="badge-${index}" dir="auto" lang=${locale.lang ?? nothing}
        >${locale.messages[badge]}</span
      >`,
    show.has('date') && dateTemplate(entry, index, options),
    show.has('author') && entry.author && fact('author', entry.author),
    show.has('source') && entry.source && fact('source', entry.source),
    ...(show.has('category') ? entry.categories.map((category) => fact('category', category)) : []),
  ].filter((template) => typeof template === 'object');
}

function dateTemplate(
  entry: Entry,
  index: number,
  { locale, dateStyle, timeZone }: EntryOptions,
): TemplateResult | undefined {
  const date = formatDate(entry, { language: locale.language, dateStyle, timeZone });
  return (
    date &&
    html`<time
      part="date"
      id="date-${index}"
      datetime=${date.datetime}
      dir="auto"
      lang=${langOf(date.language, locale) ?? nothing}
      >${date.fullText ? relativeDateTemplate(date.text, date.fullText) : date.text}</time
    >`
  );
}

/** Renders both dates as one text for screen readers: of text next to a block, Orca reads only one of the two. */
function relativeDateTemplate(text: string, fullText: string): TemplateResult {
  return html`<span aria-hidden="true">${text}</span><span class="visually-hidden">${text}, ${fullText}</span>`;
}

/** Renders the full text, unless all of it is visible anyway. */
function fullTextTemplate(entry: Entry, visibleText: string, options: EntryOptions): TemplateResult | typeof nothing {
  const { locale } = options;
  const text = entry.summary ?? '';
  const line = excerpt(text, Infinity);
  const name = entryName(entry);
  if (line === visibleText || line === name) return nothing;
  const lang = textLang(entry, options);
  const paragraphs = text.split('\n');
  const rest = paragraphs.splice(MAX_PARAGRAPHS).join(' ');
  if (rest) paragraphs.push(rest);
  return html`<details part="details">
    <summary part="expand" dir="auto" lang=${locale.lang ?? nothing}>
      ${locale.messages.expand}<span
        class="visually-hidden"
        lang=${lang ?? (locale.lang ? locale.surrounding : nothing)}
      >
        ${name}</span
      >
    </summary>
    ${paragraphs.map((paragraph) => html`<p dir="auto" lang=${lang ?? nothing}>${paragraph}</p>`)}
  </details>`;
}

function imageTemplate(entry: Entry, options: EntryOptions): TemplateResult | typeof nothing {
  const url = imageUrl(entry, options);
  if (!url) return nothing;
  const check = (event: Event): void => checkImage(event, options);
  return html`<img
    part="image"
    src=${url}
    alt=""
    loading="lazy"
    decoding="async"
    referrerpolicy="no-referrer"
    @error=${check}
    @load=${check}
  />`;
}
