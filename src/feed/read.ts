import { Arrival, givenText, wholeText } from './arrival.js';
import { FeedError } from './errors.js';
import { MAX_BYTES } from './limits.js';
import type { FeedText } from './markup.js';
import type { Feed } from './model.js';
import { readOutline, type FeedOutline } from './outline.js';
import { notAFeed, parse } from './parse.js';
import { inSlices } from './slices.js';

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
