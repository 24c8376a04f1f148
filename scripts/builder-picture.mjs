// Makes docs/configurator.png anew: the demo's configurator in Chromium, as the README shows it. After npm run build.
import { puppeteerCore } from '@web/test-runner-chrome';
import { statSync } from 'node:fs';
import path from 'node:path';
import { CHROMIUM_ARGUMENTS, findChromium } from './browsers.mjs';
import { startDemoServer } from './demo-server.mjs';
import { root } from './run.mjs';

const FILE = path.join(root, 'docs/configurator.png');

const server = await startDemoServer();
const browser = await puppeteerCore.launch({ executablePath: findChromium(), args: CHROMIUM_ARGUMENTS });
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1200, height: 900, deviceScaleFactor: 0.8 });
  const query = 'show=date+summary&limit=3&heading=&theme=cards&ui=en';
  await page.goto(`http://127.0.0.1:${server.address().port}/demo/configurator.html?${query}`);
  await page.waitForFunction(
    () =>
      document.documentElement.dataset.ready === '' &&
      document.querySelector('#check .good') &&
      document.querySelector('iframe').contentDocument.querySelector('diary-feed')?.status === 'ready',
  );
  const top = await page.$eval('main', (main) => main.getBoundingClientRect().top);
  await page.screenshot({ path: FILE, clip: { x: 0, y: top, width: 1200, height: 1120 } });
  console.log(`docs/configurator.png: ${Math.round(statSync(FILE).size / 1000)} kB`);
} finally {
  await browser.close();
  server.close();
}
