import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import { excerpt, LINE_LENGTH, nameOf } from './excerpt.js';
import { daysAhead, prepareDates, showDate, showMonth, type DateStyle } from './entry-dates.js';
import type { fillTemplate } from './entry-template.js';
import { isPassing, type FeedError } from './feed/errors.js';
import type { Moment } from './feed/glance.js';
import type { Entry } from './feed/model.js';
import { extensionOf, httpUrl } from './feed/url.js';
import type { FeedState } from './feed-controller.js';
import { langFor, localeFor, type Locale } from './locale.js';
import type { Messages } from './messages.js';

/** Everything that the markup depends on. */
export interface View {
  state: FeedState;
  /** The entries to show, in their order. */
  entries: readonly Entry[];
  /** How many more a press of the button shows; 0: no button but a link to the diary, `null`: neither. */
  moreCount: number | null;
  heading: string | null;
  headingLevel: number;
  shows: ReadonlySet<string>;
  summaryLength: number;
  isExpandable: boolean;
  /** `keyOf` the entries whose whole text stands open. */
  opened: ReadonlySet<string>;
  dateStyle: DateStyle;
  timeZone: string;
  group: 'month' | '';
  /** Days for which an entry is marked as new. */
  newFor: number | null;
  /** The newest entry, where it is so old that the reader is to be told. */
  staleSince: Moment | undefined;
  /** Address of the page with all entries. */
  diaryLink: string | undefined;
  /** Absolute addresses to link to, where that is wanted. */
  feedLinks: readonly string[];
  /** Address of the picture for entries that have none. */
  fallbackImage: string | undefined;
  /** Addresses that no picture came from. */
  brokenImages: ReadonlySet<string>;
  /** Language of the feed's text whatever that says itself, or ''. */
  feedLanguage: string;
  opensTab: boolean;
  /** Whether the load under way was asked for by the button. */
  isRetrying: boolean;
  /** Whether those who hear the page want to know that entries have come. */
  isNews: boolean;
  /** The nearest `lang` around the element; '' where there is none. */
  surroundingLanguage: string;
  /** What a program makes of an entry instead: anything that Lit renders. */
  renderEntry: (entry: Entry) => unknown;
  /** The page's own markup for an entry, and what fills it. */
  entryTemplate: { template: HTMLTemplateElement; fill: typeof fillTemplate } | undefined;
  onMore: () => void;
  onRetry: () => void;
  onToggle: (event: Event, key: string) => void;
  onBrokenImage: (address: string) => void;
}

type Content = TemplateResult | string | typeof nothing | readonly Content[];

/** A view, and in which words. */
export type SpokenView = View & { locale: Locale };

/** Shows a state in a shadow tree. */
export function showView(view: View, root: ShadowRoot): void {
  const locale = localeFor(view.surroundingLanguage);
  render(template({ ...view, locale }), root);
  if (view.state.status === 'loading' && view.shows.has('date')) prepareDates({ ...view, ...locale });
}

/** The markup of one state. What is said of it stands last, so that nothing moves when it comes or goes. */
function template(view: SpokenView): TemplateResult {
  const { state, locale } = view;
  const hasEntries = view.entries.length > 0;
  return html`
    <slot name="heading">${heading(view)}</slot>
    ${hasEntries ? [lists(view), more(view), view.feedLinks.map((address) => feedLink(address, view))] : nothing}
    <div class="fallback" ?hidden=${hasEntries}><slot></slot></div>
    <div part="status" class="status" role="status" lang=${langFor(locale.language, locale.surrounding) ?? nothing}>
      ${status(view)}
      ${state.status !== 'failed' && view.staleSince ? stale(view.staleSince, locale, view.timeZone) : nothing}
    </div>
    ${state.status === 'failed' || view.isRetrying ? retryButton(view) : nothing}
    <slot name="footer"></slot>
  `;
}

function heading(view: SpokenView): Content {
  const { state, heading: text } = view;
  const title = text || excerpt(state.feed?.fields.title ?? '', LINE_LENGTH);
  if (text === null || !title) return nothing;
  const link = httpUrl(state.feed?.fields.link);
  const lang = text ? undefined : feedLang(view);
  return headingElement(
    'heading',
    view.headingLevel,
    html`<span dir="auto" lang=${lang ?? nothing}>${link ? html`<a href=${link}>${title}</a>` : title}</span>`,
  );
}

/** A tag's name cannot be an expression in a template. */
function headingElement(part: string, level: number, content: Content): TemplateResult {
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

function status({ state, entries, isRetrying, isNews, locale: { messages } }: SpokenView): Content {
  switch (state.status) {
    case 'loading':
      return state.isSlow || isRetrying ? html`<p>${sentence(messages.loading)}</p>` : nothing;
    case 'failed':
      return html`<p>
        <slot name="error">${sentence(failure(state.error, entries.length > 0, messages))}</slot>
      </p>`;
    case 'empty':
      return html`<p>
        <slot name="empty">${sentence(state.feed.entries.length > 0 ? messages.noMatch : messages.empty)}</slot>
      </p>`;
    default:
      return html`<span class="said">${isNews ? messages.loaded(entries.length) : ''}</span>`;
  }
}

/** Says from when the newest entry is. */
function stale(newest: Moment, { messages, language }: Locale, timeZone: string): Content {
  const shown = showDate(newest, { language, dateStyle: 'long', timeZone });
  return shown ? html`<p>${sentence(messages.stale(shown.text))}</p>` : nothing;
}

/** Runs in its own direction; what the page puts in its place runs in the page's. */
function sentence(text: string): TemplateResult {
  return html`<span dir="auto">${text}</span>`;
}

/** The sentence for visitors; what exactly is wrong is the webmaster's affair. */
function failure({ code, status: httpStatus = 0 }: FeedError, hasEntries: boolean, messages: Messages): string {
  if (hasEntries) return messages.outdated;
  if (code === 'network' && !navigator.onLine) return messages.offline;
  if (httpStatus === 401 || httpStatus === 403) return messages.restricted;
  return code === 'network' || code === 'timeout' || isPassing(httpStatus) ? messages.unreachable : messages.unusable;
}

/** Stays where it is while its own try is under way, so that the focus stays too. */
function retryButton({ locale, isRetrying, onRetry }: SpokenView): TemplateResult {
  const lang = langFor(locale.language, locale.surrounding) ?? nothing;
  const isDisabled = isRetrying ? 'true' : nothing;
  return html`<button part="retry" type="button" dir="auto" lang=${lang} aria-disabled=${isDisabled} @click=${onRetry}>
    ${locale.messages.retry}
  </button>`;
}

/** The button, and where it has nothing left to show the way to the diary. */
function more({ locale, moreCount, diaryLink, onMore }: SpokenView): Content {
  const lang = langFor(locale.language, locale.surrounding) ?? nothing;
  const { messages } = locale;
  if (moreCount)
    return html`<button part="more" type="button" dir="auto" lang=${lang} @click=${onMore}>
      ${messages.more(moreCount)}
    </button>`;
  return moreCount === 0 && diaryLink
    ? html`<a part="more" class="link" dir="auto" lang=${lang} href=${diaryLink}>${messages.all}</a>`
    : nothing;
}

/** Several feeds are told apart by their addresses: one host, or one relay, may have them all. */
function feedLink(address: string, { locale, feedLinks }: SpokenView): TemplateResult {
  const lang = langFor(locale.language, locale.surrounding) ?? nothing;
  return html`<a part="feed-link" class="link" dir="auto" lang=${lang} href=${address}
    >${locale.messages.feed}${feedLinks.length > 1 ? ` ${address.split('//')[1]}` : nothing}</a
  >`;
}

function lists(view: SpokenView): Content {
  const { entries, locale, timeZone } = view;
  if (!view.group) return list(entries, 0, view);
  const months = entries.map((entry) => showMonth(entry, locale.language, timeZone));
  const starts = months.flatMap((month, index) => (index > 0 && months[index - 1]?.text === month?.text ? [] : index));
  return starts.map((start, index) => {
    const { text, language } = months[start] ?? { text: locale.messages.undated, language: locale.language };
    const lang = langFor(language, locale.surrounding) ?? nothing;
    return html`${headingElement('group', view.headingLevel + 1, html`<span dir="auto" lang=${lang}>${text}</span>`)}
    ${list(entries.slice(start, starts[index + 1]), start, view)}`;
  });
}

/** @param start Index of the first of them in all that is shown. */
function list(entries: readonly Entry[], start: number, view: SpokenView): TemplateResult {
  // Safari takes the list's role away with its bullets
  return html`<ul part="list" role="list" aria-busy=${view.state.status === 'loading' ? 'true' : nothing}>
    ${entries.map((entry, index) => html`<li part="entry">${ownEntry(entry, view) ?? entryContent(entry, start + index, view)}</li>`)}
  </ul>`;
}

/** What the page or a program makes of an entry; `undefined` where it is ours to show. */
function ownEntry(entry: Entry, view: SpokenView): unknown {
  const { renderEntry, entryTemplate } = view;
  return renderEntry(entry) ?? entryTemplate?.fill(entryTemplate.template, entry, view);
}

function entryContent(entry: Entry, index: number, view: SpokenView): TemplateResult {
  const { shows, summaryLength } = view;
  const lang = feedLang(view, entry) ?? nothing;
  const mark = markOf(entry, view);
  const time = shows.has('date') ? date(entry, index, view) : nothing;
  const summary = shows.has('summary') && entry.summary ? excerpt(entry.summary, summaryLength) : '';
  const isRepeated = summary === nameOf(entry);
  const author = shows.has('author') && entry.author ? excerpt(entry.author, LINE_LENGTH) : '';
  const source = shows.has('source') && entry.source ? excerpt(entry.source, LINE_LENGTH) : '';
  const categories = shows.has('category') ? entry.categories : [];
  const facts = [
    mark ? markElement(mark, index, view.locale) : nothing,
    time,
    author ? html`<span part="author" dir="auto" lang=${lang}>${author}</span>` : nothing,
    source ? html`<span part="source" dir="auto" lang=${lang}>${source}</span>` : nothing,
    ...categories.map(
      (category) => html`<span part="category" dir="auto" lang=${lang}>${excerpt(category, LINE_LENGTH)}</span>`,
    ),
    shows.has('enclosure') ? enclosure(entry, view) : nothing,
  ].filter((fact) => fact !== nothing);
  const descriptions = [mark && `mark-${index}`, time !== nothing && `date-${index}`].filter(Boolean).join(' ');
  return html`
    ${shows.has('image') ? image(entry, view) : nothing}
    <div class="text">
      ${title(entry, descriptions, view)} ${facts.length > 0 ? html`<div class="facts">${facts}</div>` : nothing}
      ${summary && !isRepeated ? html`<p part="summary" dir="auto" lang=${lang}>${summary}</p>` : nothing}
      ${view.isExpandable ? wholeText(entry, summary, view) : nothing}
    </div>
  `;
}

/** Titles repeat over the years: the date describes the link. */
function title(entry: Entry, descriptions: string, view: SpokenView): TemplateResult {
  const { locale, opensTab } = view;
  const name = nameOf(entry);
  const lang = name ? feedLang(view, entry) : langFor(locale.language, locale.surrounding);
  const text = html`<span dir="auto" lang=${lang ?? nothing}>${name ?? locale.messages.untitled}</span>`;
  const link = httpUrl(entry.link) ?? httpUrl(entry.enclosure);
  if (!link) return html`<span class="title">${text}</span>`;
  return html`<a
    part="link"
    class="title"
    href=${link}
    target=${opensTab ? '_blank' : nothing}
    rel=${opensTab ? 'noopener' : nothing}
    aria-describedby=${descriptions || nothing}
    >${text}${opensTab ? newTab(locale) : nothing}</a
  >`;
}

function newTab({ messages, language, surrounding }: Locale): TemplateResult {
  return html`<span class="said" lang=${langFor(language, surrounding) ?? nothing}> ${messages.newTab}</span>`;
}

/** Milliseconds, longer than any day in any zone: what is older than that is of the past everywhere. */
const LONG_AGO = 3 * 86_400_000;

/** What makes an entry stand out: it is still to come, or of the last days. */
export function markOf(entry: Entry, { newFor, timeZone }: View): 'coming' | 'new' | undefined {
  const moment = entry.day ? Date.parse(entry.day) : entry.date?.valueOf();
  // to ask for the day in a zone costs much more
  if (moment === undefined || (!newFor && moment < Date.now() - LONG_AGO)) return undefined;
  const days = daysAhead(entry, timeZone) ?? -Infinity;
  if (days > 0) return 'coming';
  return newFor && days > -newFor ? 'new' : undefined;
}

function markElement(mark: 'coming' | 'new', index: number, locale: Locale): TemplateResult {
  const lang = langFor(locale.language, locale.surrounding) ?? nothing;
  return html`<span part=${mark} class="mark" dir="auto" id=${`mark-${index}`} lang=${lang}
    >${locale.messages[mark]}</span
  >`;
}

function date(entry: Entry, index: number, view: SpokenView): Content {
  const { language, surrounding } = view.locale;
  const shown = showDate(entry, { ...view, language });
  if (!shown) return nothing;
  const lang = langFor(shown.language, surrounding) ?? nothing;
  return html`<time part="date" dir="auto" id=${`date-${index}`} datetime=${shown.datetime} lang=${lang}
    >${shown.text}${shown.fullText ? html`<span class="said">, ${shown.fullText}</span>` : nothing}</time
  >`;
}

/** A link to the file that goes with an entry, named by what it is and how long it plays; both are the same in all languages. */
function enclosure({ enclosure: address, enclosureType = '', duration }: Entry, view: SpokenView): Content {
  const url = httpUrl(address);
  if (!url) return nothing;
  const { pathname, hostname } = new URL(url);
  const minutes = new Intl.NumberFormat([view.locale.language, 'sv'], { style: 'unit', unit: 'minute' });
  const length = duration ? `, ${minutes.format(Math.round(duration / 60) || 1)}` : '';
  const lang = langFor(view.locale.language, view.locale.surrounding) ?? nothing;
  return html`<a part="enclosure" class="link" dir="auto" lang=${lang} href=${url}
    >${nameOfFile(pathname, enclosureType) ?? hostname}${length}</a
  >`;
}

/** What people call a file by: `MP3`, `PDF`; the address may be that of a program that hands it out. */
function nameOfFile(path: string, type: string): string | undefined {
  const [, subtype] = /\/(?:x-)?([a-z\d]{2,4})$/i.exec(type.replace('audio/mpeg', '/mp3')) ?? [];
  return (subtype ?? extensionOf(path))?.toUpperCase();
}

/** Paragraphs of a text that stand for themselves, in the last of them all that follow: a feed can have a million. */
const MAX_PARAGRAPHS = 200;

/** The whole text, where the entry has more of it than is shown anyway. */
function wholeText(entry: Entry, summary: string, view: SpokenView): Content {
  const text = entry.summary ?? '';
  const line = excerpt(text, Infinity);
  const name = nameOf(entry);
  if (summary === line || name === line) return nothing;
  const { locale, opened, onToggle } = view;
  const key = keyOf(entry);
  const lang = feedLang(view, entry);
  const ownLang = langFor(locale.language, locale.surrounding);
  const paragraphs = text.split('\n');
  const rest = paragraphs.splice(MAX_PARAGRAPHS).join(' ');
  if (rest) paragraphs.push(rest);
  return html`<details part="details" ?open=${opened.has(key)} @toggle=${(event: Event) => onToggle(event, key)}>
    <summary part="expand" dir="auto" lang=${ownLang ?? nothing}>
      ${locale.messages.expand}<span class="said" lang=${lang ?? (ownLang ? locale.surrounding : nothing)}>
        ${name}</span
      >
    </summary>
    ${paragraphs.map((paragraph) => html`<p dir="auto" lang=${lang ?? nothing}>${paragraph}</p>`)}
  </details>`;
}

/** What tells an entry from others, also after the feed has been loaded anew. */
function keyOf({ link, id, title, day, date }: Entry): string {
  return [link, id, title, day, date].join(); // each of them may be that of others too
}

/** A picture, and how it is found out whether it comes. */
interface Picture {
  url: string;
  /** It has not come, nor has another: its place is kept, so that nothing moves. */
  isMissing: boolean;
  /** To be called when it has loaded, or failed to. */
  check: (event: Event) => void;
}

/** An entry's own picture, or that for entries without. */
export function pictureOf({ image: address }: Entry, view: View): Picture | undefined {
  const { fallbackImage, brokenImages, onBrokenImage } = view;
  const urls = [httpUrl(address), fallbackImage].filter((url) => url !== undefined);
  const [url = urls[0]] = urls.filter((each) => !brokenImages.has(each));
  if (!url) return undefined;
  const check = ({ type, target }: Event): void => {
    const { naturalWidth, naturalHeight } = target as HTMLImageElement;
    if (type === 'error' || naturalWidth * naturalHeight === 1) onBrokenImage(url);
  };
  return { url, isMissing: brokenImages.has(url), check };
}

function image(entry: Entry, view: SpokenView): Content {
  const picture = pictureOf(entry, view);
  if (!picture) return nothing;
  const { url, isMissing, check } = picture;
  return html`<img
    part="image"
    class=${isMissing ? 'missing' : nothing}
    src=${url}
    alt=""
    loading="lazy"
    decoding="async"
    referrerpolicy="no-referrer"
    @error=${check}
    @load=${check}
  />`;
}

/** The `lang` of what the feed says, or of what an entry does, whose feed may be another. */
export function feedLang({ feedLanguage, state, locale }: SpokenView, entry?: Entry): string | undefined {
  return langFor(feedLanguage || (entry?.language ?? state.feed?.fields.language), locale.surrounding);
}
