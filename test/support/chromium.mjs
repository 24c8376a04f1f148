// For what no page can do to itself (leave, go offline, be on https, look into its own heap): Chromium, driven from
// outside, and a server with the built file, test/pages under the strict policy, and the feeds.
import { puppeteerCore } from '@web/test-runner-chrome';
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { CHROMIUM_ARGUMENTS, findChromium, wantedEngines } from '../../scripts/browsers.mjs';
import { root } from '../../scripts/run.mjs';
import { handleFeedRequest } from './feed-server.mjs';
import { STRICT_POLICY } from './strict-policy.mjs';

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' };

/** Why the tests that need Chromium cannot run here, or `false`. */
export const missingChromium =
  !(wantedEngines().includes('chromium') && findChromium()) && 'Chromium is not here, or BROWSERS leaves it out';

/**
 * Starts both; `end` ends them. `openRequests` are those for feeds that the server has not answered and the browser not
 * ended.
 */
export async function startChromium() {
  const openRequests = new Set();
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    if (url.pathname === '/feed-server/feed') {
      openRequests.add(request.url);
      response.on('close', () => openRequests.delete(request.url));
    }
    if (handleFeedRequest(request, response)) return;
    const file = path.join(root, path.normalize(url.pathname));
    const type = TYPES[path.extname(file)];
    if (!/^\/(?:dist|test\/pages)\//.test(url.pathname) || !type || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': type, 'content-security-policy': STRICT_POLICY });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await puppeteerCore.launch({ executablePath: findChromium(), args: CHROMIUM_ARGUMENTS });
  return {
    browser,
    origin: `http://127.0.0.1:${server.address().port}`,
    openRequests,
    async end() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
