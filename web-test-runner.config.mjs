import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter, summaryReporter } from '@web/test-runner';
import { chromeLauncher, puppeteerCore } from '@web/test-runner-chrome';
import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import { CHROMIUM_ARGUMENTS, findChromium, findFirefox, wantedEngines } from './scripts/browsers.mjs';
import { driver } from './test/support/driver.mjs';
import { handleFeedRequest, startFeedServer } from './test/support/feed-server.mjs';
import { STRICT_POLICY } from './test/support/strict-policy.mjs';
import { webkitLauncher } from './test/support/webkit-launcher.mjs';

/** Where no municipality is: what the diary's own zone decides must not change with the visitor's. */
const ZONES = { east: 'Pacific/Kiritimati', west: 'Pacific/Pago_Pago' };

const launchers = {
  chromium: (env) =>
    chromeLauncher({
      concurrency: 1, // a page behind another one sees no intersections
      launchOptions: {
        env,
        executablePath: findChromium(),
        args: CHROMIUM_ARGUMENTS,
      },
    }),
  firefox: (env) =>
    chromeLauncher({
      puppeteer: puppeteerCore, // speaks WebDriver BiDi to Firefox: no geckodriver
      concurrency: 1,
      launchOptions: {
        env,
        browser: 'firefox',
        executablePath: findFirefox(),
        extraPrefsFirefox: {
          'browser.shell.checkDefaultBrowser': false,
          'network.captive-portal-service.enabled': false,
          'network.connectivity-service.enabled': false,
          'app.update.enabled': false,
        },
      },
    }),
  webkit: (env) => webkitLauncher(env),
};

const browsersIn = (zone, engines = wantedEngines()) =>
  engines.map((engine) => launchers[engine]({ ...process.env, TZ: zone }));

const suite = process.env.TEST_SUITE;
const files = process.env.TEST_FILES?.split(',') ?? ['test/**/*.test.ts'];
const isFeedParser = (file) => file.startsWith('test/feed/');
const isAxe = (file) => file === 'test/full/axe.test.ts';

const [firstEngine, ...otherEngines] = wantedEngines(); // Chromium is the first, unless BROWSERS leaves it out

/** Tests that run in other browsers than all others. axe finds the same in each engine. */
const GROUPS = {
  daily: [
    {
      name: 'west',
      files: ['test/e2e/real-diary.test.ts', 'test/entries/format-date.test.ts'],
      browsers: browsersIn(ZONES.west),
    },
    { name: 'feed parser', files: files.filter(isFeedParser), browsers: browsersIn(ZONES.east, [firstEngine]) },
  ],
  full: [
    { name: 'feed parser', files: files.filter(isFeedParser), browsers: browsersIn(ZONES.east, otherEngines) },
    { name: 'axe', files: files.filter(isAxe), browsers: browsersIn(ZONES.east, [firstEngine]) },
  ],
};

/** Feeds, the demo and the built files, byte for byte: the runner's own server would decode and encode them anew. */
const types = {
  '.xml': 'application/xml',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
async function serveBytes(context, next) {
  if (handleFeedRequest(context.req, context.res)) {
    context.respond = false;
    return;
  }
  const file = path.join(import.meta.dirname, path.normalize(context.path));
  const isOurs = /^\/(?:dist|demo|test\/pages)\//.test(context.path) && path.extname(file) in types && existsSync(file);
  if (!isOurs) return next();
  context.set('content-type', types[path.extname(file)]);
  context.body = createReadStream(file);
}

/** test/pages/*.html under the strict policy, or what `?policy=` says instead. With `&disposition=report` it only reports. */
function setPolicy(context, next) {
  if (context.path.startsWith('/test/pages/')) {
    const suffix = context.query.disposition === 'report' ? '-report-only' : '';
    context.set(`content-security-policy${suffix}`, context.query.policy ?? STRICT_POLICY);
  }
  return next();
}

export default {
  nodeResolve: { exportConditions: ['production', 'browser'] },
  concurrency: 2,
  concurrentBrowsers: 3, // they wait more than they work: on two processors that is fastest
  files: suite in GROUPS ? files.filter((file) => !isFeedParser(file) && !isAxe(file)) : files,
  browsers: browsersIn(ZONES.east),
  groups: GROUPS[suite]?.filter(({ browsers }) => browsers.length > 0) ?? [],
  plugins: [
    esbuildPlugin({ ts: true, tsconfig: './tsconfig.json', target: 'esnext' }),
    {
      name: 'feed-server',
      async serverStart() {
        ({ end: this.end } = await startFeedServer());
      },
      serverStop() {
        this.end?.();
      },
    },
    driver,
  ],
  middleware: [setPolicy, serveBytes],
  coverage: process.env.COVERAGE === '1',
  coverageConfig: {
    include: ['src/**/*.ts'],
    threshold: { statements: 90, branches: 75, functions: 90, lines: 90 },
    // failures are provoked by the dozen, and say so as they should
    filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('diary-feed: '),
    reporters: ['lcovonly', 'text-summary'],
  },
  // failures are provoked by the dozen, and say so as they should
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('diary-feed: '),
  reporters: [
    defaultReporter({ reportTestProgress: !process.env.CI }),
    ...(process.env.LIST ? [summaryReporter()] : []), // every test by its name
  ],
  testsStartTimeout: 60_000,
  testsFinishTimeout: 600_000,
  browserStartTimeout: 60_000,
  testFramework: { config: { timeout: 30_000 } }, // for what hangs: three browsers share the machine
};
