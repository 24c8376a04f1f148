// A desktop without a screen and without sound: Xvfb, a window manager, a browser, and the screen reader Orca. What Orca speaks is in
// its debug file.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CHROMIUM_ARGUMENTS, findChromium, findFirefox } from '../../scripts/browsers.mjs';

/** Programs that a session needs, with their Debian packages. */
export const PROGRAMS = {
  Xvfb: 'xvfb',
  'dbus-daemon': 'dbus-x11',
  gsettings: 'libglib2.0-bin',
  openbox: 'openbox',
  orca: 'orca',
  xdotool: 'xdotool',
};

/** Time without a new line in the debug file after which Orca has finished its reaction. */
const QUIET_MS = 800;

/** Maximum duration of a reaction. */
const TIMEOUT_MS = 30_000;

/** Orca writes each line at once, and doesn't speak the keys that are pressed. */
const CUSTOMIZATIONS = `import orca.debug, orca.settings
if orca.debug.debugFile: orca.debug.debugFile.reconfigure(line_buffering=True)
orca.settings.enableKeyEcho = False
`;

const FIREFOX_PREFERENCES = {
  'accessibility.force_disabled': -1,
  'browser.aboutwelcome.enabled': false,
  'browser.preonboarding.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage': 'about:blank',
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.translations.automaticallyPopup': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'places.history.enabled': false, // no link is a visited one
  'termsofuse.acceptedVersion': 999,
};

/** Returns a function that returns the command to open a URL: in a tab of Firefox, or in a window of Chromium without toolbars. */
function prepareBrowser(name, folder) {
  const profile = path.join(folder, 'profile');
  mkdirSync(profile);
  if (name === 'firefox') {
    const lines = Object.entries(FIREFOX_PREFERENCES).map(
      (entry) => `user_pref(${JSON.stringify(entry).slice(1, -1)});`,
    );
    writeFileSync(path.join(profile, 'user.js'), lines.join('\n'));
    return (url) => [findFirefox(), '--profile', profile, url];
  }
  mkdirSync(path.join(profile, 'Default'));
  writeFileSync(path.join(profile, 'Default/Preferences'), JSON.stringify({ translate: { enabled: false } }));
  const args = [`--user-data-dir=${profile}`, '--force-renderer-accessibility', ...CHROMIUM_ARGUMENTS];
  return (url) => [findChromium(), ...args, `--app=${url}`];
}

/** Starts a session with a browser, which opens a page. */
export async function startSession(browserName, url) {
  const folder = mkdtempSync(path.join(tmpdir(), 'diary-feed-orca-'));
  const debugFile = path.join(folder, 'orca.txt');
  writeFileSync(debugFile, '');
  const runtime = path.join(folder, 'run');
  const customizations = path.join(folder, '.local/share/orca/orca-customizations.py');
  mkdirSync(runtime, { mode: 0o700 });
  mkdirSync(path.dirname(customizations), { recursive: true });
  writeFileSync(customizations, CUSTOMIZATIONS);
  const env = {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    HOME: folder,
    XDG_RUNTIME_DIR: runtime,
    GTK_MODULES: 'gail:atk-bridge',
    GNOME_ACCESSIBILITY: '1',
    NO_AT_BRIDGE: '0',
  };
  const log = openSync(path.join(folder, 'log.txt'), 'a');
  // if the test is killed, the programs are, too
  const start = (...command) =>
    spawn('setpriv', ['--pdeathsig', 'KILL', ...command], { env, stdio: ['ignore', log, log, 'pipe'] });
  /** Resolves to what a program writes when it is ready. */
  const firstLine = (child) =>
    new Promise((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`${child.spawnargs[3]} ended with ${code}`)));
      child.stdio[3].once('data', (data) => resolve(String(data).trim()));
    });

  const display = start('Xvfb', '-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp');
  env.DISPLAY = `:${await firstLine(display)}`;
  env.DBUS_SESSION_BUS_ADDRESS = await firstLine(start('dbus-daemon', '--session', '--nofork', '--print-address=3'));
  start('openbox');
  spawnSync('gsettings', ['set', 'org.gnome.desktop.interface', 'toolkit-accessibility', 'true'], { env });
  start('orca', `--debug-file=${debugFile}`);
  const browser = prepareBrowser(browserName, folder);

  let position = 0;
  const session = {
    /** Waits until the debug file matches and is quiet. Returns its lines since the last call. */
    async listen(pattern = /^/) {
      const deadline = Date.now() + TIMEOUT_MS;
      for (let length = -1, changed = 0; ; await pause(50)) {
        const content = readFileSync(debugFile, 'utf8');
        if (content.length !== length) [length, changed] = [content.length, Date.now()];
        const lines = content.slice(position);
        const isFinished = Date.now() - changed > QUIET_MS && pattern.test(lines);
        if (!isFinished && Date.now() < deadline) continue;
        position = length;
        return lines.split('\n');
      }
    },
    open: (url) => start(...browser(url)),
    press: (key) => spawnSync('xdotool', ['key', key], { env }),
    type: (text) => spawnSync('xdotool', ['type', text], { env }),
    /** Ends all processes of the session. D-Bus has started some of them, so their environment identifies them. */
    async end() {
      for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
        try {
          const isOurs = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`HOME=${folder}`);
          if (isOurs) process.kill(Number(pid), 'SIGKILL');
        } catch {
          // it has ended
        }
      }
      await pause(500);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
  const lines = await session.listen(/Screen reader on/);
  if (!lines.some((line) => line.includes('Screen reader on.'))) {
    await session.end();
    throw new Error("Orca didn't start. Only one can run at a time: end the other one.");
  }
  session.open(url);
  await session.listen(/textLines complete/);
  return session;
}
