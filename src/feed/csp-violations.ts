/** The violation event is fired in a separate task, before or after the one in which `fetch` rejects (CSP 3 §5.5). */
const TASKS_TO_WAIT = 3;

/**
 * Watches until `signal` is aborted for a CSP violation of a request to `url`: for `fetch` it is the same `TypeError` as a
 * network error. Returns a function that returns whether the request was blocked, for use after it failed. Without such
 * events, as in Node, no request is blocked.
 */
export function watchCspViolations(url: string, signal: AbortSignal): () => Promise<boolean> {
  const { origin } = new URL(url);
  let isBlocked = false;
  const listen = ({ blockedURI, disposition, effectiveDirective }: SecurityPolicyViolationEvent): void => {
    const isThisRequest = blockedURI === url.replace(/#.*/, '') || blockedURI === origin;
    isBlocked ||= isThisRequest && disposition === 'enforce' && effectiveDirective === 'connect-src';
  };
  const target = globalThis as Partial<Pick<typeof globalThis, 'addEventListener'>>;
  target.addEventListener?.('securitypolicyviolation', listen, { signal });
  return async () => {
    for (let task = 0; task < TASKS_TO_WAIT && !isBlocked; task++) await new Promise((resolve) => setTimeout(resolve));
    return isBlocked;
  };
}
