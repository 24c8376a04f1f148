// The web servers and programs that the recipes in docs/relay/ are for: those of this machine; on Debian missing ones are
// fetched. What would start a service is not installed but only unpacked, into node_modules/.cache/.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './run.mjs';

const unpacked = path.join(root, 'node_modules/.cache/diary-feed/servers');

/** `version`: how each says which it is. The packages that `installed` names start nothing. */
const SERVERS = {
  nginx: { version: ['-v'], unpacked: 'nginx' },
  apache2: { version: ['-v'], installed: ['apache2-bin'] },
  caddy: { version: ['version'], unpacked: 'caddy' },
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
    ...['sbin', 'bin'].map((folder) => path.join(unpacked, 'usr', folder)),
  ];
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

/** A server of this machine as `{ program, version }`, or `undefined`. */
export function findServer(name) {
  if (!versions.has(name)) {
    const program = programOf(name);
    const { status, stdout, stderr } = program ? spawnSync(program, SERVERS[name].version, { encoding: 'utf8' }) : {};
    const version = /\d+\.\d+[\w.]*/.exec(`${stdout}${stderr}`)?.[0];
    const isWhole = status === 0 && version && !stdout.includes('without curl');
    versions.set(name, isWhole ? { program, version } : undefined);
  }
  return versions.get(name);
}

/** Fetches what is missing, where that may be, and names what stays missing. */
export function provideServers() {
  const isMissing = (name) => !findServer(name);
  const missing = Object.keys(SERVERS).filter(isMissing);
  if (missing.length > 0 && existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    fetchPackages(missing.map((name) => SERVERS[name]));
    versions.clear();
  }
  for (const name of missing.filter(isMissing)) {
    console.warn(`${name}: not found, what needs it in test/relay is skipped. It is in every Debian and Ubuntu.`);
  }
}

function fetchPackages(servers) {
  const apt = (cwd, ...args) =>
    spawnSync('apt-get', args, {
      cwd,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  console.log(`apt-get: ${servers.flatMap((server) => server.installed ?? server.unpacked).join(' ')} …`);
  apt(root, 'update', '-qq');
  const installed = servers.flatMap((server) => server.installed ?? []);
  if (installed.length > 0) apt(root, 'install', '-y', '-qq', '--no-install-recommends', ...installed);

  const folder = mkdtempSync(path.join(tmpdir(), 'diary-feed-'));
  for (const { unpacked: name } of servers) {
    if (name) apt(folder, 'download', '-qq', '-o', 'APT::Sandbox::User=root', name);
  }
  mkdirSync(unpacked, { recursive: true });
  for (const name of readdirSync(folder)) spawnSync('dpkg-deb', ['-x', path.join(folder, name), unpacked]);
  rmSync(folder, { recursive: true });
}
