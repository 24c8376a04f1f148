import { da } from './da.js';
import { de } from './de.js';
import { en } from './en.js';
import { fi } from './fi.js';
import { nb } from './nb.js';
import { sv } from './sv.js';

/** All texts of the element in one language. Counts are integers. */
export interface Messages {
  /** Visible while a load takes more than a second, and at once if it follows a failure. */
  loading: string;
  /** Announced to screen readers if entries have come late, again, or by the button. */
  loaded: (count: number) => string;
  /** Visible below the fallback if the feed has no entries. */
  empty: string;
  /** Visible below the fallback if the feed has entries, but none that matches the filters. */
  noMatch: string;
  /** Visible below the fallback after a failure that may pass: no network, a timeout, an error of the server. */
  unreachable: string;
  /** The same, if the visitor is offline. */
  offline: string;
  /** Visible below the fallback if the feed requires a login. */
  restricted: string;
  /** Visible below the fallback if the page or the feed is set up wrong: another try won't help. */
  unusable: string;
  /** Visible under entries that couldn't be updated. */
  outdated: string;
  /** Label of the button that tries again. */
  retry: string;
  /** Label of the button that shows more entries. */
  more: (count: number) => string;
  /** Visually hidden in a link that opens a new tab. */
  newTab: string;
  /** Name of an entry that has neither title nor text. */
  untitled: string;
  /** Text of the link to the diary after the last entry. */
  all: string;
  /** Text of the link to the feed. */
  feed: string;
  /** Label of the control that opens the full text of an entry. */
  expand: string;
  /** Badge of an entry of the last days. */
  new: string;
  /** Badge of an entry whose day is in the future. */
  upcoming: string;
  /** Heading of the entries without a date, if entries are grouped by month. */
  undated: string;
  /** Visible under the list if the newest entry is old; `date` is that entry's date in full. */
  stale: (date: string) => string;
}

/** The language of an element: which messages it shows, and which language surrounds it. */
export interface Locale {
  /** Value of the nearest `lang`, or '' without one. */
  surrounding: string;
  /** Language of the messages and dates, a BCP 47 tag. */
  language: string;
  /** `lang` that the messages need, or `undefined` if they are in the language that surrounds them. */
  lang: string | undefined;
  messages: Messages;
}

/** Language of the element if the page's language has no messages. */
const DEFAULT_LANGUAGE = 'sv';

/** By BCP 47 tag; `no` is how many Norwegian pages name their language. */
const builtIn = new Map<string, Messages>(Object.entries({ da, de, en, fi, nb, no: nb, sv }));

/** What pages have added, by BCP 47 tag in lower case. */
const added = new Map<string, Partial<Messages>>();

/**
 * Adds a language, or replaces some texts of one. Texts that aren't in `messages` stay as they are; in a new language they are
 * Swedish. Elements on the page follow at their next update.
 *
 * @param language BCP 47 tag; `se` is used for `se-SE`, too.
 */
export function addMessages(language: string, messages: Partial<Messages>): void {
  const tag = language.toLowerCase();
  added.set(tag, { ...added.get(tag), ...messages });
}

/** Returns the messages for a language tag or its nearest parent, or `undefined`. */
export function findMessages(language: string): Messages | undefined {
  const tag = language.toLowerCase();
  if (!tag) return undefined;
  const own = builtIn.get(tag) ?? findMessages(tag.slice(0, Math.max(tag.lastIndexOf('-'), 0)));
  const changes = added.get(tag);
  return changes ? { ...(own ?? sv), ...changes } : own;
}

/** Returns the locale of an element: the language that surrounds it if there are messages for it, else Swedish. */
export function findLocale(surrounding: string): Locale {
  const messages = isLanguageTag(surrounding) ? findMessages(surrounding) : undefined;
  const language = messages ? surrounding : DEFAULT_LANGUAGE;
  return { surrounding, language, lang: langOf(language, { surrounding }), messages: messages ?? sv };
}

/** Returns the `lang` that a text needs, or `undefined` if it is in the language that surrounds it. */
export function langOf(language: string | undefined, { surrounding }: Pick<Locale, 'surrounding'>): string | undefined {
  const primary = (tag: string): string | undefined => tag.toLowerCase().split('-')[0];
  return language && primary(language) !== primary(surrounding) ? language : undefined;
}

function isLanguageTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length > 0;
  } catch {
    return false;
  }
}
