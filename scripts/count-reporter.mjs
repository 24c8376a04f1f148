import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Closes a run with all that failed, once more, and `tests: N passed, N failed, N skipped`, over all browsers and over what
 * has run before it (in the file that `BEFORE` names, as scripts/node-reporter.mjs reports it). A file that could not run counts as a failure.
 *
 * Where `OUTCOME` names a file, that gets the same as JSON, and which files in which engines ended with their browser: these
 * are counted by whoever runs them again.
 */
export function countReporter() {
  return {
    stop({ sessions }) {
      const outcome = { passed: 0, failed: 0, skipped: 0, failures: [], ...before() };
      const fail = ({ testFile, browser }, names, error) => {
        outcome.failed++;
        const place = `${path.relative(process.cwd(), testFile)} in ${browser.name}`;
        const why = [error?.message ?? 'no word of why', error?.stack].filter(Boolean);
        outcome.failures.push([place, ...names, ...why].join('\n  '));
      };
      const add = (session, { tests, suites }, names) => {
        for (const { name, passed, skipped, error } of tests) {
          if (skipped) outcome.skipped++;
          else if (passed) outcome.passed++;
          else fail(session, [...names, name], error);
        }
        for (const suite of suites) add(session, suite, [...names, suite.name]);
      };
      const interrupted = process.env.OUTCOME ? sessions.filter(isInterrupted) : [];
      for (const session of sessions) {
        if (session.testResults) add(session, session.testResults, []);
        if (session.errors.length > 0 && !interrupted.includes(session)) fail(session, [], session.errors[0]);
      }
      if (process.env.OUTCOME) {
        const places = interrupted.map(({ testFile, browser }) => ({
          file: testFile,
          engine: browser.name.toLowerCase().replace(/^chrome$/, 'chromium'),
        }));
        writeFileSync(process.env.OUTCOME, JSON.stringify({ ...outcome, interrupted: places }));
      }
      if (interrupted.length > 0) return;
      const { passed, failed, skipped, failures } = outcome;
      // after the other reporters' last words
      process.on('exit', () => {
        for (const failure of failures) console.log(`failed: ${failure}\n`);
        console.log(`tests: ${passed} passed, ${failed} failed, ${skipped} skipped`);
      });
    },
  };
}

function before() {
  return process.env.BEFORE ? JSON.parse(readFileSync(process.env.BEFORE, 'utf8')) : {};
}

/** Whether the browser went away under the tests, of which none had failed. */
function isInterrupted({ errors, testResults }) {
  return !testResults && errors.some(({ message }) => message.includes('the browser disconnected'));
}
