/** All cases everywhere take half an hour on a small machine: `FULL=1 npm test` takes them all the same. */
const isFull = (await (await fetch('/feed-server/full')).json()) as boolean;

const { userAgent } = navigator;
const third = userAgent.includes('Firefox') ? 0 : userAgent.includes('Chrome') ? 1 : 2;

/**
 * Whether this browser takes the case of that number: each takes a third, together they take all. What a feed does to the
 * reader is the same everywhere but for the engine's own limits.
 */
export function takes(index: number): boolean {
  return isFull || index % 3 === third;
}
