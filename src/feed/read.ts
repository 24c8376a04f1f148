import { decode } from './decode.js';
import { FeedError } from './errors.js';
import { MAX_BYTES } from './limits.js';
import type { Feed } from './model.js';
import { parse } from './parse.js';

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

/** Milliseconds of reading after which the page gets its turn: a task of 50 is long (W3C, Long Tasks). */
const SLICE = 20;

/**
 * As {@link readFeed}, in slices: a large feed does not keep the page from answering its visitor.
 *
 * @throws {FeedError} As `readFeed`; and the signal's reason, once it is aborted.
 */
export async function readFeedInSlices(bytes: Uint8Array, source: FeedSource, signal: AbortSignal): Promise<Feed> {
  const steps = read(bytes, source);
  for (let end = performance.now() + SLICE; ;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() < end) continue;
    await nextTask();
    signal.throwIfAborted();
    end = performance.now() + SLICE;
  }
}

function* read(bytes: Uint8Array, { contentType, url }: FeedSource): Generator<undefined, Feed> {
  if (bytes.length > MAX_BYTES) throw new FeedError('too-large', `${url} is larger than ${MAX_BYTES / 1_000_000} MB.`);
  const text = decode(bytes, contentType);
  yield;
  return yield* parse(text, url);
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
