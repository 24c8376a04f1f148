import { isElement, makeElement, type Element, type EntryMarkup, type Place } from './element.js';
import { MAX_DEPTH, MAX_ELEMENTS, MAX_ENTRIES, MAX_ENTRY_LENGTH, MAX_FIELD_LENGTH, MAX_TAG_LENGTH } from './limits.js';
import { CONTROL, isEntry, isRoot } from './names.js';
import { CUT_OFF, plainEntryReader } from './plain-entry.js';
import { BRACKET, isHtml } from './text.js';

/** Fields of a channel or an item that hold text alone: another field ends them. */
const LEAVES = new Set(['title', 'link', 'guid', 'pubdate', 'category', 'comments', 'language']);
const FIELDS = new Set([...LEAVES, 'author', 'description', 'enclosure', 'source']);

/** An element that holds nothing by definition: where its end tag was forgotten, it must not swallow the others. */
const EMPTY = 'enclosure';

/**
 * Names as feeds have them (XML 1.0 §2.3, but for the rarest letters): one colon at most, and no name of millions of letters,
 * over which Firefox stumbles.
 */
const NAME =
  /[A-Za-z_\xc0-\u1fff\u3001-\ud7ff][\w.\xb7-\u1fff\u3001-\ud7ff-]{0,200}(?::[A-Za-z_\xc0-\u1fff\u3001-\ud7ff][\w.\xb7-\u1fff\u3001-\ud7ff-]{0,200})?/y;

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
  const written = NAME.exec(source)?.[0];
  if (written === undefined) return undefined;
  const from = NAME.lastIndex;
  const name = written.toLowerCase();
  const next = source.charAt(from);
  if (next === '>') return { name, isEnd, isEmpty: false, attributes: '', end: from + 1 }; // as are most
  if (!/^[\s/]?$/.test(next)) return undefined;
  const quoted = findTagEnd(source, from);
  const end = quoted ?? (isWhole ? from + source.slice(from).search(/[<>]|$/) : source.length);
  const isEmpty = source[end - 1] === '/';
  return {
    name,
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
  /** What it is called where it is no feed; its address unless told. */
  name?: string;
  /** What has arrived and has not been read. */
  text: string;
  /** How it begins, blanks left out: enough to tell what it is where it is no feed; of a page its whole head. */
  beginning: string;
  /** Whether that is all. */
  isWhole: boolean;
}

/** A feed as elements. */
export interface FeedTree {
  root: Element;
  /** One more than `MAX_ENTRIES` at most. */
  entryCount: number;
  /** Whether the root element has ended, so that no entry can be missing. */
  isWhole: boolean;
}

/** What an entry, or all that is around the entries, may still hold. */
class Room {
  #characters = MAX_ENTRY_LENGTH;
  #fieldCharacters = MAX_FIELD_LENGTH;
  #elements = MAX_ELEMENTS;

  addField(): void {
    this.#fieldCharacters = MAX_FIELD_LENGTH;
  }

  /** Says whether there is room for another element or section. */
  addElement(): boolean {
    return this.#elements-- > 0;
  }

  /** The beginning of a text that there is room for. */
  addText(text: string): string {
    const kept = text.slice(0, Math.max(Math.min(this.#characters, this.#fieldCharacters), 0));
    this.#characters -= kept.length;
    this.#fieldCharacters -= kept.length;
    return kept;
  }

  /** The attributes, or none where there is no room for them. */
  addAttributes(attributes: string): string {
    this.#characters -= attributes.length;
    return this.#characters < 0 ? '' : attributes;
  }
}

/** Characters of the source between two pauses: some milliseconds. */
const STRIDE = 65_536;

/** Characters that tell a tag, a comment, a CDATA section and a mere bracket apart: names are no longer. */
const MARK_LENGTH = 500;

/**
 * The feed within a text, as elements, text and CDATA sections; `undefined` where there is no feed.
 *
 * Before the root element everything is skipped (white space, a warning from the server's own language), after it too.
 * A stray `<` becomes text (`BRACKET`), an element without an end tag ends at the latest where another field or entry begins; a
 * stray end tag goes, control characters go. DOCTYPE is dropped, so that no entity is ever declared. Of a feed that was cut
 * off the last entry, which is not whole, goes as well. Linear in the length of the text.
 *
 * Yields where a pause may be made; or how many characters of `input.text` it takes to go on, where more are to arrive.
 *
 * @param address Where relative addresses start.
 * @param areAllAsked Whether all entries are going to be read, so that no glance is of use.
 */
export function* extractFeed(
  input: FeedText,
  address: string,
  areAllAsked = false,
): Generator<number | undefined, FeedTree | undefined> {
  const top = makeElement('', '', { scope: { own: new Map() }, base: address });
  const readPlainEntry = areAllAsked ? () => undefined : plainEntryReader();
  const { entryCount, isWhole } = yield* extract(input, top, [], readPlainEntry);
  const [root] = top.children as Element[];
  return root && { root, entryCount, isWhole };
}

/** The element of an entry that is plain, where it stands. */
export function extractEntry(markup: string, place: Place): Element | undefined {
  const channel = makeElement('', '', place);
  const input = { text: markup, beginning: '', isWhole: true };
  const steps = extract(input, channel, ['channel'], () => undefined);
  while (!steps.next().done);
  return channel.entries[0]?.element;
}

/**
 * Adds what a text holds to `top`.
 *
 * @param open Names of the elements, outermost first, that are open at the beginning; `top` is the innermost.
 */
function* extract(
  input: FeedText,
  top: Element,
  open: string[],
  readPlainEntry: ReturnType<typeof plainEntryReader>,
): Generator<number | undefined, Omit<FeedTree, 'root'>> {
  /** The elements that are open, behind what they are in. */
  const elements = [top];
  const outerRoom = new Room();
  let room = outerRoom;
  let entryCount = 0;
  let source = input.text;
  let index = 0;
  let pause = STRIDE;

  const current = (): Element => elements.at(-1) ?? top;
  const addEntry = (entry: EntryMarkup): void => {
    entryCount++;
    current().entries.push(entry);
  };
  const addText = (text: string): void => {
    const { children } = current();
    const last = children.at(-1);
    const source = room.addText(text);
    if (last && !isElement(last) && !last.isCdata) last.source += source;
    else if (source) children.push({ source, isCdata: false });
  };
  /** Ends the open elements from that depth on; -1, as a search that found nothing gives, ends none. */
  const close = (depth: number): void => {
    while (depth >= 0 && open.length > depth) {
      const element = elements.pop();
      if (!isEntry(open.pop() ?? '') || !element) continue;
      room = outerRoom;
      addEntry({ element });
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
    if (isInside && start !== index) addText(source.slice(index, start < 0 ? undefined : start).replace(CONTROL, ''));
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
      if (isInside && room.addElement()) {
        const text = source.slice(start + 9, end < 0 ? undefined : end).replace(CONTROL, '');
        current().children.push({ source: room.addText(text), isCdata: true });
      }
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
      if (isInside) addText(BRACKET);
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
      if (name === 'html') break;
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
    if (begins && entryCount > MAX_ENTRIES) break;
    if (plain && plain !== CUT_OFF) {
      addEntry(plain);
      index = start + plain.markup.length;
      continue;
    }
    if (begins) room = new Room();
    if (!room.addElement()) continue;
    if (isField(name, open.at(-1))) room.addField();
    // a feed of Atom may not say so
    const place = isInside || name !== 'feed' ? current() : { ...top, scope: { own: new Map([['', 'atom']]) } };
    const element = makeElement(name, room.addAttributes(tag.attributes), place);
    if (!begins) current().children.push(element);
    if (begins || !(tag.isEmpty || name === EMPTY)) {
      open.push(name);
      elements.push(element);
    }
    if (tag.isEmpty && begins) close(open.length - 1);
    if (open.length === 0) break;
  }
  return { entryCount, isWhole: open.length === 0 };
}
