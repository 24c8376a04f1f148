/**
 * Closes a run with `tests: N passed, N failed, N skipped` over all browsers, and over what has run before it
 * (`COUNTED`, the closing figures of Node's own test runner). A file that could not run counts as a failure.
 */
export function countReporter() {
  return {
    stop({ sessions }) {
      const before = JSON.parse(process.env.COUNTED ?? '{}');
      const count = {
        passed: Number(before.pass ?? 0),
        failed: Number(before.fail ?? 0),
        skipped: Number(before.skipped ?? 0),
      };
      const add = ({ tests, suites }) => {
        for (const test of tests) count[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed']++;
        suites.forEach(add);
      };
      for (const { testResults, errors } of sessions) {
        if (testResults) add(testResults);
        if (errors.length > 0) count.failed++;
      }
      const line = `tests: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`;
      process.on('exit', () => console.log(line)); // after the other reporters' last words
    },
  };
}
