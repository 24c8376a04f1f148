import path from 'node:path';

/**
 * Reports a run of Node's own tests as JSON: `passed`, `failed` and `skipped` as figures, and `failures`, each as text that
 * says where and why. Suites are not counted, what is in them is.
 */
export default async function* nodeReporter(events) {
  const outcome = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for await (const { type, data } of events) {
    if ((type !== 'test:pass' && type !== 'test:fail') || data.details.type === 'suite') continue;
    if (data.skip !== undefined) outcome.skipped++;
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
