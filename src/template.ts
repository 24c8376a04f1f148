import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import { excerpt } from './excerpt.js';
import { prepareDates, showDate, type DateStyle } from './entry-dates.js';
import { isPassing, type FeedError } from './feed/errors.js';
import type { Entry } from './feed/model.js';
import { httpUrl } from './feed/url.js';
import type { FeedState } from './feed-controller.js';
import { langFor, localeFor, type Locale } from './locale.js';
import type { Messages } from './messages.js';

/** Everything that the markup depends on. */
export interface View {
  state: FeedState;
  /** The entries to show, in their order. */
  entries: readonly Entry[];
  /** How many more a press of the button shows; 0: no button. */
  moreCount: number;
  heading: string | null;
  headingLevel: number;
  shows: ReadonlySet<string>;
  summaryLength: number;
  dateStyle: DateStyle;
  timeZone: string;
  /** Language of the feed's text whatever that says itself, or ''. */
  feedLanguage: string;
  opensTab: boolean;
  /** Whether the load under way was asked for by the button. */
  isRetrying: boolean;
  /** Whether those who hear the page want to know that entries have come. */
  isNews: boolean;
  /** The nearest `lang` around the element; '' where there is none. */
  surroundingLanguage: string;
  onMore: () => void;
  onRetry: () => void;
}

/** Characters of a title, a name or a category on the page; a feed that has more of them is broken, or means harm. */
const LINE_LENGTH = 300;

type Content = TemplateResult | string | typeof nothing;

/** A view, and in which words. */
type SpokenView = View & { locale: Locale };

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
    ${hasEntries ? list(view) : nothing} ${hasEntries && view.moreCount > 0 ? moreButton(view) : nothing}
    <div class="fallback" ?hidden=${hasEntries}><slot></slot></div>
    <div part="status" class="status" role="status" lang=${langFor(locale.language, locale.surrounding) ?? nothing}>
      ${status(view)}
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
    view.headingLevel,
    html`<span dir="auto" lang=${lang ?? nothing}>${link ? html`<a href=${link}>${title}</a>` : title}</span>`,
  );
}

/** A tag's name cannot be an expression in a template. */
function headingElement(level: number, content: Content): TemplateResult {
  switch (level) {
    case 3:
      return html`<h3 part="heading">${content}</h3>`;
    case 4:
      return html`<h4 part="heading">${content}</h4>`;
    case 5:
      return html`<h5 part="heading">${content}</h5>`;
    case 6:
      return html`<h6 part="heading">${content}</h6>`;
    default:
      return html`<h2 part="heading">${content}</h2>`;
  }
}

function status({ state, entries, isRetrying, isNews, locale: { messages } }: SpokenView): Content {
  switch (state.status) {
    case 'loading':
      return state.isSlow || isRetrying ? html`<p>${sentence(messages.loading)}</p>` : nothing;
    case 'failed':
      return html`<p>
        <slot name="error">${sentence(failure(state.error, Boolean(state.feed), messages))}</slot>
      </p>`;
    case 'empty':
      return html`<p><slot name="empty">${sentence(messages.empty)}</slot></p>`;
    default:
      return html`<span class="said">${isNews ? messages.loaded(entries.length) : ''}</span>`;
  }
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

function moreButton({ locale, moreCount, onMore }: SpokenView): TemplateResult {
  const lang = langFor(locale.language, locale.surrounding) ?? nothing;
  return html`<button part="more" type="button" dir="auto" lang=${lang} @click=${onMore}>
    ${locale.messages.more(moreCount)}
  </button>`;
}

function list(view: SpokenView): TemplateResult {
  // Safari takes the list's role away with its bullets
  return html`<ul part="list" role="list" aria-busy=${view.state.status === 'loading' ? 'true' : nothing}>
    ${view.entries.map((entry, index) => entryItem(entry, index, view))}
  </ul>`;
}

function entryItem(entry: Entry, index: number, view: SpokenView): TemplateResult {
  const { shows, summaryLength } = view;
  const lang = feedLang(view, entry) ?? nothing;
  const time = shows.has('date') ? date(entry, index, view) : nothing;
  const summary = shows.has('summary') && entry.summary ? excerpt(entry.summary, summaryLength) : '';
  const isRepeated = summary === nameOf(entry);
  const author = shows.has('author') && entry.author ? excerpt(entry.author, LINE_LENGTH) : '';
  const source = shows.has('source') && entry.source ? excerpt(entry.source, LINE_LENGTH) : '';
  const categories = shows.has('category') ? entry.categories : [];
  return html`<li part="entry">
    ${shows.has('image') ? image(entry) : nothing}
    <div class="text">
      ${title(entry, index, time !== nothing, view)}
      ${
        time === nothing && !author && !source && categories.length === 0
          ? nothing
          : html`<div class="facts">
              ${time} ${author ? html`<span part="author" dir="auto" lang=${lang}>${author}</span>` : nothing}
              ${source ? html`<span part="source" dir="auto" lang=${lang}>${source}</span>` : nothing}
              ${categories.map((category) => html`<span part="category" dir="auto" lang=${lang}>${excerpt(category, LINE_LENGTH)}</span>`)}
            </div>`
      }
      ${summary && !isRepeated ? html`<p part="summary" dir="auto" lang=${lang}>${summary}</p>` : nothing}
    </div>
  </li>`;
}

/** What an entry is called: its title, else the beginning of its text. */
function nameOf({ title, summary }: Entry): string | undefined {
  return title ? excerpt(title, LINE_LENGTH) : summary && excerpt(summary, 60);
}

/** Titles repeat over the years: the date describes the link. */
function title(entry: Entry, index: number, hasDate: boolean, view: SpokenView): TemplateResult {
  const { locale, opensTab } = view;
  const name = nameOf(entry);
  const lang = name ? feedLang(view, entry) : langFor(locale.language, locale.surrounding);
  const text = html`<span dir="auto" lang=${lang ?? nothing}>${name ?? locale.messages.untitled}</span>`;
  const link = httpUrl(entry.link);
  if (!link) return html`<span class="title">${text}</span>`;
  return html`<a
    part="link"
    class="title"
    href=${link}
    target=${opensTab ? '_blank' : nothing}
    rel=${opensTab ? 'noopener' : nothing}
    aria-describedby=${hasDate ? `date-${index}` : nothing}
    >${text}${opensTab ? newTab(locale) : nothing}</a
  >`;
}

function newTab({ messages, language, surrounding }: Locale): TemplateResult {
  return html`<span class="said" lang=${langFor(language, surrounding) ?? nothing}> ${messages.newTab}</span>`;
}

function date(entry: Entry, index: number, view: SpokenView): Content {
  const { language, surrounding } = view.locale;
  const shown = showDate(entry, { ...view, language });
  if (!shown) return nothing;
  const lang = langFor(shown.language, surrounding) ?? nothing;
  return html`<time part="date" dir="auto" id=${`date-${index}`} datetime=${shown.datetime} lang=${lang}
    >${shown.text}</time
  >`;
}

function image({ image: address }: Entry): Content {
  const url = httpUrl(address);
  return url
    ? html`<img part="image" src=${url} alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer" />`
    : nothing;
}

/** The `lang` of what the feed says, or of what an entry does, whose feed may be another. */
function feedLang({ feedLanguage, state, locale }: SpokenView, entry?: Entry): string | undefined {
  return langFor(feedLanguage || (entry?.language ?? state.feed?.fields.language), locale.surrounding);
}
