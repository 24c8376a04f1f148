import { expect } from 'chai';
import { watchCspViolations } from '../../src/feed/csp-violations.js';

const URL = 'https://dagbok.example/rss.xml';

function violate(init: Partial<SecurityPolicyViolationEventInit>): void {
  const event = { blockedURI: URL, disposition: 'enforce', effectiveDirective: 'connect-src', ...init } as const;
  const all = {
    documentURI: location.href,
    originalPolicy: '',
    statusCode: 200,
    violatedDirective: 'connect-src',
    ...event,
  };
  document.dispatchEvent(new SecurityPolicyViolationEvent('securitypolicyviolation', { bubbles: true, ...all }));
}

async function wasBlocked(url: string, init: Partial<SecurityPolicyViolationEventInit>): Promise<boolean> {
  const controller = new AbortController();
  const watched = watchCspViolations(url, controller.signal);
  violate(init);
  const result = await watched();
  controller.abort();
  return result;
}

describe('watchCspViolations', () => {
  it('reports a request that was blocked', async () => {
    expect(await wasBlocked(URL, {})).to.equal(true);
    expect(await wasBlocked(`${URL}#x`, {})).to.equal(true);
    expect(await wasBlocked(URL, { blockedURI: 'https://dagbok.example' })).to.equal(true);
  });

  it('ignores other requests, other directives and report-only policies', async () => {
    expect(await wasBlocked(URL, { blockedURI: 'https://annan.example/rss.xml' })).to.equal(false);
    expect(await wasBlocked(URL, { effectiveDirective: 'img-src' })).to.equal(false);
    expect(await wasBlocked(URL, { disposition: 'report' })).to.equal(false);
  });

  it('waits for an event that comes after the failure', async () => {
    const controller = new AbortController();
    const watched = watchCspViolations(URL, controller.signal);
    setTimeout(() => violate({}));
    expect(await watched()).to.equal(true);
    controller.abort();
  });

  it('reports nothing after the signal is aborted', async () => {
    const controller = new AbortController();
    const watched = watchCspViolations(URL, controller.signal);
    controller.abort();
    violate({});
    expect(await watched()).to.equal(false);
  });
});
