// The apps in demo/examples/, as a developer makes them: with the packed file and the frameworks, away from this project.
// Each type-checks and builds, does not type-check where it is used wrong, and shows entries in Chromium.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, createReadStream, existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';
import { driven, useChromium } from '../support/chromium.mjs';
import { packProject } from '../support/packed.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.xml': 'application/xml',
};

/** By app, the file in which the element is used wrong. */
const WRONG = {
  typescript: 'wrong.ts',
  react: 'wrong.tsx',
  preact: 'wrong.tsx',
  vue: 'Wrong.vue',
  angular: 'wrong.ts',
};

/** What npm says where the registry is not to be had, or somebody forbids it. */
const UNREACHABLE = /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTCACHED|ENETUNREACH|E403|E407)\b/;

const chromium = useChromium();
const { folder, tarball } = packProject();
const examples = path.join(folder, 'demo/examples');

/** Runs a program in the folder of the examples; gives how it ended and what it said. */
function run(program, ...args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: examples, env: { ...process.env, NO_COLOR: '1' } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
    child.on('error', ({ message }) => resolve({ status: -1, said: message }));
    child.on('close', (status) => resolve({ status, said }));
  });
}

/** Gives why it could not be done here, or `false`. Anything but a registry out of reach is a fault. */
async function install() {
  for (const name of ['feeds', 'examples']) {
    const from = path.join(root, 'demo', name);
    const isSource = (file) => !/^(?:[^/]+\/)?(?:node_modules|dist|compiled)$/.test(path.relative(from, file));
    cpSync(from, path.join(folder, 'demo', name), { recursive: true, filter: isSource });
  }
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1', '--fetch-retry-mintimeout=1000'];
  const packages = await run('npm', 'ci', '--prefer-offline', ...quiet);
  if (packages.status !== 0 && UNREACHABLE.test(packages.said)) {
    return 'the registry cannot be reached: no frameworks to build with';
  }
  assert.equal(packages.status, 0, packages.said);
  const own = await run('npm', 'install', '--no-save', '--no-package-lock', '--prefer-offline', ...quiet, tarball);
  assert.equal(own.status, 0, own.said);
  return false;
}

/** Serves what an app was built to. */
async function serveApp(app) {
  const server = createServer(({ url }, response) => {
    const { pathname } = new URL(url, 'http://127.0.0.1');
    const file = path.join(examples, app, 'dist', path.normalize(pathname === '/' ? '/index.html' : pathname));
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
    return createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** What a visitor sees once the app has said how loading ended. */
async function visit(app, isFeedThere = true) {
  const server = await serveApp(app);
  const page = await chromium.browser.newPage();
  try {
    const errors = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.setRequestInterception(true);
    page.on('request', (request) =>
      !isFeedThere && request.url().endsWith('/dagbok.xml') ? request.respond({ status: 404 }) : request.continue(),
    );
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => document.querySelector('[role=status]')?.textContent.includes('inlägg'));
    return { ...(await page.evaluate(readPage)), errors };
  } finally {
    await page.close();
    server.close();
    server.closeAllConnections();
  }
}

/** Runs in the page. */
function readPage() {
  const element = document.querySelector('diary-feed');
  const textsOf = (selector) => [...element.shadowRoot.querySelectorAll(selector)].map((found) => found.textContent);
  return {
    said: document.querySelector('[role=status]').textContent,
    linkCount: textsOf('[part=link]').length,
    summaryLengths: textsOf('[part=summary]').map((text) => text.trim().length),
    isFallbackVisible: element.querySelector('a').checkVisibility(),
    styleSheetCount: document.styleSheets.length,
  };
}

after(() => rmSync(folder, { recursive: true }));

const skip = await install();

describe('the example apps', { concurrency: 2 }, () => {
  for (const [app, wrong] of Object.entries(WRONG)) {
    it(`${app}: refuses what is wrong, builds, and shows the entries`, { skip, timeout: 180_000 }, async (test) => {
      // each of these lines must be an error: a type-check that finds none there fails
      const expected = readFileSync(path.join(examples, app, wrong), 'utf8').match(/@(?:ts|vue)-expect-error/g) ?? [];
      assert.ok(app === 'angular' || expected.length >= 4);
      const { status, said } = await run('npm', 'run', app);
      assert.equal(status, 0, said);
      if (driven.skip) return test.diagnostic(`not opened: ${driven.skip}`);

      const { summaryLengths, ...seen } = await visit(app);
      assert.deepEqual(seen, {
        said: '2 inlägg',
        linkCount: 2,
        isFallbackVisible: false,
        styleSheetCount: 1,
        errors: [],
      });
      assert.equal(summaryLengths.length, 2);
      for (const length of summaryLengths) assert.ok(length > 20 && length <= 61, `${length} characters of summary`);

      const without = await visit(app, false);
      assert.deepEqual([without.said, without.isFallbackVisible, without.errors], ['Inga inlägg: http', true, []]);
      return undefined;
    });
  }

  it(
    'angular: refuses what is wrong in a template, where no line can say that it is',
    { skip, timeout: 180_000 },
    async () => {
      const ngc = path.join(examples, 'node_modules/@angular/compiler-cli/bundles/src/bin/ngc.js');
      const { status, said } = await run(process.execPath, ngc, '-p', 'angular/tsconfig.wrong.json');
      assert.equal(status, 1, said);
      assert.match(said, /'entriess' does not exist on type 'DiaryFeedElement'/);
      assert.match(said, /'kode' does not exist on type 'FeedError'/);
      assert.match(said, /Expected 0 arguments/);
    },
  );

  it('lit on a server writes the tag with its attributes and its children, once', { skip }, async () => {
    const { status, said } = await run(process.execPath, 'lit-server.mjs');
    assert.equal(status, 0, said);
    const html = said.replaceAll(/<!--.*?-->/g, '');
    assert.match(html, /<diary-feed\s+heading="Kommunchefens dagbok" limit="5">\s*<ul>/);
    assert.equal(html.match(/<a href="https:\/\/dagbok\.example\/isen">Isen har lagt sig<\/a>/g)?.length, 1);
    assert.doesNotMatch(html, /shadowroot/);
  });

  it('lit on a server shows the children even if the page does not turn server rendering off', { skip }, async () => {
    const program = `
      import { render } from '@lit-labs/ssr';
      import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
      import 'diary-feed/define.js';
      import { html } from 'lit';
      const feed = { entries: [{ title: 'Isen har lagt sig', date: '2026-11-16' }] };
      const element = html\`<diary-feed src="/dagbok.xml" limit="3" .feed=\${feed}><a href="/dagbok">Dagboken</a></diary-feed>\`;
      console.log(await collectResult(render(element)));
    `;
    const { status, said } = await run(process.execPath, '--input-type=module', '--eval', program);
    assert.equal(status, 0, said);
    const html = said.replaceAll(/<!--.*?-->|<style>.*?<\/style>/gs, '');
    assert.match(html, /<diary-feed\s+src="\/dagbok\.xml" limit="3"\s*><template [^>]*><slot><\/slot><\/template>/);
    assert.equal(html.match(/<a href="\/dagbok">Dagboken<\/a>/g)?.length, 1);
  });

  it('react on a server writes attributes by the names that they have there', { skip }, async () => {
    const program = `
      import { createElement } from 'react';
      import { renderToString } from 'react-dom/server';
      const properties = { limit: 5, 'summary-length': 60, feed: { entries: [] }, onload() {} };
      console.log(renderToString(createElement('diary-feed', properties, createElement('a', { href: '/dagbok' }, 'Dagboken'))));
    `;
    const { status, said } = await run(process.execPath, '--input-type=module', '--eval', program);
    assert.equal(status, 0, said);
    assert.equal(said.trim(), '<diary-feed limit="5" summary-length="60"><a href="/dagbok">Dagboken</a></diary-feed>');
  });
});

describe('the packages of the example apps', () => {
  const read = (name) => JSON.parse(readFileSync(path.join(root, 'demo/examples', name), 'utf8'));

  it('are exact, and each locked to its bytes, from whichever registry they come', () => {
    const { dependencies, devDependencies } = read('package.json');
    for (const version of Object.values({ ...dependencies, ...devDependencies }))
      assert.match(version, /^\d+\.\d+\.\d+$/);
    for (const [place, { integrity, resolved }] of Object.entries(read('package-lock.json').packages)) {
      if (place !== '') assert.match(integrity ?? '', /^sha512-/, place);
      assert.equal(resolved, undefined, place);
    }
  });

  it('have the Lit and the TypeScript that this project is tested with', () => {
    const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
    const { dependencies, devDependencies } = read('package.json');
    assert.equal(dependencies.lit, packages['node_modules/lit'].version);
    assert.equal(devDependencies.typescript, packages['node_modules/typescript'].version);
  });
});
