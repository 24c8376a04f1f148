/** Milliseconds of reading after which the page gets its turn: a task of 50 is long (W3C, Long Tasks). */
const SLICE = 20;

/**
 * Takes the steps of a reading in slices: a large feed does not keep the page from answering its visitor.
 *
 * @param fill Sees to it that the number of characters is there that a step asks for.
 * @throws What the steps throw; and the signal's reason, once it is aborted.
 */
export async function inSlices<T>(
  steps: Generator<number | undefined, T>,
  signal?: AbortSignal,
  fill?: (length: number) => Promise<void>,
): Promise<T> {
  for (let end = performance.now() + SLICE; ;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (value !== undefined) await fill?.(value);
    if (performance.now() < end) continue;
    await nextTask();
    signal?.throwIfAborted();
    end = performance.now() + SLICE;
  }
}

/** Ends in a task of its own. Timers would do, but browsers let those of a page in the background wait for a second. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
