// What a page can't do: press real keys, emulate print and color schemes, read its accessibility tree. A plugin of the test
// runner; tests use `driver.ts`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/run.mjs';
import { treeOf } from './accessibility-tree.mjs';

const trees = path.join(root, 'test/trees');

/** One for each page: emulation ends with it. */
const clients = new WeakMap();

/** Returns the puppeteer page of a session. WebKit has a separate launcher. */
const pageOf = ({ browser, id }) => browser.getPage?.(id);
const isChromium = ({ browser }) => browser.name === 'Chrome';

const commands = {
  async press(session, key) {
    await (pageOf(session)?.keyboard ?? session.browser).press(key);
    return true;
  },

  /** Chromium only. */
  async emulate(session, { media = '', features = {} }) {
    if (!isChromium(session)) return false;
    const page = pageOf(session);
    const client = clients.get(page) ?? (await page.createCDPSession());
    clients.set(page, client);
    await client.send('Emulation.setEmulatedMedia', {
      media,
      features: Object.entries(features).map(([name, value]) => ({ name, value })),
    });
    return true;
  },

  /** Chromium only: the tree of an element, and the expected one in that file, which UPDATE_TREES=1 overwrites. */
  async tree(session, { selector, name }) {
    if (!isChromium(session)) return false;
    const file = path.join(trees, `${name}.txt`);
    const tree = await treeOf(pageOf(session), selector);
    if (process.env.UPDATE_TREES === '1') writeFileSync(file, tree);
    return { tree, expected: existsSync(file) ? readFileSync(file, 'utf8') : '' };
  },

  /** WebKit only: role and name of the elements that `script` returns. */
  async roles(session, script) {
    return session.browser.roles ? session.browser.roles(script) : false;
  },
};

export const driver = {
  name: 'driver',
  async executeCommand({ command, payload, session }) {
    const [, name] = /^driver:(\w+)$/.exec(command) ?? [];
    return name in commands ? commands[name](session, payload) : undefined;
  },
};
