import { decode } from './decode.js';
import { FeedError } from './errors.js';
import { MAX_BYTES } from './limits.js';
import type { Entry, Feed } from './model.js';
import { notAFeed, parse, type FeedOutline } from './parse.js';

/** Where bytes came from. */
export interface FeedSource {
  /** The `Content-Type` header of the answer, for its charset. */
  contentType?: string | null;
  /** Absolute address of the feed after redirects; relative links start there. */
  url: string;
}

/**
 * Reads the bytes of a feed, in one go.
 *
 * @throws {FeedError} `not-a-feed`, or `too-large` past a limit of `limits.ts`; nothing else.
 */
export function readFeed(bytes: Uint8Array, source: FeedSource): Feed {
  const steps = read(bytes, source);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * Reads so much of a feed that has been loaded that its entries can be put in order.
 *
 * @throws {FeedError} As {@link readFeed}; and `not-a-feed` where it broke off before the first entry was whole: nobody
 * knows whether it has none. (Compressed data that breaks off is taken for whole by all browsers.)
 */
export function* outlineFeed(bytes: Uint8Array, source: FeedSource): Generator<undefined, FeedOutline> {
  const outline = yield* open(bytes, source);
  if (outline.isWhole || outline.entries.length > 0) return outline;
  throw notAFeed(source.url, 'the beginning of one, without entries');
}

/** Reads what an outline has left out. */
export function* readEntries({ fields, entries }: FeedOutline): Generator<undefined, Feed> {
  const read: Entry[] = [];
  for (const entry of entries) {
    read.push(entry.read());
    yield;
  }
  return { ...fields, entries: read };
}

function* read(bytes: Uint8Array, source: FeedSource): Generator<undefined, Feed> {
  return yield* readEntries(yield* open(bytes, source));
}

function* open(bytes: Uint8Array, { contentType, url }: FeedSource): Generator<undefined, FeedOutline> {
  if (bytes.length > MAX_BYTES) throw new FeedError('too-large', `${url} is larger than ${MAX_BYTES / 1_000_000} MB.`);
  const text = decode(bytes, contentType);
  yield;
  return yield* parse(text, url);
}

/** Milliseconds of reading after which the page gets its turn: a task of 50 is long (W3C, Long Tasks). */
const SLICE = 20;

/**
 * Takes the steps of a reading in slices: a large feed does not keep the page from answering its visitor.
 *
 * @throws What the steps throw; and the signal's reason, once it is aborted.
 */
export async function inSlices<T>(steps: Generator<undefined, T>, signal?: AbortSignal): Promise<T> {
  for (let end = performance.now() + SLICE; ;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() < end) continue;
    await nextTask();
    signal?.throwIfAborted();
    end = performance.now() + SLICE;
  }
}

/** Ends in a task of its own. Timers would do, but browsers let those of a page in the background wait for a second. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
