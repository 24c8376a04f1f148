// Ratios and limits from the visits of all rounds, as data and as a table.
import { LONG_TASK_MS } from './scenarios.mjs';

function quantile(sorted, share) {
  const position = (sorted.length - 1) * share;
  const lower = sorted[Math.floor(position)];
  return lower + (sorted[Math.ceil(position)] - lower) * (position % 1);
}

/** Returns the median, and the quartiles: half of the values are between them. */
export function spreadOf(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((share) => Number(quantile(sorted, share).toPrecision(3)));
  return { median, lower, upper };
}

/** Returns the ratios of two contenders, round by round: what else the machine did affected both. */
const ratiosOf = (times, otherTimes) => spreadOf(times.map((time, round) => time / otherTimes[round]));

/**
 * Returns the result of a scenario. It contains ratios only: they are comparable between machines, milliseconds aren't.
 *
 * @param visits Visits of each contender, one for each round.
 */
export function evaluate({ id, title, contenders, timeOf, limits, aim, forbidsLongTasks }, visits) {
  const times = Object.fromEntries(contenders.map((name) => [name, visits[name].map(timeOf)]));
  const comparisons = Object.entries(limits).map(([other, limit]) => {
    const ratio = ratiosOf(times['diary-feed'], times[other]);
    const isMet = limit === 1 ? ratio.median < limit : ratio.median <= limit;
    return { other, ...ratio, limit, ...(aim && other === 'hand-written' && { aim }), isMet };
  });
  const longestTasks = spreadOf(visits['diary-feed'].map(({ longestTask }) => longestTask / LONG_TASK_MS));
  return {
    id,
    title,
    relativeToHandWritten: Object.fromEntries(
      contenders.map((name) => [name, ratiosOf(times[name], times['hand-written'])]),
    ),
    comparisons,
    ...(forbidsLongTasks && { longestTask: { ...longestTasks, limit: 1, isMet: longestTasks.median <= 1 } }),
  };
}

/** Returns whether all limits of a result are met. */
export const isWithinLimits = ({ comparisons, longestTask }) =>
  [...comparisons, ...(longestTask ? [longestTask] : [])].every(({ isMet }) => isMet);

function row(label, { median, lower, upper, limit, aim, isMet }) {
  const goal = `limit ${limit}${aim ? `, aim ${aim}` : ''}`;
  const range = `(half of the rounds: ${lower} to ${upper})`;
  return `  ${label.padEnd(34)}${String(median).padEnd(7)}${range.padEnd(42)}${goal.padEnd(22)}${isMet ? 'met' : 'MISSED'}`;
}

/** Returns the result of a scenario for the terminal. */
export function formatResult({ title, comparisons, longestTask }) {
  return [
    title,
    ...comparisons.map((comparison) => row(`compared with ${comparison.other}`, comparison)),
    ...(longestTask ? [row(`longest task / ${LONG_TASK_MS} ms (0: none)`, longestTask)] : []),
  ].join('\n');
}
