import { XMLParser } from 'fast-xml-parser';
import {
  canonicalName,
  toElements,
  isElement,
  type Element,
  type ParsedNode,
  type Place,
  type Scope,
} from './element.js';
import { FeedError } from './errors.js';
import { present } from './fields.js';
import { openFeed, type OpenFeed } from './formats.js';
import { MAX_DEPTH, MAX_ENTRIES } from './limits.js';
import { extractFeed, type EntryMarkup, type FeedMarkup, type FeedText } from './markup.js';
import type { Entry } from './model.js';
import { EntryOutline, outlineOf, type FeedOutline } from './outline.js';

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
function describe(beginning: string): string {
  const start = beginning.toLowerCase();
  if (start === '') return 'nothing: the answer is empty';
  if (/^(?:<!doctype html|<html|<head|<body)|<html[\s>]/.test(start)) {
    return 'an HTML page. Check the address: the feed often has its own, such as /rss or /feed.xml';
  }
  if (/^[{[]/.test(start)) return 'JSON';
  return start.startsWith('<') ? 'another kind of XML' : 'text without any markup';
}

const parser = new XMLParser(OPTIONS);

/** An outline, and whether the feed has an end, so that no entry can be missing. */
export type ParsedFeed = FeedOutline & Pick<FeedMarkup, 'isWhole'>;

/**
 * The outline of the feed that a text holds. Yields where a pause may be made: between two yields stands some
 * milliseconds' work; or how many characters it takes to go on, where more are to arrive.
 *
 * @param address Where the text came from, after redirects: relative links start there.
 * @throws {FeedError} `not-a-feed`, saying what came instead; `too-large` past a limit of `limits.ts`.
 */
export function* parse(input: FeedText, address: string): Generator<number | undefined, ParsedFeed> {
  const found = yield* extractFeed(input);
  const root = found && parseFrame(found, address);
  if (!root) throw notAFeed(address, describe(input.beginning));
  const count = found.runs.reduce((sum, { length }) => sum + length, 0);
  if (count > MAX_ENTRIES) throw new FeedError('too-large', `${address} has more than ${MAX_ENTRIES} entries.`);
  yield;
  const feed = openFeed(root);
  const entries: EntryOutline[] = [];
  for (const place of feed.places) {
    const outline = outliner(feed, place);
    for (const markup of place.entries) {
      const entry = outline(markup);
      if (entry) entries.push(entry);
      yield;
    }
  }
  return { fields: present(feed.fields), entries, isWhole: found.isWhole };
}

/** A function for the outlines of the entries in one place; it gives `undefined` for what is no entry of a feed. */
function outliner({ readEntry }: OpenFeed, place: Place): (entry: EntryMarkup) => EntryOutline | undefined {
  const read = (markup: string): Entry | undefined => {
    // a copy: what is a part of the feed's text would keep the whole of it in memory
    const element = toElements(parser.parse(` ${markup}`) as ParsedNode[], place).children.find(isElement);
    return element && readEntry(element);
  };
  const usual = new Map<string, boolean>();
  /** Under other prefixes than the usual ones a glance has taken the fields for others. */
  const areUsual = (names: string): boolean => {
    const known = usual.get(names) ?? names.split(' ').every((name) => canonicalName(name, place.scope) === name);
    usual.set(names, known);
    return known;
  };
  return ({ markup, moment, names = '' }) => {
    if (moment && areUsual(names)) return new EntryOutline(moment, markup, (text) => read(text) ?? { categories: [] });
    const entry = read(markup);
    return entry && outlineOf(entry);
  };
}

/** The error of an address that holds something else; `what` came instead. */
export function notAFeed(address: string, what: string): FeedError {
  return new FeedError('not-a-feed', `${address} is not a feed. What came is ${what}.`);
}

function parseFrame({ frame, runs }: FeedMarkup, base: string): Element | undefined {
  // a feed of Atom that does not say so
  const scope: Scope = { own: new Map(frame.startsWith('<feed') ? [['', 'atom']] : []) };
  const nodes = parser.parse(frame) as ParsedNode[];
  return toElements(nodes, { base, scope }, runs.values()).children.find(isElement);
}
