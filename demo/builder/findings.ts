// What the builder reports: one sentence each, with at most one action.
import type { FeedErrorCode, FeedError } from '../../src/feed/feed-error.js';
import type { Feed } from '../../src/feed/types.js';
import { MIN_CONTRAST } from './contrast.js';
import type { FeedState, UrlState } from './feed-state.js';
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

/** Sentences for failures. The sentence for `network` is for a server that doesn't respond at all. */
const FAILURES: Record<Exclude<FeedErrorCode, 'http'>, TextKey> = {
  'bad-url': 'error-bad-url',
  network: 'error-network',
  'blocked-by-csp': 'error-csp',
  timeout: 'error-timeout',
  'too-large': 'error-too-large',
  'not-a-feed': 'error-not-a-feed',
};

function replaceUrl({ url }: UrlState, better: string, values: Values): Action {
  const src = (values.src ?? '').split(' ').map((each) => (each === url ? better : each));
  return { label: 'do-use', gaps: { url: better }, set: { src: src.join(' ') } };
}

function describeFailure(url: string, { code, status = 0 }: FeedError): Finding {
  if (code !== 'http') {
    const action: Action =
      code === 'timeout' || code === 'network'
        ? { label: 'do-retry', retry: url }
        : code === 'bad-url'
          ? { label: 'do-edit', focus: 'src' }
          : { label: 'do-open', open: url };
    return { tone: 'bad', text: FAILURES[code], action };
  }
  const [text, action]: [TextKey, Action] = [401, 403].includes(status)
    ? ['error-login', { label: 'do-file', file: true }]
    : [404, 410].includes(status)
      ? ['error-gone', { label: 'do-open', open: url }]
      : ['error-http', { label: 'do-retry', retry: url }];
  return { tone: 'bad', text, gaps: { status }, action };
}

/** Returns the day of the newest entry, as YYYY-MM-DD. */
function newestDay({ entries }: Feed): string | undefined {
  const days = entries.flatMap(({ day, date }) => day ?? date?.toISOString().slice(0, 10) ?? []);
  return days.sort().at(-1);
}

function describeFeed(feed: Feed, values: Values, now: number): Finding[] {
  const { entries, language } = feed;
  const title = feed.title ?? '–';
  if (entries.length === 0) return [{ tone: 'warn', text: 'feed-empty', gaps: { title } }];
  const day = newestDay(feed);
  const isOld = day !== undefined && now - Date.parse(day) > OLD_DAYS * DAY_MS;
  const gaps = { title, count: entries.length, day: day ?? '–' };
  const wantsImages = (values.show ?? '').split(' ').includes('image') && !values['fallback-image'];
  const show = (values.show ?? '').replace(/ ?image/, '').trim() || 'none';
  return [
    { tone: 'good', text: day ? 'feed-ready' : 'feed-undated', gaps },
    ...(isOld
      ? [{ tone: 'warn', text: 'feed-old', gaps, action: { label: 'do-stale', set: { 'stale-after': '90' } } } as const]
      : []),
    ...(!language && !values['feed-lang']
      ? [
          {
            tone: 'warn',
            text: 'feed-no-language',
            action: { label: 'do-swedish', set: { 'feed-lang': 'sv' } },
          } as const,
        ]
      : []),
    ...(wantsImages && !entries.some(({ image }) => image)
      ? [{ tone: 'warn', text: 'feed-no-images', action: { label: 'do-no-images', set: { show } } } as const]
      : []),
  ];
}

function describeUrl(state: UrlState, values: Values, now: number): Finding[] {
  const { url, status, feed, error, better } = state;
  switch (status) {
    case 'incomplete':
      return [{ tone: 'bad', text: 'url-incomplete', action: replaceUrl(state, better ?? url, values) }];
    case 'own':
      return [{ tone: 'note', text: 'url-own', action: { label: 'do-file', file: true } }];
    case 'loading':
      return [{ tone: 'note', text: 'url-loading' }];
    case 'blocked':
      return [{ tone: 'warn', text: 'url-blocked', action: { label: 'do-file', file: true } }];
    case 'failed':
      return error ? [describeFailure(url, error)] : [];
    case 'ready':
      return [
        ...(feed ? describeFeed(feed, values, now) : []),
        ...(better ? [{ tone: 'note', text: 'url-page', action: replaceUrl(state, better, values) } as const] : []),
      ];
  }
}

/** Values that show all entries again. */
const NO_FILTER: Values = { category: '', match: '', exclude: '', since: '' };

/** Returns what is to be reported of the feeds. `shownCount` is the number of entries in the preview. */
export function describeCheck(state: FeedState, values: Values, shownCount: number, now = Date.now()): Finding[] {
  const { urls, feed } = state;
  if (urls.length === 0 && state.source === 'sample') return [{ tone: 'note', text: 'url-none' }];
  const found = urls.flatMap((each) =>
    describeUrl(each, values, now).map((finding) => (urls.length > 1 ? { ...finding, url: each.url } : finding)),
  );
  const isFiltered = Object.keys(NO_FILTER).some((key) => values[key]);
  return [
    ...found,
    ...(state.source === 'file' && feed ? describeFeed(feed, values, now) : []),
    ...(feed && feed.entries.length > 0 && shownCount === 0 && isFiltered
      ? [{ tone: 'warn', text: 'feed-filtered', action: { label: 'do-no-filter', set: NO_FILTER } } as const]
      : []),
  ];
}

/** Returns what is to be fixed before the code is pasted. */
export function describeCode(state: FeedState, values: Values, contrast: Readonly<Record<string, number>>): Finding[] {
  const { urls, recipe, relayed, isLinkGuessed, link } = state;
  const warn = (text: TextKey, gaps: Gaps = {}, action?: Action): Finding => ({
    tone: 'warn',
    text,
    gaps,
    ...(action && { action }),
  });
  const low = Object.keys(contrast).filter((key) => values[key] && (contrast[key] ?? 21) < MIN_CONTRAST);
  const fallback = addMissingProtocol(values.fallback ?? '');
  const others = relayed.slice(1).map(({ url, code }) => `${url} → ${code}`);
  return [
    ...(urls.length === 0 ? [warn('code-no-url', {}, { label: 'do-edit', focus: 'src' })] : []),
    ...urls.flatMap((each) => {
      const https = withHttps(each.code);
      return https ? [warn('code-http', { url: each.code }, replaceUrl(each, https, values))] : [];
    }),
    ...(urls.some(({ status }) => status === 'blocked') && !values.way
      ? [warn('code-blocked', {}, { label: 'do-ways', focus: 'way' })]
      : []),
    ...(recipe && !recipe.isTested ? [warn('code-untested', {}, { label: 'do-server', focus: 'server' })] : []),
    ...(recipe && !recipe.hasUrl ? [warn('code-recipe-url', {}, { label: 'do-server', focus: 'server' })] : []),
    ...(others.length > 0 ? [warn('code-several', { url: relayed[0]?.url ?? '', others: others.join(', ') })] : []),
    ...(fallback
      ? [warn('code-link-incomplete', {}, { label: 'do-use', gaps: { url: fallback }, set: { fallback } })]
      : isLinkGuessed && !urls.some(({ status }) => status === 'loading')
        ? [warn('code-link-guessed', { link }, { label: 'do-link', focus: 'fallback' })]
        : []),
    ...low.map((key) =>
      warn(
        'code-contrast',
        { name: key, contrast: contrast[key] ?? 0 },
        { label: 'do-page-color', set: { [key]: '' } },
      ),
    ),
  ];
}
