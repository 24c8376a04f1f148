import { Arrival, givenText, wholeText } from './arrival.js';
import { FeedError } from './errors.js';
import { MAX_BYTES } from './limits.js';
import type { FeedText } from './markup.js';
import type { Feed } from './model.js';
import { readOutline, type FeedOutline } from './outline.js';
import { notAFeed, parse } from './parse.js';

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
 * @throws {FeedError} `not-a-feed`, or `too-large` past a limit (docs/reading.md, Limits); nothing else.
 */
export function readFeed(bytes: Uint8Array, { contentType, url }: FeedSource): Feed {
  if (bytes.length > MAX_BYTES) throw new FeedError('too-large', `${url} is larger than ${MAX_BYTES / 1_000_000} MB.`);
  const steps = parse(wholeText(bytes, contentType), url, true);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return readOutline(value);
  }
}

/**
 * Reads so much of a feed, while it arrives, that its entries can be put in order.
 *
 * @throws {FeedError} As {@link readFeed}; and `not-a-feed` where it broke off before the first entry was whole: nobody
 * knows whether it has none. (Compressed data that breaks off is taken for whole by all browsers.)
 */
export async function outlineFeed(
  chunks: AsyncIterable<Uint8Array>,
  { contentType, url }: FeedSource,
  signal?: AbortSignal,
): Promise<FeedOutline> {
  const arrival = new Arrival(chunks, contentType);
  const outline = (text: FeedText): Promise<FeedOutline> =>
    inSlices(outlineText(text, url), signal, (length) => arrival.fill(length));
  try {
    const early = await outline(arrival);
    await arrival.fill(Infinity); // an answer that is left before its end is in no cache
    return early;
  } catch (error) {
    if (!arrival.isMisread) throw error;
    return await outline(await arrival.readAnew());
  }
}

function* outlineText(text: FeedText, url: string): Generator<number | undefined, FeedOutline> {
  const { isWhole, ...outline } = yield* parse(text, url);
  if (isWhole || outline.entries.length > 0) return outline;
  throw notAFeed(url, 'the beginning of one, without entries');
}

/**
 * As {@link outlineFeed}, of a feed that is there as text.
 *
 * @param name What it is called where it is no feed.
 * @param url Where relative links start.
 */
export function outlineGiven(
  { text, name, url }: { text: string; name: string; url: string },
  signal?: AbortSignal,
): Promise<FeedOutline> {
  return inSlices(outlineText({ ...givenText(text), name }, url), signal);
}

/** Reads what an outline has left out. */
export function* readEntries(outline: FeedOutline): Generator<undefined, Feed> {
  for (const entry of outline.entries) {
    entry.read();
    yield;
  }
  return readOutline(outline);
}

/** Milliseconds of reading after which the page gets its turn: a task of 50 is long (W3C, Long Tasks). */
const SLICE = 20;

/**
 * Takes the steps of a reading in slices: a large feed does not keep the page from answering its visitor.
 *
 * @param fill Sees to it that the number of characters is there that a step asks for.
 * @throws What the steps throw; and the signal's reason, once it is aborted.
 */
export async function inSlices<T>(
  steps: Generator<number | undefined, T>,
  signal?: AbortSignal,
  fill?: (length: number) => Promise<void>,
): Promise<T> {
  for (let end = performance.now() + SLICE; ;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (value !== undefined) await fill?.(value);
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
