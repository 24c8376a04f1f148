// How the recipes of docs/relay/ are run: each as it stands, save for the lines that its reader changes, and shorter times.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { root } from '../../scripts/run.mjs';
import { findServer } from '../../scripts/servers.mjs';
import { read } from './report.mjs';

const ADDRESS = 'https://dagbok.example/feed.xml';
const AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

const isRoot = process.getuid?.() === 0;
const running = new Set();

process.once('exit', () => running.forEach((child) => signal(child, 'SIGKILL')));
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => process.exit(1));

/** To the program and what it has started. */
function signal({ pid }, name) {
  try {
    process.kill(-pid, name);
  } catch {
    // it has ended
  }
}

/**
 * The text of a recipe, with `changes` made, each of which must find its place: what its reader changes, and, where it
 * shall be `isQuick`, the times.
 */
function recipe(name, { changes, times = [] }, { isQuick, isForOtherOrigins }) {
  let text = read(`docs/relay/${name}`);
  for (const [from, to] of isQuick ? [...changes, ...times] : changes) {
    assert.ok(text.includes(from), `${name} has no "${from}"`);
    text = text.replaceAll(from, to);
  }
  if (!isForOtherOrigins) return text;
  const told = text.replace(/^(\s*)#(?=.*Access-Control-)/gm, '$1').replace(/(OTHER_ORIGINS = )''/, "$1'*'");
  assert.notEqual(told, text);
  return told;
}

const nginx = (place, { http = '', server }) => ({
  program: 'nginx',
  args: [
    '-p',
    place.folder,
    '-e',
    'stderr',
    '-c',
    place.write(
      'nginx.conf',
      `
    daemon off; worker_processes 2; error_log stderr; pid ${place.folder}/nginx.pid; ${isRoot ? 'user root;' : ''}
    events { }
    http {
      access_log off;
      ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${place.folder}/${kind};`).join(' ')}
      ${http}
      server {
        listen 127.0.0.1:${place.port};
        # what a site has may not get into the relay's way
        charset utf-8;
        gzip on;
        proxy_set_header X-Forwarded-For $remote_addr;
        add_header Content-Security-Policy "default-src *";
        location / { return 404; }
        ${server}
      }
    }`,
    ),
  ],
});

const apache = (place, { modules, host }) => ({
  program: 'apache2',
  args: [
    '-D',
    'FOREGROUND',
    '-f',
    place.write(
      'apache2.conf',
      `
    ServerRoot ${place.folder}
    ServerName localhost
    Listen 127.0.0.1:${place.port}
    PidFile ${place.folder}/apache2.pid
    DefaultRuntimeDir ${place.folder}
    ErrorLog ${place.folder}/error.log
    ${isRoot ? 'User www-data\nGroup www-data' : ''}
    ${['mpm_event', 'authz_core', 'mime', 'alias', ...modules]
      .map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`)
      .join('\n')}
    TypesConfig /dev/null
    AddType application/rss+xml .xml
    # what a site has may not get into the relay's way
    AddDefaultCharset utf-8
    <Directory />
      AllowOverride None
      Require all denied
    </Directory>
    <VirtualHost *:${place.port}>
      ${host}
    </VirtualHost>`,
    ),
  ],
});

/** PHP's own server: one process for every visitor who comes at once. */
const php = (place, { script, settings = {}, env }) => ({
  program: 'php',
  args: [
    ...Object.entries({ 'curl.cainfo': place.trusted, 'openssl.cafile': place.trusted, ...settings }).flatMap(
      ([name, value]) => ['-d', `${name}=${value}`],
    ),
    ...['-S', `127.0.0.1:${place.port}`, script],
  ],
  env: { PHP_CLI_SERVER_WORKERS: '24', ...env },
});

/** What is changed in both recipes of PHP. */
const phpTimes = [
  ['FRESH = 600', 'FRESH = 1'],
  ['RETRY = 30', 'RETRY = 1'],
  ['TIMEOUT = 8', 'TIMEOUT = 1'],
];

const relayPhp = (place, options) =>
  place.write('web/relay.php', recipe('relay.php', { changes: [[ADDRESS, place.source]], times: phpTimes }, options));

/** Runs cron.sh again and again, as cron does. */
function cron(place, options) {
  mkdirSync(path.join(place.folder, 'copy'), { recursive: true });
  const script = recipe(
    'cron.sh',
    {
      changes: [
        [ADDRESS, place.source],
        ['/var/cache/dagbok\n', `${place.folder}/copy\n`],
      ],
      times: [['seconds=30', 'seconds=1']],
    },
    { isQuick: options.isQuick },
  );
  return { script: place.write('cron.sh', script), env: { CURL_CA_BUNDLE: place.trusted } };
}

/**
 * The recipes by the names that their columns have in docs/relay/README.md. `start` gives what is to be run for a place
 * and options.
 */
export const RECIPES = {
  nginx: {
    needs: ['nginx'],
    start(place, options) {
      const text = recipe(
        'nginx.conf',
        {
          changes: [
            [ADDRESS, place.source],
            ['resolver 127.0.0.53', `resolver ${place.names}`],
            [AUTHORITIES, place.trusted],
            ['/var/cache/dagbok', `${place.folder}/cache`],
          ],
          times: [
            ['proxy_cache_valid 200 10m', 'proxy_cache_valid 200 1s'],
            ['proxy_connect_timeout 5s', 'proxy_connect_timeout 1s'],
            ['proxy_read_timeout 8s', 'proxy_read_timeout 1s'],
          ],
        },
        options,
      );
      const [http, server] = text.split('# ---- 2.');
      return nginx(place, { http, server: `#${server}` });
    },
  },
  Apache: {
    needs: ['apache2'],
    start(place, options) {
      place.provide('cache', 'locks');
      const host = recipe(
        'apache.conf',
        {
          changes: [
            ['dagbok_host https://dagbok.example', `dagbok_host ${new URL(place.source).origin}`],
            [AUTHORITIES, place.trusted],
            ['CacheRoot /var/cache/dagbok', `CacheRoot ${place.folder}/cache`],
            ['CacheLockPath /var/cache/dagbok-locks', `CacheLockPath ${place.folder}/locks`],
          ],
          times: [
            ['max-age=600', 'max-age=1'],
            ['connectiontimeout=5 timeout=8', 'connectiontimeout=1 timeout=1'],
          ],
        },
        options,
      );
      const modules = ['socache_shmcb', 'ssl', 'proxy', 'proxy_http', 'rewrite', 'headers', 'cache', 'cache_disk'];
      return apache(place, { modules, host });
    },
  },
  PHP: {
    needs: ['php'],
    start: (place, options) => php(place, { script: relayPhp(place, options) }),
  },
  'PHP without curl': {
    needs: ['php'],
    start: (place, options) =>
      php(place, { script: relayPhp(place, options), settings: { disable_functions: 'curl_init' } }),
  },
  WordPress: {
    needs: ['php'],
    start(place, options) {
      place.write(
        'wordpress.php',
        recipe('wordpress.php', { changes: [[ADDRESS, place.source]], times: phpTimes }, options),
      );
      return php(place, {
        script: path.join(root, 'test/support/wordpress-stand-ins.php'),
        env: { FOLDER: place.folder },
      });
    },
  },
  Node: {
    needs: [],
    start(place, options) {
      const text = recipe(
        'relay.mjs',
        {
          changes: [
            [ADDRESS, place.source],
            ['PORT = 8081', `PORT = ${place.port}`],
          ],
          times: [
            ['FRESH = 600_000', 'FRESH = 1_000'],
            ['RETRY = 30_000', 'RETRY = 1_000'],
            ['TIMEOUT = 8_000', 'TIMEOUT = 1_000'],
            ['PATIENCE = 2_000', 'PATIENCE = 300'],
          ],
        },
        options,
      );
      return {
        program: process.execPath,
        args: [place.write('relay.mjs', text)],
        env: { NODE_EXTRA_CA_CERTS: place.trusted },
      };
    },
  },
  'cron, nginx': {
    needs: ['curl', 'nginx'],
    cron,
    start(place, options) {
      const server = recipe('cron-nginx.conf', { changes: [['/var/cache/dagbok', `${place.folder}/copy`]] }, options);
      return nginx(place, { server });
    },
  },
  'cron, Apache': {
    needs: ['curl', 'apache2'],
    cron,
    start(place, options) {
      const host = recipe('cron-apache.conf', { changes: [['/var/cache/dagbok', `${place.folder}/copy`]] }, options);
      return apache(place, { modules: ['rewrite', 'headers'], host });
    },
  },
  'cron, Caddy': {
    needs: ['curl', 'caddy'],
    cron,
    start(place, options) {
      const text = recipe(
        'Caddyfile',
        {
          changes: [
            ['kommun.example', `http://127.0.0.1:${place.port}`],
            ['/var/cache/dagbok', `${place.folder}/copy`],
          ],
        },
        options,
      );
      const file = place.write('Caddyfile', `{\n\tadmin off\n\tauto_https off\n}\n${text}`);
      return {
        program: 'caddy',
        args: ['run', '--adapter', 'caddyfile', '--config', file],
        env: { XDG_DATA_HOME: place.folder, XDG_CONFIG_HOME: place.folder },
      };
    },
  },
};

/** Why a recipe cannot be run here, or `false`. */
export function missingFor(name) {
  const missing = [...RECIPES[name].needs, 'openssl'].filter((server) => !findServer(server));
  return missing.length > 0 && `${missing.join(' and ')} not found`;
}

/** With what a recipe is run here. */
export function versionsOf(name) {
  const { needs } = RECIPES[name];
  return needs.length === 0
    ? `Node ${process.versions.node}`
    : needs.map((each) => `${each} ${findServer(each).version}`).join(', ');
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function isListening(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true) || socket.destroy()).on('error', () =>
      resolve(false),
    );
  });
}

async function run({ program, args, env }, port) {
  const found = findServer(program)?.program ?? program;
  const child = spawn(found, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  running.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error(`${program} has ended: ${said}`);
    await setTimeout(20);
  }
  return {
    said: () => said,
    async end() {
      signal(child, 'SIGTERM');
      await Promise.race([ended, setTimeout(2000)]);
      signal(child, 'SIGKILL'); // its helpers, if it has left any
      running.delete(child);
    },
  };
}

/**
 * Starts a recipe for a source, in a hurry where it shall be `isQuick`, and for pages of other origins too where it shall be
 * `isForOtherOrigins`: `address`, where it hands the feed on; `restart()`; `end()`. Where cron fetches, the first copy is
 * there or has failed, and `rest()` ends its fetching.
 */
export async function startRelay(name, { source, certificate, names, ...options }) {
  const { start, cron: cronOf } = RECIPES[name];
  const folder = mkdtempSync(path.join(tmpdir(), 'diary-feed-'));
  chmodSync(folder, 0o755);
  const place = {
    folder,
    port: await freePort(),
    source: source.address,
    trusted: certificate.file,
    names: names.address,
    write(file, text) {
      const whole = path.join(folder, file);
      mkdirSync(path.dirname(whole), { recursive: true });
      writeFileSync(whole, text);
      return whole;
    },
    read(file) {
      const whole = path.join(folder, file);
      return existsSync(whole) ? readFileSync(whole, 'utf8') : '';
    },
    provide(...folders) {
      for (const each of folders) {
        const whole = path.join(folder, each);
        if (existsSync(whole)) continue;
        mkdirSync(whole);
        if (isRoot) chownSync(whole, 33, 33); // www-data, as whom Apache does its work
      }
    },
  };

  let isResting = false;
  let fetching;
  const complaints = [];
  if (cronOf) {
    const { script, env } = cronOf(place, options);
    const fetchOnce = () =>
      new Promise((resolve) => {
        const child = spawn('sh', [script], { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
        child.stderr.on('data', (text) => complaints.push(String(text)));
        child.on('exit', resolve);
      });
    await fetchOnce();
    fetching = (async () => {
      while (!isResting) {
        await setTimeout(300);
        if (!isResting) await fetchOnce();
      }
    })();
  }

  let server = await run(start(place, options), place.port);
  return {
    address: `http://127.0.0.1:${place.port}/dagbok.xml`,
    origin: `http://127.0.0.1:${place.port}`,
    complaints: () => [server.said(), place.read('error.log'), ...complaints].join(''),
    async rest() {
      isResting = true;
      await fetching;
    },
    async restart() {
      await server.end();
      server = await run(start(place, options), place.port);
    },
    async end() {
      isResting = true;
      await Promise.all([fetching, server.end()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
