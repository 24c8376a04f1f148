/** Characters of a text that are looked at: the beginning of a book is as long as that of a page. */
const BEGINNING = 20_000;

/**
 * The first `length` characters of a text in one line, cut at a word, with an ellipsis where something is left out.
 * A word longer than that is cut between two characters as people count them, never within one.
 *
 * @param length Characters (UTF-16 code units) at most, the ellipsis not counted.
 */
export function excerpt(text: string, length: number): string {
  const line = text.slice(0, BEGINNING).replace(/\s+/g, ' ').trim();
  if (line.length <= length) return line;
  const words = line.slice(0, length + 1);
  const end = words.lastIndexOf(' ');
  if (end > length / 2) return `${words.slice(0, end).replace(/[\s,;:.–-]+$/, '')} …`;
  let cut = 0;
  for (const { index, segment } of new Intl.Segmenter().segment(line.slice(0, length + 32))) {
    if (index + segment.length > length) break;
    cut = index + segment.length;
  }
  return `${line.slice(0, cut)}…`;
}
