/** Every text of the element in one language. Counts are whole numbers; for built-in languages `Intl.PluralRules` chooses. */
export interface Messages {
  /** Said when a first load takes more than a second. */
  loading: string;
  /** Said, not shown, when entries have come late or again. */
  loaded: (count: number) => string;
  /** Stands above the fallback when the feed has no entries. */
  empty: string;
  /** The same, where the feed has entries and a filter of the element has left none: says that there is one. */
  noMatch: string;
  /** Stands above the fallback when the feed cannot be had now: no network, no answer in time, a server's failure. */
  unreachable: string;
  /** The same, where the visitor's own connection is down. */
  offline: string;
  /** Stands above the fallback when the feed is behind a login. */
  restricted: string;
  /** Stands above the fallback when the page or the feed is set up wrong, so that trying again is of little use. */
  unusable: string;
  /** Stands above the entries that are still shown when loading them anew has failed. */
  outdated: string;
  /** Label of the button that tries again. */
  retry: string;
  /** Label of the button that shows more entries. */
  more: (count: number) => string;
  /** Said, not shown, within a link that opens a new tab. */
  newTab: string;
  /** Name of an entry that has neither title nor text. */
  untitled: string;
}

/** What programs have said, by language tag in lower case. */
const added = new Map<string, Partial<Messages>>();

/**
 * Gives the element another language, or other words in one that it has; elements on the page follow at their next
 * change. A text that is not given stays as it was, in a new language Swedish.
 *
 * @param language BCP 47 tag; `se` serves `se-SE` too.
 */
export function addMessages(language: string, messages: Partial<Messages>): void {
  const tag = language.toLowerCase();
  added.set(tag, { ...added.get(tag), ...messages });
}

/** What programs have said in exactly that language. */
export function addedMessages(tag: string): Partial<Messages> | undefined {
  return added.get(tag);
}
