// The servers and commands that the recipes in docs/relay/ need.
import { spawnSync } from 'node:child_process';
import { findProgram, provide } from '../../scripts/programs.mjs';

/** `version`: arguments that print the version. */
const SERVERS = {
  nginx: { version: ['-v'], extracted: 'nginx' },
  apache2: { version: ['-v'], installed: 'apache2-bin' },
  caddy: { version: ['version'], extracted: 'caddy' },
  php: { version: ['-r', 'echo extension_loaded("curl") ? PHP_VERSION : "";'], installed: 'php-cli php-curl' },
  curl: { version: ['--version'], installed: 'curl' },
  openssl: { version: ['version'], installed: 'openssl' },
};

const found = new Map();

/** Returns an installed server as `{ program, version }`, or `undefined`. */
export function findServer(name) {
  const program = name in SERVERS && findProgram(name);
  if (!found.has(name) && program) {
    const { stdout, stderr } = spawnSync(program, SERVERS[name].version, { encoding: 'utf8' });
    const [version] = /\d+\.\d+[\w.]*/.exec(stdout + stderr) ?? [];
    if (version) found.set(name, { program, version });
  }
  return found.get(name);
}

/** Installs missing servers if possible. */
export function provideServers() {
  const help = 'Tests in test/relay that need it are skipped.';
  const entries = Object.entries(SERVERS).map(([name, server]) => [
    name,
    { ...server, help, find: () => findServer(name) },
  ]);
  provide(Object.fromEntries(entries));
}
