// WordPress as Debian packages it, with a database of its own, in folders that end with the process.
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { EXTRACTED, provide } from '../../scripts/programs.mjs';
import { root } from '../../scripts/run.mjs';

/** Of Debian's packages; `wordpress` itself would install and start Apache. */
const findSource = () =>
  ['/', EXTRACTED].map((folder) => path.join(folder, 'usr/share/wordpress')).find((folder) => existsSync(folder));

const DATABASE_SERVER = '/usr/sbin/mariadbd';

/** Users of a site besides `admin`, by role. The password of each is `password`. */
export const ROLES = ['editor', 'author'];

/** Installs WordPress and MariaDB if possible. */
export function provideWordpress() {
  const help = 'npm run test:wordpress needs it.';
  provide({
    MariaDB: { find: () => existsSync(DATABASE_SERVER), installed: 'mariadb-server-core php-mysql', help },
    WordPress: { find: findSource, extracted: 'wordpress wordpress-theme-twentytwentythree', help },
  });
}

/** Returns why no site can be created, or `false`. */
export function missingWordpress() {
  if (!findSource() || !existsSync(DATABASE_SERVER)) return 'WordPress or MariaDB not found: npm run test:wordpress';
  return spawnSync('php', ['-m'], { encoding: 'utf8' }).stdout.includes('mysqli') ? false : 'php-mysql not found';
}

/** Returns the version of WordPress. */
export function wordpressVersion() {
  const [, version] = /\$wp_version = '([\d.]+)/.exec(
    readFileSync(path.join(findSource(), 'wp-includes/version.php'), 'utf8'),
  );
  return version;
}

let database;

/** Starts MariaDB for the sites of this process. Returns its socket. */
async function startDatabase() {
  const folder = mkdtempSync(path.join(tmpdir(), 'diary-feed-'));
  const user = process.getuid() === 0 ? 'mysql' : process.env.USER;
  if (process.getuid() === 0) {
    const idOf = (flag) => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout);
    chownSync(folder, idOf('-u'), idOf('-g'));
  }
  const data = path.join(folder, 'data');
  const socket = path.join(folder, 'socket');
  spawnSync('mariadb-install-db', ['--no-defaults', `--user=${user}`, `--datadir=${data}`, '--skip-test-db']);
  const server = spawn(
    DATABASE_SERVER,
    [
      '--no-defaults',
      `--user=${user}`,
      `--datadir=${data}`,
      `--socket=${socket}`,
      '--skip-networking',
      '--skip-grant-tables',
    ],
    { stdio: 'ignore' },
  );
  process.once('exit', () => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  server.unref();
  while (!existsSync(socket)) {
    if (server.exitCode !== null) throw new Error('MariaDB has ended.');
    await setTimeout(50);
  }
  return socket;
}

/** The settings of a site. It can only reach this machine. */
const configOf = (name, socket, port) => `<?php
  define('DB_NAME', '${name}');
  define('DB_USER', 'root');
  define('DB_PASSWORD', '');
  define('DB_HOST', 'localhost:${socket}');
  define('WP_HOME', 'http://127.0.0.1:${port}');
  define('WP_SITEURL', WP_HOME);
  define('WP_HTTP_BLOCK_EXTERNAL', true);
  define('WP_ACCESSIBLE_HOSTS', 'localhost');
  define('DISABLE_WP_CRON', true);
  define('AUTOMATIC_UPDATER_DISABLED', true);
  $table_prefix = 'wp_';
  if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
  require_once ABSPATH . 'wp-settings.php';
`;

/** By itself, wp_safe_remote_get accepts no host of this machine, and no certificate of the tests. */
const localFeed = (certificate) => `<?php
  add_filter('http_request_host_is_external', '__return_true');
  add_filter('http_allowed_safe_ports', fn($ports, $host, $url) => [...$ports, parse_url($url, PHP_URL_PORT)], 10, 3);
  add_filter('http_request_args', fn($args) => ['sslcertificates' => '${certificate}'] + $args);
`;

const ROUTER = `<?php
  $path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
  $file = __DIR__ . $path;
  if ($path !== '/' && (is_file($file) || is_file("$file/index.php"))) return false;
  require __DIR__ . '/index.php';
`;

const INSTALL = `<?php
  define('WP_INSTALLING', true);
  function wp_new_blog_notification() {}
  require __DIR__ . '/wp-load.php';
  require ABSPATH . 'wp-admin/includes/upgrade.php';
  wp_install('Kommunen', 'admin', 'admin@kommun.example', true, '', 'password');
  update_option('permalink_structure', '/%postname%/');
  foreach (${JSON.stringify(ROLES)} as $role) {
    wp_insert_user(['user_login' => $role, 'user_pass' => 'password', 'role' => $role, 'user_email' => "$role@kommun.example"]);
  }
`;

/**
 * Creates a site in a folder with a must-use plugin, or keeps the one that is there. Returns the script that serves it with PHP's
 * built-in server.
 */
export async function createSite(place, plugin) {
  const script = path.join(place.folder, 'site/router.php');
  if (existsSync(script)) return { script };
  database ??= startDatabase();
  const socket = await database;
  const name = `site_${place.port}`;
  const runPhp = (args) => {
    const { status, stdout, stderr } = spawnSync('php', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stdout + stderr);
  };
  cpSync(findSource(), path.join(place.folder, 'site'), { recursive: true, verbatimSymlinks: true });
  runPhp(['-r', `(new mysqli(null, 'root', '', null, 0, '${socket}'))->query('CREATE DATABASE ${name}');`]);
  place.write('site/wp-config.php', configOf(name, socket, place.port));
  place.write('site/wp-content/mu-plugins/relay.php', plugin);
  place.write('site/wp-content/mu-plugins/local-feed.php', localFeed(place.trusted));
  runPhp([place.write('site/install.php', INSTALL)]);
  const uploads = path.join(place.folder, 'site/wp-content/uploads');
  cpSync(path.join(root, 'dist/diary-feed.min.js'), path.join(uploads, 'diary-feed.min.js'));
  return { script: place.write('site/router.php', ROUTER) };
}
