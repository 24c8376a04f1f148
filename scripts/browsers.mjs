// The browsers that the tests run in.
import { existsSync } from 'node:fs';
import { findProgram, provide } from './programs.mjs';

/** Returns Chrome, Chromium or Edge, or `undefined`. `CHROME_PATH` overrides it. */
export const findChromium = () =>
  process.env.CHROME_PATH ??
  findProgram(
    'google-chrome-stable',
    'google-chrome',
    'chromium',
    'microsoft-edge-stable',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:/Program Files/Google/Chrome/Application/chrome.exe',
    'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe',
  );

/** Returns Firefox, or `undefined`. `FIREFOX_PATH` overrides it. */
export const findFirefox = () =>
  process.env.FIREFOX_PATH ??
  findProgram(
    'firefox-esr',
    'firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:/Program Files/Mozilla Firefox/firefox.exe',
  );

/** WebKit's WebDriver. `WEBKIT_DRIVER` overrides it. */
export const WEBKIT_DRIVER = process.env.WEBKIT_DRIVER ?? '/usr/bin/WebKitWebDriver';

/** Returns the browser for the driver, or `undefined`. `WEBKIT_MINIBROWSER` overrides it. */
export function findMiniBrowser() {
  const folder = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;
  const installed = ['4.1', '4.0', '6.0'].map((version) => `${folder}/webkit2gtk-${version}/MiniBrowser`);
  return process.env.WEBKIT_MINIBROWSER ?? findProgram(...installed);
}

/** Chromium's arguments in addition to puppeteer's: no requests for updates, and no sandbox for root, who can't have one. */
export const CHROMIUM_ARGUMENTS = ['--disable-gpu', '--disable-quic', '--disable-component-update'];
if (process.getuid?.() === 0) CHROMIUM_ARGUMENTS.push('--no-sandbox');

const ENGINES = {
  chromium: {
    find: findChromium,
    installed: 'chromium',
    help: 'Install Chrome, Chromium or Edge, or set CHROME_PATH.',
  },
  firefox: { find: findFirefox, installed: 'firefox-esr', help: 'Install Firefox, or set FIREFOX_PATH.' },
  webkit: {
    find: () => existsSync(WEBKIT_DRIVER) && findMiniBrowser(),
    installed: 'webkit2gtk-driver xvfb',
    help: 'On Debian and Ubuntu: apt-get install webkit2gtk-driver xvfb. Not available elsewhere.',
  },
};

/** Returns the engines that `BROWSERS` names, or all three. */
export const wantedEngines = () => (process.env.BROWSERS ?? Object.keys(ENGINES).join()).split(/\s*,\s*/);

/** Returns the wanted engines that can run here. Missing ones are installed if possible. */
export function availableEngines() {
  const engines = wantedEngines();
  const unknown = engines.find((name) => !(name in ENGINES));
  if (unknown) throw new Error(`Unknown engine in BROWSERS: "${unknown}". Use ${Object.keys(ENGINES).join(', ')}.`);
  return provide(Object.fromEntries(engines.map((name) => [name, ENGINES[name]])));
}
