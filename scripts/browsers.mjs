// Finds the browsers that the tests run in. On Debian as root, missing ones are installed.
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { canInstall, installPackages } from './debian-packages.mjs';
import { findMiniBrowser, WEBKIT_DRIVER } from './webkit-launcher.mjs';

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    const start = readFileSync(file, 'latin1').slice(0, 10_000);
    return !(start.startsWith('#!') && start.includes('snap install')); // Ubuntu's scripts that only name the real package
  } catch {
    return false;
  }
}

/** Returns the program that an environment variable names, else the first one that is installed, or `undefined`. */
function findProgram({ variable, names, mac, windows }) {
  if (process.env[variable]) return process.env[variable];
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const onPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((folder) => names.map((name) => path.join(folder, name + suffix)));
  const applications = ['', process.env.HOME ?? ''].flatMap((home) =>
    mac.map((name) => `${home}/Applications/${name}.app/Contents/MacOS/${name.replace(/^Firefox.*/, 'firefox')}`),
  );
  const programs = ['LOCALAPPDATA', 'PROGRAMFILES', 'PROGRAMFILES(X86)'].flatMap((key) =>
    process.env[key] ? windows.map((file) => path.join(process.env[key], file)) : [],
  );
  const installed = { darwin: applications, win32: programs }[process.platform] ?? [];
  return [...onPath, ...installed].find(isProgram);
}

/** Returns Chrome, Chromium or Edge, or `undefined`. `CHROME_PATH` overrides it. */
export const findChromium = () =>
  findProgram({
    variable: 'CHROME_PATH',
    names: [
      'google-chrome-stable',
      'google-chrome',
      'chromium',
      'chromium-browser',
      'microsoft-edge-stable',
      'chrome',
      'msedge',
    ],
    mac: ['Google Chrome', 'Chromium', 'Microsoft Edge'],
    windows: ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'],
  });

/** Chromium's arguments: no requests of the browser itself, and no sandbox for root, who can't have one. */
export const CHROMIUM_ARGUMENTS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Returns Firefox, or `undefined`. `FIREFOX_PATH` overrides it. */
export const findFirefox = () =>
  findProgram({
    variable: 'FIREFOX_PATH',
    names: ['firefox-esr', 'firefox'],
    mac: ['Firefox', 'Firefox Developer Edition'],
    windows: ['Mozilla Firefox\\firefox.exe'],
  });

const ENGINES = {
  chromium: {
    find: findChromium,
    packages: ['chromium'],
    help: 'Install Chrome, Chromium or Edge, or set CHROME_PATH.',
  },
  firefox: { find: findFirefox, packages: ['firefox-esr'], help: 'Install Firefox, or set FIREFOX_PATH.' },
  webkit: {
    find: () => existsSync(WEBKIT_DRIVER) && findMiniBrowser(),
    packages: ['webkit2gtk-driver', 'xvfb'],
    help: 'On Debian and Ubuntu: apt-get install webkit2gtk-driver xvfb. Not available elsewhere.',
  },
};

/** Returns the engines that `BROWSERS` names, or all three. */
export function wantedEngines() {
  return (process.env.BROWSERS ?? 'chromium,firefox,webkit').split(',').map((name) => name.trim());
}

/** Returns the wanted engines that can run here. Missing ones are installed if possible, else reported. */
export function availableEngines() {
  const engines = wantedEngines();
  const unknown = engines.find((name) => !(name in ENGINES));
  if (unknown) throw new Error(`Unknown engine in BROWSERS: "${unknown}". Use ${Object.keys(ENGINES).join(', ')}.`);
  const isMissing = (name) => !ENGINES[name].find();
  const missing = engines.filter(isMissing);
  if (missing.length > 0 && canInstall()) installPackages(missing.flatMap((name) => ENGINES[name].packages));
  for (const name of engines.filter(isMissing)) console.warn(`${name}: not found, skipped. ${ENGINES[name].help}`);
  return engines.filter((name) => !isMissing(name));
}
