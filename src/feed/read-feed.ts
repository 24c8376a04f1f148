import { decodeFeed } from './decode.js';
import { discoverFeed, isHtmlPage } from './autodiscovery.js';
import { httpError, requestError, tooLargeError } from './explain-failure.js';
import { FeedError } from './feed-error.js';
import { MAX_BODY_BYTES } from './limits.js';
import { createScope } from './namespaces.js';
import { findChannel, normalizeEntry, normalizeFeed, readFeedAuthor } from './normalize-feed.js';
import { parseXml, type XmlElement } from './parse-xml.js';
import { pickEntries, splitFeed } from './split-entries.js';
import type { Entry, Feed } from './types.js';

// The element needs these only after a request.
export { requestError } from './explain-failure.js';
export { mergeFeeds } from './merge-feeds.js';

/** The bytes of a feed, or its text. */
type FeedSource = Uint8Array | ArrayBuffer | string;

/** Options of {@link readFeed}. */
export interface ReadFeedOptions {
  /** `Content-Type` header of the response, for its charset. */
  contentType?: string | null | undefined;
  /** Absolute URL of the feed, after redirects. Relative URLs in the feed are resolved against it; without it they are missing. */
  url?: string | undefined;
  /** @internal Number of first entries and of latest entries to read of a longer feed. By default all are read. */
  pick?: number | undefined;
  /** @internal What error messages call the feed. By default its URL. */
  name?: string | undefined;
}

/**
 * Reads a feed: RSS 2.0, 0.9x and 1.0 (RDF), Atom 1.0 and 0.3. Broken markup, wrong encodings and feeds that were cut off are
 * read as far as possible.
 *
 * @param source The bytes of the feed, or its text.
 * @throws {FeedError} `not-a-feed`, with a description of the source; `too-large` if it is larger than 10 MB.
 */
export function readFeed(source: FeedSource, options: ReadFeedOptions = {}): Feed {
  const { entries, ...feed } = openFeed(source, options);
  return { ...feed, entries: entries.flatMap((readEntry) => readEntry()) };
}

function sizeOf(source: FeedSource): number {
  return typeof source === 'string' ? source.length : source.byteLength;
}

/** Reads a feed as {@link readFeed} does, in several tasks: between them the page can respond to its visitor. */
export async function readFeedInTasks(source: FeedSource, options: ReadFeedOptions = {}): Promise<Feed> {
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  let taskStart = performance.now();
  const { entries: readers, ...feed } = openFeed(source, options);
  // Browsers call a task of 50 ms long. On most slow phones a short feed is read in one task all the same: in a pause, other
  // tasks would delay its entries by 100 ms.
  const taskMs = sizeOf(source) < 50_000 ? 150 : 20;
  const entries: Entry[] = [];
  for (const readEntry of readers) {
    if (performance.now() - taskStart > taskMs) {
      await pause();
      taskStart = performance.now();
    }
    entries.push(...readEntry());
  }
  await pause(); // before the entries are rendered
  return { ...feed, entries };
}

/** Reads the feed in a response. Throws a {@link FeedError}, also for a status that isn't 2xx. */
export async function readResponse(response: Response, requestUrl: string, pick?: number): Promise<Feed> {
  if (!response.ok) throw httpError(requestUrl, response);
  const contentType = response.headers.get('content-type');
  const body = await readBody(response, requestUrl);
  return readFeedInTasks(body, { contentType, url: response.url || requestUrl, pick });
}

/** Reads a body to its end, or until it is larger than {@link MAX_BODY_BYTES}. */
async function readBody({ headers, body }: Response, url: string): Promise<Uint8Array> {
  if (Number(headers.get('content-length')) > MAX_BODY_BYTES) throw tooLargeError(url);
  const reader = body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (reader) {
    const { value: chunk } = await reader.read().catch((cause: unknown) => {
      throw requestError(url, cause);
    });
    if (!chunk) break;
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw tooLargeError(url);
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/** Reads everything but the entries, for each of which it returns a function: its result is empty if there is no entry. */
function openFeed(
  source: FeedSource,
  { contentType, url, pick = Infinity, name = url ?? 'the given source' }: ReadFeedOptions,
): Omit<Feed, 'entries'> & { entries: (() => Entry[])[] } {
  if (sizeOf(source) > MAX_BODY_BYTES) throw tooLargeError(name);
  const text = typeof source === 'string' ? source : decodeFeed(new Uint8Array(source), contentType);
  const parts = splitFeed(text);
  const root = parts && parseRoot(parts.frame, url);
  if (!root) throw notAFeedError(text, name, url);
  if (parts.entries.length === 0 && !parts.isComplete) {
    throw new FeedError('not-a-feed', `${name} isn't a feed. It is cut off before the end of its first entry.`);
  }
  const channel = findChannel(root);
  const feedAuthor = readFeedAuthor(root);
  const entries = pickEntries(parts.entries, pick).map((markup) => () => {
    const element = parseXml(markup, channel);
    const entry = element && normalizeEntry(element, feedAuthor);
    return entry ? [entry] : [];
  });
  return { ...normalizeFeed(root), entries };
}

/** Returns the root of a feed. A root of Atom that declares no namespace is Atom all the same. */
function parseRoot(frame: string, url: string | undefined): XmlElement | undefined {
  const parent = { name: '', namespaces: createScope(/^<feed/i.test(frame) ? 'atom' : ''), base: url };
  // Broken markup around the entries costs the feed's title, not its entries.
  const root = parseXml(frame, parent) ?? parseXml(/^<[^<>]*>/.exec(frame)?.[0] ?? '', parent);
  return root && /(?:^|:)(?:rss|rdf|feed|channel)$/.test(root.name) ? root : undefined;
}

/** Returns an error that describes the text to the webmaster. */
function notAFeedError(text: string, name: string, url: string | undefined): FeedError {
  const isPage = isHtmlPage(text);
  const discoveredUrl = isPage ? discoverFeed(text, url) : undefined;
  const start = text.trimStart().charAt(0);
  const kind = start === '<' ? 'another kind of XML' : start ? 'text without markup' : 'empty';
  let explanation = `It is ${kind}. Use the URL of an RSS or Atom feed.`;
  if (discoveredUrl) {
    explanation = `It is an HTML page that links to a feed. Use ${discoveredUrl} instead: that saves each visitor a request.`;
  } else if (isPage) {
    explanation =
      'It is an HTML page without a link to a feed: its head has no <link rel="alternate" type="application/rss+xml"> ' +
      'or type="application/atom+xml". Check the URL: feeds often have a separate one, such as /rss or /feed.xml.';
  }
  return new FeedError('not-a-feed', `${name} isn't a feed. ${explanation}`, { discoveredUrl });
}
