import { XMLParser } from 'fast-xml-parser';
import { openAtom } from './atom.js';
import { toElements, isElement, type Element, type EntryMarkup, type ParsedNode, type Scope } from './element.js';
import { FeedError } from './errors.js';
import { present, type OpenFeed } from './fields.js';
import { glance, type Moment } from './glance.js';
import { MAX_DEPTH, MAX_ENTRIES } from './limits.js';
import { extractFeed, type FeedMarkup } from './markup.js';
import type { Entry, Feed } from './model.js';
import { openRss } from './rss.js';

/**
 * fast-xml-parser as a feed needs it; what its defaults would do instead stands beside each option.
 */
const OPTIONS = {
  preserveOrder: true, // text and elements of mixed content would lose their order
  ignoreAttributes: false, // isPermaLink, enclosures and thumbnails would be lost
  attributeNamePrefix: '@', // keeps attributes apart from reserved names
  parseTagValue: false, // a title "007" would become 7
  parseAttributeValue: false,
  trimValues: false, // text around CDATA would be glued to it
  processEntities: false, // every advisory since 2023 is in that code; ours decodes in one pass
  htmlEntities: false,
  cdataPropName: '#cdata', // CDATA would be decoded as if it were text
  allowBooleanAttributes: true, // an attribute without a value would spoil its neighbours
  ignoreDeclaration: true,
  ignorePiTags: true,
  strictReservedNames: false,
  jPath: false, // no option of ours needs paths: a tenth faster
  maxNestedTags: MAX_DEPTH + 1, // deeper levels are flattened before; 100 would throw
  transformTagName: safeName,
} as const;

/** In lower case; an element called "constructor" or "prototype" would throw, and the feed be lost. */
function safeName(written: string): string {
  const name = written.toLowerCase();
  return name in Object.prototype || name === 'prototype' ? `_${name}` : name;
}

/** What came instead of a feed, in words for the webmaster. */
function describe(text: string): string {
  const start = text.trimStart().slice(0, 1000).toLowerCase();
  if (start === '') return 'nothing: the answer is empty';
  if (/^(?:<!doctype html|<html|<head|<body)|<html[\s>]/.test(start)) {
    return 'an HTML page. Check the address: the feed often has its own, such as /rss or /feed.xml';
  }
  if (/^[{[]/.test(start)) return 'JSON';
  return start.startsWith('<') ? 'another kind of XML' : 'text without any markup';
}

const parser = new XMLParser(OPTIONS);

/** A feed of which so much is read that its entries can be put in order. */
export interface FeedOutline {
  fields: Omit<Feed, 'entries'>;
  /** In the feed's own order. */
  entries: readonly EntryOutline[];
  /** Whether the feed has an end, so that no entry can be missing. */
  isWhole: boolean;
}

/** An entry that is read when it is needed. */
export interface EntryOutline extends Moment {
  /** Gives the same object each time. */
  read: () => Entry;
}

/**
 * The outline of the feed that `text` holds. Yields where a pause may be made: between two yields stands some
 * milliseconds' work.
 *
 * @param address Where the text came from, after redirects: relative links start there.
 * @throws {FeedError} `not-a-feed`, saying what came instead; `too-large` past a limit of `limits.ts`.
 */
export function* parse(text: string, address: string): Generator<undefined, FeedOutline> {
  const found = yield* extractFeed(text);
  const root = found && parseFrame(found, address);
  if (!root) throw notAFeed(address, describe(text));
  if (found.entries.length > MAX_ENTRIES) {
    throw new FeedError('too-large', `${address} has more than ${MAX_ENTRIES} entries.`);
  }
  yield;
  const feed = root.name === 'atom:feed' ? openAtom(root) : openRss(root);
  const entries: EntryOutline[] = [];
  for (const markup of feed.entries) {
    const outline = outlineEntry(markup, feed);
    if (outline) entries.push(outline);
    yield;
  }
  return { fields: present(feed.fields), entries, isWhole: found.isWhole };
}

/** `undefined` where it is no entry of the feed's format. */
function outlineEntry(markup: EntryMarkup, { textNames, entryName, readEntry }: OpenFeed): EntryOutline | undefined {
  const parse = (): Entry | undefined => {
    const element = parseEntry(markup);
    return element?.name === entryName ? readEntry(element) : undefined;
  };
  const moment = textNames && glance(markup, textNames);
  let entry = moment ? undefined : parse();
  if (!moment && !entry) return undefined;
  const { date, day } = moment ?? entry ?? {};
  return { date, day, read: () => (entry ??= parse() ?? { categories: [] }) };
}

/** The error of an address that holds something else; `what` came instead. */
export function notAFeed(address: string, what: string): FeedError {
  return new FeedError('not-a-feed', `${address} is not a feed. What came is ${what}.`);
}

function parseFrame({ frame, entries }: FeedMarkup, base: string): Element | undefined {
  // a feed of Atom that does not say so
  const scope: Scope = { own: new Map(frame.startsWith('<feed') ? [['', 'atom']] : []) };
  const nodes = parser.parse(frame) as ParsedNode[];
  return toElements(nodes, { base, scope }, entries.values()).children.find(isElement);
}

function parseEntry({ markup, ...place }: EntryMarkup): Element | undefined {
  // a copy: what is a part of the feed's text would keep the whole of it in memory
  return toElements(parser.parse(` ${markup}`) as ParsedNode[], place).children.find(isElement);
}
