import { html, isServer, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import {
  attribute,
  commaSeparated,
  enumerated,
  flag,
  integer,
  languageTag,
  text,
  timeZone,
  tokens,
} from './attributes.js';
import { FeedController } from './controllers/feed-controller.js';
import { FocusController } from './controllers/focus-controller.js';
import { HintController } from './controllers/hint-controller.js';
import { InlineFeedController } from './controllers/inline-feed-controller.js';
import { findFallbackLinks, LinkColorController } from './controllers/link-color-controller.js';
import { resolveUrls, type FeedRequest } from './controllers/load-request.js';
import { LocalizeController } from './controllers/localize-controller.js';
import { daysFromToday, prepareFormatters, type DateStyle } from './entries/format-date.js';
import { findNewest, selectEntries, type Sort } from './entries/select-entries.js';
import type { DiaryFeedEventMap } from './events.js';
import { copyFeed } from './feed/copy-feed.js';
import { TROUBLESHOOTING, type FeedError } from './feed/feed-error.js';
import { httpUrl } from './feed/http-url.js';
import type { Entry, Feed, FeedInit } from './feed/types.js';
import { addMessages, type Locale, type Messages } from './messages/index.js';
import { styles } from './styles.js';
import { fillTemplate } from './templates/custom-entry.js';
import type { EntryOptions, Show } from './templates/entry.js';
import { feedHeadingTemplate } from './templates/heading.js';
import { allEntriesTemplate, feedLinkTemplates, listTemplate, moreTemplate } from './templates/list.js';
import { placeholderHeading, placeholderTemplate } from './templates/placeholder.js';
import { retryTemplate, statusTemplate } from './templates/status.js';

/** Lit declares `isServer` as `false`: its types describe the build for browsers. */
const isOnServer = isServer as boolean;

/**
 * A list of the latest entries of a diary that is published as an RSS feed.
 *
 * @summary The latest entries of a diary's RSS feed, as a list of links.
 * @tagname diary-feed
 *
 * @slot - The fallback: at least a link to the diary. It is visible without JavaScript, until the first load finishes, if the
 *   feed can't be loaded, and if it is empty.
 * @slot feed - A `<script type="application/rss+xml">` with the feed itself. The element reads it instead of fetching `src`.
 * @slot heading - Replaces the heading.
 * @slot footer - Appears below everything else.
 * @slot empty - Replaces the sentence that there are no entries.
 * @slot error - Replaces the sentence that the entries can't be loaded.
 * @slot entry - A `<template>` for an entry. An element with `data-field="title"` gets the title. Other fields are `link`,
 *   `date`, `summary`, `author`, `source`, `category`, `image` and `mark`.
 *
 * @fires {Event} loadstart - A load starts.
 * @fires {Event} load - A feed has been loaded and is visible, or it is empty.
 * @fires {ErrorEvent} error - A feed can't be loaded or read. `event.error` is a `FeedError`.
 * @fires {Event} loadend - A load ends, after `load` or `error`. An aborted load fires none of the three.
 *
 * @csspart heading - The heading.
 * @csspart list - The list of entries.
 * @csspart entry - An entry.
 * @csspart link - The title of an entry, a link.
 * @csspart date - The date of an entry.
 * @csspart summary - The beginning of an entry's text.
 * @csspart author - The author of an entry.
 * @csspart source - The title of the feed that an entry is from.
 * @csspart category - A category of an entry.
 * @csspart image - The image of an entry.
 * @csspart new - The badge of a new entry.
 * @csspart upcoming - The badge of an entry whose day is in the future.
 * @csspart details - The full text of an entry and the control that opens it.
 * @csspart expand - The control that opens the full text.
 * @csspart group - The heading of a month.
 * @csspart more - The button that shows more entries, or the link to the diary after the last entry.
 * @csspart feed-link - The link to the feed.
 * @csspart status - The sentence about loading, failures and an old or empty feed.
 * @csspart retry - The button that tries again.
 *
 * @cssstate idle - Nothing has been loaded yet.
 * @cssstate loading - The feed is being loaded.
 * @cssstate ready - Entries are visible.
 * @cssstate empty - There are no entries, or none that matches the filters.
 * @cssstate failed - The feed can't be loaded.
 * @cssstate stale - The newest entry is older than `stale-after`. It comes in addition to another state.
 *
 * @cssprop [--diary-feed-color=inherit] - Color of the text.
 * @cssprop [--diary-feed-link-color] - Color of the links. By default that of the fallback link, so the page's own.
 * @cssprop [--diary-feed-muted-color=inherit] - Color of dates, authors and categories.
 * @cssprop [--diary-feed-accent-color=inherit] - Color of the buttons.
 * @cssprop [--diary-feed-background=transparent] - Background.
 * @cssprop [--diary-feed-border-color=currentColor at 25 %] - Color of the lines between entries.
 * @cssprop [--diary-feed-focus-color=currentColor] - Color of the focus ring.
 * @cssprop [--diary-feed-gap=0.75em] - Space between entries.
 * @cssprop [--diary-feed-padding=0] - Space around everything.
 * @cssprop [--diary-feed-font-size=inherit] - Font size.
 * @cssprop [--diary-feed-heading-size=1.25em] - Font size of the heading.
 * @cssprop [--diary-feed-title-weight=600] - Font weight of the titles.
 * @cssprop [--diary-feed-radius=0] - Border radius.
 * @cssprop [--diary-feed-image-size=4.5em] - Width and height of images.
 * @cssprop [--diary-feed-reserve=auto] - Height until the first load ends. By default about that of the entries.
 */
export class DiaryFeedElement extends LitElement {
  static override styles = styles;

  /** Registers the element, unless the tag is taken. A tag other than `diary-feed` gets a subclass. */
  static define(tag = 'diary-feed', registry = (globalThis as Partial<typeof globalThis>).customElements): void {
    if (!registry || registry.get(tag)) return; // a server has no registry
    // a class can be registered once only
    registry.define(tag, tag === 'diary-feed' || this !== DiaryFeedElement ? this : class extends this {});
  }

  /** Adds a language, or replaces some texts of one. Texts that aren't in `messages` stay as they are, in a new language Swedish. */
  static addMessages(language: string, messages: Partial<Messages>): void {
    addMessages(language, messages);
  }

  readonly #feed = new FeedController(this);
  readonly #inlineFeed = new InlineFeedController(this);
  readonly #localize = new LocalizeController(this);
  readonly #focus = new FocusController(this);
  readonly #internals = this.attachInternals();
  /** Elements that `renderEntry` returned. A new one would lose the focus and what the visitor has opened. */
  #renderedEntries = new WeakMap<Entry, Element>();

  // Enumerated types are written out: the element manifest copies their text, and editors complete its keywords.

  /**
   * URL of the feed, relative to the page. Only `http:` and `https:`. Up to 10 URLs, separated by spaces, are merged. A page
   * that links to its feed works, too.
   */
  @attribute(text('')) src!: string;

  /** Number of entries, 1–50. */
  @attribute(integer(5, 1, 50)) limit!: number;

  /**
   * Number of entries, 1–50, that a button adds. It shows entries that have already been loaded; after the last one, a link
   * to the diary takes its place.
   */
  @attribute(integer(null, 1, 50)) more!: number | null;

  /** Text of the heading. If it is empty, the heading is the feed's title. It links to the diary. */
  @attribute(text(null)) heading!: string | null;

  /** Level of the heading, 2–6. */
  @attribute(integer(2, 2, 6)) headingLevel!: number;

  /**
   * Parts of an entry in addition to the title: tokens of `date summary author source category image`, or `none`. `source` is
   * the title of the feed, if several are merged.
   */
  @attribute(tokens<Show>('date', 'summary', 'author', 'source', 'category', 'image')) show!: Show;

  /** Length of the summary in characters, 20–1000. It is cut at a word. */
  @attribute(integer(160, 20, 1000)) summaryLength!: number;

  /** Control with which visitors open an entry to read its full text in place. */
  @attribute(flag) expand!: boolean;

  /** Order of the entries: `newest` first, or as in the `feed`. Entries without a date come last. */
  @attribute(enumerated<Sort>('newest', 'feed')) sort!: 'newest' | 'feed';

  /** Groups of entries. `month`: each month has a heading, one level below `heading-level`. */
  @attribute(enumerated('', 'month')) group!: '' | 'month';

  /**
   * Categories, comma-separated. Only entries in one of them are shown. Case and marks are ignored, except on å ä ö æ ø ü.
   */
  @attribute(commaSeparated) category!: string | null;

  /** Words or phrases, comma-separated. Only entries that contain one of them in title, text or categories are shown. */
  @attribute(commaSeparated) match!: string | null;

  /** Words or phrases, comma-separated. Entries that contain one of them aren't shown. */
  @attribute(commaSeparated) exclude!: string | null;

  /** Age in days, 1–3650. Only entries of these last days and future ones are shown, and none without a date. */
  @attribute(integer(null, 1, 3650)) since!: number | null;

  /** Format of the dates: `full`, `long`, `medium` or `short` as in `Intl`, or `relative`: in days, up to 30 of them. */
  @attribute(enumerated<DateStyle>('long', 'full', 'medium', 'short', 'relative'))
  dateStyle!: 'full' | 'long' | 'medium' | 'short' | 'relative';

  /** IANA name of the diary's time zone. Days are the diary's, not the visitor's. */
  @attribute(timeZone('Europe/Stockholm')) timeZone!: string;

  /** Language of the feed as a BCP 47 tag, if its `<language>` is missing or wrong. */
  @attribute(languageTag) feedLang!: string;

  /** Number of days, 1–365, for which an entry has a badge that marks it as new. */
  @attribute(integer(null, 1, 365)) newFor!: number | null;

  /** Age in days, 1–3650. If the newest entry of the feed is older, a notice shows its date. */
  @attribute(integer(null, 1, 3650)) staleAfter!: number | null;

  /** URL of an image for entries without one or with a broken one, if `show` contains `image`. */
  @attribute(text('')) fallbackImage!: string;

  /** Link to the feed below the list. */
  @attribute(flag) feedLink!: boolean;

  /** Target of the links to entries. `_blank`: a new tab, with a visually hidden hint in each link. */
  @attribute(enumerated('_self', '_blank')) linkTarget!: '_self' | '_blank';

  /** Time of the request. `lazy`: when the element comes near the viewport, or the page is printed. */
  @attribute(enumerated('eager', 'lazy')) loading!: 'eager' | 'lazy';

  /** Timeout of each attempt in milliseconds, headers and body together, 1000–60000. */
  @attribute(integer(10_000, 1000, 60_000)) timeout!: number;

  /**
   * Function that renders an entry: it returns text, a DOM node or a Lit template, or `undefined` for the default layout. It is
   * called once for each entry if it returns an element.
   */
  @property({ attribute: false }) renderEntry: ((entry: Entry) => unknown) | undefined;

  /** Number of entries that the button has added to `limit`. */
  @state() private addedCount = 0;

  /**
   * The feed; of a long one, its first 100 and its latest 100 entries. A script can set data that the page already has: they
   * are copied, dates can be ISO 8601 text, and they stay until `src` or the script in the slot `feed` changes, or `reload()`.
   */
  @property({ attribute: false })
  get feed(): Feed | undefined {
    return this.#feed.settledState.feed;
  }

  set feed(feed: FeedInit | undefined) {
    this.addedCount = 0;
    this.#feed.setFeed(feed ? copyFeed(feed) : undefined);
  }

  /** The entries that are visible, in their order. */
  get entries(): readonly Entry[] {
    return this.#selectEntries().slice(0, this.limit + this.addedCount);
  }

  /** State of the element. */
  get status(): 'idle' | 'loading' | 'ready' | 'empty' | 'failed' {
    const { status } = this.#feed.state;
    return status === 'ready' && this.#selectEntries().length === 0 ? 'empty' : status;
  }

  /** Reason why the feed couldn't be loaded; `undefined` in every other state. */
  get error(): FeedError | undefined {
    const { state } = this.#feed;
    return state.status === 'failed' ? state.error : undefined;
  }

  constructor() {
    super();
    new LinkColorController(this);
    new HintController(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#updateDates);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#updateDates);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    this.shadowRoot?.replaceChildren(); // a server may have rendered it
    return super.createRenderRoot();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (isOnServer) return;
    const resetting = ['src', 'category', 'match', 'exclude', 'since'] as const; // another list starts at `limit` again
    if (resetting.some((name) => changed.has(name))) this.addedCount = 0;
    if (changed.has('renderEntry')) this.#renderedEntries = new WeakMap();
    this.#feed.request(this.#createRequest());
  }

  protected override updated(): void {
    this.#setCustomStates();
    const { state } = this.#feed;
    const isSlow = state.status === 'loading' && state.isSlow;
    if (isSlow) prepareFormatters(this.#localize.locale.language, this.timeZone, this.dateStyle);
    for (const { type, error } of this.#feed.takeEvents()) {
      this.dispatchEvent(error ? new ErrorEvent(type, { error, message: error.message }) : new Event(type));
    }
  }

  /** Loads the feed again and revalidates the cache. Resolves when the result is visible. Never rejects. */
  reload(): Promise<void> {
    if (this.#createRequest().src !== null) this.#inlineFeed.override();
    return this.#feed.reload(this.#createRequest());
  }

  #createRequest(): FeedRequest {
    // src="" is a mistake that is reported, unlike a missing attribute
    const src = this.src || (this.getAttribute('src') === '' ? '' : null);
    return { src, text: this.#inlineFeed.text, isLazy: this.loading === 'lazy', timeout: this.timeout };
  }

  #selectEntries(): Entry[] {
    return selectEntries(this.feed?.entries ?? [], this);
  }

  /** Returns the newest entry, if it is older than `stale-after`. Filters don't matter: the diary is old, not the list. */
  #findStaleEntry(): Entry | undefined {
    const { staleAfter, timeZone, feed } = this;
    if (staleAfter === null) return undefined;
    const newest = findNewest(feed?.entries ?? [], timeZone);
    return newest && (daysFromToday(newest, timeZone) ?? 0) < -staleAfter ? newest : undefined;
  }

  /** Returns the URL of the page with all entries: the feed's, or that of the only link in the fallback. */
  #findDiaryUrl(): string | undefined {
    const [link, other] = findFallbackLinks(this);
    return httpUrl(this.feed?.link) ?? (other ? undefined : httpUrl(link?.href));
  }

  #setCustomStates(): void {
    const { states } = this.#internals;
    states.clear();
    states.add(this.status);
    if (this.#findStaleEntry()) states.add('stale');
  }

  /** Updates relative dates and badges. A page can be in a background tab for days. */
  readonly #updateDates = (): void => {
    if (!document.hidden) this.requestUpdate();
  };

  readonly #showMore = (): void => {
    this.#focus.focusEntry(this.entries.length);
    this.addedCount += this.more ?? 0;
  };

  readonly #retry = (): void => {
    if (this.status !== 'loading') void this.reload();
  };

  /** Returns the page's own content for an entry, or `undefined` for the default layout. */
  #renderCustomEntry(entry: Entry, options: EntryOptions): unknown {
    const template = this.querySelector<HTMLTemplateElement>(':scope > template[slot=entry]');
    try {
      const content = this.#renderedEntries.get(entry) ?? this.renderEntry?.(entry);
      if (content instanceof Element) this.#renderedEntries.set(entry, content);
      return content ?? (template && fillTemplate(template, entry, options)) ?? undefined;
    } catch (error) {
      const place = `See ${TROUBLESHOOTING}#likely-mistakes`;
      console.error(`diary-feed: renderEntry threw an error. The entry has the default layout. ${place}`, error);
      return undefined;
    }
  }

  #createEntryOptions(locale: Locale): EntryOptions {
    return {
      show: new Set(this.show.split(' ')),
      summaryLength: this.summaryLength,
      isExpandable: this.expand,
      dateStyle: this.dateStyle,
      timeZone: this.timeZone,
      newFor: this.newFor,
      fallbackImage: this.fallbackImage ? httpUrl(this.fallbackImage, this.baseURI) : undefined,
      opensNewTab: this.linkTarget === '_blank',
      locale,
      feedLanguage: this.feed?.language,
      feedLang: this.feedLang,
    };
  }

  #renderList(entries: Entry[], remaining: number, locale: Locale): unknown {
    const { state } = this.#feed;
    const options = this.#createEntryOptions(locale);
    const { feedUrls: loadedUrls = [] } = this.#feed.settledState;
    const feedUrls = loadedUrls.length > 0 ? loadedUrls : resolveUrls(this.src, this.baseURI);
    const diaryUrl = this.more !== null && remaining === 0 ? this.#findDiaryUrl() : undefined;
    return html`
      ${listTemplate(entries, {
        ...options,
        group: this.group,
        headingLevel: this.headingLevel,
        isBusy: state.status === 'loading',
        renderCustomEntry: (entry) => this.#renderCustomEntry(entry, options),
      })}
      ${this.more !== null && remaining > 0 ? moreTemplate(Math.min(this.more, remaining), locale, this.#showMore) : nothing}
      ${diaryUrl ? allEntriesTemplate(diaryUrl, locale) : nothing}
      ${this.feedLink ? feedLinkTemplates(feedUrls, locale) : nothing}
    `;
  }

  protected override render(): TemplateResult {
    if (isOnServer) return html`<slot></slot>`; // the entries come in the browser
    const { locale } = this.#localize;
    const { state, isWaiting } = this.#feed;
    const matching = this.#selectEntries();
    const entries = matching.slice(0, this.limit + this.addedCount);
    const isAnnounced = (state.status === 'ready' && state.isAnnounced) || this.addedCount > 0;
    const { heading, headingLevel, feed, feedLang, limit, more, timeZone } = this;
    const headingOptions = { heading, headingLevel, feed, feedLang, diaryUrl: feed && this.#findDiaryUrl() };
    const list = entries.length > 0 ? this.#renderList(entries, matching.length - entries.length, locale) : nothing;
    return html`<div class=${isWaiting ? 'frame waiting' : 'frame'}>
      <slot name="heading">
        ${isWaiting && heading?.trim() === '' ? placeholderHeading(headingLevel) : feedHeadingTemplate(headingOptions, locale)}
      </slot>
      <div class="body">
        ${isWaiting ? placeholderTemplate({ ...this.#createEntryOptions(locale), limit, more }) : list}
        <div>
          <div class="fallback" ?hidden=${entries.length > 0}><slot></slot></div>
          ${statusTemplate({ state, count: entries.length, isAnnounced, staleEntry: this.#findStaleEntry(), timeZone, locale })}
          ${retryTemplate(state, locale, this.#retry)}
        </div>
      </div>
      <slot name="footer"></slot>
    </div>`;
  }
}

type Listen<Options> = <K extends keyof DiaryFeedEventMap>(
  type: K,
  listener: (this: DiaryFeedElement, event: DiaryFeedEventMap[K]) => unknown,
  options?: boolean | Options,
) => void;

/** The element's events, as listeners receive them. */
export interface DiaryFeedElement {
  addEventListener: Listen<AddEventListenerOptions> & HTMLElement['addEventListener'];
  removeEventListener: Listen<EventListenerOptions> & HTMLElement['removeEventListener'];
}

declare global {
  interface HTMLElementTagNameMap {
    'diary-feed': DiaryFeedElement;
  }
}
