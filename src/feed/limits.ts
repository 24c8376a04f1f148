/** Bytes of a feed after decompression: ten times the largest municipal feed seen, little for a phone's memory. */
export const MAX_BYTES = 10_000_000;

/** Entries of one feed: a diary with an entry a day for fifty years has fewer. */
export const MAX_ENTRIES = 20_000;

/** Levels of nested elements; what lies deeper keeps its text but not its tags. A feed with XHTML needs about 30. */
export const MAX_DEPTH = 256;

/** Characters of one start tag. Longer ones keep their name and lose their attributes: no feed needs them. */
export const MAX_TAG_LENGTH = 65_536;

/**
 * Characters of one field; what follows is left out. The longest entry of the diary has 10,000, the longest known one 200,000;
 * more are pictures that stand in the text as `data:` addresses. A field of that length is read in a tenth of a second at
 * worst.
 */
export const MAX_FIELD_LENGTH = 250_000;

/** Characters of an address; browsers and servers take 8,000 (RFC 9110 §4.1). */
export const MAX_ADDRESS_LENGTH = 8000;

/** Elements of one name that are looked at in an entry: authors, categories, links that may lead nowhere. */
export const MAX_VALUES = 50;

/** Characters of one entry, or of all that stands around the entries; fields past that stay empty. */
export const MAX_ENTRY_LENGTH = 500_000;

/** Elements of one entry, or around the entries; further ones keep their text but not their tags, as deeper ones do. */
export const MAX_ELEMENTS = 10_000;
