// What the tests of the relays share: a source and a relay for each suite, and what is asked of a relay.
import { request } from 'node:http';
import { after, before } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { missingFor, RECIPES, startRelay } from './relay-recipes.mjs';
import { makeCertificate, startNameServer, startSource } from './relay-source.mjs';

/** The names of the recipes that are tried: all, or that of `RELAY=nginx npm test`. */
export const wanted = Object.keys(RECIPES).filter((name) => (process.env.RELAY ?? name) === name);
if (wanted.length === 0) throw new Error(`RELAY can be: ${Object.keys(RECIPES).join(' | ')}`);

/** The certificate of every source, which the relays trust. */
export const certificate = missingFor('Node') ? undefined : makeCertificate();

/** What nginx asks for the address of a host. */
export const names = certificate && (await startNameServer());
after(() => {
  certificate?.end();
  names?.end();
});

/** A source and a relay for the tests of a suite, as `{ source, relay }`; `prepare` is given the source before it is asked. */
export function useRelay(name, options, prepare = () => undefined) {
  const place = {};
  before(async () => {
    place.source = await startSource(certificate);
    await prepare(place.source);
    place.relay = await startRelay(name, { source: place.source, certificate, names, ...options });
  });
  after(async () => {
    await place.relay?.end();
    await place.source?.end();
  });
  return place;
}

/** What a server answers, byte for byte; `isWhole` says whether the answer came to its end. */
export function ask(url, { method = 'GET', headers, agent = false } = {}) {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent }, (response) => {
      const chunks = [];
      const done = () => {
        const { statusCode: status, headers, complete: isWhole } = response;
        resolve({ status, headers, isWhole, body: Buffer.concat(chunks) });
      };
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', done).on('error', done);
    });
    asked.on('error', reject).end();
  });
}

/** Whether an answer is that feed, all of it. */
export const isFeed = (answer, feed) => answer.status === 200 && answer.isWhole && answer.body.equals(feed);

/** Asks a relay again and again until the answer is as wished; the test's own limit is the limit. */
export async function askUntil(relay, isWished) {
  for (;;) {
    const answer = await ask(relay.address);
    if (isWished(answer)) return answer;
    await setTimeout(50);
  }
}
