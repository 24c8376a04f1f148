// The picture of the results: bars for whoever wants to know whether the page waits for the list. SVG, in light and dark.

/** What each panel shows, in words for people who have never measured a page. */
const PANELS = [
  { id: 'page-slow-phone', title: 'A page with the 20 latest entries, on a slow phone' },
  { id: 'page-slow-phone-slow-4g', title: 'The same, with a slow mobile connection too' },
  { id: 'shown-1000', title: 'A diary of 1,000 entries: from the moment it has arrived' },
  { id: 'shown-10000', title: 'A diary of 10,000 entries: from the moment it has arrived' },
];

const NAMES = {
  'diary-feed': 'diary-feed',
  'hand-written': 'written by hand',
  feedsmith: 'with feedsmith',
  'rss-parser': 'with rss-parser',
};

const WIDTH = 760;
const LEFT = 150;
const RIGHT = 70;
const ROW = 26;
const BAR = 16;
const HEADER = 106;
const PANEL = 40 + ROW * Object.keys(NAMES).length + 18;
const FOOTER = 56;

/** Bars that are longer end here, with their figure behind them. */
const MOST = 2.5;

const STYLE = `
    text { font: 14px system-ui, sans-serif; fill: #1d232a }
    .page { fill: #ffffff }
    .title { font-size: 21px; font-weight: 600 }
    .panel { font-weight: 600 }
    .small { font-size: 12.5px; fill: #56616d }
    .other { fill: #b3bcc5 }
    .own { fill: #00618f }
    .of-own { font-weight: 600 }
    .spread { stroke: #1d232a; stroke-width: 1.5 }
    .halo { stroke: #ffffff; stroke-width: 4.5; opacity: 0.75 }
    .one { stroke: #56616d; stroke-dasharray: 3 3 }
    .goal { fill: #b1480a }
    .tear { stroke: #ffffff; stroke-width: 2.5 }
    @media (prefers-color-scheme: dark) {
      text { fill: #e8ecf0 }
      .page { fill: #161b21 }
      .small { fill: #a5b0bb }
      .other { fill: #55616d }
      .own { fill: #58b6e6 }
      .spread { stroke: #e8ecf0 }
      .halo { stroke: #161b21 }
      .one { stroke: #a5b0bb }
      .goal { fill: #ff9d57 }
      .tear { stroke: #161b21 }
    }`;

const place = (value, scale) => (LEFT + Math.min(value, MOST) * scale).toFixed(1);
const figure = (value) => value.toFixed(value < 0.1 ? 3 : 2);

function bar([contender, { median, lower, upper }], index, top, scale) {
  const y = top + index * ROW;
  const middle = y + BAR / 2;
  const isOwn = contender === 'diary-feed';
  const end = Number(place(Math.max(median, upper), scale));
  const own = isOwn ? ' of-own' : '';
  return [
    `<text x="${LEFT - 10}" y="${middle + 5}" text-anchor="end" class="name${own}">${NAMES[contender]}</text>`,
    `<rect x="${LEFT}" y="${y}" width="${(place(median, scale) - LEFT).toFixed(1)}" height="${BAR}" rx="2" class="${isOwn ? 'own' : 'other'}"/>`,
    ...(median > MOST ? [tear(y, scale)] : []),
    ...(upper > lower && lower < MOST
      ? ['halo', 'spread'].map(
          (name) => `<path d="M${place(lower, scale)} ${middle}H${place(upper, scale)}" class="${name}"/>`,
        )
      : []),
    `<text x="${end + 8}" y="${middle + 5}" class="value${own}">${figure(median)}</text>`,
  ];
}

/** Two slanting lines where a bar goes on past the picture. */
function tear(y, scale) {
  const x = LEFT + MOST * scale - 18;
  return `<path d="M${x} ${y + BAR + 1}l5 -${BAR + 2}M${x + 6} ${y + BAR + 1}l5 -${BAR + 2}" class="tear"/>`;
}

/** The mark up to which the own bar may reach. */
function goal(limit, top, scale) {
  const x = Number(place(limit, scale));
  return `<path d="M${x} ${top - 1}l-5 -7h10z" class="goal"/>`;
}

function panel({ title, relative, limit }, index, scale) {
  const top = HEADER + index * PANEL;
  const bars = top + 40;
  const bottom = bars + ROW * Object.keys(relative).length - (ROW - BAR);
  return [
    `<text x="24" y="${top + 16}" class="panel">${title}</text>`,
    ...Object.entries(relative).flatMap((entry, row) => bar(entry, row, bars, scale)),
    `<path d="M${place(1, scale)} ${bars - 8}V${bottom + 6}" class="one"/>`,
    ...(limit ? [goal(limit, bars, scale)] : []),
  ];
}

/**
 * The results as a picture.
 *
 * @param data As results.json has them.
 */
export function plotOf({ scenarios, date, versions }) {
  const panels = PANELS.map(({ id, title }) => {
    const { figures, rounds } = scenarios.find((scenario) => scenario.id === id);
    const [{ relative, diaryFeedAgainst }] = figures;
    return { title, relative, limit: diaryFeedAgainst['hand-written'].limit, rounds };
  });
  const longest = Math.max(...panels.flatMap(({ relative }) => Object.values(relative).map(({ upper }) => upper)));
  const scale = (WIDTH - LEFT - RIGHT) / Math.min(MOST, Math.max(longest, 1.3));
  const counts = panels.map(({ rounds }) => rounds);
  const height = HEADER + panels.length * PANEL + FOOTER;
  const foot = height - FOOTER + 14;
  const lines = [
    `<rect width="${WIDTH}" height="${height}" class="page"/>`,
    `<text x="24" y="40" class="title">How long until the entries are there?</text>`,
    `<text x="24" y="64" class="small">Shorter is better. 1 is the time of a small element that a developer writes by hand for one site.</text>`,
    `<path d="M30 83l-5 -7h10z" class="goal"/><text x="42" y="84" class="small">as far as diary-feed’s bar may reach</text>`,
    ...panels.flatMap((each, index) => panel(each, index, scale)),
    `<text x="24" y="${foot}" class="small">Medians of ${Math.min(...counts)} to ${Math.max(...counts)} rounds; the thin line is where the middle half of them lies. npm run bench</text>`,
    `<text x="24" y="${foot + 18}" class="small">${date}, Chromium ${versions.chromium}, feedsmith ${versions.feedsmith}, rss-parser ${versions['rss-parser']}.</text>`,
  ];
  const told = panels.map(({ title, relative }) => `${title}: ${figure(relative['diary-feed'].median)}.`).join(' ');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title told">
  <title id="title">How long until the entries are there?</title>
  <desc id="told">Time of diary-feed by that of an element written by hand. ${told}</desc>
  <style>${STYLE}
  </style>
  ${lines.join('\n  ')}
</svg>
`;
}
