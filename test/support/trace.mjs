// What Chromium's main thread does on a page, as its own tools see it.

/** Ends when two frames were made: what was changed before is laid out then. */
const twoFrames = (page) =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  });

/**
 * Runs `action` on a page at rest and gives what its main thread did from then on until two frames after it: the events of the
 * DevTools' timeline that have a length, in order. `dur` is theirs in microseconds, `tdur` without what other programs took
 * of it; those of layout tell the stack of the script that did not wait for the browser to lay out the page by itself.
 */
export async function traceOf(page, action) {
  await twoFrames(page);
  const timeline = 'devtools.timeline';
  await page.tracing.start({
    categories: [timeline, `disabled-by-default-${timeline}`, `disabled-by-default-${timeline}.stack`],
  });
  await action();
  await twoFrames(page);
  await page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    console.timeStamp('the end of a trace');
  });
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await page.tracing.stop()));
  const mark = traceEvents.find(({ name, args }) => name === 'TimeStamp' && args.data.message === 'the end of a trace');
  return traceEvents
    .filter(({ ph, pid, tid }) => ph === 'X' && pid === mark.pid && tid === mark.tid)
    .sort((one, other) => one.ts - other.ts);
}
