// What only a driven browser shows: the keyboard, sizes, the clipboard.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startDemoServer } from '../../scripts/demo-server.mjs';
import { driven, useChromium } from '../support/chromium.mjs';

const chromium = useChromium();

describe('the builder in Chromium', driven, () => {
  let server;
  let demo;
  before(async () => {
    server = await startDemoServer();
    demo = `http://127.0.0.1:${server.address().port}/demo/`;
  });
  after(() => server?.close());

  async function open(path, { width = 1280, height = 800 } = {}) {
    const page = await chromium.browser.newPage();
    await page.setViewport({ width, height });
    await page.goto(demo + path);
    await page.waitForSelector('look-preview >>> [part=link]');
    return { page };
  }

  it('reaches each control with the Tab key, visibly focused and not below the preview', async () => {
    for (const width of [390, 1280]) {
      const { page } = await open('builder.html', { width });
      const seen = new Set();
      for (let count = 0; count < 80; count++) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate(() => {
          const element = document.activeElement;
          if (element === document.body || element.localName === 'look-preview') return element.localName;
          const box = element.getBoundingClientRect();
          const picture = element.closest('.picture') ?? element;
          const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 12));
          const isSeen = !top || element.contains(top) || top.contains(element) || picture.contains(top);
          const outline = getComputedStyle(picture).outlineWidth;
          return `${element.id || element.textContent.trim() || element.name}|${isSeen}|${outline}`;
        });
        if (focused === 'body') break;
        seen.add(focused);
        if (focused !== 'look-preview') assert.match(focused, /\|true\|3px$/, `${width} px`);
      }
      const names = [...seen].map((text) => text.split('|')[0]);
      for (const name of ['language', 'set-src', 'set-limit', 'Kopiera allt', 'step-show', 'step-theme', 'code']) {
        assert.ok(names.includes(name), `${name}, ${width} px: ${names}`);
      }
      await page.close();
    }
  });

  it('has targets of at least 24 px', async () => {
    const { page } = await open('builder.html', { width: 390 });
    await page.$$eval('details', (groups) => groups.forEach((group) => (group.open = true)));
    const small = await page.$$eval('button, input, select, summary, label.picture', (targets) =>
      targets
        .filter((target) => target.checkVisibility() && !target.closest('.hidden, [inert]') && target.id !== 'file')
        .filter((target) => target.getBoundingClientRect().height < 24 || target.getBoundingClientRect().width < 24)
        .map(({ outerHTML }) => outerHTML.slice(0, 120)),
    );
    assert.deepEqual(small, []);
    await page.close();
  });

  it('keeps focus, scroll position and open groups when the language changes', async () => {
    const { page } = await open('builder.html');
    await page.$$eval('details', ([group]) => (group.open = true));
    await page.focus('#language');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.documentElement.lang === 'en');
    assert.deepEqual(await page.evaluate(() => [document.activeElement.id, document.querySelector('details').open]), [
      'language',
      true,
    ]);
    await page.close();
  });

  it('has preview and code in view at 1280 px, and the preview when a phone scrolls', async () => {
    const wide = await open('builder.html');
    await wide.page.evaluate(() => scrollTo(0, 500));
    const inView = (selector) => (page) =>
      page.$eval(selector, (element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top >= 0 && top < innerHeight - 20 && bottom > 20;
      });
    for (const selector of ['.stage', '#code', '.copy.primary']) assert.ok(await inView(selector)(wide.page), selector);
    await wide.page.close();
    const phone = await open('builder.html', { width: 390, height: 844 });
    await phone.page.evaluate(() => scrollTo(0, 900));
    assert.ok(await inView('.stage')(phone.page));
    await phone.page.click('.fold');
    assert.ok((await phone.page.$eval('.preview', ({ offsetHeight }) => offsetHeight)) < 80);
    await phone.page.close();
  });

  it('copies all, and shows that on the button for two seconds', async () => {
    const permissions = ['clipboard-read', 'clipboard-write', 'clipboard-sanitized-write'];
    await chromium.browser.defaultBrowserContext().overridePermissions(new URL(demo).origin, permissions);
    const { page } = await open('builder.html');
    const label = () => page.$eval('.copy.primary', ({ textContent }) => textContent.trim());
    await page.click('.copy.primary');
    await page.waitForFunction(() => document.querySelector('.copy.primary').textContent.includes('Kopierat'));
    const start = performance.now();
    await page.waitForFunction(() => document.querySelector('main > [role=status]').textContent === 'Kopierat');
    assert.equal(
      await page.evaluate(() => navigator.clipboard.readText()),
      await page.$eval('#code', ({ value }) => value),
    );
    await page.waitForFunction(() => !document.querySelector('.copy.primary').textContent.includes('Kopierat'));
    const duration = performance.now() - start;
    assert.ok(duration > 1500 && duration < 3500, `${duration} ms`);
    assert.equal(await label(), 'Kopiera allt');
    await page.close();
  });

  it('selects the code if the browser refuses the clipboard', async () => {
    const { page } = await open('builder.html');
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
      document.execCommand = () => false;
    });
    await page.click('.copy.primary');
    await page.waitForFunction(() => document.querySelector('.copy.primary').textContent.includes('Ctrl+C'));
    const [selected, code] = await page.evaluate(() => [
      getSelection().toString(),
      document.querySelector('#code').value,
    ]);
    assert.equal(selected.trim(), code.trim());
    await page.close();
  });

  it('keeps the visitor on the page when a link in the preview is clicked', async () => {
    const { page } = await open('builder.html');
    const link = await page.waitForSelector('.stage look-preview >>> [part=link]');
    await link.click();
    await page.waitForFunction(() =>
      document.querySelector('main > [role=status]').textContent.includes('leder ingenstans'),
    );
    assert.equal(page.url(), `${demo}builder.html`);
    await page.close();
  });
});
