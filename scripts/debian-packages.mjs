// Installs Debian packages for the tests: browsers, and the servers of the relay recipes.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Returns whether this process can install packages. */
export function canInstall() {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0;
}

function apt(args, cwd) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'], env });
}

export function installPackages(names) {
  if (names.length === 0) return;
  console.log(`apt-get install ${names.join(' ')} …`);
  apt(['update', '-qq']);
  apt(['install', '-y', '-qq', '--no-install-recommends', ...names]);
}

/** Extracts packages into a folder without installing them, because installing some starts a service. */
export function extractPackages(names, folder) {
  if (names.length === 0) return;
  console.log(`apt-get download ${names.join(' ')} …`);
  const downloads = mkdtempSync(path.join(tmpdir(), 'diary-feed-'));
  apt(['update', '-qq']);
  apt(['download', '-qq', '-o', 'APT::Sandbox::User=root', ...names], downloads);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(downloads)) spawnSync('dpkg-deb', ['-x', path.join(downloads, name), folder]);
  rmSync(downloads, { recursive: true });
}
