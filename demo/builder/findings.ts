// What the builder reports: one sentence each, with at most one action.
import type { FeedError } from '../../src/feed/feed-error.js';
import type { Feed } from '../../src/feed/types.js';
import { MIN_CONTRAST } from './contrast.js';
import { splitUrls, type FeedState, type UrlState } from './feed-state.js';
import type { Values } from './settings.js';
import { addMissingProtocol, withHttps } from './site.js';
import type { Gaps, TextKey } from './texts/index.js';

export interface Action {
  label: TextKey;
  gaps?: Gaps;
  /** Values to set. */
  set?: Values;
  /** Something else to do: retry a URL, open a file, go to the control of a setting, open a URL in a new tab. */
  retry?: string;
  file?: true;
  focus?: string;
  open?: string;
}

export interface Finding {
  tone: 'good' | 'note' | 'warn' | 'bad';
  text: TextKey;
  gaps?: Gaps;
  action?: Action;
  /** URL that the finding is about, if there are several. */
  url?: string;
}

/** Days after which the newest entry of a diary counts as old. */
const OLD_DAYS = 180;

const DAY_MS = 86_400_000;

const finding = (tone: Finding['tone'], text: TextKey, gaps: Gaps = {}, action?: Action): Finding => ({
  tone,
  text,
  gaps,
  ...(action && { action }),
});

const filterTrue = (facts: readonly (readonly [isTrue: unknown, finding: Finding])[]): Finding[] =>
  facts.filter(([isTrue]) => isTrue).map(([, each]) => each);

function replaceUrl(url: string, better: string, values: Values): Action {
  const src = splitUrls(values.src).map((each) => (each === url ? better : each));
  return { label: 'do-use', gaps: { url: better }, set: { src: src.join(' ') } };
}

function describeFailure(url: string, { code, status = 0 }: FeedError): Finding {
  const retry: Action = { label: 'do-retry', retry: url };
  const open: Action = { label: 'do-open', open: url };
  const gaps = { status };
  if ([401, 403].includes(status)) return finding('bad', 'error-login', gaps, { label: 'do-file', file: true });
  if ([404, 410].includes(status)) return finding('bad', 'error-gone', gaps, open);
  if (code === 'http') return finding('bad', 'error-http', gaps, retry);
  if (code === 'bad-url') return finding('bad', 'error-bad-url', {}, { label: 'do-edit', focus: 'src' });
  return finding('bad', `error-${code}`, {}, code === 'timeout' || code === 'network' ? retry : open);
}

/** Returns the day of the newest entry, as YYYY-MM-DD. */
function newestDay({ entries }: Feed): string | undefined {
  const days = entries.flatMap(({ day, date }) => day ?? date?.toISOString().slice(0, 10) ?? []);
  return days.sort().at(-1);
}

function describeFeed(feed: Feed, values: Values, now: number): Finding[] {
  const { entries, language, title = '–' } = feed;
  if (entries.length === 0) return [finding('warn', 'feed-empty', { title })];
  const day = newestDay(feed);
  const gaps = { title, count: entries.length, day: day ?? '–' };
  const isOld = day && now - Date.parse(day) > OLD_DAYS * DAY_MS;
  const { show = '', 'fallback-image': image, 'feed-lang': feedLang } = values;
  const lacksImages = show.includes('image') && !image && !entries.some((entry) => entry.image);
  const withoutImage = show.replace(/ ?image/, '').trim() || 'none';
  return filterTrue([
    [true, finding('good', day ? 'feed-ready' : 'feed-undated', gaps)],
    [isOld, finding('warn', 'feed-old', gaps, { label: 'do-stale', set: { 'stale-after': '90' } })],
    [
      !language && !feedLang,
      finding('warn', 'feed-no-language', {}, { label: 'do-swedish', set: { 'feed-lang': 'sv' } }),
    ],
    [lacksImages, finding('warn', 'feed-no-images', {}, { label: 'do-no-images', set: { show: withoutImage } })],
  ]);
}

function describeUrl({ url, status, feed, error, better }: UrlState, values: Values, now: number): Finding[] {
  const file: Action = { label: 'do-file', file: true };
  return filterTrue([
    [status === 'loading', finding('note', 'url-loading')],
    [status === 'incomplete', finding('bad', 'url-incomplete', {}, replaceUrl(url, better ?? '', values))],
    [status === 'own', finding('note', 'url-own', {}, file)],
    [status === 'blocked', finding('warn', 'url-blocked', {}, file)],
  ]).concat(
    error ? describeFailure(url, error) : [],
    feed ? describeFeed(feed, values, now) : [],
    feed && better ? finding('note', 'url-page', {}, replaceUrl(url, better, values)) : [],
  );
}

/** Values that show all entries again. */
const NO_FILTER: Values = { category: '', match: '', exclude: '', since: '' };

/** Returns what is to be reported of the feeds. `shownCount` is the number of entries in the preview. */
export function describeCheck(state: FeedState, values: Values, shownCount: number, now = Date.now()): Finding[] {
  const { urls, feed, source } = state;
  const isFiltered = Object.keys(NO_FILTER).some((key) => values[key]);
  const isHidden = feed && feed.entries.length > 0 && shownCount === 0 && isFiltered;
  const found = urls.flatMap((each) =>
    describeUrl(each, values, now).map((about) => (urls.length > 1 ? { ...about, url: each.url } : about)),
  );
  return [
    ...found,
    ...(source === 'file' && feed ? describeFeed(feed, values, now) : []),
    ...filterTrue([
      [urls.length === 0 && source === 'sample', finding('note', 'url-none')],
      [isHidden, finding('warn', 'feed-filtered', {}, { label: 'do-no-filter', set: NO_FILTER })],
    ]),
  ];
}

/** Returns what is to be fixed before the code is pasted. */
export function describeCode(state: FeedState, values: Values, contrast: Readonly<Record<string, number>>): Finding[] {
  const { urls, recipe, relayed, isLinkGuessed, link } = state;
  const low = Object.entries(contrast).filter(([key, ratio]) => values[key] && ratio < MIN_CONTRAST);
  const fallback = addMissingProtocol(values.fallback ?? '');
  const others = relayed.slice(1).map(({ url, code }) => `${url} → ${code}`);
  const isBlocked = urls.some(({ status }) => status === 'blocked');
  const isLoading = urls.some(({ status }) => status === 'loading');
  const server: Action = { label: 'do-server', focus: 'server' };
  const useFallback: Action = { label: 'do-use', gaps: { url: fallback ?? '' }, set: { fallback: fallback ?? '' } };
  const several = { url: relayed[0]?.url ?? '', others: others.join(', ') };
  return [
    ...urls.flatMap(({ url, code }) => {
      const https = withHttps(code);
      return https ? finding('warn', 'code-http', { url: code }, replaceUrl(url, https, values)) : [];
    }),
    ...filterTrue([
      [urls.length === 0, finding('warn', 'code-no-url', {}, { label: 'do-edit', focus: 'src' })],
      [isBlocked && !values.way, finding('warn', 'code-blocked', {}, { label: 'do-ways', focus: 'way' })],
      [recipe && !recipe.isTested, finding('warn', 'code-untested', {}, server)],
      [recipe && !recipe.hasUrl, finding('warn', 'code-recipe-url', {}, server)],
      [others.length > 0, finding('warn', 'code-several', several)],
      [fallback, finding('warn', 'code-link-incomplete', {}, useFallback)],
      [
        isLinkGuessed && !isLoading && !fallback,
        finding('warn', 'code-link-guessed', { link }, { label: 'do-link', focus: 'fallback' }),
      ],
    ]),
    ...low.map(([key, ratio]) => {
      const gaps = { name: key, contrast: Math.floor(ratio * 10) / 10 };
      return finding('warn', 'code-contrast', gaps, { label: 'do-page-color', set: { [key]: '' } });
    }),
  ];
}
