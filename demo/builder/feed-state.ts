// What is known of the chosen feeds. The check, the preview, the code, the policy and the recipe all follow from this.
import { mergeFeeds } from '../../src/feed/merge-feeds.js';
import type { FeedError } from '../../src/feed/feed-error.js';
import type { Feed } from '../../src/feed/types.js';
import type { LoadResult } from './feed-loader.js';
import { createRecipe, numberPath, type Recipe } from './relay.js';
import type { Values } from './settings.js';
import { addMissingProtocol, hostOf, isPath, pathOf } from './site.js';
import { readUrl } from './values.js';

/**
 * Status of one URL. `incomplete`: `https://` is missing. `own`: on the webmaster's site, so that visitors can load it, but this
 * page can't. `blocked`: the response has no CORS header.
 */
type Status = 'incomplete' | 'own' | 'loading' | 'ready' | 'blocked' | 'failed';

export interface UrlState {
  url: string;
  status: Status;
  feed?: Feed;
  error?: FeedError;
  /** URL with `https://`, or URL of the feed that the page at the URL links to. */
  better?: string;
  /** URL in the code. */
  code: string;
}

export interface FeedState {
  urls: readonly UrlState[];
  /** What the preview shows instead of sample entries. */
  feed: Feed | undefined;
  source: 'url' | 'file' | 'sample';
  recipe: Recipe | undefined;
  /** URLs that the recipe is for. */
  relayed: readonly UrlState[];
  /** URL of the fallback link. It is a guess if neither the feed nor a setting contains it. */
  link: string;
  isLinkGuessed: boolean;
  /** URLs of the images, or of feeds whose images are unknown. */
  images: readonly string[];
}

/** URL in the code as long as no feed is chosen. */
export const SAMPLE_URL = 'https://dagbok.example/feed.xml';

export const splitUrls = (src = ''): string[] => src.split(' ').filter(Boolean);

/** Whether this page can try a URL. */
export const isLoadable = (url: string): boolean => !addMissingProtocol(url) && !isPath(url);

function stateOf(url: string, way: string, resultOf: (url: string) => LoadResult): UrlState {
  const complete = addMissingProtocol(url);
  if (complete) return { url, status: 'incomplete', better: complete, code: url };
  if (isPath(url)) return { url, status: 'own', code: url };
  const result = resultOf(url);
  const code = way === 'own' ? pathOf(url) : url;
  switch (result.status) {
    case 'loading':
      return { url, status: 'loading', code };
    case 'blocked':
      return { url, status: way === 'own' ? 'own' : 'blocked', code };
    case 'failed':
      return { url, status: 'failed', error: result.error, code };
    case 'ready': {
      const better = result.url === url ? undefined : readUrl(result.url);
      return { url, status: 'ready', feed: result.feed, ...(better && { better }), code: better ?? code };
    }
  }
}

/** Returns the URL of a feed's diary, if it can be in code. A feed is hostile. */
const diaryUrl = (feed: Feed | undefined): string | undefined => readUrl(feed?.link ?? '');

/** Returns the state of the feeds for these values. `file` is a feed that the visitor has opened here. */
export function describeFeeds(
  values: Values,
  resultOf: (url: string) => LoadResult,
  file: Feed | undefined,
  recipeTexts: Readonly<Record<string, string>>,
): FeedState {
  const { way = '', server = '', fallback = '' } = values;
  const states = splitUrls(values.src).map((url) => stateOf(url, way, resultOf));
  const unread = states.filter(({ status }) => status === 'blocked' || status === 'failed');
  const foreign = states.filter(({ url, status }) => !isPath(url) && status !== 'incomplete');
  const relayed = way === 'relay' ? (unread.length > 0 ? unread : foreign) : [];
  const [first] = relayed;
  const recipe = first && createRecipe(server, first.better ?? first.url, recipeTexts);
  const urls = states.map((state) => {
    const number = relayed.indexOf(state) + 1;
    return recipe && number > 0 ? { ...state, code: numberPath(recipe.path, number) } : state;
  });
  const feeds = urls.flatMap(({ feed }) => feed ?? []);
  const [only] = feeds;
  const loaded = only && (states.length === 1 ? only : mergeFeeds(feeds));
  const feed = loaded ?? file;
  const url = states[0]?.url ?? SAMPLE_URL;
  const known = readUrl(fallback) ?? diaryUrl(feed);
  const images = urls.flatMap(({ url: feedUrl, feed: own }) => {
    const found = own?.entries.flatMap(({ image }) => image ?? []) ?? [];
    return found.length > 0 ? found : [feedUrl];
  });
  return {
    urls,
    feed,
    source: loaded ? 'url' : file ? 'file' : 'sample',
    recipe,
    relayed: urls.filter((_, index) => relayed.includes(states[index] as UrlState)),
    link: known ?? (hostOf(url) ? `${new URL(url).origin}/` : '/'),
    isLinkGuessed: !known && states.length > 0,
    images: urls.length > 0 ? images : [SAMPLE_URL],
  };
}
