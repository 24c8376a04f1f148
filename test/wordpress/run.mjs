// npm run test:wordpress: runs the relay recipe and pages with the element in a real WordPress. On Debian as root, it is installed.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from '../../scripts/run.mjs';
import { missingFor, versionsOf } from '../support/relay-recipes.mjs';
import { provideServers } from '../support/servers.mjs';
import { provideWordpress } from '../support/wordpress.mjs';

const RECIPE = 'WordPress without stand-ins';

provideServers();
provideWordpress();
const missing = missingFor(RECIPE);
if (missing) {
  console.log(`skipped: ${missing}`);
} else {
  console.log(`${versionsOf(RECIPE)} …`);
  const files = ['wordpress/wordpress', 'relay/recipes', 'relay/browser'];
  const { status } = spawnSync(
    process.execPath,
    ['--test', '--test-reporter=spec', ...files.map((file) => path.join(root, `test/${file}.test.mjs`))],
    { stdio: 'inherit', env: { ...process.env, RELAY: RECIPE } },
  );
  process.exitCode = status;
}
process.exit(); // a tests' hook waits for the feed host otherwise
