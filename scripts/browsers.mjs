// Which browsers the tests run in: those of this machine; on Debian as root a missing one is installed.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findMiniBrowser, WEBKIT_DRIVER } from './webkit-launcher.mjs';

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    // Ubuntu's chromium-browser and firefox are scripts that only say how to install the real one
    return !/^#!.*sh/.test(readFileSync(file, { encoding: 'latin1' }).slice(0, 2)) || !isSnapStub(file);
  } catch {
    return false;
  }
}

function isSnapStub(file) {
  return readFileSync(file, 'latin1').includes('snap install');
}

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

/** A Chrome, Chromium or Edge of this machine, or `undefined`; `CHROME_PATH` names one. */
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

/** How the tests start Chromium: without what it does on the network by itself; as root it has no sandbox. */
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

/** A Firefox of this machine, or `undefined`; `FIREFOX_PATH` names one. */
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
    help: 'On Debian and Ubuntu: apt-get install webkit2gtk-driver xvfb. Elsewhere there is no WebKitGTK; Safari is not driven.',
  },
};

/** The engines that `BROWSERS` names, or all three. */
export function wantedEngines() {
  return (process.env.BROWSERS ?? 'chromium,firefox,webkit').split(',').map((name) => name.trim());
}

function mayInstall() {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0;
}

function install(packages) {
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  console.log(`apt-get install ${packages.join(' ')} …`);
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
}

/** The wanted engines that can run here. A missing one is installed where that may be, else named with what to do. */
export function availableEngines() {
  const engines = wantedEngines();
  const unknown = engines.find((name) => !(name in ENGINES));
  if (unknown) throw new Error(`BROWSERS names "${unknown}"; known are ${Object.keys(ENGINES).join(', ')}.`);
  const isMissing = (name) => !ENGINES[name].find();
  const missing = engines.filter(isMissing);
  if (missing.length > 0 && mayInstall()) install(missing.flatMap((name) => ENGINES[name].packages));
  for (const name of engines.filter(isMissing)) console.warn(`${name}: not found, skipped. ${ENGINES[name].help}`);
  return engines.filter((name) => !isMissing(name));
}
