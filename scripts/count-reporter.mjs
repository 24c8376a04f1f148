import { writeFileSync } from 'node:fs';

/**
 * Closes a run with `tests: N passed, N failed, N skipped` over all browsers, and over what has run before it
 * (`COUNTED`, as JSON). A file that could not run counts as a failure.
 *
 * Where `OUTCOME` names a file, that gets the figures as JSON, and which files in which engines ended with their browser: these
 * are counted by whoever runs them again.
 */
export function countReporter() {
  return {
    stop({ sessions }) {
      const count = { passed: 0, failed: 0, skipped: 0, ...JSON.parse(process.env.COUNTED ?? '{}') };
      const add = ({ tests, suites }) => {
        for (const test of tests) count[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed']++;
        suites.forEach(add);
      };
      const interrupted = process.env.OUTCOME ? sessions.filter(isInterrupted) : [];
      for (const session of sessions) {
        if (session.testResults) add(session.testResults);
        if (session.errors.length > 0 && !interrupted.includes(session)) count.failed++;
      }
      if (process.env.OUTCOME) {
        const places = interrupted.map(({ testFile, browser }) => ({
          file: testFile,
          engine: browser.name.toLowerCase().replace(/^chrome$/, 'chromium'),
        }));
        writeFileSync(process.env.OUTCOME, JSON.stringify({ count, interrupted: places }));
      }
      const line = `tests: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`;
      if (interrupted.length === 0) process.on('exit', () => console.log(line)); // after the other reporters' last words
    },
  };
}

/** Whether the browser went away under the tests, of which none had failed. */
function isInterrupted({ errors, testResults }) {
  return !testResults && errors.some(({ message }) => message.includes('the browser disconnected'));
}
