import { MAX_DEPTH, MAX_ELEMENTS, MAX_ENTRIES, MAX_ENTRY_LENGTH, MAX_FIELD_LENGTH, MAX_TAG_LENGTH } from './limits.js';
import { CONTROL, isEntry, isRoot } from './names.js';
import { CUT_OFF, plainEntryReader, type PlainEntry } from './plain-entry.js';
import { BRACKET, isHtml } from './text.js';

/** Fields of a channel or an item that hold text alone: another field ends them. */
const LEAVES = new Set(['title', 'link', 'guid', 'pubdate', 'category', 'comments', 'language']);
const FIELDS = new Set([...LEAVES, 'author', 'description', 'enclosure', 'source']);

/** An element that holds nothing by definition: where its end tag was forgotten, it must not swallow the others. */
const EMPTY = 'enclosure';

/** Names that an XML parser takes; one colon at most, and no name of millions of letters, over which Firefox stumbles. */
const NAME = /[\p{L}_][\p{L}\p{N}_.·-]{0,200}(?::[\p{L}_][\p{L}\p{N}_.·-]{0,200})?/uy;

interface Tag {
  /** As written, lower case. */
  name: string;
  isEnd: boolean;
  isEmpty: boolean;
  /** What stands between the name and `>`; '' where it cannot be told what is quoted. */
  attributes: string;
  /** Index after the tag. */
  end: number;
}

/** Whether an element is a field: what stands in an entry or a root, and is neither. */
function isField(name = '', parent = ''): boolean {
  return (isEntry(parent) || isRoot(parent)) && !isEntry(name) && !isRoot(name);
}

/**
 * The tag whose `<` stands at `start`, or `undefined` where that is just a character. Where it has not arrived in full it
 * ends with the source.
 */
function readTag(source: string, start: number, isWhole: boolean): Tag | undefined {
  const isEnd = source[start + 1] === '/';
  NAME.lastIndex = start + (isEnd ? 2 : 1);
  const name = NAME.exec(source)?.[0];
  if (name === undefined || !/^[\s/>]?$/.test(source.charAt(NAME.lastIndex))) return undefined;
  const from = NAME.lastIndex;
  const quoted = findTagEnd(source, from);
  const end = quoted ?? (isWhole ? from + source.slice(from).search(/[<>]|$/) : source.length);
  const isEmpty = source[end - 1] === '/';
  return {
    name: name.toLowerCase(),
    isEnd,
    isEmpty,
    attributes: quoted === undefined ? '' : source.slice(from, isEmpty ? end - 1 : end),
    end: source[end] === '>' ? end + 1 : end,
  };
}

/** What tells where a tag ends: a bracket; or a quoted value, with `>` in it or with a `<` that should not be there. */
const TAG_PART = /[<>]|"[^"<]*"|'[^'<]*'|"[^">]*"|'[^'>]*'|["']/g;

/** Index of the `>` that ends a tag, or of a `<` that comes first; `undefined` where it cannot be told what is quoted. */
function findTagEnd(source: string, from: number): number | undefined {
  TAG_PART.lastIndex = from;
  for (let part = TAG_PART.exec(source); part && part.index - from < MAX_TAG_LENGTH; part = TAG_PART.exec(source)) {
    if (/[<>]/.test(part[0].charAt(0))) return part.index;
    if (part[0].length === 1) return undefined;
  }
  return undefined;
}

/** Whether a mark begins there. `startsWith` would say so too, but that of Prototype.js, on old pages, knows no index. */
function standsAt(index: number, mark: string, source: string): boolean {
  return source.slice(index, index + mark.length) === mark;
}

/** Index after a comment, a processing instruction or a declaration at `start`; these never hold text. */
function skipDeclaration(source: string, start: number): number {
  const after = (mark: string, from: number): number => {
    const index = source.indexOf(mark, from);
    return index < 0 ? source.length : index + mark.length;
  };
  if (standsAt(start, '<!--', source)) return after('-->', start + 4);
  if (standsAt(start, '<?', source)) return after('>', start);
  const end = after('>', start);
  const subset = source.slice(start, end).indexOf('[');
  return subset < 0 ? end : after('>', after(']', start + subset) - 1);
}

/** The text of a feed, as far as it has arrived. */
export interface FeedText {
  /** What has arrived and has not been read. */
  text: string;
  /** How it begins, blanks left out: enough to tell what it is where it is no feed. */
  beginning: string;
  /** Whether that is all. */
  isWhole: boolean;
}

/** An entry before it is parsed; what else is known of it, where it is a plain one. */
export type EntryMarkup = Pick<PlainEntry, 'markup'> & Partial<PlainEntry>;

/** The markup of a feed in parts, so that each can be parsed at a time of its own. */
export interface FeedMarkup {
  /** All but the entries; an empty element of an entry's name stands where some were, side by side. */
  frame: string;
  /** The entries, whole elements, for each of these places; one more than `MAX_ENTRIES` in all at most. */
  runs: EntryMarkup[][];
  /** Whether the root element has ended, so that no entry can be missing. */
  isWhole: boolean;
}

/** An entry, or the frame, in the making: well-formed, and within the limits. */
class Part {
  markup = '';
  #room = MAX_ENTRY_LENGTH;
  #fieldRoom = MAX_FIELD_LENGTH;
  #elementsLeft = MAX_ELEMENTS;

  addText(text: string): void {
    this.markup += this.#take(text).replace(CONTROL, '');
  }

  addBracket(): void {
    this.markup += this.#take(BRACKET);
  }

  addCdata(text: string): void {
    if (this.#elementsLeft-- <= 0) return;
    this.markup += '<![CDATA[';
    this.addText(text);
    this.markup += ']]>';
  }

  /** Says whether there was room for another tag. */
  addTag({ name, attributes }: Tag, mark: '' | '/', startsField: boolean): boolean {
    if (this.#elementsLeft-- <= 0) return false;
    if (startsField) this.#fieldRoom = MAX_FIELD_LENGTH;
    this.#room -= attributes.length;
    this.markup += `<${name}${this.#room < 0 ? '' : attributes}${mark}>`;
    return true;
  }

  #take(text: string): string {
    const kept = text.slice(0, Math.max(Math.min(this.#room, this.#fieldRoom), 0));
    this.#room -= kept.length;
    this.#fieldRoom -= kept.length;
    return kept;
  }
}

/** Characters of the source between two pauses: some milliseconds. */
const STRIDE = 65_536;

/** Characters that tell a tag, a comment, a CDATA section and a mere bracket apart: names are no longer. */
const MARK_LENGTH = 500;

/**
 * The feed within a text, as markup in which every element is closed and nothing but elements, text and CDATA is
 * left, so that an XML parser cannot misread it; `undefined` where there is no feed.
 *
 * Before the root element everything is skipped (white space, a warning from the server's own language), after it too.
 * A stray `<` becomes text (`BRACKET`), a missing end tag is added, at the latest where another field or entry begins; a
 * stray one goes, control characters go. DOCTYPE is dropped, so that no entity is ever declared. Of a feed that was cut
 * off the last entry, which is not whole, goes as well. Linear in the length of the text.
 *
 * Yields where a pause may be made; or how many characters of `input.text` it takes to go on, where more are to arrive.
 */
export function* extractFeed(input: FeedText): Generator<number | undefined, FeedMarkup | undefined> {
  const open: string[] = [];
  const runs: EntryMarkup[][] = [];
  const frame = new Part();
  const readPlainEntry = plainEntryReader();
  let part = frame;
  /** Length of the frame behind the place of the last run. */
  let runEnd = -1;
  let count = 0;
  let source = input.text;
  let index = 0;
  let pause = STRIDE;

  const addEntry = (name: string, entry: EntryMarkup): void => {
    count++;
    if (frame.markup.length === runEnd) {
      runs.at(-1)?.push(entry);
    } else {
      runs.push([entry]);
      frame.markup += `<${name}/>`;
      runEnd = frame.markup.length;
    }
  };
  /** Ends the open elements from that depth on; -1, as a search that found nothing gives, ends none. */
  const close = (depth: number): void => {
    while (depth >= 0 && open.length > depth) {
      const name = open.pop() ?? '';
      part.markup += `</${name}>`;
      if (!isEntry(name)) continue;
      const { markup } = part;
      part = frame;
      addEntry(name, { markup });
    }
  };
  const isCutOff = (end: number): boolean => !input.isWhole && end >= source.length;
  /** Comes back to what begins at `index` when there is twice as much of it: whatever its length, it is read in linear time. */
  const more = function* (): Generator<number> {
    input.text = source.slice(index);
    index = 0;
    pause = STRIDE;
    yield input.text.length * 2 + 1;
    source = input.text;
  };

  for (;;) {
    if (index > pause) {
      pause = index + STRIDE;
      yield;
    }
    const start = source.indexOf('<', index);
    const isInside = open.length > 0;
    if (isInside) {
      const text = source.slice(index, start < 0 ? undefined : start);
      // white space between two entries does not part them
      if (part !== frame || frame.markup.length !== runEnd || text.trim()) part.addText(text);
    }
    index = start < 0 ? source.length : start;
    if (isCutOff(index + MARK_LENGTH)) {
      yield* more();
      continue;
    }
    if (start < 0) break;
    if (standsAt(start, '<![CDATA[', source)) {
      const end = source.indexOf(']]>', start);
      if (end < 0 && !input.isWhole) {
        yield* more();
        continue;
      }
      index = end < 0 ? source.length : end + 3;
      if (isInside) part.addCdata(source.slice(start + 9, end < 0 ? undefined : end));
      continue;
    }
    if (source[start + 1] === '!' || source[start + 1] === '?') {
      const end = skipDeclaration(source, start);
      if (isCutOff(end)) yield* more();
      else index = end;
      continue;
    }
    const tag = readTag(source, start, input.isWhole);
    if (!tag) {
      if (isInside) part.addBracket();
      index = start + 1;
      continue;
    }
    const { name, isEnd } = tag;
    const begins = !isEnd && isInside && isEntry(name);
    const plain = begins && open.length < MAX_DEPTH ? readPlainEntry(source, start) : undefined;
    // half an entry that is longer than any may be is not plain
    if (isCutOff(tag.end) || (plain === CUT_OFF && isCutOff(start + MAX_ENTRY_LENGTH))) {
      yield* more();
      continue;
    }
    index = tag.end;
    if (!isInside) {
      if (name === 'html') return undefined;
      if (isEnd || !isRoot(name)) continue;
    }
    if (isEnd) {
      const depth = open.lastIndexOf(name);
      close(depth);
      // an end tag that fits nothing is a field's, misspelt, or left over from HTML
      if (depth < 0 && isField(open.at(-1), open.at(-2)) && !isHtml(name)) close(open.length - 1);
      if (open.length === 0) break;
      continue;
    }
    if (begins) close(open.findIndex((other) => isEntry(other) || FIELDS.has(other)));
    else if (FIELDS.has(name) && LEAVES.has(open.at(-1) ?? '')) close(open.length - 1);
    if (open.length >= MAX_DEPTH) continue;
    if (begins && count > MAX_ENTRIES) break;
    if (plain && plain !== CUT_OFF) {
      addEntry(name, plain);
      index = start + plain.markup.length;
      continue;
    }
    if (begins) part = new Part();
    const isEmpty = !begins && (tag.isEmpty || name === EMPTY);
    if (part.addTag(tag, isEmpty ? '/' : '', isField(name, open.at(-1))) && !isEmpty) open.push(name);
    if (begins && tag.isEmpty) close(open.length - 1);
    if (open.length === 0) break;
  }
  const isWhole = open.length === 0;
  // cut off within an entry, which is not whole
  if (part !== frame) open.length = open.findIndex(isEntry);
  part = frame;
  close(0);
  return frame.markup === '' ? undefined : { frame: frame.markup, runs, isWhole };
}
