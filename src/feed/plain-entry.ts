import { glance, type Moment } from './glance.js';
import { MAX_ELEMENTS, MAX_ENTRY_LENGTH, MAX_FIELD_LENGTH } from './limits.js';
import { CONTROL, isEntry, isRoot } from './names.js';

/**
 * An entry as most feeds write it: elements side by side, each with text, CDATA sections or nothing in it. Such an entry
 * is as it should be, so that no repair and no parser is needed to know where it ends and when it was.
 */
export interface PlainEntry {
  markup: string;
  /** The name of the entry, and those of its fields that have a prefix; lower case, parted by spaces. */
  names: string;
  /** When the entry was, where a glance tells and its names mean what they usually do. */
  moment: Moment | undefined;
}

/** A field of a plain entry: its content stands in the source from `from` to `end`. */
export interface PlainField {
  /** Lower case. */
  name: string;
  /** Whether its content is what it is for all feeds: no attribute says how to read it. */
  isOrdinary: boolean;
  from: number;
  end: number;
}

interface StartTag extends Pick<PlainField, 'name' | 'isOrdinary'> {
  isEmpty: boolean;
  /** The end tag that fits; '' where the start tag is not plain. */
  endTag: string;
}

/** A start tag without anything unusual, such as a million attributes. */
const START_TAG =
  /^<([a-z][\w.-]{0,99}(?::[a-z][\w.-]{0,99})?)((?:\s+[a-z][\w.:-]{0,99}=(?:"[^"<]*"|'[^'<]*')){0,20})\s*(\/?)>$/i;

/** A feed has few start tags that differ, unless they hold addresses: so many are remembered. */
const MAX_REMEMBERED = 100;

/** Said of an entry of which so little has arrived that nobody can tell. */
export const CUT_OFF = 'cut off';

/** Gives the entry that begins at `start`; `undefined` where it is not plain, {@link CUT_OFF} where the source ends within it. */
type PlainEntryReader = (source: string, start: number) => PlainEntry | typeof CUT_OFF | undefined;

/** A reader for the plain entries of one feed. */
export function plainEntryReader(): PlainEntryReader {
  const remembered = new Map<string, StartTag>();

  const readStartTag = (written: string): StartTag => {
    const known = remembered.get(written);
    if (known) return known;
    const [, name = '', attributes = '', slash] = START_TAG.exec(written) ?? [];
    const tag = {
      name: name.toLowerCase(),
      isOrdinary: !/\s(?:type|mode|xmlns)/i.test(attributes),
      isEmpty: slash === '/',
      endTag: name && `</${name}>`,
    };
    if (remembered.size < MAX_REMEMBERED) remembered.set(written, tag);
    return tag;
  };

  return (source, start) => {
    let index = source.indexOf('>', start) + 1;
    if (index === 0) return CUT_OFF;
    const entryTag = source.slice(start, index);
    const entry = readStartTag(entryTag);
    if (!entry.endTag || entry.isEmpty || entryTag.includes('xmlns')) return undefined;
    const fields: PlainField[] = [];
    let names = entry.name;
    for (;;) {
      const open = source.indexOf('<', index);
      const from = source.indexOf('>', open) + 1;
      if (open < 0 || from === 0) return CUT_OFF;
      if (source.slice(index, open).trim()) return undefined;
      const written = source.slice(open, from);
      if (written === entry.endTag) {
        index = from;
        break;
      }
      const { name, isOrdinary, isEmpty, endTag } = readStartTag(written);
      if (!endTag || isEntry(name) || isRoot(name) || fields.length > MAX_ELEMENTS) return undefined;
      const end = isEmpty ? from : findEndTag(source, endTag, from);
      if (end === CUT_OFF) return end;
      if (end === undefined || end - from > MAX_FIELD_LENGTH) return undefined;
      fields.push({ name, isOrdinary, from, end });
      if (name.includes(':')) names += ` ${name}`;
      index = isEmpty ? from : end + endTag.length;
    }
    const markup = source.slice(start, index);
    if (markup.length > MAX_ENTRY_LENGTH || markup.search(CONTROL) >= 0) return undefined;
    return { markup, names, moment: entry.name === 'item' ? glance(source, fields) : undefined };
  };
}

/** Index of the end tag behind text and CDATA; `undefined` where something else is in between. */
function findEndTag(source: string, endTag: string, from: number): number | typeof CUT_OFF | undefined {
  for (let index = source.indexOf('<', from); index >= 0; index = source.indexOf('<', index)) {
    if (source.slice(index, index + endTag.length) === endTag) return index;
    if (source.slice(index, index + 9) !== '<![CDATA[') {
      return index + Math.max(endTag.length, 9) > source.length ? CUT_OFF : undefined;
    }
    index = source.indexOf(']]>', index);
    if (index < 0) return CUT_OFF;
  }
  return CUT_OFF;
}
