// The apps in demo/examples/ with the packed package and their frameworks, in a folder outside the project. Each type-checks and
// builds, rejects wrong types, and shows entries in Chromium.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, createReadStream, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** The file with wrong types of each app. */
const WRONG = {
  typescript: 'wrong.ts',
  react: 'wrong.tsx',
  preact: 'wrong.tsx',
  vue: 'Wrong.vue',
  angular: 'wrong.ts',
};

/** npm's errors if the registry can't be reached or rejects the request. */
const UNREACHABLE = /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTCACHED|ENETUNREACH|E403|E407)\b/;

const chromium = useChromium();
const { folder, tarball } = packProject();
const examples = path.join(folder, 'demo/examples');

/** Runs a command in the folder of the examples. Returns its status and output. */
function run(program, ...args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: examples, env: { ...process.env, NO_COLOR: '1' } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    child.on('error', ({ message }) => resolve({ status: -1, output: message }));
    child.on('close', (status) => resolve({ status, output }));
  });
}

/** Installs the packages. Returns why that is impossible here, or `false`. Any other failure is an error. */
async function install() {
  for (const name of ['feeds', 'examples']) {
    const from = path.join(root, 'demo', name);
    const isSource = (file) => !/^(?:[^/]+\/)?(?:node_modules|dist|compiled)$/.test(path.relative(from, file));
    cpSync(from, path.join(folder, 'demo', name), { recursive: true, filter: isSource });
  }
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1', '--fetch-retry-mintimeout=1000'];
  const packages = await run('npm', 'ci', '--prefer-offline', ...quiet);
  if (packages.status !== 0 && UNREACHABLE.test(packages.output)) {
    return 'the registry can’t be reached';
  }
  assert.equal(packages.status, 0, packages.output);
  const own = await run('npm', 'install', '--no-save', '--no-package-lock', '--prefer-offline', ...quiet, tarball);
  assert.equal(own.status, 0, own.output);
  return false;
}

/** Serves a built app. */
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

/** Returns what a visitor sees when the app has reported the end of the load. */
async function visit(app, isFeedAvailable = true) {
  const server = await serveApp(app);
  const page = await chromium.browser.newPage();
  try {
    const errors = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.setRequestInterception(true);
    page.on('request', (request) =>
      !isFeedAvailable && request.url().endsWith('/dagbok.xml') ? request.respond({ status: 404 }) : request.continue(),
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
    sentence: document.querySelector('[role=status]').textContent,
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
    it(`reject wrong types, build, and show the entries: ${app}`, { skip, timeout: 180_000 }, async (test) => {
      // each of these lines must have an error
      const expected = readFileSync(path.join(examples, app, wrong), 'utf8').match(/@(?:ts|vue)-expect-error/g) ?? [];
      assert.ok(app === 'angular' || expected.length >= 4);
      const { status, output } = await run('npm', 'run', app);
      assert.equal(status, 0, output);
      if (driven.skip) return test.diagnostic(`not opened: ${driven.skip}`);

      const { summaryLengths, ...shown } = await visit(app);
      assert.deepEqual(shown, {
        sentence: '2 inlägg',
        linkCount: 2,
        isFallbackVisible: false,
        styleSheetCount: 1,
        errors: [],
      });
      assert.equal(summaryLengths.length, 2);
      for (const length of summaryLengths) assert.ok(length > 20 && length <= 61, `${length} characters of summary`);

      const without = await visit(app, false);
      assert.deepEqual([without.sentence, without.isFallbackVisible, without.errors], ['Inga inlägg: http', true, []]);
      return undefined;
    });
  }

  it('set objects and functions as properties: React, Preact, Vue', { skip: skip || driven.skip }, async () => {
    cpSync(path.join(import.meta.dirname, 'properties'), path.join(examples, 'properties'), { recursive: true });
    writeFileSync(path.join(examples, 'properties/index.html'), '<body><script type="module" src="main.js"></script>');
    const { status, output } = await run('npx', 'vite', 'build', 'properties', '--target', 'esnext');
    assert.equal(status, 0, output);
    const server = await serveApp('properties');
    const page = await chromium.browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction('window.result');
    const { before, after } = await page.evaluate('window.result');
    const shown = '* Isen har lagt sig';
    assert.deepEqual(after, { React: shown, Preact: shown, Vue: shown, 'Vue with .prop': shown });
    // a framework that asks the element for its properties writes attributes before it is defined
    assert.deepEqual(before, { React: '', Preact: '', Vue: '', 'Vue with .prop': shown });
    server.close();
    server.closeAllConnections();
  });

  it(
    'reject wrong types in a template, where no comment can expect an error: angular',
    { skip, timeout: 180_000 },
    async () => {
      const ngc = path.join(examples, 'node_modules/@angular/compiler-cli/bundles/src/bin/ngc.js');
      const { status, output } = await run(process.execPath, ngc, '-p', 'angular/tsconfig.wrong.json');
      assert.equal(status, 1, output);
      assert.match(output, /'entriess' does not exist on type 'DiaryFeedElement'/);
      assert.match(output, /'kode' does not exist on type 'FeedError'/);
      assert.match(output, /Expected 0 arguments/);
    },
  );

  it('render the tag with its attributes and children once: Lit on a server', { skip }, async () => {
    const { status, output } = await run(process.execPath, 'lit-server.mjs');
    assert.equal(status, 0, output);
    const html = output.replaceAll(/<!--.*?-->/g, '');
    assert.match(html, /<diary-feed\s+heading="Kommunchefens dagbok" limit="5">\s*<ul>/);
    assert.equal(html.match(/<a href="https:\/\/dagbok\.example\/isen">Isen har lagt sig<\/a>/g)?.length, 1);
    assert.doesNotMatch(html, /shadowroot/);
  });

  it('render the children even with the element on the server: Lit on a server', { skip }, async () => {
    const code = `
      import { render } from '@lit-labs/ssr';
      import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
      import 'diary-feed/define.js';
      import { html } from 'lit';
      const feed = { entries: [{ title: 'Isen har lagt sig', date: '2026-11-16' }] };
      const element = html\`<diary-feed src="/dagbok.xml" limit="3" .feed=\${feed}><a href="/dagbok">Dagboken</a></diary-feed>\`;
      console.log(await collectResult(render(element)));
    `;
    const { status, output } = await run(process.execPath, '--input-type=module', '--eval', code);
    assert.equal(status, 0, output);
    const html = output.replaceAll(/<!--.*?-->|<style>.*?<\/style>/gs, '');
    assert.match(html, /<diary-feed\s+src="\/dagbok\.xml" limit="3"\s*><template [^>]*><slot><\/slot><\/template>/);
    assert.equal(html.match(/<a href="\/dagbok">Dagboken<\/a>/g)?.length, 1);
  });

  it('render attributes by their names: React on a server', { skip }, async () => {
    const code = `
      import { createElement } from 'react';
      import { renderToString } from 'react-dom/server';
      const properties = { limit: 5, 'summary-length': 60, feed: { entries: [] }, onload() {} };
      console.log(renderToString(createElement('diary-feed', properties, createElement('a', { href: '/dagbok' }, 'Dagboken'))));
    `;
    const { status, output } = await run(process.execPath, '--input-type=module', '--eval', code);
    assert.equal(status, 0, output);
    assert.equal(output.trim(), '<diary-feed limit="5" summary-length="60"><a href="/dagbok">Dagboken</a></diary-feed>');
  });
});

describe('the packages of the example apps', () => {
  const read = (name) => JSON.parse(readFileSync(path.join(root, 'demo/examples', name), 'utf8'));

  it('are exact and locked by hash, for any registry', () => {
    const { dependencies, devDependencies } = read('package.json');
    for (const version of Object.values({ ...dependencies, ...devDependencies }))
      assert.match(version, /^\d+\.\d+\.\d+$/);
    for (const [place, { integrity, resolved }] of Object.entries(read('package-lock.json').packages)) {
      if (place !== '') assert.match(integrity ?? '', /^sha512-/, place);
      assert.equal(resolved, undefined, place);
    }
  });

  it('include the Lit and TypeScript of this project', () => {
    const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
    const { dependencies, devDependencies } = read('package.json');
    assert.equal(dependencies.lit, packages['node_modules/lit'].version);
    assert.equal(devDependencies.typescript, packages['node_modules/typescript'].version);
  });
});
