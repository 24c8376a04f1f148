import { MAX_DEPTH, MAX_ELEMENTS, MAX_ENTRIES, MAX_ENTRY_LENGTH, MAX_FIELD_LENGTH, MAX_TAG_LENGTH } from './limits.js';
import { CONTROL, isEntry, isRoot } from './names.js';
import { readPlainEntry, type PlainEntry } from './plain-entry.js';
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

/** The tag whose `<` stands at `start`, or `undefined` where that is just a character. */
function readTag(source: string, start: number): Tag | undefined {
  const isEnd = source[start + 1] === '/';
  NAME.lastIndex = start + (isEnd ? 2 : 1);
  const name = NAME.exec(source)?.[0];
  if (name === undefined || !/^[\s/>]?$/.test(source.charAt(NAME.lastIndex))) return undefined;
  const from = NAME.lastIndex;
  const quoted = findTagEnd(source, from);
  const end = quoted ?? from + source.slice(from).search(/[<>]|$/);
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

/** The markup of a feed in parts, so that each can be parsed at a time of its own. */
export interface FeedMarkup {
  /** All but the entries; an empty element of its name stands where each was. */
  frame: string;
  /** The entries in the order of their places in the frame, whole elements; one more than `MAX_ENTRIES` at most. */
  entries: (PlainEntry | Pick<PlainEntry, 'markup'>)[];
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

/**
 * The feed within `source`, as markup in which every element is closed and nothing but elements, text and CDATA is
 * left, so that an XML parser cannot misread it; `undefined` where there is no feed.
 *
 * Before the root element everything is skipped (white space, a warning from the server's own language), after it too.
 * A stray `<` becomes text (`BRACKET`), a missing end tag is added, at the latest where another field or entry begins; a
 * stray one goes, control characters go. DOCTYPE is dropped, so that no entity is ever declared. Of a feed that was cut
 * off the last entry, which is not whole, goes as well. Linear in the length of `source`; yields where a pause may be made.
 */
export function* extractFeed(source: string): Generator<undefined, FeedMarkup | undefined> {
  const open: string[] = [];
  const entries: FeedMarkup['entries'] = [];
  const frame = new Part();
  let part = frame;
  let index = 0;
  let pause = STRIDE;
  /** Ends the open elements from that depth on; -1, as a search that found nothing gives, ends none. */
  const close = (depth: number): void => {
    while (depth >= 0 && open.length > depth) {
      const name = open.pop() ?? '';
      part.markup += `</${name}>`;
      if (!isEntry(name)) continue;
      entries.push({ markup: part.markup });
      part = frame;
      part.markup += `<${name}/>`;
    }
  };

  for (;;) {
    if (index > pause) {
      pause = index + STRIDE;
      yield;
    }
    const start = source.indexOf('<', index);
    const isInside = open.length > 0;
    if (isInside) part.addText(source.slice(index, start < 0 ? undefined : start));
    if (start < 0) break;
    if (standsAt(start, '<![CDATA[', source)) {
      const end = source.indexOf(']]>', start);
      index = end < 0 ? source.length : end + 3;
      if (isInside) part.addCdata(source.slice(start + 9, end < 0 ? undefined : end));
      continue;
    }
    if (source[start + 1] === '!' || source[start + 1] === '?') {
      index = skipDeclaration(source, start);
      continue;
    }
    const tag = readTag(source, start);
    if (!tag) {
      if (isInside) part.addBracket();
      index = start + 1;
      continue;
    }
    const { name, isEnd } = tag;
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
    const begins = isEntry(name);
    if (begins) close(open.findIndex((other) => isEntry(other) || FIELDS.has(other)));
    else if (FIELDS.has(name) && LEAVES.has(open.at(-1) ?? '')) close(open.length - 1);
    if (open.length >= MAX_DEPTH) continue;
    if (begins && entries.length > MAX_ENTRIES) break;
    const plain = begins ? readPlainEntry(source, start) : undefined;
    if (plain) {
      entries.push(plain);
      frame.markup += `<${name}/>`;
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
  return frame.markup === '' ? undefined : { frame: frame.markup, entries, isWhole };
}
