/** A watch for a request that the page's Content-Security-Policy blocks. */
export interface CspWatch {
  /** Returns whether the request was blocked. For use after the request failed. */
  wasBlocked: () => Promise<boolean>;
  stop: () => void;
}

/** The violation event is fired in a separate task, before or after the one in which `fetch` rejects (CSP 3 §5.5). */
const TASKS_TO_WAIT = 3;

/**
 * Watches for a CSP violation of a request to `url`: for `fetch` it is the same `TypeError` as a network error. Without such
 * events, as in Node, the request is never blocked.
 */
export function watchCspViolations(url: string): CspWatch {
  const { origin } = new URL(url);
  let isBlocked = false;
  const listen = ({ blockedURI, disposition, effectiveDirective }: SecurityPolicyViolationEvent): void => {
    const isThisRequest = blockedURI === url.replace(/#.*/, '') || blockedURI === origin;
    isBlocked ||= isThisRequest && disposition === 'enforce' && effectiveDirective === 'connect-src';
  };
  const target = globalThis as Partial<Pick<typeof globalThis, 'addEventListener' | 'removeEventListener'>>;
  target.addEventListener?.('securitypolicyviolation', listen);
  return {
    wasBlocked: async () => {
      for (let task = 0; task < TASKS_TO_WAIT && !isBlocked; task++)
        await new Promise((resolve) => setTimeout(resolve));
      return isBlocked;
    },
    stop: () => target.removeEventListener?.('securitypolicyviolation', listen),
  };
}
