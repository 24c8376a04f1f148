/** Query parameters of `feed-server.mjs`. */
export type FeedQuery = Record<string, string | number>;

const otherOrigin = (await (await fetch('/feed-server/origin')).json()) as string;

let lastId = 0;

/** Returns an id that no other test in any browser has. */
export function uniqueId(): string {
  return `${performance.timeOrigin}-${Math.random()}-${lastId++}`;
}

/** Returns the URL of a response on the page's origin. */
export function feedUrl(query: FeedQuery): string {
  const parameters = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return new URL(`/feed-server/feed?${parameters.toString()}`, location.href).href;
}

/** Returns the URL of a response on another origin. */
export function foreignFeedUrl(query: FeedQuery): string {
  return feedUrl(query).replace(location.origin, otherOrigin);
}

/** Releases the responses that wait at a gate. */
export async function openGate(gate: string): Promise<void> {
  await fetch(`/feed-server/open?gate=${encodeURIComponent(gate)}`);
}

/** Makes the server respond to that id with two entries from now on. */
export async function recover(id: string): Promise<void> {
  await fetch(`/feed-server/recover?id=${encodeURIComponent(id)}`);
}

/** A request as the server received it. `isAborted` is whether the browser closed it before the end of the response. */
export interface ReceivedRequest {
  /** Server time in milliseconds. */
  time: number;
  method: string;
  headers: Record<string, string>;
  isAborted: boolean;
}

/** Returns the requests with that id. */
export async function requestsOf(id: string): Promise<ReceivedRequest[]> {
  const response = await fetch(`/feed-server/requests?id=${encodeURIComponent(id)}`);
  return (await response.json()) as ReceivedRequest[];
}

/** Fetches a fixture or a real feed. Returns `undefined` if it's missing. */
export async function fetchBytes(query: FeedQuery): Promise<Uint8Array | undefined> {
  const response = await fetch(feedUrl(query));
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
}

/** Resolves when the server has received a request with that id. */
export async function waitForRequest(id: string): Promise<void> {
  while ((await requestsOf(id)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Resolves when the browser has aborted a request with that id. */
export async function waitForAbort(id: string): Promise<void> {
  while (!(await requestsOf(id)).some(({ isAborted }) => isAborted))
    await new Promise((resolve) => setTimeout(resolve, 20));
}
