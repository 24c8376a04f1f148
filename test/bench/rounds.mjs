// Rounds, and what is made of them: an order that favours nobody, medians and quartiles.

/** Numbers from 0 to 1 that are the same in every run (mulberry32, public domain). */
export function seededRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The same in another order (Fisher and Yates). */
export function shuffled(list, random) {
  const result = [...list];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other], result[last]];
  }
  return result;
}

function quantile(sorted, share) {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  return below + (sorted[Math.ceil(place)] - below) * (place % 1);
}

/** The median, and the quartiles between which the middle half lies. */
export function spreadOf(values) {
  const sorted = values.toSorted((one, other) => one - other);
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share));
  return { median, lower, upper };
}

/**
 * The ratio of two contenders, pair by pair: both ran in the same round, one soon after the other, so that what else the
 * machine did has met both.
 */
export function ratioOf(ones, others) {
  return spreadOf(ones.map((one, round) => one / others[round]));
}
