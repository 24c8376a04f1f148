// A @web/test-runner browser launcher for Debian's WebKitGTK (package webkit2gtk-driver): WebKitWebDriver drives MiniBrowser
// under Xvfb. It has no npm dependency. (@web/test-runner-webdriver ends the run when a page crashes.)
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { findMiniBrowser, WEBKIT_DRIVER } from '../../scripts/browsers.mjs';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

class WebKitLauncher {
  name = 'WebKit';
  type = 'webkitgtk';
  concurrency = 1; // WebKitWebDriver allows one session
  #children = [];
  #session;
  #starting;
  #active = new Map();
  #base;
  #env;

  constructor(env) {
    this.#env = env;
  }

  async #call(method, path, body = {}) {
    const response = await fetch(this.#base + path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: method === 'POST' ? JSON.stringify(body) : undefined,
      signal: AbortSignal.timeout(60_000),
    });
    const { value } = await response.json();
    if (value?.error) throw new Error(`WebKitWebDriver: ${value.error}: ${value.message}`);
    return value;
  }

  /** Starts Xvfb. Returns its display. */
  async #startDisplay() {
    const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    this.#children.push(xvfb);
    const [number] = await once(xvfb.stdio[3], 'data');
    return `:${String(number).trim()}`;
  }

  async #start() {
    const DISPLAY = await this.#startDisplay();
    const port = await freePort();
    this.#base = `http://127.0.0.1:${port}`;
    const env = { NO_AT_BRIDGE: '1', LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_DMABUF_RENDERER: '1' };
    const driver = spawn(WEBKIT_DRIVER, [`--port=${port}`, '--host=127.0.0.1'], {
      stdio: 'ignore',
      env: { ...this.#env, ...env, DISPLAY },
    });
    this.#children.push(driver);
    while (!(await this.#call('GET', '/status').catch(() => false))) await setTimeout(100);
    const options = { binary: findMiniBrowser(), args: ['--automation'] };
    const { sessionId } = await this.#call('POST', '/session', {
      capabilities: { alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options } },
    });
    this.#session = `/session/${sessionId}`;
    await this.#call('POST', `${this.#session}/window/rect`, { width: 1024, height: 768 }).catch(() => {});
  }

  async startSession(id, url) {
    this.#active.set(id, url);
    await this.#open(url);
  }

  /** A page that crashes ends its session. Its test file fails, and a new session starts for the next one. */
  async #open(url) {
    this.#starting ??= this.#start();
    await this.#starting;
    try {
      await this.#call('POST', `${this.#session}/url`, { url });
    } catch (error) {
      if (!error.message.includes('invalid session id')) throw error;
      this.#end();
      this.#starting = this.#start();
      await this.#open(url);
    }
  }

  isActive(id) {
    return this.#active.has(id);
  }

  getBrowserUrl(id) {
    return this.#active.get(id);
  }

  async stopSession(id) {
    this.#active.delete(id);
    await this.#open('about:blank');
    return {};
  }

  /** Presses and releases a key. */
  async press(key) {
    const value = { Tab: '\uE004', Enter: '\uE007' }[key];
    const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value }));
    await this.#call('POST', `${this.#session}/actions`, { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  /** Returns the computed role and name of each element that a script returns. */
  async roles(script) {
    const elements = await this.#call('POST', `${this.#session}/execute/sync`, { script, args: [] });
    const rolesAndNames = [];
    for (const id of elements.flatMap(Object.values)) {
      const get = (property) => this.#call('GET', `${this.#session}/element/${id}/${property}`);
      rolesAndNames.push([await get('computedrole'), await get('computedlabel')]);
    }
    return rolesAndNames;
  }

  async startDebugSession() {
    throw new Error('WebKit: no debug session');
  }

  async stop() {
    if (this.#session) await this.#call('DELETE', this.#session).catch(() => {});
    this.#end();
  }

  #end() {
    for (const child of this.#children.splice(0).reverse()) child.kill();
  }
}

/** @param env The environment of the browser's process; `TZ` is its time zone. */
export const webkitLauncher = (env = process.env) => new WebKitLauncher(env);
