/**
 * What a reader makes of a feed. Everything is plain text or an absolute `http(s)` address; what the feed
 * does not say is absent, never an empty string.
 */
export interface Feed {
  /** The feed's title, one line. */
  title?: string;
  /** Address of the site that the feed belongs to. */
  link?: string;
  /** BCP 47 tag of the feed's language, as the feed writes it (`_` becomes `-`). */
  language?: string;
  /** The entries, in the feed's own order. */
  readonly entries: readonly Entry[];
}

/** One entry of a {@link Feed}. */
export interface Entry {
  /** What the feed calls the entry by (`guid`, `rdf:about`, `atom:id`); not necessarily an address. */
  id?: string;
  /** The title, one line. */
  title?: string;
  /** Address of the entry's own page. */
  link?: string;
  /** When the entry was posted. Never invented: a date that cannot be read is absent. */
  date?: Date;
  /**
   * The day that the entry is about, as `YYYY-MM-DD`: the diary's own date line, or the date where the feed
   * gives one without a time. It belongs to no time zone.
   */
  day?: string;
  /** The whole text, its paragraphs parted by `\n`, without the diary's date line. */
  summary?: string;
  /** Who wrote it, as a name where the feed has one. */
  author?: string;
  /** The categories, each once; `[]` where there are none. */
  readonly categories: readonly string[];
  /** Address of the entry's picture. */
  image?: string;
  /** Address of the file that goes with the entry: sound, film, a document; a picture is its `image`. */
  enclosure?: string;
  /** Media type of that file, as the feed says it: `audio/mpeg`. */
  enclosureType?: string;
  /** How long that plays, in seconds. */
  duration?: number;
  /** Title of the feed that the entry is from; only where several are shown as one. */
  source?: string;
  /** BCP 47 tag of that feed's language. */
  language?: string;
}
