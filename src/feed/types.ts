/**
 * A feed as the feed parser returns it, whatever its format. Everything is plain text or an absolute `http:` or `https:`
 * URL. A field that the feed doesn't contain is a missing property, never an empty string.
 */
export interface Feed {
  /** Title of the feed, on one line. */
  readonly title?: string;
  /** URL of the site that the feed belongs to. */
  readonly link?: string;
  /** Language of the feed as a BCP 47 tag, for example `sv`. */
  readonly language?: string;
  /** Entries, in the feed's order. */
  readonly entries: readonly Entry[];
}

/** One entry of a {@link Feed}. */
export interface Entry {
  /** Identifier of the entry in its feed (`guid`, `atom:id`, `rdf:about`). It isn't always a URL. */
  readonly id?: string;
  /** Title, on one line. */
  readonly title?: string;
  /** URL of the page of the entry; if the entry has none, the URL of its enclosed file. */
  readonly link?: string;
  /** Time of publication. Missing if the feed's date can't be read; never a guess. */
  readonly date?: Date;
  /**
   * Day that the entry is about, as `YYYY-MM-DD`: the diary's date line, or the date of publication if that has no time.
   * It belongs to no time zone.
   */
  readonly day?: string;
  /** Full text. Paragraphs are separated by `\n`. The diary's date line isn't part of it. */
  readonly summary?: string;
  /** Name of the author; several names are separated by commas. An e-mail address if the feed has no name. */
  readonly author?: string;
  /** Categories, without duplicates. */
  readonly categories: readonly string[];
  /** URL of the image of the entry. */
  readonly image?: string;
  /** Title of the feed that the entry is from. Only in merged feeds. */
  readonly source?: string;
  /** Language of the feed that the entry is from, as a BCP 47 tag. Only in merged feeds. */
  readonly language?: string;
}

/** A {@link Feed} as a script can provide it. Every field is optional. */
export interface FeedInit extends Partial<Omit<Feed, 'entries'>> {
  /** Entries, in the order of the feed. */
  readonly entries?: readonly EntryInit[];
}

/** An {@link Entry} as a script can provide it. Every field is optional. */
export interface EntryInit extends Partial<Omit<Entry, 'date'>> {
  /** Time of publication: a `Date`, or text in ISO 8601 format. */
  readonly date?: Date | string;
}

/** Returns a feed or an entry of the given fields, without those that are `undefined`. */
export function omitUndefined<T extends object>(fields: { [K in keyof T]-?: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
