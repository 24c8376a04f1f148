import { decodeFeed } from './decode.js';
import { discoverFeed, isHtmlPage } from './autodiscovery.js';
import { httpError, requestError, tooLargeError } from './explain-failure.js';
import { FeedError } from './feed-error.js';
import { MAX_BODY_BYTES } from './limits.js';
import { declareNamespaces, NO_NAMESPACES } from './namespaces.js';
import { findChannel, normalizeEntry, normalizeFeed, readFeedAuthor } from './normalize-feed.js';
import { createBudget, parseXml, type XmlContext, type XmlElement } from './parse-xml.js';
import { pickEntries, splitFeed, type FeedParts } from './split-entries.js';
import type { Entry, Feed } from './types.js';

// The element needs these only after a request.
export { requestError } from './explain-failure.js';
export { mergeFeeds } from './merge-feeds.js';

/** The bytes of a feed, or its text. */
type FeedSource = Uint8Array | ArrayBuffer | string;

/**
 * Entries between which reading can pause. A feed of up to 20 has no pause: a slow phone would first draw the page again, which
 * takes longer than reading the entries.
 */
const ENTRIES_PER_TASK = 20;

/** Milliseconds after which reading pauses: with 20 more entries, a task stays under 50, from which on browsers call it long. */
const TASK_MS = 20;

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
  const { entries, readEntry, finish } = openFeed(source, options);
  return finish(entries.flatMap(readEntry));
}

/** Reads a feed as {@link readFeed} does, in several tasks: between them the page can respond to its visitor. */
export async function readFeedInTasks(source: FeedSource, options: ReadFeedOptions = {}): Promise<Feed> {
  let taskStart = performance.now();
  const pause = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve));
    taskStart = performance.now();
  };
  const { entries, readEntry, finish } = openFeed(source, options);
  const read: Entry[] = [];
  for (const [index, markup] of entries.entries()) {
    const mayPause = entries.length > ENTRIES_PER_TASK && index % ENTRIES_PER_TASK === 0;
    if (mayPause && performance.now() - taskStart > TASK_MS) await pause();
    read.push(...readEntry(markup));
  }
  await pause(); // before the entries are rendered
  return finish(read);
}

/**
 * Reads the feed in a response.
 *
 * @param pick See {@link ReadFeedOptions}.
 * @throws {FeedError} `http`, `network`, `too-large` or `not-a-feed`.
 */
export async function readResponse(response: Response, requestUrl: string, pick?: number): Promise<Feed> {
  if (!response.ok) throw httpError(requestUrl, response);
  const contentType = response.headers.get('content-type');
  const body = await readBody(response, requestUrl);
  return readFeedInTasks(body, { contentType, url: response.url || requestUrl, pick });
}

/** Reads a body to its end, or until it is larger than {@link MAX_BODY_BYTES}. */
async function readBody({ headers, body }: Response, url: string): Promise<ArrayBuffer> {
  if (Number(headers.get('content-length')) > MAX_BODY_BYTES) throw tooLargeError(url);
  const reader = body?.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
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
  return await new Blob(chunks).arrayBuffer();
}

/** Decodes a feed, splits it and reads everything but its entries. */
function openFeed(
  source: FeedSource,
  { contentType, url, pick = Infinity, name = url ?? 'the given source' }: ReadFeedOptions,
) {
  const size = typeof source === 'string' ? source.length : source.byteLength;
  if (size > MAX_BODY_BYTES) throw tooLargeError(name);
  const text = typeof source === 'string' ? source : decodeFeed(new Uint8Array(source), contentType);
  const parts = splitFeed(text);
  const root = parts && parseRoot(parts, url);
  if (!root) throw notAFeedError(text, name, url);
  const channel = findChannel(root);
  const feedAuthor = readFeedAuthor(root);
  const budget = pick === Infinity ? undefined : createBudget();
  return {
    /** The markup of each entry. */
    entries: pickEntries(parts.entries, pick),
    /** Returns the entry, or nothing if the markup contains none. */
    readEntry: (markup: string): Entry[] => {
      const element = parseXml(markup, channel, budget);
      const entry = element && normalizeEntry(element, feedAuthor);
      return entry ? [entry] : [];
    },
    finish: (entries: Entry[]): Feed => {
      if (entries.length === 0 && !parts.isComplete) {
        throw new FeedError('not-a-feed', `${name} isn't a feed. It is cut off before the end of its first entry.`);
      }
      return { ...normalizeFeed(root), entries };
    },
  };
}

/** Returns the root of a feed. A root of Atom that declares no namespace is Atom all the same. */
function parseRoot({ frame }: FeedParts, url: string | undefined): XmlElement | undefined {
  const declarations = /^<feed/i.test(frame) ? ([['xmlns', 'http://www.w3.org/2005/Atom']] as const) : [];
  const context: XmlContext = { namespaces: declareNamespaces(declarations, NO_NAMESPACES), base: url };
  // Broken markup around the entries costs the feed's title, not its entries.
  const root = parseXml(frame, context) ?? parseXml(/^<[^<>]*>/.exec(frame)?.[0] ?? '', context);
  return root && /(?:^|:)(?:rss|rdf|feed|channel)$/.test(root.name) ? root : undefined;
}

function notAFeedError(text: string, name: string, url: string | undefined): FeedError {
  const discoveredUrl = isHtmlPage(text) ? discoverFeed(text, url) : undefined;
  const explanation = discoveredUrl
    ? `It is an HTML page that links to a feed. Use ${discoveredUrl} instead: that saves each visitor a request.`
    : describeText(text.trimStart());
  return new FeedError('not-a-feed', `${name} isn't a feed. ${explanation}`, { discoveredUrl });
}

/** Describes text that isn't a feed to the webmaster. */
function describeText(text: string): string {
  if (isHtmlPage(text)) {
    return (
      'It is an HTML page without a link to a feed: its head has no <link rel="alternate" type="application/rss+xml"> ' +
      'or type="application/atom+xml". Check the URL: feeds often have a separate one, such as /rss or /feed.xml.'
    );
  }
  if (!text) return 'The response is empty. Check the URL.';
  if (/^[{[]/.test(text)) return 'It is JSON. Use an RSS or Atom feed.';
  return text.startsWith('<')
    ? 'It is another kind of XML. Use an RSS or Atom feed.'
    : 'It is text without markup. Check the URL.';
}
