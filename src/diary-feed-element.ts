import {
  flag,
  integer,
  keyword,
  language,
  list,
  propertyName,
  readAttribute,
  text,
  timeZone,
  tokens,
  writeAttribute,
} from './attributes.js';
import { firstEntries, sortEntries, type Sort } from './entries.js';
import { daysAhead, type DateStyle } from './entry-dates.js';
import { resolveAddresses } from './addresses.js';
import { CustomStates } from './custom-states.js';
import { createEvent, type DiaryFeedEventMap, type HeardEventMap } from './events.js';
import { FeedController, type FeedRequest, type FeedState } from './feed-controller.js';
import { adoptFeed } from './feed/adopt.js';
import { failToImport, type FeedError } from './feed/errors.js';
import type { Entry, Feed } from './feed/model.js';
import { readEntries, readOutline, type EntryOutline, type FeedOutline } from './feed/outline.js';
import { inSlices } from './feed/slices.js';
import { httpUrl } from './feed/url.js';
import type { Criteria } from './filter.js';
import { InlineFeed } from './inline-feed.js';
import { LanguageController } from './language-controller.js';
import { addMessages, type Messages } from './messages.js';
import type { View } from './template.js';
import { UpdatingElement } from './updating-element.js';

/** Entries that an element keeps of a feed: more than `limit` and `more` bring to a screen, little memory. */
const KEPT_ENTRIES = 200;

/** Every attribute and how it is read; the properties are made from this. */
const ATTRIBUTES = {
  src: text(''),
  limit: integer(5, { min: 1, max: 50 }),
  more: integer(null, { min: 1, max: 50 }),
  heading: text(null),
  'heading-level': integer(2, { min: 2, max: 6 }),
  show: tokens('date', 'summary', 'author', 'source', 'category', 'image', 'enclosure'),
  'summary-length': integer(160, { min: 20, max: 1000 }),
  expand: flag(),
  sort: keyword<Sort>('newest', 'feed'),
  group: keyword('', 'month'),
  category: list(),
  match: list(),
  exclude: list(),
  since: integer(null, { min: 1, max: 3650 }),
  'date-style': keyword<DateStyle>('long', 'full', 'medium', 'short', 'relative'),
  'time-zone': timeZone('Europe/Stockholm'),
  'feed-lang': language(),
  'new-for': integer(null, { min: 1, max: 365 }),
  'stale-after': integer(null, { min: 1, max: 3650 }),
  'fallback-image': text(''),
  'feed-link': flag(),
  'link-target': keyword('_self', '_blank'),
  loading: keyword('eager', 'lazy'),
  timeout: integer(10_000, { min: 1000, max: 60_000 }),
};

/** Milliseconds after which a list stands, and what is not needed yet can be made. */
const BREATH = 100;

/** A link of HTML: `href` is no text in SVG's own. */
const LINK = 'a[href]:not(svg *)';

/** What makes markup of a state, once an element has asked for it. */
let markup: typeof import('./template.js') | undefined;

/** What finds the entries that are wanted, once an element has asked for it; whether it has not come. */
let filter: typeof import('./filter.js') | undefined;
let isFilterMissing = false;

/** @throws {FeedError} `network` */
async function loadFilter(): Promise<NonNullable<typeof filter>> {
  try {
    filter ??= await import('./filter.js').catch(failToImport('filters entries'));
    return filter;
  } finally {
    isFilterMissing = !filter;
  }
}

/** What fills a page's own markup, once it has been asked for. What does not come will not (HTML, module map): the usual is shown. */
let filling: Promise<Partial<typeof import('./entry-template.js')>> | undefined;

function loadFilling(): NonNullable<typeof filling> {
  filling ??= import('./entry-template.js').catch(failToImport('fills templates')).catch((error: unknown) => {
    console.error((error as FeedError).message);
    return {};
  });
  return filling;
}

/** By what the kept part of a feed was chosen, of feeds of which a part was left. */
const choices = new WeakMap<FeedOutline, string>();

/** What has the focus within an element. */
interface FocusedElement {
  element: HTMLElement;
  /** Which entry it is in; -1 where it is in none. */
  index: number;
  /** Where that entry leads. */
  href: string | undefined;
}

/**
 * Shows the latest entries of a diary that is published as an RSS feed.
 *
 * @summary The latest entries of a diary's RSS feed, as a list of links.
 * @tagname diary-feed
 *
 * @slot - The fallback, at least a link to the diary: shown before the script runs, without JavaScript, while nothing
 *   has been loaded yet, on failure, and when the feed is empty.
 * @slot feed - A `<script type="application/rss+xml">` with the feed itself, which is never shown: nothing is fetched until
 *   `reload()`.
 * @slot heading - Instead of the heading.
 * @slot footer - Under everything.
 * @slot empty - Instead of the sentence that there are no entries, or none that is wanted.
 * @slot error - Instead of the sentence that the entries could not be loaded.
 * @slot entry - A `<template>` with the markup of an entry: an element with `data-field="title"` gets the title, and so on for
 *   `link`, `date`, `summary`, `author`, `source`, `category`, `image`, `enclosure` and `mark`.
 *
 * @fires {Event} loadstart - A load has begun.
 * @fires {Event} load - A feed has been read and is shown, or has no entries.
 * @fires {ErrorEvent} error - A feed could not be loaded or read; `event.error` is the `FeedError`.
 * @fires {Event} loadend - After `load` or `error`. A load that is given up (another `src`, removal) sends neither.
 *
 * @csspart heading - The heading.
 * @csspart list - The list.
 * @csspart entry - An entry, with all that is shown of it.
 * @csspart link - The link of an entry: its title.
 * @csspart date - The date of an entry.
 * @csspart summary - The beginning of an entry's text.
 * @csspart author - The author of an entry.
 * @csspart source - The diary that an entry is from, where several are shown.
 * @csspart category - A category of an entry.
 * @csspart image - The picture of an entry.
 * @csspart enclosure - The link to the file that goes with an entry.
 * @csspart coming - The mark of an entry whose day is still to come.
 * @csspart new - The mark of an entry of the last days.
 * @csspart details - What opens the whole text of an entry.
 * @csspart expand - What is pressed for that.
 * @csspart group - The heading of a month.
 * @csspart more - The button that shows more entries, or the link to the diary where there are no more.
 * @csspart feed-link - The link to the feed.
 * @csspart status - The sentence that says how loading stands.
 * @csspart retry - The button that tries again.
 *
 * @cssstate idle - Nothing is being loaded yet.
 * @cssstate loading - The feed is on its way.
 * @cssstate ready - Entries are shown.
 * @cssstate empty - There are no entries: the feed has none, or none that is wanted.
 * @cssstate failed - The feed could not be loaded.
 * @cssstate stale - The newest entry is older than `stale-after`; beside another state.
 *
 * @cssprop [--diary-feed-color=inherit] - Colour of the text.
 * @cssprop [--diary-feed-link-color=inherit] - Colour of the links.
 * @cssprop [--diary-feed-muted-color=inherit] - Colour of date, author and categories.
 * @cssprop [--diary-feed-accent-color=inherit] - Colour of the buttons.
 * @cssprop [--diary-feed-background=transparent] - Background.
 * @cssprop [--diary-feed-border-color=currentColor at 25 %] - Colour of the lines between entries.
 * @cssprop [--diary-feed-focus-color=currentColor] - Colour of the ring around what has the focus.
 * @cssprop [--diary-feed-gap=0.75em] - Space between entries.
 * @cssprop [--diary-feed-padding=0] - Space around everything.
 * @cssprop [--diary-feed-font-size=inherit] - Size of the text.
 * @cssprop [--diary-feed-heading-size=1.25em] - Size of the heading.
 * @cssprop [--diary-feed-title-weight=600] - Weight of the titles.
 * @cssprop [--diary-feed-radius=0] - Radius of the corners.
 * @cssprop [--diary-feed-image-size=4.5em] - Width and height of the pictures.
 * @cssprop [--diary-feed-reserve=auto] - Least height, so that the page does not jump when the entries come.
 */
export class DiaryFeedElement extends UpdatingElement {
  /** Registers the element, unless the tag is taken. Another tag than `diary-feed` gets a subclass. */
  static define(tag = 'diary-feed', registry = (globalThis as Partial<typeof globalThis>).customElements): void {
    if (!registry || registry.get(tag)) return; // a server has no registry
    // a class can be registered once only, and this one is for its own tag
    const isOurs = tag === 'diary-feed' || this !== DiaryFeedElement;
    registry.define(tag, isOurs ? this : class extends this {});
  }

  /** Gives the element another language, or other words in one that it has; a text that is left out stays as it was. */
  static addMessages(language: string, messages: Partial<Messages>): void {
    addMessages(language, messages);
  }

  /** @internal */
  static readonly observedAttributes = Object.keys(ATTRIBUTES);

  static {
    for (const [name, attribute] of Object.entries(ATTRIBUTES)) {
      Object.defineProperty(this.prototype, propertyName(name), {
        configurable: true,
        enumerable: true,
        get(this: DiaryFeedElement): unknown {
          const value = readAttribute<unknown>(this, name, attribute);
          const isAddress = name === 'src' || name === 'fallback-image';
          return isAddress ? resolveAddresses(String(value), this.baseURI) : value;
        },
        set(this: DiaryFeedElement, value: string | number | boolean | null | undefined) {
          writeAttribute(this, name, value);
        },
      });
    }
  }

  /**
   * Address of the feed, relative to the page; `http:` and `https:` only. Several, parted by spaces, are shown as one, at most 10.
   * A page that announces its feed will do. Reads as absolute addresses.
   * @attr src
   * @default ''
   */
  declare src: string;

  /**
   * How many entries are shown, 1–50.
   * @attr limit
   * @default 5
   */
  declare limit: number;

  /**
   * A button shows that many more of the entries already fetched, 1–50; a link to the diary stands there when there are no more.
   * @attr more
   * @default null
   */
  declare more: number | null;

  /**
   * Text of the heading; present but empty: the feed's own title. It links to the diary. Of several feeds only what all of them
   * say alike is theirs.
   * @attr heading
   * @default null
   */
  declare heading: string | null;

  /**
   * Level of the heading, 2–6.
   * @attr heading-level
   * @default 2
   */
  declare headingLevel: number;

  /**
   * What is shown of an entry beside its title: some of `date summary author source category image enclosure`, or `none`.
   * `source` is the diary that it is from, where `src` holds several.
   * @attr show
   * @default 'date'
   */
  declare show: string;

  /**
   * Characters of the summary, 20–1000; cut at a word.
   * @attr summary-length
   * @default 160
   */
  declare summaryLength: number;

  /**
   * The whole text of an entry can be opened in its place.
   * @attr expand
   * @default false
   */
  declare expand: boolean;

  /**
   * `newest` first, or the order of the `feed`; of several one after the other. Entries without a date come last.
   * @attr sort
   * @default 'newest'
   */
  declare sort: Sort;

  /**
   * `month`: a heading for each month, one level below `heading-level`.
   * @attr group
   * @default ''
   */
  declare group: 'month' | '';

  /**
   * Only entries with this category; several, parted by commas: with one of them.
   * @attr category
   * @default null
   */
  declare category: string | null;

  /**
   * Only entries that hold this word, or a part of a word, in title, text or categories; several, parted by commas: one of them.
   * @attr match
   * @default null
   */
  declare match: string | null;

  /**
   * No entries that hold this word, or one of several, parted by commas.
   * @attr exclude
   * @default null
   */
  declare exclude: string | null;

  /**
   * Only entries that are at most so many days old, 1–3650; those of days to come too, and none without a date.
   * @attr since
   * @default null
   */
  declare since: number | null;

  /**
   * How a date is written: `full`, `long`, `medium` or `short`, as in `Intl`; `relative`: in days, up to 30 of them.
   * @attr date-style
   * @default 'long'
   */
  declare dateStyle: DateStyle;

  /**
   * IANA name of the diary's time zone: its day is shown, wherever the visitor is.
   * @attr time-zone
   * @default 'Europe/Stockholm'
   */
  declare timeZone: string;

  /**
   * Language of the feed, where its own `<language>` is missing or wrong.
   * @attr feed-lang
   * @default ''
   */
  declare feedLang: string;

  /**
   * Days for which an entry is marked as new, 1–365.
   * @attr new-for
   * @default null
   */
  declare newFor: number | null;

  /**
   * When the newest entry is older than that many days, 1–3650, the reader is told from when it is; a filter changes nothing in that.
   * @attr stale-after
   * @default null
   */
  declare staleAfter: number | null;

  /**
   * Address of a picture for entries that have none, or a broken one; where `image` is shown.
   * @attr fallback-image
   * @default ''
   */
  declare fallbackImage: string;

  /**
   * A link to the feed stands under the list.
   * @attr feed-link
   * @default false
   */
  declare feedLink: boolean;

  /**
   * `_blank` opens entries in a new tab, and says so in text.
   * @attr link-target
   * @default '_self'
   */
  declare linkTarget: '_self' | '_blank';

  /**
   * `lazy`: nothing is fetched until the element is near the viewport, or the page is printed.
   * @attr loading
   * @default 'eager'
   */
  declare loading: 'eager' | 'lazy';

  /**
   * Milliseconds for one attempt, headers and body; 1000–60000.
   * @attr timeout
   * @default 10000
   */
  declare timeout: number;

  readonly #controller = new FeedController(this, {
    announce: (type, error) => this.#announce(type, error),
    report: ({ message }) => console.error(message),
    keep: (outline, signal) => this.#keepFirst(outline, signal),
  });
  readonly #inlineFeed = new InlineFeed(this);
  readonly #language = new LanguageController(this);
  readonly #states = new CustomStates(this);
  /** Entries that the button has added to `limit`. */
  #addedCount = 0;
  /** Whether the visitor has asked for another try that is not answered yet. */
  #isRetrying = false;
  /** The entry whose link gets the focus once it is shown. */
  #focusIndex: number | undefined;
  /** Keys of the entries whose whole text stands open. */
  readonly #opened = new Set<string>();
  /** Addresses that no picture came from. */
  readonly #brokenImages = new Set<string>();
  #renderEntry: ((entry: Entry) => unknown) | undefined;
  /** The elements that it has made: made anew they would lose what a visitor has opened, or started. */
  #ownElements = new WeakMap<Entry, Element>();
  /** What had the focus before the view changed. */
  #focused: FocusedElement | undefined;
  #sorted: { entries: readonly EntryOutline[]; from: FeedOutline | undefined; by: string } = {
    entries: [],
    from: undefined,
    by: '',
  };
  #read: { feed: Feed; from: FeedOutline } | undefined;

  /**
   * The feed that is shown; of a long one 200 entries, those that are wanted first. Set it where the server already has the data: it wins until `src` changes or `reload()`.
   * What is set is copied; its dates may be ISO 8601 text.
   */
  get feed(): Feed | undefined {
    const { feed } = this.#controller.state;
    if (feed !== this.#read?.from) this.#read = feed && { feed: readOutline(feed), from: feed };
    return this.#read?.feed;
  }

  set feed(feed: Feed | undefined) {
    this.#addedCount = 0;
    this.#askForImages();
    this.#controller.adopt(feed && adoptFeed(feed));
  }

  /**
   * Shows an entry in a program's own way: gives text, a DOM node or, where the element comes from the ES modules, what
   * Lit's `html` makes. For an entry of which it gives `undefined` the usual is shown. An element is asked for once and stays.
   */
  get renderEntry(): ((entry: Entry) => unknown) | undefined {
    return this.#renderEntry;
  }

  set renderEntry(render: ((entry: Entry) => unknown) | undefined) {
    this.#renderEntry = typeof render === 'function' ? render : undefined;
    this.#ownElements = new WeakMap();
    this.requestUpdate();
  }

  /** The entries that are shown, in their order. */
  get entries(): readonly Entry[] {
    const shown = this.#sortedEntries().slice(0, this.limit + this.#addedCount);
    return shown.map((entry) => entry.read());
  }

  /** Where loading stands. */
  get status(): FeedState['status'] {
    return this.#state.status;
  }

  /** Why the last load failed; `undefined` in every other state. */
  get error(): FeedError | undefined {
    const { state } = this.#controller;
    return state.status === 'failed' ? state.error : undefined;
  }

  /** Loads the feed anew, past caches that cannot vouch for it. Ends when the outcome is shown; never rejects. */
  reload(): Promise<void> {
    this.#askForImages();
    if (this.hasAttribute('src')) this.#inlineFeed.overrule();
    return this.#controller.reload(this.#request());
  }

  override connectedCallback(): void {
    this.#adoptEarlyProperties();
    super.connectedCallback();
    this.#language.hostConnected();
    this.#inlineFeed.hostConnected();
    this.#controller.hostConnected();
    document.addEventListener('visibilitychange', this.#followDay);
  }

  /** @internal */
  disconnectedCallback(): void {
    this.#language.hostDisconnected();
    this.#inlineFeed.hostDisconnected();
    this.#controller.hostDisconnected();
    document.removeEventListener('visibilitychange', this.#followDay);
  }

  /** @internal */
  attributeChangedCallback(name: string, previous: string | null, value: string | null): void {
    if (previous === value) return;
    this.requestUpdate();
    if (['src', 'category', 'match', 'exclude', 'since'].includes(name)) this.#addedCount = 0;
    if (name === 'src') {
      this.#isRetrying = false;
      this.#brokenImages.clear();
    }
    if (value !== null && isAttributeName(name)) warnOfIllegal(name, value);
  }

  protected override willUpdate(): void {
    if (!this.#inlineFeed.isAwaited) this.#controller.want(this.#request());
    const { feed } = this.#controller.state;
    const choice = feed && choices.get(feed);
    if (choice && choice !== this.#choice()) {
      choices.delete(feed); // asked for once, whatever comes of it
      void this.#controller.reload(this.#request(), 'default');
    }
    if (this.status !== 'loading') this.#isRetrying = false;
    if (this.#read?.from !== feed) this.#read = undefined; // lest two feeds be kept
  }

  /** The markup, and Lit with it, come while the feed is on its way. */
  protected override async loadView(): Promise<((root: ShadowRoot) => void) | undefined> {
    const fail = (error: unknown): undefined => this.#controller.fail(error);
    markup ??= await import('./template.js').catch(failToImport('shows entries')).catch(fail);
    if (!markup) return undefined;
    const template = this.querySelector<HTMLTemplateElement>(':scope > template[slot="entry"]');
    const isWaiting = this.#controller.state.status === 'idle';
    const { fillTemplate: fill } = template && !isWaiting ? await loadFilling() : {};
    const entryTemplate = template && fill ? { template, fill } : undefined;
    const filterComes = !isWaiting && this.#criteria() && loadFilter().catch(fail);
    if (this.#controller.state.feed) await filterComes; // else the load will need it
    const { showView } = markup;
    return (root) => {
      if (this.entries.length > 0 && this.#isFallbackFocused()) this.#focusIndex = 0;
      this.#focused = this.#whatIsFocused();
      const view = this.#view(entryTemplate);
      this.#show(view, root, showView);
      this.#states.show(this.status, view.staleSince && 'stale');
      this.#moveFocus();
      if (view.moreCount) setTimeout(this.#readAhead, BREATH);
    };
  }

  /** Shows a view; where a program has made what cannot be shown, as if it had made nothing from then on. */
  #show(view: View, root: ShadowRoot, showView: (view: View, root: ShadowRoot) => void): void {
    try {
      showView(view, root);
    } catch (error) {
      if (!this.#renderEntry) throw error;
      this.renderEntry = undefined;
      tellOfMistake('gave what cannot be shown; all entries are', error);
      showView(view, root);
    }
  }

  /** Where loading stands; what a filter leaves nothing of is empty. */
  get #state(): FeedState {
    const { state } = this.#controller;
    const isEmptied = state.status === 'ready' && this.#sortedEntries().length === 0;
    return isEmptied ? { status: 'empty', feed: state.feed } : state;
  }

  #view(entryTemplate: View['entryTemplate']): View {
    const state = this.#state;
    const { entries, more } = this;
    const moreCount = more && Math.min(more, this.#sortedEntries().length - entries.length);
    return {
      state,
      entries,
      moreCount,
      heading: this.heading?.trim() ?? null,
      headingLevel: this.headingLevel,
      shows: new Set(this.show.split(' ')),
      summaryLength: this.summaryLength,
      isExpandable: this.expand,
      opened: this.#opened,
      dateStyle: this.dateStyle,
      timeZone: this.timeZone,
      group: this.group,
      newFor: this.newFor,
      staleSince: this.#staleSince(),
      diaryLink: moreCount === 0 ? (httpUrl(state.feed?.fields.link) ?? this.#fallbackLink()) : undefined,
      feedLinks: this.feedLink
        ? (state.feed?.addresses ?? this.src.split(' ')).flatMap((address) => httpUrl(address) ?? [])
        : [],
      fallbackImage: httpUrl(this.fallbackImage || undefined),
      brokenImages: this.#brokenImages,
      feedLanguage: this.feedLang,
      opensTab: this.linkTarget === '_blank',
      isRetrying: this.#isRetrying,
      isNews: (state.status === 'ready' && state.isNews) || this.#addedCount > 0,
      surroundingLanguage: this.#language.language,
      renderEntry: this.#renderOwn,
      entryTemplate,
      onMore: this.#showMore,
      onRetry: this.#retry,
      onToggle: this.#noteOpened,
      onBrokenImage: this.#noteBroken,
    };
  }

  /** The newest entry, where it is older than the reader may think. */
  #staleSince(): EntryOutline | undefined {
    const { staleAfter, timeZone } = this;
    if (!staleAfter) return undefined;
    // of all, also of those that a filter leaves out: the diary has not fallen silent because few of them are wanted
    const [newest] = firstEntries(this.#controller.state.feed?.entries ?? [], 1, 'newest', timeZone);
    return newest && (daysAhead(newest, timeZone) ?? 0) < -staleAfter ? newest : undefined;
  }

  #request(): FeedRequest {
    return {
      src: this.getAttribute('src'),
      text: this.#inlineFeed.text,
      isLazy: this.loading === 'lazy',
      timeout: this.timeout,
    };
  }

  #sortedEntries(): readonly EntryOutline[] {
    const { feed } = this.#controller.state;
    const criteria = this.#criteria();
    const by = `${this.#choice()} ${Boolean(filter)} ${isFilterMissing}`;
    if (this.#sorted.from !== feed || this.#sorted.by !== by) {
      const all = feed?.entries ?? [];
      // until the filter comes what was shown is shown; where it does not come nobody knows which entries are wanted
      const unfiltered = isFilterMissing ? [] : all;
      const wanted = criteria ? (filter?.filterEntries(all, criteria) ?? unfiltered) : all;
      this.#sorted = { entries: sortEntries(wanted, this.sort, this.timeZone), from: feed, by };
    }
    return this.#sorted.entries;
  }

  /** Which entries are wanted; `undefined` where all are. */
  #criteria(): Criteria | undefined {
    const { category, match, exclude, since, timeZone } = this;
    if (!(category ?? match ?? exclude ?? since)) return undefined;
    return { category, match, exclude, since, timeZone, language: this.#language.language };
  }

  /** All that decides which entries come first. */
  #choice(): string {
    return JSON.stringify([this.sort, this.timeZone, this.#criteria()]);
  }

  /** The feed with the entries that an element may come to show, in the feed's own order. */
  async #keepFirst({ entries, ...others }: FeedOutline, signal: AbortSignal): Promise<FeedOutline> {
    const { sort, timeZone } = this;
    const choice = this.#choice();
    const criteria = this.#criteria();
    let first = firstEntries(entries, KEPT_ENTRIES, sort, timeZone);
    if (criteria) {
      const { keepWanted } = await loadFilter();
      first = await keepWanted(entries, { count: KEPT_ENTRIES, sort, others: first }, criteria, signal);
    }
    const kept = { ...others, entries: first.map((entry) => entry.detach()) };
    // as many or more: of several feeds each may have been cut before
    if (entries.length >= KEPT_ENTRIES) choices.set(kept, choice);
    return kept;
  }

  #announce(type: keyof DiaryFeedEventMap, error?: FeedError): void {
    if (error) console.error(error.message);
    this.dispatchEvent(createEvent(type, error));
  }

  /** Whether the focus is in what the list is about to replace; it may have come through another element's slot. */
  #isFallbackFocused(): boolean {
    return this.#fallback().some((element) => element.matches(':focus-within'));
  }

  /** Pictures that did not come may come now: whoever asks for the feed anew asks for these too. */
  #askForImages(): void {
    this.#brokenImages.clear();
    this.requestUpdate();
    for (const image of this.shadowRoot?.querySelectorAll('img.missing') ?? []) {
      const address = image.getAttribute('src') ?? '';
      image.removeAttribute('src'); // WebKit asks for nothing where the address stays
      image.setAttribute('src', address);
    }
  }

  /** What is shown of the fallback. */
  #fallback(): Element[] {
    const slot = this.shadowRoot?.querySelector<HTMLSlotElement>('.fallback:not([hidden]) slot');
    return slot?.assignedElements({ flatten: true }) ?? [];
  }

  /** The link of a fallback that has one only: where there are several, none of them leads to all entries. */
  #fallbackLink(): string | undefined {
    const [link, another] = this.querySelectorAll<HTMLAnchorElement>(
      `:scope > ${LINK}:not([slot]), :scope > :not([slot]) ${LINK}`,
    );
    return another ? undefined : httpUrl(link?.href);
  }

  #listItems(): HTMLElement[] {
    return [...(this.shadowRoot?.querySelectorAll('li') ?? [])];
  }

  #whatIsFocused(): FocusedElement | undefined {
    const element = this.shadowRoot?.activeElement as HTMLElement | null | undefined;
    if (!element) return undefined;
    const items = this.#listItems();
    const index = items.findIndex((item) => item.contains(element));
    return { element, index, href: items.map(linkIn)[index]?.href };
  }

  #moveFocus(): void {
    const items = this.#listItems();
    const links = items.map(linkIn);
    const asked = this.#focusIndex;
    const index = asked ?? this.#indexAfterChange(links);
    this.#focusIndex = undefined;
    if (index === undefined) return;
    const item = items[index];
    // the button leads to the first new entry, be it a link or not; what is gone, to a link nearby
    const link =
      asked && item
        ? links[asked]
        : (links.slice(index).find(Boolean) ?? links.findLast(Boolean) ?? this.#fallback().map(linkIn).find(Boolean));
    if (item && !link) item.tabIndex = -1;
    const target = link ?? item;
    if (asked && this.#focused?.element.isConnected !== false) this.#focusOnceLaidOut(target);
    else target?.focus();
  }

  /**
   * Moves the focus in the frame that is due, behind its layout, unless the visitor has moved it meanwhile: only what is laid out can
   * have it, and asked for at once the browser would lay the page out in the task of the press (test/bench/interaction.mjs).
   */
  #focusOnceLaidOut(target: HTMLElement | null | undefined): void {
    const whatHasIt = (): (Element | null | undefined)[] => [document.activeElement, this.shadowRoot?.activeElement];
    const before = whatHasIt();
    const observer = new ResizeObserver(() => {
      observer.disconnect();
      const now = whatHasIt();
      if (before.every((element, index) => element === now[index])) target?.focus();
    });
    observer.observe(document.documentElement); // it has a size, whatever a page makes of ours
  }

  /** Where the focus belongs whose entry or button the view has moved or taken away; `undefined`: where it is. */
  #indexAfterChange(links: (HTMLAnchorElement | null)[]): number | undefined {
    if (!this.#focused) return undefined;
    const { element, index, href } = this.#focused;
    const moved = links.findIndex((link) => link?.href === href);
    if (href && moved >= 0 && links[index]?.href !== href) return moved;
    if (!element.isConnected) return Math.max(index, 0);
    // the page's own markup loses it where it moves with its entry; what has it would be scrolled to
    if (!element.matches(':focus-within')) element.focus();
    return undefined;
  }

  readonly #showMore = (): void => {
    this.#focusIndex = this.entries.length;
    this.#addedCount += this.more ?? 0;
    this.requestUpdate();
  };

  /** What a press of the button will show is read before it, so that it follows at once. */
  readonly #readAhead = (): void => {
    const start = this.limit + this.#addedCount;
    const next = this.#sortedEntries().slice(start, start + (this.more ?? 0));
    void inSlices(readEntries({ fields: {}, entries: next }));
  };

  /** A program's mistake must not cost the visitor the list. */
  readonly #renderOwn = (entry: Entry): unknown => {
    try {
      const made = this.#ownElements.get(entry) ?? this.#renderEntry?.(entry);
      if (made instanceof Element) this.#ownElements.set(entry, made);
      return made;
    } catch (error) {
      tellOfMistake('failed; the entry is', error);
      return undefined;
    }
  };

  readonly #noteOpened = (event: Event, key: string): void => {
    if ((event.currentTarget as HTMLDetailsElement).open) this.#opened.add(key);
    else this.#opened.delete(key);
    this.requestUpdate(); // so that Lit knows: it changes only what it has set
  };

  readonly #noteBroken = (address: string): void => {
    this.#brokenImages.add(address);
    this.requestUpdate();
  };

  /** Days are counted from today, and a page may lie in a tab for days. Nothing changes while it is read (WCAG 2.2.2). */
  readonly #followDay = (): void => {
    if (document.hidden) return;
    this.#sorted.by = ''; // since counts from today too
    this.requestUpdate();
  };

  readonly #retry = (): void => {
    if (this.#isRetrying) return;
    this.#isRetrying = true;
    void this.reload();
  };

  /** Properties that were set before the class was there lie on the element itself and hide the accessors. */
  #adoptEarlyProperties(): void {
    for (const name of [...Object.keys(ATTRIBUTES).map(propertyName), 'feed', 'renderEntry']) {
      if (!Object.hasOwn(this, name)) continue;
      const value: unknown = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }
}

/** Listeners get the element's own events by their types; in code nothing of this is left. */
export interface DiaryFeedElement {
  addEventListener<K extends keyof HeardEventMap>(
    type: K,
    listener: (this: DiaryFeedElement, event: HeardEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof HeardEventMap>(
    type: K,
    listener: (this: DiaryFeedElement, event: HeardEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

function linkIn(element: Element): HTMLAnchorElement | null {
  return element.matches(LINK) ? (element as HTMLAnchorElement) : element.querySelector(LINK);
}

function tellOfMistake(what: string, error: unknown): void {
  console.error(`diary-feed: renderEntry ${what} shown as usual. See docs/rendering.md#by-a-function`, error);
}

function isAttributeName(name: string): name is keyof typeof ATTRIBUTES {
  return name in ATTRIBUTES;
}

function warnOfIllegal(name: keyof typeof ATTRIBUTES, value: string): void {
  const { parse, legal, fallback } = ATTRIBUTES[name];
  if (parse(value) !== undefined) return;
  console.warn(
    `diary-feed: ${name}="${value}" is not ${legal}; ${fallback || 'nothing'} is used. See README.md#attributes`,
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'diary-feed': DiaryFeedElement;
  }
}
