/** Bytes of a feed after decompression: ten times the largest municipal feed seen, and little for a phone's memory. */
export const MAX_BODY_BYTES = 10_000_000;

/** Entries of a feed: a diary with an entry a day for fifty years has fewer. Later ones aren't read. */
export const MAX_ENTRIES = 20_000;

/** Levels of nested elements: a feed with XHTML needs about 30. An entry with more is dropped. */
export const MAX_DEPTH = 256;

/** Characters of one field: the longest one known has 200,000. The rest is cut off. */
export const MAX_FIELD_LENGTH = 250_000;

/** Characters of one tag: the longest URLs have 8,000. A longer tag is dropped. */
export const MAX_TAG_LENGTH = 20_000;

/** Characters of one entry, of everything around the entries, and of all entries that the element picks. The rest is cut off. */
export const MAX_MARKUP_LENGTH = 600_000;

/** Tags, with their attributes, of one entry and of everything around the entries: parsing them takes about a tenth of a second. */
export const MAX_TAGS = 10_000;

/** Characters of a URL: browsers and servers accept at least 8,000 (RFC 9110 §4.1). A longer one is ignored. */
export const MAX_URL_LENGTH = 8000;

/** Elements of one name that are read in an entry: authors, categories, links. */
export const MAX_VALUES = 50;
