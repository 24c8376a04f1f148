/**
 * Why a feed cannot be shown:
 *
 * - `bad-url`: `src` is empty, holds what is no address of `http:` or `https:`, or too many.
 * - `network`: no answer that the browser lets the page read. It cannot tell an unreachable host from an answer
 *   of another origin without `Access-Control-Allow-Origin`, whatever that answer's status.
 * - `blocked-by-csp`: the page's Content-Security-Policy does not allow the request (`connect-src`).
 * - `http`: the answer's status is not 2xx; see {@link FeedError.status}.
 * - `timeout`: headers and body did not arrive in time.
 * - `too-large`: a limit of the reader was passed; see `limits.ts`.
 * - `not-a-feed`: the answer is something else.
 */
export type FeedErrorCode = 'bad-url' | 'network' | 'blocked-by-csp' | 'http' | 'timeout' | 'too-large' | 'not-a-feed';

/** Where each code is explained; the section's anchor is the code itself. Relative until the project has a site. */
const DOCUMENTATION = 'README.md';

/**
 * A feed that cannot be shown. `code` is for programs; `message` is one line in English that tells the webmaster
 * what to do, begins with `diary-feed:` and ends in the address of the section that explains the code.
 */
export class FeedError extends Error {
  override readonly name = 'FeedError';
  /** Which way it went wrong. */
  readonly code: FeedErrorCode;
  /** Status of the HTTP answer, only with `http`. */
  readonly status: number | undefined;
  /**
   * Milliseconds before which another try is of no use: what the server asked for, else 0. `undefined` where the same
   * address is not going to heal by itself soon.
   */
  readonly retryAfter: number | undefined;
  /** Address of the feed that an HTML page announces which came instead of one; only with `not-a-feed`. */
  readonly announced: string | undefined;

  constructor(
    code: FeedErrorCode,
    explanation: string,
    options: ErrorOptions & { status?: number; retryAfter?: number | undefined; announced?: string | undefined } = {},
  ) {
    super(`diary-feed: ${explanation} See ${DOCUMENTATION}#${code}`, options);
    this.code = code;
    this.status = options.status;
    this.retryAfter = options.retryAfter;
    this.announced = options.announced;
  }
}

/** For the `catch` of what is imported on demand: gives a function that tells by its work which part of the script did not come. */
export function failToImport(work: string): (cause: unknown) => never {
  return (cause) => {
    throw new FeedError('network', `the part of the script that ${work} could not be loaded.`, { cause });
  };
}

/** Whether a status says that the server has trouble for now, not that the address is wrong (RFC 9110, RFC 8470). */
export function isPassing(status: number): boolean {
  return [408, 425, 429].includes(status) || (status >= 500 && status < 600);
}
