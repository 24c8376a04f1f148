/**
 * Reason why a feed can't be loaded or read:
 *
 * - `bad-url`: `src` is empty, contains something other than `http:` or `https:` URLs, or too many of them.
 * - `network`: no response that the page may read. A browser hides whether the server is unreachable or a response
 *   of another origin has no `Access-Control-Allow-Origin` header.
 * - `blocked-by-csp`: the page's Content-Security-Policy blocks the request (`connect-src`).
 * - `http`: the status of the response isn't 2xx. See {@link FeedError.status}.
 * - `timeout`: headers and body didn't arrive in time.
 * - `too-large`: the body is larger than 10 MB.
 * - `not-a-feed`: the response is something else.
 */
export type FeedErrorCode = 'bad-url' | 'network' | 'blocked-by-csp' | 'http' | 'timeout' | 'too-large' | 'not-a-feed';

/** Page that explains each code and likely mistakes; the code is the anchor. */
export const TROUBLESHOOTING = 'troubleshooting.md';

/**
 * A feed that can't be loaded or read. `code` is for scripts. `message` is one line in English that explains to the webmaster
 * what failed and what to do.
 */
export class FeedError extends Error {
  /** Reason of the failure. */
  readonly code: FeedErrorCode;
  /** HTTP status of the response. Only with the code `http`. */
  readonly status: number | undefined;
  /**
   * Milliseconds to wait before an automatic retry: the value of the server's `Retry-After` header, 0 without one. If it
   * is `undefined`, time alone won't help: a `network` error is retried when the browser is online again, others aren't.
   */
  readonly retryAfter: number | undefined;
  /** URL of the feed that an HTML page links to. Only with the code `not-a-feed`. */
  readonly discoveredUrl: string | undefined;

  constructor(
    code: FeedErrorCode,
    explanation: string,
    options: ErrorOptions & Partial<Pick<FeedError, 'status' | 'retryAfter' | 'discoveredUrl'>> = {},
  ) {
    super(`diary-feed: ${explanation} See ${TROUBLESHOOTING}#${code}`, options);
    this.code = code;
    this.status = options.status;
    this.retryAfter = options.retryAfter;
    this.discoveredUrl = options.discoveredUrl;
  }

  // Not a field: on a page that froze Error.prototype, assigning `name` to an instance throws.
  override get name(): 'FeedError' {
    return 'FeedError';
  }
}

/** Returns whether an HTTP status means a transient error, so that a retry can succeed (RFC 9110, RFC 8470). */
export function isTransientStatus(status: number): boolean {
  return [408, 425, 429].includes(status) || (status >= 500 && status < 600);
}
