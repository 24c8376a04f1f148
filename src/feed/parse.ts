import { announcedFeed, isPage, MAX_HEAD_LENGTH } from './discovery.js';
import { canonicalName, type EntryMarkup, type Place } from './element.js';
import { FeedError } from './errors.js';
import { openFeed, type OpenFeed } from './formats.js';
import { MAX_ENTRIES } from './limits.js';
import { extractEntry, extractFeed, type FeedText, type FeedTree } from './markup.js';
import type { Entry } from './model.js';
import { EntryOutline, outlineOf, type FeedOutline } from './outline.js';
import { present } from './present.js';

/** Outlines without a reading that are made between two pauses: a millisecond's work at most. */
const SOME = 500;

/** What came instead of a feed, in words for the webmaster. */
function describe(beginning: string): string {
  if (beginning === '') return 'nothing: the answer is empty';
  if (/^[{[]/.test(beginning)) return 'JSON';
  return beginning.startsWith('<') ? 'another kind of XML' : 'text without any markup';
}

/** What is said of a page, and the feed that it announces. */
function describePage(beginning: string, address: string): [what: string, announced?: string] {
  const announced = announcedFeed(beginning, address);
  return announced
    ? [`an HTML page that announces a feed: write ${announced} instead, which saves each visitor a request`, announced]
    : [
        'an HTML page. Check the address: the feed often has its own, such as /rss or /feed.xml. The page announces none: ' +
          'there is no <link rel="alternate" type="application/rss+xml"> in its head, nor one of application/atom+xml',
      ];
}

/** An outline, and whether the feed has an end, so that no entry can be missing. */
export type ParsedFeed = FeedOutline & Pick<FeedTree, 'isWhole'>;

/**
 * The outline of the feed that a text holds. Yields where a pause may be made: between two yields stands some
 * milliseconds' work; or how many characters it takes to go on, where more are to arrive.
 *
 * @param address Where the text came from, after redirects: relative links start there.
 * @param areAllAsked Whether all entries are going to be read.
 * @throws {FeedError} `not-a-feed`, saying what came instead; `too-large` past a limit of `limits.ts`.
 */
export function* parse(
  input: FeedText,
  address: string,
  areAllAsked = false,
): Generator<number | undefined, ParsedFeed> {
  const name = input.name ?? address;
  const found = yield* extractFeed(input, address, areAllAsked);
  if (!found && isPage(input.beginning)) {
    yield MAX_HEAD_LENGTH;
    throw notAFeed(name, ...describePage(input.beginning, address));
  }
  if (!found) throw notAFeed(name, describe(input.beginning));
  if (found.entryCount > MAX_ENTRIES) {
    throw new FeedError('too-large', `${name} has more than ${MAX_ENTRIES} entries.`);
  }
  yield;
  const feed = openFeed(found.root);
  const entries: EntryOutline[] = [];
  for (const place of feed.places) {
    const outline = outliner(feed, place);
    for (const markup of place.entries) {
      const entry = outline(markup);
      if (entry) entries.push(entry);
      if (markup.element || entries.length % SOME === 0) yield;
    }
  }
  return { fields: present(feed.fields), entries, isWhole: found.isWhole };
}

/** A function for the outlines of the entries in one place; it gives `undefined` for what is no entry of a feed. */
function outliner({ readEntry }: OpenFeed, { scope, base }: Place): (entry: EntryMarkup) => EntryOutline | undefined {
  const place = { scope, base }; // without its other entries, which would be kept with each of them
  const usual = new Map<string, boolean>();
  /** Under other prefixes than the usual ones a glance has taken the fields for others. */
  const areUsual = (names: string): boolean => {
    const known = usual.get(names) ?? names.split(' ').every((name) => canonicalName(name, scope) === name);
    usual.set(names, known);
    return known;
  };
  const read = (markup: string): Entry => {
    const element = extractEntry(markup, place);
    return (element && readEntry(element)) ?? { categories: [] };
  };
  return (entry) => {
    if (!entry.element && entry.moment && areUsual(entry.names))
      return new EntryOutline(entry.moment, entry.markup, read);
    const element = entry.element ?? extractEntry(entry.markup, place);
    const whole = element && readEntry(element);
    return whole && outlineOf(whole);
  };
}

/** The error of an address, or a text of another name, that holds something else: `what`, which announces a feed perhaps. */
export function notAFeed(name: string, what: string, announced?: string): FeedError {
  return new FeedError('not-a-feed', `${name} is not a feed. What came is ${what}.`, { announced });
}
