import { DOUBT, firstEntries, roughTime, type Sort } from './entries.js';
import { dayOf } from './entry-dates.js';
import type { EntryOutline } from './feed/outline.js';
import { inSlices } from './feed/slices.js';

/** Which entries are shown; `null` where all are. Lists are parted by commas. */
export interface Criteria {
  /** An entry has one of these categories. */
  category: string | null;
  /** Its title, text or categories hold one of these words. */
  match: string | null;
  /** They hold none of these. */
  exclude: string | null;
  /** It is at most so many days old. */
  since: number | null;
  /** Whose letters decide what is one word written in two ways: a BCP 47 tag, or any other text for Swedish. */
  language: string;
  /** Where a day begins. */
  timeZone: string;
}

/** Those of the entries that are wanted, in their order. */
export function filterEntries(entries: readonly EntryOutline[], criteria: Criteria): EntryOutline[] {
  return entries.filter(testOf(criteria));
}

/**
 * The entries of a long feed that are worth keeping, in the feed's own order: the first `count` of those that are wanted in
 * the order of `sortEntries`; beside them, up to that number, the first of `others`. Reads in slices, and no more than that takes.
 *
 * @throws The signal's reason, once it is aborted.
 */
export async function keepWanted(
  entries: readonly EntryOutline[],
  { count, sort, others }: { count: number; sort: Sort; others: readonly EntryOutline[] },
  criteria: Criteria,
  signal: AbortSignal,
): Promise<EntryOutline[]> {
  const found = new Set(await inSlices(findWanted(entries, count, sort, criteria), signal));
  const inOrder = (some: Set<EntryOutline>): EntryOutline[] => entries.filter((entry) => some.has(entry));
  const first = (some: readonly EntryOutline[], most: number): readonly EntryOutline[] =>
    firstEntries(some, most, sort, criteria.timeZone);
  const kept = new Set(first(inOrder(found), count));
  const rest = others.filter((entry) => !kept.has(entry));
  for (const entry of first(rest, count - kept.size)) kept.add(entry);
  return inOrder(kept);
}

/** The first `count` of the entries that are wanted, and those of which only their exact day tells that they are not. */
function* findWanted(
  entries: readonly EntryOutline[],
  count: number,
  sort: Sort,
  criteria: Criteria,
): Generator<undefined, EntryOutline[]> {
  const isWanted = testOf(criteria);
  const found: EntryOutline[] = [];
  const timed = entries.map((entry) => ({ entry, time: sort === 'feed' ? -Infinity : roughTime(entry) }));
  timed.sort((a, b) => b.time - a.time || 0); // of those without a time the difference is no number
  let least = sort === 'feed' || !criteria.since ? -Infinity : Date.parse(firstDay(criteria)) - DOUBT;
  for (const { entry, time } of timed) {
    if (time < least) break;
    if (isWanted(entry) && found.push(entry) >= count) {
      if (time === -Infinity) break;
      least = Math.max(least, time - DOUBT);
    }
    yield;
  }
  return found;
}

function testOf(criteria: Criteria): (entry: EntryOutline) => boolean {
  const { since, timeZone, language, category, match, exclude } = criteria;
  const { fold, foldEntry } = foldingFor(language);
  const words = (list: string | null): string[] => list?.split(',').map(fold).filter(Boolean) ?? [];
  const [wanted, matches, excluded] = [words(category), words(match), words(exclude)];
  const first = since ? firstDay(criteria) : '';
  return (entry) => {
    if (since && (dayOf(entry, timeZone) ?? '') < first) return false;
    if (wanted.length + matches.length + excluded.length === 0) return true;
    const { text, categories } = foldEntry(entry);
    const isThere = (word: string): boolean => text.includes(word);
    return (
      (wanted.length === 0 || wanted.some((name) => categories.includes(name))) &&
      (matches.length === 0 || matches.some(isThere)) &&
      !excluded.some(isThere)
    );
  };
}

/** Milliseconds of a day in UTC, where no clock is ever changed. */
const DAY = 86_400_000;

/** The oldest day that is wanted, `YYYY-MM-DD`. */
function firstDay({ since, timeZone }: Criteria): string {
  const today = Date.parse(dayOf({ date: new Date() }, timeZone) ?? '');
  return new Date(today - (since ?? 0) * DAY).toISOString().slice(0, 10);
}

/** An entry as it is looked at: no line of the text holds the end of one field and the beginning of another. */
interface FoldedEntry {
  text: string;
  categories: string[];
}

/** How a language tells words apart. */
interface Folding {
  fold: (text: string) => string;
  foldEntry: (entry: EntryOutline) => FoldedEntry;
}

/** By language; each remembers the entries that are still there. */
const foldings = new Map<string, Folding>();

function foldingFor(language: string): Folding {
  const known = foldings.get(language) ?? makeFolding(language);
  foldings.set(language, known);
  return known;
}

function makeFolding(language: string): Folding {
  const fold = foldFor(language);
  const entries = new WeakMap<EntryOutline, FoldedEntry>();
  const make = (entry: EntryOutline): FoldedEntry => {
    const { title = '', summary = '', categories } = entry.read();
    const fields = [title, summary, ...categories].map(fold);
    return { text: fields.join('\n'), categories: fields.slice(2) };
  };
  return {
    fold,
    foldEntry: (entry) => {
      const folded = entries.get(entry) ?? make(entry);
      entries.set(entry, folded);
      return folded;
    },
  };
}

/** What a letter may be another way to write, beside the one that its mark stands upon; in the order in which it is asked. */
const OTHER_FORMS = 'D H L O T AA AE OE SS TH UE Å Ä Ö'.split(' ');

/** The first letter past the scripts that those forms are of. */
const OTHER_SCRIPTS = '\u1f00';

/** What a collator has to be asked about: no ASCII, and nothing beyond the scripts of living languages. */
const OTHER_LETTERS = /[\u0080-\ud7ff\ue000-\uffff]/g;

/**
 * A function that gives texts which a reader of the language takes for the same one form, in one line: capitals, and
 * without the marks that do not make a letter of their own. Which do is what `Intl.Collator` says: å is no a in Swedish,
 * but é is e and ø is ö; in German ä is ae, in Danish å is aa. A collator compares whole texts; here it is asked once a
 * letter, so that a word can be found within a text in linear time.
 *
 * @param language A language that the browser does not know counts as Swedish.
 */
export function foldFor(language: string): (text: string) => string {
  const collator = collatorFor(language);
  const { locale } = collator.resolvedOptions();
  const known = new Map<string, string>();
  const find = (letter: string): string => {
    const base = letter.normalize('NFD').charAt(0);
    const forms = letter < OTHER_SCRIPTS ? OTHER_FORMS : [];
    // nothing at all is what a soft hyphen counts for, and a mark that no letter has taken up
    const choices = ['', base < '\u0080' ? base : '', ...forms, base];
    return choices.find((choice) => choice !== letter && collator.compare(letter, choice) === 0) ?? letter;
  };
  const formOf = (letter: string): string => {
    const form = known.get(letter) ?? find(letter);
    known.set(letter, form);
    return form;
  };
  return (text) =>
    text.normalize('NFC').toLocaleUpperCase(locale).replace(OTHER_LETTERS, formOf).replace(/\s+/g, ' ').trim();
}

function collatorFor(language: string): Intl.Collator {
  const options = { usage: 'search', sensitivity: 'base' } as const;
  try {
    return new Intl.Collator([language, 'sv'], options);
  } catch {
    return new Intl.Collator('sv', options); // the page says what is no language
  }
}
