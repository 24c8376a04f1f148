import { FeedError } from '../feed/feed-error.js';
import { httpUrl } from '../feed/http-url.js';
import { fetchFeed, importFeedParser, type FetchedFeed } from '../feed/load-feed.js';
import type { Feed } from '../feed/types.js';

/** Source and settings of a load. */
export interface FeedRequest {
  /** Value of `src`, or `null` without one. */
  src: string | null;
  /** A feed in the page itself. It takes precedence over `src`. */
  text: string | undefined;
  /** Whether to wait until the element comes near the viewport. */
  isLazy: boolean;
  /** Milliseconds for each attempt. */
  timeout: number;
}

/** Result of a load. */
export interface LoadResult {
  outcome: Feed | FeedError;
  /** URLs of the feeds that were loaded. */
  feedUrls: readonly string[];
  /** Errors of all URLs that couldn't be loaded. If `outcome` is an error, it is the first of them. */
  errors: readonly FeedError[];
}

/** First and latest entries that are read of a long feed: more than `limit` and `more` show, and enough for filters. */
const PICKED_ENTRIES = 100;

/** Feeds in one `src`: each is a request of each visitor. */
const MAX_URLS = 10;

/** Returns the URLs in a `src`, without duplicates: absolute if possible, else as they are written. */
export function resolveUrls(src: string, base: string): string[] {
  const urls = src.split(/\s+/).filter(Boolean);
  return [...new Set(urls.map((url) => (URL.canParse(url, base) ? new URL(url, base).href : url)))];
}

/** Loads what an element requests: the feed in the page, or one or several URLs. Never rejects. */
export async function loadRequest(
  { src, text, timeout }: FeedRequest,
  { base, ...options }: { base: string; cache: RequestCache; signal: AbortSignal },
): Promise<LoadResult> {
  if (text !== undefined) return await combine([await settle(readInlineFeed(text, base))]);
  const urls = resolveUrls(src ?? '', base);
  if (urls.length === 0 || urls.length > MAX_URLS) {
    const explanation =
      urls.length === 0
        ? 'src="" contains no URL. Set it to the URL of a feed.'
        : `src contains ${urls.length} URLs. Use at most ${MAX_URLS}.`;
    return await combine([new FeedError('bad-url', explanation)]);
  }
  // starts all requests at once, before the element renders
  const load = async (url: string): Promise<FetchedFeed> => {
    if (!httpUrl(url)) throw new FeedError('bad-url', explainBadUrl(url, urls.length > 1, base));
    return fetchFeed(url, { ...options, timeout, pick: PICKED_ENTRIES });
  };
  return await combine(await Promise.all(urls.map((url) => settle(load(url)))));
}

async function readInlineFeed(text: string, base: string): Promise<FetchedFeed> {
  const { readFeedInTasks } = await importFeedParser();
  const name = 'the content of <script slot="feed">';
  return { feed: await readFeedInTasks(text, { url: base, pick: PICKED_ENTRIES, name }), url: '' };
}

/** Returns what a promise resolves to, or the error that it rejects with. */
async function settle(promise: Promise<FetchedFeed>): Promise<FetchedFeed | FeedError> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof FeedError) return error;
    return new FeedError('not-a-feed', `the feed can't be read: ${String(error)}.`, { cause: error });
  }
}

/** If some feeds are empty and others failed, there may be entries that aren't shown: that is a failure. */
async function combine(results: readonly (FetchedFeed | FeedError)[]): Promise<LoadResult> {
  const errors = results.filter((result) => result instanceof FeedError);
  const fetched = results.filter((result): result is FetchedFeed => !(result instanceof FeedError));
  const feeds = fetched.map(({ feed }) => feed);
  const feedUrls = fetched.map(({ url }) => url).filter(Boolean);
  if (errors[0] && feeds.every(({ entries }) => entries.length === 0)) return { outcome: errors[0], feedUrls, errors };
  const [feed] = feeds;
  if (feed && results.length === 1) return { outcome: feed, feedUrls, errors };
  const { mergeFeeds } = await importFeedParser();
  return { outcome: mergeFeeds(feeds), feedUrls, errors };
}

/** Doesn't repeat a URL with a user name: what comes with it may be a password. */
function explainBadUrl(url: string, isOneOfSeveral: boolean, base: string): string {
  if (URL.canParse(url) && new URL(url).username) {
    return "src contains a user name. Browsers don't load such URLs. Use a public URL.";
  }
  const advice = base.startsWith('file:')
    ? 'The page itself is a file. Open it through a web server.'
    : isOneOfSeveral
      ? 'Spaces separate URLs. Write a space in a URL as %20.'
      : 'Check the URL of the feed.';
  return `"${url}" in src isn't an http: or https: URL. ${advice}`;
}
