// Runs the recipes of docs/relay/ with only the lines changed that an administrator edits, and with shorter times.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { root } from '../../scripts/run.mjs';
import { findServer } from './servers.mjs';
import { createSite, missingWordpress, wordpressVersion } from './wordpress.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');

const FEED_URL = 'https://dagbok.example/feed.xml';
const AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

const isRoot = process.getuid?.() === 0;

const running = new Set();

process.once('exit', () => running.forEach((child) => signal(child, 'SIGKILL')));
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => process.exit(1));

/** Sends a signal to a process and its children. */
function signal({ pid }, name) {
  try {
    process.kill(-pid, name);
  } catch {
    // the process has ended
  }
}

/** Returns the text of a recipe with `changes`, each of which must match, and with `times` if it `hasShortTimes`. */
function recipe(name, { changes, times = [] }, { hasShortTimes, isForOtherOrigins }) {
  let text = read(`docs/relay/${name}`);
  const shorter = hasShortTimes ? times : [];
  for (const [from, to] of [...changes, ...shorter]) {
    assert.ok(text.includes(from), `${name} has no "${from}"`);
    text = text.replaceAll(from, to);
  }
  if (!isForOtherOrigins) return text;
  const result = text.replace(/^(\s*)#(?=.*Access-Control-)/gm, '$1').replace(/(OTHER_ORIGINS = )''/, "$1'*'");
  assert.notEqual(result, text);
  return result;
}

/** A site in nginx with settings that may interfere with a recipe: types, a charset, a policy, headers of the visitor. */
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

/** PHP's built-in server, with a process for each visitor at the same time. */
const php = (place, { script, settings = {}, env, documentRoot = path.dirname(script) }) => ({
  program: 'php',
  args: [
    ...Object.entries({ 'curl.cainfo': place.trusted, 'openssl.cafile': place.trusted, ...settings }).flatMap(
      ([name, value]) => ['-d', `${name}=${value}`],
    ),
    ...['-S', `127.0.0.1:${place.port}`, '-t', documentRoot, script],
  ],
  env: { PHP_CLI_SERVER_WORKERS: String(place.visitors), ...env },
});

/** Times in both PHP recipes. */
const phpTimes = [
  ['FRESH = 600', 'FRESH = 1'],
  ['RETRY = 30', 'RETRY = 1'],
  ['TIMEOUT = 8', 'TIMEOUT = 1'],
];

const relayPhp = (place, options) =>
  place.write('web/relay.php', recipe('relay.php', { changes: [[FEED_URL, place.source]], times: phpTimes }, options));

/** Writes cron.sh for a folder. */
function cron(place, options) {
  mkdirSync(path.join(place.folder, 'copy'), { recursive: true });
  const script = recipe(
    'cron.sh',
    {
      changes: [
        [FEED_URL, place.source],
        ['/var/cache/dagbok\n', `${place.folder}/copy\n`],
      ],
      times: [['seconds=30', 'seconds=1']],
    },
    { ...options, isForOtherOrigins: false },
  );
  return { script: place.write('cron.sh', script), env: { CURL_CA_BUNDLE: place.trusted } };
}

/** The recipes by name. `start` returns the command. */
export const RECIPES = {
  nginx: {
    needs: ['nginx'],
    start(place, options) {
      const text = recipe(
        'nginx.conf',
        {
          changes: [
            [FEED_URL, place.source],
            ['resolver 127.0.0.53', `resolver ${place.nameServer}`],
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
  PHP: {
    needs: ['php'],
    start: (place, options) =>
      php(place, {
        script: relayPhp(place, options),
        ...(options.isCopyInDocumentRoot && { documentRoot: place.folder }),
      }),
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
        recipe('wordpress.php', { changes: [[FEED_URL, place.source]], times: phpTimes }, options),
      );
      return php(place, {
        script: path.join(root, 'test/support/wordpress-stand-ins.php'),
        env: { FOLDER: place.folder },
      });
    },
  },
  'WordPress without stand-ins': {
    needs: ['php'],
    isOptional: true, // it takes minutes: npm run test:wordpress
    missing: missingWordpress,
    version: () => `WordPress ${wordpressVersion()}`,
    async start(place, options) {
      const changes = [[FEED_URL, place.source]];
      return php(place, await createSite(place, recipe('wordpress.php', { changes, times: phpTimes }, options)));
    },
  },
  Node: {
    needs: [],
    start(place, options) {
      const text = recipe(
        'relay.mjs',
        {
          changes: [
            [FEED_URL, place.source],
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

/** Returns why a recipe can't run on this machine, or `false`. */
export function missingFor(name) {
  if (process.platform === 'win32') return 'nothing of this runs on Windows';
  const missing = [...RECIPES[name].needs, 'openssl'].filter((server) => !findServer(server));
  if (missing.length > 0) return `${missing.join(' and ')} not found`;
  return RECIPES[name].missing?.() ?? false;
}

/** Names of the servers for people. */
const NAMES = { apache2: 'Apache', caddy: 'Caddy', php: 'PHP' };

/** Returns the versions that a recipe runs on. */
export function versionsOf(name) {
  const { needs, version } = RECIPES[name];
  if (needs.length === 0) return `Node ${process.versions.node}`;
  const versions = needs.map((each) => `${NAMES[each] ?? each} ${findServer(each).version}`);
  return [...versions, ...(version ? [version()] : [])].join(', ');
}

/**
 * Below the range that systems use for outgoing connections (from 32,768 on Linux): a free port of that range may be taken
 * before its server has started. Test files run in separate processes and start at different ports.
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
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error(`${program} has ended: ${output}`);
    await setTimeout(20);
  }
  return {
    output: () => output,
    async end() {
      signal(child, 'SIGTERM');
      await Promise.race([ended, setTimeout(2000)]);
      signal(child, 'SIGKILL'); // child processes
      while (await isListening(port)) await setTimeout(20);
      running.delete(child);
    },
  };
}

/** Creates a folder and reserves a port for a server. */
async function makePlace(about) {
  const folder = mkdtempSync(path.join(tmpdir(), 'diary-feed-'));
  chmodSync(folder, 0o755);
  const pathOf = (file) => path.join(folder, file);
  return {
    ...about,
    folder,
    port: await freePort(),
    write(file, text) {
      mkdirSync(path.dirname(pathOf(file)), { recursive: true });
      writeFileSync(pathOf(file), text);
      return pathOf(file);
    },
    read: (file) => (existsSync(pathOf(file)) ? readFileSync(pathOf(file), 'utf8') : ''),
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs a script every 300 ms until `stop()`. `errors` is its output. */
async function startCron({ script, env }) {
  let isStopped = false;
  const errors = [];
  const runOnce = () =>
    new Promise((resolve) => {
      const child = spawn('sh', [script], { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
      child.stderr.on('data', (text) => errors.push(String(text)));
      child.on('exit', resolve);
    });
  await runOnce();
  const ended = (async () => {
    while (!isStopped) {
      await setTimeout(300);
      if (!isStopped) await runOnce();
    }
  })();
  return {
    errors,
    stop() {
      isStopped = true;
      return ended;
    },
  };
}

/**
 * Starts a recipe for a feed host. Options: `hasShortTimes`; `isForOtherOrigins`, with CORS headers; `isCopyInDocumentRoot`, for
 * PHP; `visitors` at the same time, 4 by default. Returns `url` of the relayed feed, `restart()`, `end()`, and `stopCron()`.
 * With cron, the first request has ended.
 */
export async function startRelay(name, { source, certificate, nameServer, ...options }) {
  const { start, cron: cronOf } = RECIPES[name];
  const { visitors = 4 } = options;
  const place = await makePlace({
    source: source.url,
    trusted: certificate.file,
    nameServer: nameServer.address,
    visitors,
  });
  const { port } = place;
  const { errors, stop } = cronOf ? await startCron(cronOf(place, options)) : { errors: [] };
  const startServer = async () => run(await start(place, options), port);
  let server = await startServer().catch(async (error) => {
    await stop?.();
    throw error;
  });
  return {
    folder: place.folder,
    url: `http://127.0.0.1:${port}/dagbok.xml`,
    origin: `http://127.0.0.1:${port}`,
    port,
    log: () => [server.output(), place.read('error.log'), ...errors].join(''),
    stopCron: async () => stop?.(),
    async restart() {
      await server.end();
      server = await startServer();
    },
    async end() {
      await Promise.all([stop?.(), server.end()]);
      place.end();
    },
  };
}

/** Servers in front of relay.mjs, by the language of their code in docs/relay/README.md. */
const FRONTS = {
  nginx: { needs: 'nginx', start: (place, lines) => nginx(place, { server: lines }) },
  apache: {
    needs: 'apache2',
    start: (place, lines) => apache(place, { modules: ['proxy', 'proxy_http'], host: lines }),
  },
  caddyfile: { needs: 'caddy', start: (place, lines) => caddy(place, `http://127.0.0.1:${place.port} {\n${lines}}`) },
};

/** Returns why a server can't run in front of relay.mjs on this machine, or `false`. */
export const missingForFront = (kind) => !findServer(FRONTS[kind].needs) && `${FRONTS[kind].needs} not found`;

const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml', xml: 'text/xml' };

const FOLDERS = {
  nginx(place, folder, policy) {
    const types = Object.entries(TYPES).map(([end, type]) => `${type} ${end};`);
    const header = `add_header Content-Security-Policy "${policy}";`;
    return nginx(place, {
      server: `types { ${types.join(' ')} }
        location /site/ { alias ${folder}/; }
        location = /site/pasted.html { alias ${folder}/pasted.html; ${header} }`,
    });
  },
  apache: (place, folder, policy) =>
    apache(place, {
      modules: ['headers'],
      host: `Alias /site ${folder}
        <Directory ${folder}>
          Require all granted
          ${Object.entries(TYPES)
            .map(([end, type]) => `AddType ${type} .${end}`)
            .join('\n')}
        </Directory>
        <Files pasted.html>
          Header set Content-Security-Policy "${policy}"
        </Files>`,
    }),
};

/** Serves a folder at /site/ with nginx or Apache, and pasted.html in it with a Content-Security-Policy. */
export async function startFolder(kind, folder, policy) {
  const place = await makePlace({});
  const server = await run(FOLDERS[kind](place, folder, policy), place.port);
  return {
    url: `http://127.0.0.1:${place.port}/site/`,
    async end() {
      await server.end();
      place.end();
    },
  };
}

/** Starts a server in front of relay.mjs with the code in docs/relay/README.md. Returns `url`, `log()` and `end()`. */
export async function startFront(kind, relay) {
  const [, lines] = new RegExp(`\`\`\`${kind}\\n([^\`]*127\\.0\\.0\\.1:8081[^\`]*)\`\`\``).exec(
    read('docs/relay/README.md'),
  );
  const place = await makePlace({});
  const server = await run(FRONTS[kind].start(place, lines.replaceAll('8081', relay.port)), place.port);
  return {
    url: `http://127.0.0.1:${place.port}/dagbok.xml`,
    log: () => server.output() + place.read('error.log'),
    async end() {
      await server.end();
      place.end();
    },
  };
}
