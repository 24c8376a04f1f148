// The results as a bar chart in SVG, for light and dark pages.

const LABELS = {
  'diary-feed': 'diary-feed',
  'hand-written': 'hand-written',
  feedsmith: 'with feedsmith',
  'rss-parser': 'with rss-parser',
};

const WIDTH = 760;
const BARS_LEFT = 150;
const VALUES_WIDTH = 70;
const ROW_HEIGHT = 26;
const BAR_HEIGHT = 16;
const HEADER_HEIGHT = 100;

const STYLE = `
    text { font: 14px system-ui, sans-serif; fill: #1d232a }
    .page { fill: #ffffff }
    .title { font-size: 21px; font-weight: 600 }
    .strong { font-weight: 600 }
    .small { font-size: 12.5px; fill: #56616d }
    .bar { fill: #b3bcc5 }
    .diary-feed { fill: #00618f }
    .range { stroke: #1d232a; stroke-width: 1.5 }
    .halo { stroke: #ffffff; stroke-width: 4.5; opacity: 0.75 }
    .baseline { stroke: #56616d; stroke-dasharray: 3 3 }
    .limit { fill: #b1480a }
    @media (prefers-color-scheme: dark) {
      text { fill: #e8ecf0 }
      .page { fill: #161b21 }
      .small { fill: #a5b0bb }
      .bar { fill: #55616d }
      .diary-feed { fill: #2f86b3 }
      .range { stroke: #e8ecf0 }
      .halo { stroke: #161b21 }
      .baseline { stroke: #a5b0bb }
      .limit { fill: #ff9d57 }
    }`;

/** Returns the results as SVG: the time of each contender divided by that of the hand-written element. */
export function drawChart({ scenarios, date, rounds, versions }) {
  const longest = Math.max(
    ...scenarios.flatMap(({ relativeToHandWritten: ratios }) => Object.values(ratios).map(({ upper }) => upper)),
  );
  const x = (ratio) => Math.round(BARS_LEFT + (ratio / longest) * (WIDTH - BARS_LEFT - VALUES_WIDTH));
  const shapes = [];
  let y = HEADER_HEIGHT;
  for (const { title, relativeToHandWritten, comparisons } of scenarios) {
    shapes.push(`<text x="24" y="${y + 16}" class="strong">${title}</text>`);
    y += 40;
    const top = y;
    for (const [name, { median, lower, upper }] of Object.entries(relativeToHandWritten)) {
      const middle = y + BAR_HEIGHT / 2;
      const textClass = name === 'diary-feed' ? ' class="strong"' : '';
      shapes.push(
        `<text x="${BARS_LEFT - 10}" y="${middle + 5}" text-anchor="end"${textClass}>${LABELS[name]}</text>`,
        `<rect x="${BARS_LEFT}" y="${y}" width="${x(median) - BARS_LEFT}" height="${BAR_HEIGHT}" rx="2" class="bar ${name}"/>`,
        ...['halo', 'range'].map((line) => `<path d="M${x(lower)} ${middle}H${x(upper)}" class="${line}"/>`),
        `<text x="${x(Math.max(median, upper)) + 8}" y="${middle + 5}"${textClass}>${median.toFixed(2)}</text>`,
      );
      y += ROW_HEIGHT;
    }
    const limit = x(comparisons.find(({ other }) => other === 'hand-written').limit);
    shapes.push(
      `<path d="M${x(1)} ${top - 8}V${y}" class="baseline"/>`,
      `<path d="M${limit} ${top - 1}l-5 -7h10z" class="limit"/>`,
    );
    y += 18;
  }
  const summary = scenarios.map(
    ({ title, relativeToHandWritten }) => `${title}: ${relativeToHandWritten['diary-feed'].median}.`,
  );
  const height = y + 50;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title summary">
  <title id="title">Time until the entries are shown</title>
  <desc id="summary">Time of diary-feed divided by the time of a hand-written element. ${summary.join(' ')}</desc>
  <style>${STYLE}
  </style>
  <rect width="${WIDTH}" height="${height}" class="page"/>
  <text x="24" y="40" class="title">Time until the entries are shown</text>
  <text x="24" y="64" class="small">Shorter is better. 1 is the time of a small element that a developer writes for one site.</text>
  <path d="M30 83l-5 -7h10z" class="limit"/><text x="42" y="84" class="small">limit of diary-feed</text>
  ${shapes.join('\n  ')}
  <text x="24" y="${y + 14}" class="small">Medians of ${rounds} rounds; half of the rounds are within the thin line. npm run bench</text>
  <text x="24" y="${y + 32}" class="small">${date}, Chromium ${versions.chromium}, feedsmith ${versions.feedsmith}, rss-parser ${versions['rss-parser']}</text>
</svg>
`;
}
