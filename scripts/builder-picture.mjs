// Writes docs/builder.png: the builder in Chromium, as the README shows it. Run it after npm run build.
import { puppeteerCore } from '@web/test-runner-chrome';
import { statSync } from 'node:fs';
import path from 'node:path';
import { CHROMIUM_ARGUMENTS, findChromium } from './browsers.mjs';
import { startDemoServer } from './demo-server.mjs';
import { root } from './run.mjs';

const FILE = path.join(root, 'docs/builder.png');

const server = await startDemoServer();
const browser = await puppeteerCore.launch({ executablePath: findChromium(), args: CHROMIUM_ARGUMENTS });
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  const query = 'theme=cards&show=date+summary+image&limit=4&ui=en';
  await page.goto(`http://127.0.0.1:${server.address().port}/demo/builder.html?${query}`);
  await page.waitForSelector('.stage look-preview >>> [part=link]');
  await page.waitForNetworkIdle();
  await page.screenshot({ path: FILE });
  console.log(`docs/builder.png: ${Math.round(statSync(FILE).size / 1000)} kB`);
} finally {
  await browser.close();
  server.close();
}
