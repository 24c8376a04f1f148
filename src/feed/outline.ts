import type { Moment } from './glance.js';
import type { Entry, Feed } from './model.js';

/** A feed of which so much is read that its entries can be put in order. */
export interface FeedOutline {
  fields: Omit<Feed, 'entries'>;
  /** In the feed's own order. */
  entries: readonly EntryOutline[];
  /** Where it is to be had: where it was asked for, or what a page there announces. */
  addresses?: readonly string[];
}

/** An entry that is read when it is needed. */
export class EntryOutline implements Moment {
  readonly date: Date | undefined;
  readonly day: string | undefined;
  #markup: string;
  #isDetached = false;
  #read: (markup: string) => Entry;

  /** @param read Makes the entry of its markup. */
  constructor({ date, day }: Moment, markup: string, read: (markup: string) => Entry) {
    this.date = date;
    this.day = day;
    this.#markup = markup;
    this.#read = read;
  }

  /** The whole entry; the same object each time. */
  read(): Entry {
    const entry = this.#read(this.#markup);
    this.#markup = '';
    this.#read = () => entry;
    return entry;
  }

  /** Lets go of the feed's text: a string that was cut out of another keeps the whole of that in memory. */
  detach(): this {
    if (!this.#isDetached) this.#markup = new TextDecoder().decode(new TextEncoder().encode(this.#markup));
    this.#isDetached = true;
    return this;
  }
}

/** The outline of an entry that has been read. */
export function outlineOf(entry: Entry): EntryOutline {
  return new EntryOutline(entry, '', () => entry);
}

/** Reads what an outline has left out, entry by entry. */
export function* readEntries(outline: FeedOutline): Generator<undefined, Feed> {
  for (const entry of outline.entries) {
    entry.read();
    yield;
  }
  return readOutline(outline);
}

/** The whole of a feed. */
export function readOutline({ fields, entries }: FeedOutline): Feed {
  return { ...fields, entries: entries.map((entry) => entry.read()) };
}
