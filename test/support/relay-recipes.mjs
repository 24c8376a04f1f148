// How the recipes of docs/relay/ are run: each as it stands, save for the lines that its reader changes, and shorter times.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { root } from '../../scripts/run.mjs';
import { findServer } from '../../scripts/servers.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');

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
 * The text of a recipe with `changes`, each of which must match: what an administrator edits, and the `times` if it
 * `isQuick`, except those for the host to respond if it `isPatient`.
 */
function recipe(name, { changes, times = [] }, { isQuick, isPatient, isForOtherOrigins }) {
  let text = read(`docs/relay/${name}`);
  const shorter = isQuick ? times.filter(([from]) => !isPatient || !/timeout|seconds/i.test(from)) : [];
  for (const [from, to] of [...changes, ...shorter]) {
    assert.ok(text.includes(from), `${name} has no "${from}"`);
    text = text.replaceAll(from, to);
  }
  if (!isForOtherOrigins) return text;
  const told = text.replace(/^(\s*)#(?=.*Access-Control-)/gm, '$1').replace(/(OTHER_ORIGINS = )''/, "$1'*'");
  assert.notEqual(told, text);
  return told;
}

/** A site in nginx that has what may not get into the relay's way: types, a charset, a policy, headers of the visitor. */
const nginxSite = ({ folder, port }, http, server) => `
  daemon off;
  worker_processes 2;
  error_log stderr;
  pid ${folder}/nginx.pid;
  ${isRoot ? 'user root;' : ''}
  events { }
  http {
    access_log off;
    types { text/xml xml; text/html html; }
    client_body_temp_path ${folder}/body;
    proxy_temp_path ${folder}/proxy;
    fastcgi_temp_path ${folder}/fastcgi;
    uwsgi_temp_path ${folder}/uwsgi;
    scgi_temp_path ${folder}/scgi;
    ${http}
    server {
      listen 127.0.0.1:${port};
      charset utf-8;
      gzip on;
      proxy_set_header X-Forwarded-For $remote_addr;
      add_header Content-Security-Policy "default-src *";
      location / { return 404; }
      ${server}
    }
  }`;

const nginx = (place, { http = '', server }) => ({
  program: 'nginx',
  args: ['-p', place.folder, '-e', 'stderr', '-c', place.write('nginx.conf', nginxSite(place, http, server))],
});

/** Runs a program that sees in the place of a folder a file system of its own, of that size; nobody else sees it. */
function withinRoom({ program, args, env }, folder, size) {
  mkdirSync(folder, { recursive: true });
  const script = `mount -t tmpfs -o size=${size},mode=0700 tmpfs "$1" && shift && exec "$@"`;
  const found = findServer(program).program;
  return {
    program: '/usr/bin/env',
    args: ['unshare', '--mount', 'sh', '-c', script, 'sh', folder, found, ...args],
    env,
  };
}

/** Why no program can be given a small file system of its own here, or `false`. */
export function missingForRoom() {
  const { status } = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()]);
  return status !== 0 && 'nothing can be mounted here';
}

const apacheSite = ({ folder, port }, modules, host) => `
  ServerRoot ${folder}
  ServerName localhost
  Listen 127.0.0.1:${port}
  PidFile ${folder}/apache2.pid
  DefaultRuntimeDir ${folder}
  ErrorLog ${folder}/error.log
  ${isRoot ? 'User www-data\nGroup www-data' : ''}
  ${['mpm_event', 'authz_core', 'mime', 'alias', ...modules]
    .map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`)
    .join('\n')}
  TypesConfig /dev/null
  AddType application/rss+xml .xml
  AddDefaultCharset utf-8
  <Directory />
    AllowOverride None
    Require all denied
  </Directory>
  <VirtualHost *:${port}>
    ${host}
  </VirtualHost>`;

const apache = (place, { modules, host }) => ({
  program: 'apache2',
  args: ['-D', 'FOREGROUND', '-f', place.write('apache2.conf', apacheSite(place, modules, host))],
});

const caddy = (place, text) => ({
  program: 'caddy',
  args: [
    ...['run', '--adapter', 'caddyfile'],
    ...['--config', place.write('Caddyfile', `{\n\tadmin off\n\tauto_https off\n}\n${text}`)],
  ],
  env: { XDG_DATA_HOME: place.folder, XDG_CONFIG_HOME: place.folder },
});

/** PHP's own server: a process for every visitor who comes at once. */
const php = (place, { script, settings = {}, env, shown = path.dirname(script) }) => ({
  program: 'php',
  args: [
    ...Object.entries({ 'curl.cainfo': place.trusted, 'openssl.cafile': place.trusted, ...settings }).flatMap(
      ([name, value]) => ['-d', `${name}=${value}`],
    ),
    ...['-S', `127.0.0.1:${place.port}`, '-t', shown, script],
  ],
  env: { PHP_CLI_SERVER_WORKERS: String(place.visitors), ...env },
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
    { ...options, isForOtherOrigins: false },
  );
  return { script: place.write('cron.sh', script), env: { CURL_CA_BUNDLE: place.trusted } };
}

/**
 * The recipes by name. `start` returns what to run for a place and options.
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
      const started = nginx(place, { http, server: `#${server}` });
      return options.room ? withinRoom(started, `${place.folder}/cache`, options.room) : started;
    },
  },
  PHP: {
    needs: ['php'],
    start: (place, options) =>
      php(place, { script: relayPhp(place, options), ...(options.isCopyShown && { shown: place.folder }) }),
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
      return caddy(place, text);
    },
  },
};

/** Why a recipe cannot be run here, or `false`. */
export function missingFor(name) {
  if (process.platform === 'win32') return 'nothing of this runs on Windows';
  const missing = [...RECIPES[name].needs, 'openssl'].filter((server) => !findServer(server));
  return missing.length > 0 && `${missing.join(' and ')} not found`;
}

/** How the programs are called by people. */
const NAMES = { apache2: 'Apache', caddy: 'Caddy', php: 'PHP' };

/** With what a recipe is run here. */
export function versionsOf(name) {
  const { needs } = RECIPES[name];
  return needs.length === 0
    ? `Node ${process.versions.node}`
    : needs.map((each) => `${NAMES[each] ?? each} ${findServer(each).version}`).join(', ');
}

/**
 * Below the range from which systems choose ports for connections (32,768 on Linux): a free port from within that range may be
 * taken before its server has started. Test files run in separate processes and start at different ports.
 */
let nextPort = 10_000 + Math.floor(Math.random() * 20_000);

async function freePort() {
  while (await isListening(nextPort)) nextPort++;
  return nextPort++;
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
      while (await isListening(port)) await setTimeout(20);
      running.delete(child);
    },
  };
}

/** Where a server is run: a folder of its own, and a free port. */
async function makePlace(about) {
  const folder = mkdtempSync(path.join(tmpdir(), 'diary-feed-'));
  chmodSync(folder, 0o755);
  const wholeOf = (file) => path.join(folder, file);
  return {
    ...about,
    folder,
    port: await freePort(),
    write(file, text) {
      mkdirSync(path.dirname(wholeOf(file)), { recursive: true });
      writeFileSync(wholeOf(file), text);
      return wholeOf(file);
    },
    read: (file) => (existsSync(wholeOf(file)) ? readFileSync(wholeOf(file), 'utf8') : ''),
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs a script once, and then again and again until `rest()`; `complaints` is what it has said. */
async function startCron({ script, env }) {
  let isResting = false;
  const complaints = [];
  const runOnce = () =>
    new Promise((resolve) => {
      const child = spawn('sh', [script], { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
      child.stderr.on('data', (text) => complaints.push(String(text)));
      child.on('exit', resolve);
    });
  await runOnce();
  const ended = (async () => {
    while (!isResting) {
      await setTimeout(300);
      if (!isResting) await runOnce();
    }
  })();
  return {
    complaints,
    rest() {
      isResting = true;
      return ended;
    },
  };
}

/**
 * Starts a recipe for a source, in a hurry where it shall be `isQuick` (with the host too, unless it `isPatient`), for pages of
 * other origins too where it shall be `isForOtherOrigins`, with PHP's copy within what the server shows where it `isCopyShown`,
 * with a file system of `room` for nginx's copy, for so many `visitors` at once, 4 unless told: `address`, where it hands the feed on; `restart()`; `end()`. Where cron fetches, the first copy is
 * there or has failed, and `rest()` ends its fetching.
 */
export async function startRelay(name, { source, certificate, names, ...options }) {
  const { start, cron: cronOf } = RECIPES[name];
  const { visitors = 4 } = options;
  const place = await makePlace({ source: source.address, trusted: certificate.file, names: names.address, visitors });
  const { port } = place;
  const { complaints, rest } = cronOf ? await startCron(cronOf(place, options)) : { complaints: [] };
  const startServer = () => run(start(place, options), port);
  let server = await startServer().catch(async (error) => {
    await rest?.();
    throw error;
  });
  return {
    address: `http://127.0.0.1:${port}/dagbok.xml`,
    origin: `http://127.0.0.1:${port}`,
    port,
    complaints: () => [server.said(), place.read('error.log'), ...complaints].join(''),
    rest: async () => rest?.(),
    async restart() {
      await server.end();
      server = await startServer();
    },
    async end() {
      await Promise.all([rest?.(), server.end()]);
      place.end();
    },
  };
}

/** The servers in front of relay.mjs, by the language of their code in docs/relay/README.md. */
const FRONTS = {
  nginx: { needs: 'nginx', start: (place, lines) => nginx(place, { server: lines }) },
  apache: {
    needs: 'apache2',
    start: (place, lines) => apache(place, { modules: ['proxy', 'proxy_http'], host: lines }),
  },
  caddyfile: { needs: 'caddy', start: (place, lines) => caddy(place, `http://127.0.0.1:${place.port} {\n${lines}}`) },
};

/** Why a server cannot stand in front of relay.mjs here, or `false`. */
export const missingForFront = (kind) => !findServer(FRONTS[kind].needs) && `${FRONTS[kind].needs} not found`;

/** Starts a server in front of relay.mjs with the code in docs/relay/README.md; returns `address`, `complaints()` and `end()`. */
export async function startFront(kind, relay) {
  const [, lines] = new RegExp(`\`\`\`${kind}\\n([^\`]*127\\.0\\.0\\.1:8081[^\`]*)\`\`\``).exec(
    read('docs/relay/README.md'),
  );
  const place = await makePlace({});
  const server = await run(FRONTS[kind].start(place, lines.replaceAll('8081', relay.port)), place.port);
  return {
    address: `http://127.0.0.1:${place.port}/dagbok.xml`,
    complaints: () => server.said() + place.read('error.log'),
    async end() {
      await server.end();
      place.end();
    },
  };
}
