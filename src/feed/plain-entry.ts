import { MAX_ELEMENTS, MAX_ENTRY_LENGTH, MAX_FIELD_LENGTH } from './limits.js';
import { CONTROL, isEntry, isRoot } from './names.js';

/**
 * An entry as most feeds write it: elements side by side, each with text, CDATA sections or nothing in it. Such an entry
 * is as it should be, so that no repair and no parser is needed to know where it ends and what it says of itself.
 */
export interface PlainEntry {
  markup: string;
  /** As written, in lower case. */
  name: string;
  /** What stands in the first element of each name (lower case); `undefined` where its attributes say how to read it. */
  fields: ReadonlyMap<string, string | undefined>;
}

/** A start tag without anything unusual, such as a million attributes. */
const START_TAG =
  /\s*<([a-z][\w.-]{0,99}(?::[a-z][\w.-]{0,99})?)((?:\s+[a-z][\w.:-]{0,99}=(?:"[^"<]*"|'[^'<]*')){0,20})\s*(\/?)>/iy;

/** The entry that begins at `start`, or `undefined` where it is not plain. */
export function readPlainEntry(source: string, start: number): PlainEntry | undefined {
  START_TAG.lastIndex = start;
  const [, entryName = '', entryAttributes = '', isEmpty] = START_TAG.exec(source) ?? [];
  if (!entryName || isEmpty || entryAttributes.includes('xmlns')) return undefined;
  const fields = new Map<string, string | undefined>();
  let index = START_TAG.lastIndex;
  for (let count = 1; count < MAX_ELEMENTS; count++) {
    START_TAG.lastIndex = index;
    const [, written = '', attributes = '', isFieldEmpty] = START_TAG.exec(source) ?? [];
    if (!written) break;
    const from = START_TAG.lastIndex;
    const end = isFieldEmpty ? from : findEndTag(source, written, from);
    const name = written.toLowerCase();
    if (end < 0 || end - from > MAX_FIELD_LENGTH || isEntry(name) || isRoot(name)) return undefined;
    const content = /\s(?:type|mode|xmlns)/i.test(attributes) ? undefined : source.slice(from, end);
    if (!fields.has(name)) fields.set(name, content);
    index = isFieldEmpty ? from : end + written.length + 3;
  }
  const end = index + source.slice(index).search(/\S|$/) + entryName.length + 3;
  const markup = source.slice(start, end);
  if (markup.length > MAX_ENTRY_LENGTH || !markup.endsWith(`</${entryName}>`)) return undefined;
  return markup.search(CONTROL) < 0 ? { markup, name: entryName.toLowerCase(), fields } : undefined;
}

/** Index of the end tag behind text and CDATA, or -1 where something else is in between. */
function findEndTag(source: string, name: string, from: number): number {
  for (let index = source.indexOf('<', from); index >= 0; index = source.indexOf('<', index)) {
    const mark = source.slice(index, index + 9);
    if (mark !== '<![CDATA[') return source.slice(index, index + name.length + 3) === `</${name}>` ? index : -1;
    index = source.indexOf(']]>', index);
    if (index < 0) return -1;
  }
  return -1;
}
