import { FeedError, isTransientStatus } from './feed-error.js';
import { MAX_BODY_BYTES } from './limits.js';

/** Longest `Retry-After` in milliseconds that an automatic retry waits for: after a minute the visitor has left. */
const MAX_RETRY_AFTER_MS = 60_000;

const LOGIN_ADVICE = 'The URL requires a login or is closed to this page. Use a public URL.';
const URL_ADVICE = 'Check the URL in src. Write a space in a URL as %20: spaces separate URLs.';
const ADVICE: Record<number, string> = { 401: LOGIN_ADVICE, 403: LOGIN_ADVICE, 404: URL_ADVICE, 410: URL_ADVICE };

/** Returns the error for a response whose status isn't 2xx. */
export function httpError(url: string, { status, statusText, headers }: Response): FeedError {
  const advice = ADVICE[status] ?? "Open the URL in a browser tab to see the server's explanation.";
  const explanation = `The server responded with ${`${status} ${statusText}`.trim()}. ${advice}`;
  const retryAfter = isTransientStatus(status) ? readRetryAfter(headers) : undefined;
  return new FeedError('http', `${url} can't be loaded. ${explanation}`, { status, retryAfter });
}

/** Returns the server's `Retry-After` in milliseconds, 0 by default, or `undefined` if that is too long. */
function readRetryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  // The visitor's clock can be wrong, so that dates are compared with the server's (RFC 9110 §10.2.3).
  const now = Date.parse(headers.get('date') ?? '') || Date.now();
  const delay = /^\d+$/.test(value) ? Number(value) * 1000 : Math.max(Date.parse(value) - now, 0) || 0;
  return delay > MAX_RETRY_AFTER_MS ? undefined : delay;
}

/** Returns the error for a feed that is larger than this parser reads. */
export function tooLargeError(name: string): FeedError {
  const limit = `${MAX_BODY_BYTES / 1_000_000} MB`;
  return new FeedError('too-large', `${name} is larger than ${limit}. Use a feed with fewer entries.`);
}

/** Returns the error for a request without a response that the page may read, or for a body that isn't complete. */
export function requestError(url: string, cause: unknown, isBlockedByCsp = false): FeedError {
  const explanation = isBlockedByCsp ? explainCspError(url) : explainNetworkError(url, cause);
  const code = isBlockedByCsp ? 'blocked-by-csp' : 'network';
  return new FeedError(code, `${url} can't be loaded. ${explanation}`, { cause });
}

/** The origin of a page is the text `null` in a sandbox. In Node there is no page. */
const page = globalThis as { origin?: string; location?: Location; navigator?: Navigator };

function explainCspError(url: string): string {
  const { origin } = new URL(url);
  const source = origin === page.origin ? "'self'" : origin;
  return `The page's Content-Security-Policy blocks the request. Add ${source} to its connect-src.`;
}

/** Explains what a page can know: browsers hide the cause from scripts, to protect other sites. */
function explainNetworkError(url: string, cause: unknown): string {
  const { origin, protocol } = new URL(url);
  if (page.navigator?.onLine === false) return 'The browser is offline. Check the network connection.';
  if (page.location?.protocol === 'https:' && protocol === 'http:') {
    return "A page on https: can't load a feed over http:. Use the https: URL of the feed.";
  }
  // Outside browsers, the cause is known.
  if (page.origin === undefined) return `${String((cause as Error).cause ?? cause)}.`;
  if (page.origin === origin) {
    return (
      "The page's own server didn't respond, closed the connection, or redirected to another host. " +
      'Check that the server is running, and that it serves or proxies the feed itself, without a redirect.'
    );
  }
  return (
    "Either its server didn't respond, or the response has no Access-Control-Allow-Origin header. " +
    'Open the URL in a browser tab: if the feed appears, the header is missing. ' +
    "Ask the feed's administrator for Access-Control-Allow-Origin: *, or let the page's own server proxy the feed."
  );
}
