/** What the tests ask of `feed-server.mjs`; see there for the parameters. */
export type Answer = Record<string, string | number>;

const otherOrigin = (await (await fetch('/feed-server/origin')).json()) as string;

let lastId = 0;

/** A name that no other test of any browser has. */
export function uniqueId(): string {
  return `${performance.timeOrigin}-${Math.random()}-${lastId++}`;
}

/** Address of an answer on the page's own origin. */
export function feedUrl(answer: Answer): string {
  const query = new URLSearchParams(Object.entries(answer).map(([name, value]) => [name, String(value)]));
  return new URL(`/feed-server/feed?${query.toString()}`, location.href).href;
}

/** The same on another origin. */
export function foreignFeedUrl(answer: Answer): string {
  return feedUrl(answer).replace(location.origin, otherOrigin);
}

/** Lets the answers go that wait at that gate. */
export async function openGate(gate: string): Promise<void> {
  await fetch(`/feed-server/open?gate=${encodeURIComponent(gate)}`);
}

/** From now on the server answers with two entries to that id, whatever the address asks for. */
export async function heal(id: string): Promise<void> {
  await fetch(`/feed-server/heal?id=${encodeURIComponent(id)}`);
}

/** A request as the server saw it; aborted where the browser went away before the answer was out. */
export interface SeenRequest {
  /** Milliseconds of the server's clock. */
  time: number;
  method: string;
  headers: Record<string, string>;
  isAborted: boolean;
}

/** What has been asked with that id. */
export async function requestsOf(id: string): Promise<SeenRequest[]> {
  const response = await fetch(`/feed-server/requests?id=${encodeURIComponent(id)}`);
  return (await response.json()) as SeenRequest[];
}

/** The bytes of a fixture, or of one of the real feeds; `undefined` where that is not there. */
export async function bytesOf(answer: Answer): Promise<Uint8Array | undefined> {
  const response = await fetch(feedUrl(answer));
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
}

/** Ends when something has been asked with that id; the test's own limit is the limit. */
export async function arrived(id: string): Promise<void> {
  while ((await requestsOf(id)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Ends when the server has seen the browser go away from a request with that id. */
export async function aborted(id: string): Promise<void> {
  while (!(await requestsOf(id)).some(({ isAborted }) => isAborted))
    await new Promise((resolve) => setTimeout(resolve, 20));
}
