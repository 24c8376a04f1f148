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
export function readFeed(bytes: Uint8Array, { contentType, url }: FeedSource): Feed {
  if (bytes.length > MAX_BYTES) throw new FeedError('too-large', `${url} is larger than ${MAX_BYTES / 1_000_000} MB.`);
  return parse(decode(bytes, contentType), url);
}
