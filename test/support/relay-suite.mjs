// Shared by the tests of the relays.
import { request } from 'node:http';
import { after, before } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { missingFor, RECIPES, startRelay } from './relay-recipes.mjs';
import { makeCertificate, startNameServer, startSource } from './relay-source.mjs';

/** The recipes to test: all that aren't optional, or the one of `RELAY=nginx npm test`. */
export const recipeNames = Object.keys(RECIPES).filter((name) =>
  process.env.RELAY ? process.env.RELAY === name : !RECIPES[name].isOptional,
);
if (recipeNames.length === 0) throw new Error(`RELAY can be: ${Object.keys(RECIPES).join(' | ')}`);

/** The certificate of every feed host, which the relays trust. */
export const certificate = missingFor('Node') ? undefined : makeCertificate();

/** The name server of nginx. */
export const nameServer = certificate && (await startNameServer());
after(() => {
  certificate?.end();
  nameServer?.end();
});

/** Starts a feed host and a relay for the tests of a suite. `prepare` runs before the relay starts. */
export function useRelay(name, options, prepare = () => undefined) {
  const setup = {};
  before(async () => {
    setup.source = await startSource(certificate);
    await prepare(setup.source);
    setup.relay = await startRelay(name, { source: setup.source, certificate, nameServer, ...options });
  });
  after(async () => {
    await setup.relay?.end();
    await setup.source?.end();
  });
  return setup;
}

/** Sends a request and returns the response. `isComplete` is whether it arrived completely. */
export function send(url, { method = 'GET', headers, agent = false } = {}) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent }, (response) => {
      const chunks = [];
      const done = () => {
        const { statusCode: status, headers, complete: isComplete } = response;
        resolve({ status, headers, isComplete, body: Buffer.concat(chunks) });
      };
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', done).on('error', done);
    });
    sent.on('error', reject).end();
  });
}

/** Returns whether a response is this feed. */
export const isFeed = (response, feed) => response.status === 200 && response.isComplete && response.body.equals(feed);

/** Sends requests until the response is the expected one. */
export async function waitForResponse(relay, isExpected) {
  for (;;) {
    const response = await send(relay.url);
    if (isExpected(response)) return response;
    await setTimeout(50);
  }
}
