// axe on the start page and the builder. Slow: each run looks into a dozen shadow roots.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startDemoServer } from '../../scripts/demo-server.mjs';
import { driven, useChromium } from '../support/chromium.mjs';

const AXE = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const chromium = useChromium();

describe('axe on the demo', { ...driven, timeout: 400_000 }, () => {
  let server;
  let demo;
  before(async () => {
    server = await startDemoServer();
    demo = `http://127.0.0.1:${server.address().port}/demo/`;
  });
  after(() => server?.close());

  async function open(path, { width = 1280, height = 800, scheme = 'light' } = {}) {
    const page = await chromium.browser.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.setBypassCSP(true); // for axe
    await page.setViewport({ width, height });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.goto(demo + path);
    await page.waitForSelector('look-preview >>> [part=link]');
    return { page, errors };
  }

  const fromOtherHost = (path) => encodeURIComponent(`${demo.replace('127.0.0.1', 'localhost')}${path}`);
  const violationsIn = (page) =>
    page.evaluate(async (runOnly) => {
      const { violations } = await globalThis.axe.run(document, { runOnly, resultTypes: ['violations'] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`);
    }, RULES);

  for (const [name, paths] of Object.entries({
    'start page': ['index.html', 'index.html?ui=en'],
    builder: ['builder.html', 'builder.html?ui=en&css-color=%23112233&show=date+image&theme=cards'],
  })) {
    for (const scheme of ['light', 'dark']) {
      it(`${name} has no violation of axe and no sideways scrolling, 320 and 1280 px (${scheme})`, async () => {
        for (const path of paths) {
          const { page, errors } = await open(path, { scheme });
          await page.addScriptTag({ path: AXE });
          for (const width of [320, 1280]) {
            await page.setViewport({ width, height: 800 });
            await page.$$eval('details', (groups) => groups.forEach((group) => (group.open = true)));
            assert.deepEqual(await violationsIn(page), [], `${path}, ${width} px`);
            assert.ok(
              await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
              `${path}, ${width} px`,
            );
          }
          assert.deepEqual(errors, []);
          await page.close();
        }
      });
    }
  }

  it('builder has no violation of axe with a feed without CORS header, its recipe and an invalid value', async () => {
    // the demo server sends no CORS header, and localhost is another origin
    const { page } = await open(`builder.html?src=${fromOtherHost('feeds/dagbok.xml')}&way=relay&limit=99`);
    await page.waitForSelector('.badge.warn');
    await page.type('#set-limit', '9999');
    await page.addScriptTag({ path: AXE });
    assert.deepEqual(await violationsIn(page), []);
    await page.close();
  });
});
