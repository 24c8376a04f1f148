import {
  integer,
  keyword,
  language,
  propertyName,
  readAttribute,
  text,
  timeZone,
  tokens,
  writeAttribute,
} from './attributes.js';
import { firstEntries, sortEntries, type Sort } from './entries.js';
import type { DateStyle } from './entry-dates.js';
import { CustomStates } from './custom-states.js';
import { createEvent, type DiaryFeedEventMap, type HeardEventMap } from './events.js';
import { FeedController, type FeedRequest, type FeedState } from './feed-controller.js';
import { adoptFeed } from './feed/adopt.js';
import type { FeedError } from './feed/errors.js';
import type { Entry, Feed } from './feed/model.js';
import { readOutline, type EntryOutline, type FeedOutline } from './feed/outline.js';
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
  show: tokens('date', 'summary', 'author', 'category', 'image'),
  'summary-length': integer(160, { min: 20, max: 1000 }),
  sort: keyword<Sort>('newest', 'feed'),
  'date-style': keyword<DateStyle>('long', 'full', 'medium', 'short'),
  'time-zone': timeZone('Europe/Stockholm'),
  'feed-lang': language(),
  'link-target': keyword('_self', '_blank'),
  loading: keyword('eager', 'lazy'),
  timeout: integer(10_000, { min: 1000, max: 60_000 }),
};

/** What makes markup of a state, once an element has asked for it. */
let markup: typeof import('./template.js') | undefined;

/** What has the focus within an element; the address is that of an entry. */
interface FocusedElement {
  element: Element;
  /** Which entry it is in; -1 where it is in none. */
  index: number;
  href: string | null;
}

/**
 * Shows the latest entries of a diary that is published as an RSS feed.
 *
 * @summary The latest entries of a diary's RSS feed, as a list of links.
 * @tagname diary-feed
 *
 * @slot - The fallback, at least a link to the diary: shown before the script runs, without JavaScript, while nothing
 *   has been loaded yet, on failure, and when the feed is empty.
 * @slot heading - Instead of the heading.
 * @slot footer - Under everything.
 * @slot empty - Instead of the sentence that there are no entries.
 * @slot error - Instead of the sentence that the entries could not be loaded.
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
 * @csspart category - A category of an entry.
 * @csspart image - The picture of an entry.
 * @csspart more - The button that shows more entries.
 * @csspart status - The sentence that says how loading stands.
 * @csspart retry - The button that tries again.
 *
 * @cssstate idle - Nothing is being loaded yet.
 * @cssstate loading - The feed is on its way.
 * @cssstate ready - Entries are shown.
 * @cssstate empty - The feed has no entries.
 * @cssstate failed - The feed could not be loaded.
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
          return name === 'src' ? absoluteAddress(this, String(value)) : value;
        },
        set(this: DiaryFeedElement, value: string | number | null | undefined) {
          writeAttribute(this, name, value);
        },
      });
    }
  }

  /**
   * Address of the feed, relative to the page; `http:` and `https:` only. Reads as the absolute address.
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
   * A button shows that many more of the entries already fetched, 1–50.
   * @attr more
   * @default null
   */
  declare more: number | null;

  /**
   * Text of the heading; present but empty: the feed's own title. It links to the diary.
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
   * What is shown of an entry beside its title: some of `date summary author category image`, or `none`.
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
   * `newest` first, or the order of the `feed`. Entries without a date come last.
   * @attr sort
   * @default 'newest'
   */
  declare sort: Sort;

  /**
   * How a date is written: `full`, `long`, `medium` or `short`, as in `Intl`.
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
    keep: (outline) => this.#keepFirst(outline),
  });
  readonly #language = new LanguageController(this);
  readonly #states = new CustomStates(this);
  /** Entries that the button has added to `limit`. */
  #addedCount = 0;
  /** Whether the visitor has asked for another try that is not answered yet. */
  #isRetrying = false;
  /** The entry whose link gets the focus once it is shown. */
  #focusIndex: number | undefined;
  /** What had the focus before the view changed. */
  #focused: FocusedElement | undefined;
  #sorted: { entries: readonly EntryOutline[]; from: FeedOutline | undefined; by: string } = {
    entries: [],
    from: undefined,
    by: '',
  };
  #read: { feed: Feed; from: FeedOutline } | undefined;

  /**
   * The feed that is shown. Set it where the server already has the data: it wins until `src` changes or `reload()`.
   * What is set is copied; its dates may be ISO 8601 text.
   */
  get feed(): Feed | undefined {
    const { feed } = this.#controller.state;
    if (feed !== this.#read?.from) this.#read = feed && { feed: readOutline(feed), from: feed };
    return this.#read?.feed;
  }

  set feed(feed: Feed | undefined) {
    this.#addedCount = 0;
    this.#controller.adopt(feed && adoptFeed(feed));
  }

  /** The entries that are shown, in their order. */
  get entries(): readonly Entry[] {
    const shown = this.#sortedEntries().slice(0, this.limit + this.#addedCount);
    return shown.map((entry) => entry.read());
  }

  /** Where loading stands. */
  get status(): FeedState['status'] {
    return this.#controller.state.status;
  }

  /** Why the last load failed; `undefined` in every other state. */
  get error(): FeedError | undefined {
    const { state } = this.#controller;
    return state.status === 'failed' ? state.error : undefined;
  }

  /** Loads the feed anew, past caches that cannot vouch for it. Ends when the outcome is shown; never rejects. */
  reload(): Promise<void> {
    return this.#controller.reload(this.#request());
  }

  override connectedCallback(): void {
    this.#adoptEarlyProperties();
    super.connectedCallback();
    this.#language.hostConnected();
    this.#controller.hostConnected();
  }

  /** @internal */
  disconnectedCallback(): void {
    this.#language.hostDisconnected();
    this.#controller.hostDisconnected();
  }

  /** @internal */
  attributeChangedCallback(name: string, previous: string | null, value: string | null): void {
    if (previous === value) return;
    this.requestUpdate();
    if (name === 'src') {
      this.#addedCount = 0;
      this.#isRetrying = false;
    }
    if (value !== null && isAttributeName(name)) warnOfIllegal(name, value);
  }

  protected override willUpdate(): void {
    this.#controller.want(this.#request());
    if (this.status !== 'loading') this.#isRetrying = false;
    if (this.#read?.from !== this.#controller.state.feed) this.#read = undefined; // lest two feeds be kept
  }

  /** The markup, and Lit with it, come while the feed is on its way. */
  protected override async loadView(): Promise<(root: ShadowRoot) => void> {
    markup ??= await import('./template.js');
    const { showView } = markup;
    return (root) => {
      if (this.entries.length > 0 && this.#isFallbackFocused()) this.#focusIndex = 0;
      this.#focused = this.#whatIsFocused();
      showView(this.#view(), root);
      this.#states.show(this.status);
      this.#moveFocus();
    };
  }

  #view(): View {
    const { state } = this.#controller;
    const { entries, more } = this;
    return {
      state,
      entries,
      moreCount: Math.min(more ?? 0, this.#sortedEntries().length - entries.length),
      heading: this.heading?.trim() ?? null,
      headingLevel: this.headingLevel,
      shows: new Set(this.show.split(' ')),
      summaryLength: this.summaryLength,
      dateStyle: this.dateStyle,
      timeZone: this.timeZone,
      feedLanguage: this.feedLang || state.feed?.fields.language,
      opensTab: this.linkTarget === '_blank',
      isRetrying: this.#isRetrying,
      isNews: (state.status === 'ready' && state.isNews) || this.#addedCount > 0,
      surroundingLanguage: this.#language.language,
      onMore: this.#showMore,
      onRetry: this.#retry,
    };
  }

  #request(): FeedRequest {
    return { src: this.getAttribute('src'), isLazy: this.loading === 'lazy', timeout: this.timeout };
  }

  #sortedEntries(): readonly EntryOutline[] {
    const { feed } = this.#controller.state;
    const by = `${this.sort} ${this.timeZone}`;
    if (this.#sorted.from !== feed || this.#sorted.by !== by) {
      this.#sorted = { entries: sortEntries(feed?.entries ?? [], this.sort, this.timeZone), from: feed, by };
    }
    return this.#sorted.entries;
  }

  /** The feed with the entries that an element may come to show, in the feed's own order. */
  #keepFirst({ entries, fields }: FeedOutline): FeedOutline {
    const first = firstEntries(entries, KEPT_ENTRIES, this.sort, this.timeZone);
    return { fields, entries: first.map((entry) => entry.detach()) };
  }

  #announce(type: keyof DiaryFeedEventMap, error?: FeedError): void {
    if (error) console.error(error.message);
    this.dispatchEvent(createEvent(type, error));
  }

  /** Whether the focus is in what the list is about to replace; it may have come through another element's slot. */
  #isFallbackFocused(): boolean {
    return this.#fallback().some((element) => element.matches(':focus-within'));
  }

  /** What is shown of the fallback. */
  #fallback(): Element[] {
    const slot = this.shadowRoot?.querySelector<HTMLSlotElement>('.fallback:not([hidden]) slot');
    return slot?.assignedElements({ flatten: true }) ?? [];
  }

  #listItems(): HTMLElement[] {
    return [...(this.shadowRoot?.querySelectorAll('li') ?? [])];
  }

  #whatIsFocused(): FocusedElement | undefined {
    const element = this.shadowRoot?.activeElement;
    if (!element) return undefined;
    const index = this.#listItems().findIndex((item) => item.contains(element));
    return { element, index, href: element.getAttribute('href') };
  }

  #moveFocus(): void {
    const links = this.#listItems().map((item) => item.querySelector('a'));
    const index = this.#focusIndex ?? this.#indexAfterChange(links);
    this.#focusIndex = undefined;
    if (index === undefined) return;
    const link = links.slice(index).find(Boolean) ?? links.findLast(Boolean);
    (link ?? this.#fallback().map(linkIn).find(Boolean))?.focus();
  }

  /** Where the focus belongs whose entry or button the view has moved or taken away; `undefined`: where it is. */
  #indexAfterChange(links: (Element | null)[]): number | undefined {
    if (!this.#focused) return undefined;
    const { element, index, href } = this.#focused;
    if (element.isConnected && (index < 0 || element.getAttribute('href') === href)) return undefined;
    const moved = links.findIndex((link) => link?.getAttribute('href') === href);
    if (moved >= 0) return moved;
    return element.isConnected ? undefined : Math.max(index, 0);
  }

  readonly #showMore = (): void => {
    this.#focusIndex = this.entries.length;
    this.#addedCount += this.more ?? 0;
    this.requestUpdate();
  };

  readonly #retry = (): void => {
    if (this.#isRetrying) return;
    this.#isRetrying = true;
    void this.reload();
  };

  /** Properties that were set before the class was there lie on the element itself and hide the accessors. */
  #adoptEarlyProperties(): void {
    for (const name of [...Object.keys(ATTRIBUTES).map(propertyName), 'feed']) {
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

function linkIn(element: Element): HTMLElement | null {
  return element.matches('a[href]') ? (element as HTMLElement) : element.querySelector<HTMLElement>('a[href]');
}

function isAttributeName(name: string): name is keyof typeof ATTRIBUTES {
  return name in ATTRIBUTES;
}

function warnOfIllegal(name: keyof typeof ATTRIBUTES, value: string): void {
  const { parse, legal, fallback } = ATTRIBUTES[name];
  if (parse(value) !== undefined) return;
  console.warn(
    `diary-feed: ${name}="${value}" is not ${legal}; ${fallback ?? 'nothing'} is used. See README.md#attributes`,
  );
}

/** As HTML's own `src` reads: absolute where it can be, else as written. */
function absoluteAddress(element: Element, src: string): string {
  return src && URL.canParse(src, element.baseURI) ? new URL(src, element.baseURI).href : src;
}

declare global {
  interface HTMLElementTagNameMap {
    'diary-feed': DiaryFeedElement;
  }
}
