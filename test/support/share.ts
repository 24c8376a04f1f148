/** All cases everywhere take half an hour on a small machine: `FULL=1 npm test` takes them all the same. */
const isFull = (await (await fetch('/feed-server/full')).json()) as boolean;

/**
 * Whether this browser takes the case of that number. Chromium takes all, Firefox and WebKit a third each, not the same
 * one: what a feed does to the reader is the same everywhere but for the engine's own limits. Of cases that are repeated
 * in another setting each takes a third again.
 */
export function takes(index: number, isRepeated = false): boolean {
  if (isFull) return true;
  if (isRepeated && Math.floor(index / 3) % 3 !== 0) return false;
  if (navigator.userAgent.includes('Chrome')) return true;
  return index % 3 === (navigator.userAgent.includes('Firefox') ? 0 : 1);
}
