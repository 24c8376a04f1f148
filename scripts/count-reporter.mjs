import { writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Reports a run in the browsers as JSON to the file that `TEST_REPORT` names: `passed`, `failed` and `skipped` as numbers over
 * all browsers, and `failures`, each a text with the place and the reason. A file that can't run is one failure.
 */
export function countReporter() {
  return {
    stop({ sessions }) {
      if (!process.env.TEST_REPORT) return;
      const outcome = { passed: 0, failed: 0, skipped: 0, failures: [] };
      const fail = ({ testFile, browser }, names, error) => {
        outcome.failed++;
        const place = `${path.relative(process.cwd(), testFile)} in ${browser.name}`;
        const reason = [error?.message ?? 'no reason given', error?.stack].filter(Boolean);
        outcome.failures.push([place, ...names, ...reason].join('\n  '));
      };
      const add = (session, { tests, suites }, names) => {
        for (const { name, passed, skipped, error } of tests) {
          if (skipped) outcome.skipped++;
          else if (passed) outcome.passed++;
          else fail(session, [...names, name], error);
        }
        for (const suite of suites) add(session, suite, [...names, suite.name]);
      };
      for (const session of sessions) {
        if (session.testResults) add(session, session.testResults, []);
        if (session.errors.length > 0) fail(session, [], session.errors[0]);
      }
      writeFileSync(process.env.TEST_REPORT, JSON.stringify(outcome));
    },
  };
}
