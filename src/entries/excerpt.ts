import type { Entry } from '../feed/types.js';

/** Characters of a title, a name or a category that are shown. A feed that has more is broken or hostile. */
export const MAX_LINE_LENGTH = 300;

/** Characters of a text that are looked at: the longest `summary-length` is 1,000, and runs of white space collapse. */
const MAX_INPUT_LENGTH = 20_000;

/** Characters of the text that replace a missing title. */
const NAME_LENGTH = 60;

/**
 * Returns the first `length` characters (UTF-16 code units) of a text in one line, cut at a word, with an ellipsis if
 * the text is longer. A longer word is cut between two user-perceived characters.
 */
export function excerpt(text: string, length: number): string {
  const line = text.slice(0, MAX_INPUT_LENGTH).replace(/\s+/g, ' ').trim();
  if (line.length <= length) return line;
  const end = line.slice(0, length + 1).lastIndexOf(' ');
  if (end > length / 2) return `${line.slice(0, end).replace(/(?<![\s,;:.–-])[\s,;:.–-]+$/, '')} …`;
  let cut = 0;
  for (const { index, segment } of new Intl.Segmenter().segment(line.slice(0, length + 32))) {
    if (index + segment.length > length) break;
    cut = index + segment.length;
  }
  return `${line.slice(0, cut)}…`;
}

/** Returns an entry's title, else the beginning of its text; `undefined` if it has neither. */
export function entryName({ title, summary }: Entry): string | undefined {
  return title ? excerpt(title, MAX_LINE_LENGTH) : summary && excerpt(summary, NAME_LENGTH);
}
