// Finds the servers and commands that the recipes in docs/relay/ need. On Debian as root, missing ones are installed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { canInstall, extractPackages, installPackages } from './debian-packages.mjs';
import { root } from './run.mjs';

const extractionFolder = path.join(root, 'node_modules/.cache/diary-feed/servers');

/** `version`: arguments that print the version. Packages under `extracted` would start a service if they were installed. */
const SERVERS = {
  nginx: { version: ['-v'], extracted: ['nginx'] },
  apache2: { version: ['-v'], installed: ['apache2-bin'] },
  caddy: { version: ['version'], extracted: ['caddy'] },
  php: {
    version: ['-r', 'echo "PHP ", PHP_VERSION, extension_loaded("curl") ? "" : " without curl";'],
    installed: ['php-cli', 'php-curl'],
  },
  curl: { version: ['--version'], installed: ['curl'] },
  openssl: { version: ['version'], installed: ['openssl'] },
};

const versions = new Map();

function programOf(name) {
  const folders = [
    ...(process.env.PATH ?? '').split(path.delimiter),
    '/usr/sbin',
    ...['sbin', 'bin'].map((folder) => path.join(extractionFolder, 'usr', folder)),
  ];
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

/** Returns an installed server as `{ program, version }`, or `undefined`. */
export function findServer(name) {
  if (!versions.has(name)) {
    const program = programOf(name);
    const { status, stdout, stderr } = program ? spawnSync(program, SERVERS[name].version, { encoding: 'utf8' }) : {};
    const version = /\d+\.\d+[\w.]*/.exec(`${stdout}${stderr}`)?.[0];
    const isComplete = status === 0 && version && !stdout.includes('without curl');
    versions.set(name, isComplete ? { program, version } : undefined);
  }
  return versions.get(name);
}

/** Installs missing servers if possible, and reports those that are still missing. */
export function provideServers() {
  const isMissing = (name) => !findServer(name);
  const missing = Object.keys(SERVERS).filter(isMissing);
  if (missing.length > 0 && canInstall()) {
    installPackages(missing.flatMap((name) => SERVERS[name].installed ?? []));
    extractPackages(
      missing.flatMap((name) => SERVERS[name].extracted ?? []),
      extractionFolder,
    );
    versions.clear();
  }
  for (const name of missing.filter(isMissing))
    console.warn(`${name}: not found. Tests in test/relay that need it are skipped.`);
}
