import path from 'node:path';

/**
 * Reports a run of Node's own tests as JSON: `passed`, `failed` and `skipped` as numbers, and `failures`, each a text with
 * the place and the reason. Only tests are counted, not suites.
 */
export default async function* nodeReporter(events) {
  const outcome = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    // A suite fails by itself if its callback or one of its hooks throws.
    const isOwnFailure = type === 'test:fail' && data.details.error.failureType !== 'subtestsFailed';
    if (data.details.type === 'suite' && !isOwnFailure) continue;
    if (data.skip !== undefined || data.todo !== undefined) outcome.skipped++;
    else if (type === 'test:pass') outcome.passed++;
    else {
      outcome.failed++;
      const { cause, message } = data.details.error;
      const stack = String(cause?.stack ?? cause ?? message).replace(/\n +at .*node:internal.*/g, '');
      outcome.failures.push(`${path.relative(process.cwd(), data.file ?? '')}\n  ${data.name}\n  ${stack}`);
    }
  }
  yield JSON.stringify(outcome);
}
