// Finds programs that the tests need. On Debian as root, missing ones are installed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './run.mjs';

/** Packages that would start a service if they were installed are extracted into this folder instead. */
export const EXTRACTED = path.join(root, 'node_modules/.cache/diary-feed/servers');

const folders = [
  ...(process.env.PATH ?? '').split(path.delimiter),
  '/usr/sbin',
  ...['usr/sbin', 'usr/bin'].map((folder) => path.join(EXTRACTED, folder)),
];

/** Returns the first of these programs that is installed, or `undefined`. They are names in `PATH`, or absolute paths. */
export const findProgram = (...names) =>
  names.flatMap((name) => folders.map((folder) => path.resolve(folder, name))).find((file) => existsSync(file));

const aptScript = (installed, extracted) => `
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends ${installed}
  [ "${extracted}" ] && apt-get download -qq -o APT::Sandbox::User=root ${extracted} &&
    for package in *.deb; do dpkg-deb -x "$package" . && rm "$package"; done`;

/**
 * Installs missing programs if possible, and warns about those that are still missing. Returns the names of the others.
 *
 * @param programs By name: the function `find`, `help`, and the Debian packages to be `installed` or `extracted`.
 */
export function provide(programs) {
  const isMissing = (name) => !programs[name].find();
  const missing = Object.keys(programs).filter(isMissing);
  if (missing.length > 0 && existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    const packages = (key) => missing.flatMap((name) => programs[name][key] ?? []).join(' ');
    console.log(`apt-get: ${missing.join(', ')} …`);
    mkdirSync(EXTRACTED, { recursive: true });
    const script = aptScript(packages('installed'), packages('extracted'));
    spawnSync('sh', ['-c', script], { cwd: EXTRACTED, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  for (const name of missing.filter(isMissing)) console.warn(`${name}: not found, skipped. ${programs[name].help}`);
  return Object.keys(programs).filter((name) => !isMissing(name));
}
