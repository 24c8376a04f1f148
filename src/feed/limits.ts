/** Bytes of a feed after decompression: ten times the largest municipal feed seen, little for a phone's memory. */
export const MAX_BYTES = 10_000_000;

/** Entries of one feed: a diary with an entry a day for fifty years has fewer. */
export const MAX_ENTRIES = 20_000;

/** Levels of nested elements; what lies deeper keeps its text but not its tags. A feed with XHTML needs about 30. */
export const MAX_DEPTH = 256;

/** Characters of one start tag. Longer ones keep their name and lose their attributes: no feed needs them. */
export const MAX_TAG_LENGTH = 65_536;
