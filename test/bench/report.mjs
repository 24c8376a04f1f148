// What the rounds come to: ratios, against what is wanted, as data and as a table.
import { ratioOf, spreadOf } from './rounds.mjs';
import { LONG_TASK, PARTS } from './scenarios.mjs';

const rounded = (spread) =>
  Object.fromEntries(Object.entries(spread).map(([name, value]) => [name, Number(value.toPrecision(3))]));

const longest = ({ longTasks }) => Math.max(0, ...longTasks);

/**
 * A scenario's outcome from the visits of each contender, by round.
 *
 * @param visits By contender: one visit a round.
 */
export function judge(scenario, visits) {
  const figures = scenario.figures.map(({ name, baseline, of, wanted }) => {
    const times = Object.fromEntries(scenario.contenders.map((contender) => [contender, visits[contender].map(of)]));
    const others = scenario.contenders.filter((contender) => contender !== 'diary-feed');
    return {
      name,
      baseline,
      relative: Object.fromEntries(
        scenario.contenders.map((contender) => [contender, ratioOf(times[contender], times[baseline])]),
      ),
      against: Object.fromEntries(
        others.map((other) => {
          const ratio = ratioOf(times['diary-feed'], times[other]);
          const goal = wanted[other];
          return [other, { ratio, ...(goal && { wanted: goal, isMet: goal.isMet(ratio.median) }) }];
        }),
      ),
      milliseconds: Object.fromEntries(
        scenario.contenders.map((contender) => [contender, spreadOf(times[contender]).median]),
      ),
    };
  });
  const { id, part, what } = scenario;
  const rounds = visits['diary-feed'].length;
  return { id, part, what, rounds, figures, ...(scenario.countsLongTasks && { longTasks: judgeTasks(visits) }) };
}

/** The median of the rounds counts: a single long task may be the machine's own. */
function judgeTasks(visits) {
  const contenders = Object.fromEntries(
    Object.entries(visits).map(([contender, ofRounds]) => {
      const counts = ofRounds.map(({ longTasks }) => longTasks.filter((duration) => duration > LONG_TASK).length);
      return [contender, { longest: spreadOf(ofRounds.map(longest)), count: spreadOf(counts).median }];
    }),
  );
  return { contenders, isMet: contenders['diary-feed'].longest.median <= LONG_TASK };
}

/** How much is wanted, and how much of it is there. */
export function countMet(outcomes) {
  const verdicts = outcomes
    .flatMap(({ figures, longTasks }) => [
      ...figures.flatMap(({ against }) => Object.values(against).map(({ isMet }) => isMet)),
      longTasks?.isMet,
    ])
    .filter((isMet) => isMet !== undefined);
  return { wanted: verdicts.length, met: verdicts.filter(Boolean).length };
}

/**
 * What has become slower than the results that are kept, in words: figures of which three quarters of the rounds are slower than
 * three quarters were. A goal that is missed anyway would hide it.
 *
 * @param before What {@link dataOf} gave then.
 */
export function slowerThan(before, outcomes) {
  const known = new Map(before.scenarios.map(({ id, figures }) => [id, figures]));
  return outcomes.flatMap(({ id, what, figures }) =>
    figures.flatMap(({ name, against }) => {
      const then = known.get(id)?.find((figure) => figure.name === name)?.diaryFeedAgainst ?? {};
      return Object.entries(against)
        .filter(([other, { wanted, ratio }]) => wanted && ratio.lower > then[other]?.upper)
        .map(
          ([other, { ratio }]) =>
            `${what}, ${name}, against ${other}: ${short(ratio.median)}, was ${short(then[other].median)}`,
        );
    }),
  );
}

const COLUMNS = [50, 8, 14, 15, 14, 9];
const row = (...cells) =>
  cells.map((cell, index) => (index ? cell.padStart(COLUMNS[index] ?? 0) : `  ${cell}`.padEnd(COLUMNS[0]))).join('');

const short = (value) => (value === 0 ? '0' : value.toFixed(value < 0.1 ? 3 : 2));
const range = ({ lower, upper }) => `${short(lower)}–${short(upper)}`;
const speed = (ratio) => (ratio < 0.95 ? `${(1 / ratio).toFixed(1)} x faster` : '');
const verdict = (isMet) => ({ true: 'met', false: 'MISSED' })[isMet] ?? '';
const ms = (value) => value.toFixed(value < 10 ? 1 : 0);

function figureRows({ name, against, milliseconds }) {
  return Object.entries(against).map(([other, { ratio, wanted, isMet }]) =>
    row(
      `${name}, against ${other}`,
      short(ratio.median),
      range(ratio),
      speed(ratio.median),
      wanted?.text ?? '',
      verdict(isMet),
      `   ${ms(milliseconds['diary-feed'])} : ${ms(milliseconds[other])}`,
    ),
  );
}

function taskRows({ contenders, isMet }) {
  return Object.entries(contenders).map(([contender, { longest, count }]) => {
    const [lower, median, upper] = [longest.lower, longest.median, longest.upper].map((length) => length / LONG_TASK);
    const goal = contender === 'diary-feed' ? ['none', verdict(isMet)] : [];
    const label = `longest task / ${LONG_TASK} ms, of ${contender}`;
    return row(label, short(median), range({ lower, upper }), `${count} over it`, ...goal);
  });
}

/** The table for the terminal, with milliseconds of this machine as an aside. */
export function tableOf(outcomes, weights) {
  const lines = [];
  for (const [part, title] of Object.entries(PARTS)) {
    const ofPart = outcomes.filter((outcome) => outcome.part === part);
    if (ofPart.length === 0) continue;
    lines.push('', row(title, 'ratio', 'middle half', '', 'wanted', '', '   (ms here)'));
    for (const { what, rounds, figures, longTasks } of ofPart) {
      lines.push(`${what} (rounds: ${rounds})`, ...figures.flatMap(figureRows));
      if (longTasks) lines.push(...taskRows(longTasks));
    }
  }
  lines.push('', '  Weight, minified and compressed with brotli');
  for (const [name, bytes] of Object.entries(weights))
    lines.push(`  ${name.padEnd(16)}${(bytes / 1000).toFixed(1)} kB`);
  return `${lines.join('\n')}\n`;
}

/** What is kept: ratios, which hold on other machines too, more or less; no milliseconds. */
export function dataOf(outcomes, about) {
  const scenarios = outcomes.map(({ id, part, what, rounds, figures, longTasks }) => ({
    id,
    part,
    what,
    rounds,
    figures: figures.map(({ name, baseline, relative, against }) => ({
      name,
      baseline,
      relative: Object.fromEntries(Object.entries(relative).map(([contender, spread]) => [contender, rounded(spread)])),
      diaryFeedAgainst: Object.fromEntries(
        Object.entries(against).map(([other, { ratio, wanted, isMet }]) => [
          other,
          { ...rounded(ratio), ...(wanted && { wanted: wanted.text, limit: wanted.limit, isMet }) },
        ]),
      ),
    })),
    ...(longTasks && {
      longTasks: {
        isMet: longTasks.isMet,
        contenders: Object.fromEntries(
          Object.entries(longTasks.contenders).map(([contender, { longest, count }]) => [
            contender,
            { count, longestByLimit: Number((longest.median / LONG_TASK).toPrecision(3)) },
          ]),
        ),
      },
    }),
  }));
  return { ...about, ...countMet(outcomes), scenarios };
}
