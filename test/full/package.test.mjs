// The package that `npm publish` would publish.
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import resolve from '@rollup/plugin-node-resolve';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { publint } from 'publint';
import { rollup } from 'rollup';
import { root } from '../../scripts/run.mjs';
import { readMarkdown } from '../support/markdown.mjs';
import { packProject, runCommand, unpackInto } from '../support/packed.mjs';

const { folder, tarball, files } = packProject();
unpackInto(folder, tarball);
const unpacked = path.join(folder, 'node_modules/diary-feed');
const project = JSON.parse(readFileSync(path.join(unpacked, 'package.json'), 'utf8'));

/** The files that `exports` names, with their names for importers. */
const targets = Object.entries(project.exports).flatMap(([name, target]) =>
  (typeof target === 'string' ? [target] : Object.values(target)).map((file) => [name, path.posix.normalize(file)]),
);

/** Returns whether a file is documentation or an example app. */
const isPage = (file) => /^(?:[A-Z]+\.md$|docs\/|demo\/examples\/)/.test(file);

const normalized = (file) => path.posix.normalize(file);

describe('the package', () => {
  after(() => rmSync(folder, { recursive: true }));

  it('contains the build, license and pages, and nothing else', () => {
    const leftOut = project.files.filter((file) => file.startsWith('!')).map((file) => file.slice(1));
    const built = readdirSync(path.join(root, 'dist'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
    const expected = [
      'LICENSE',
      'package.json',
      ...built.filter((file) => !leftOut.some((name) => file === name || file.startsWith(`${name}/`))),
    ];
    assert.deepEqual(files.filter((file) => !isPage(file)).sort(), expected.sort());
    for (const file of files) assert.doesNotMatch(file, /\.png$|(?:^|\/)package-lock\.json$/);
  });

  it('contains every page that its pages link to', async () => {
    const pages = files.filter((file) => file.endsWith('.md'));
    assert.ok(pages.includes('README.md') && pages.includes('docs/relay/README.md'));
    const missing = new Set();
    for (const page of pages) {
      const { links } = await readMarkdown(readFileSync(path.join(unpacked, page), 'utf8'));
      for (const link of links.filter((each) => !/^(?:[a-z]+:|#)/i.test(each))) {
        const target = path.posix.join(path.posix.dirname(page), link.replace(/[?#].*/, '')).replace(/\/$/, '');
        const isThere = files.some((file) => file === target || file.startsWith(`${target}/`));
        // images, tests and the demo aren't part of the package
        if (!isThere && !/\.png$|^test\/|^demo\/builder\.html$/.test(target)) missing.add(`${page}: ${link}`);
      }
    }
    assert.deepEqual([...missing], []);
  });

  it('contains each file of its exports', () => {
    for (const [name, target] of targets) {
      const [start, end = ''] = target.split('*');
      const isThere = files.some((file) =>
        target.includes('*') ? file.startsWith(start) && file.endsWith(end) : file === target,
      );
      assert.ok(isThere, `${name}: ${target}`);
    }
  });

  it('can be imported by the names of its exports only', () => {
    const names = targets.map(([name]) => name).filter((name) => !name.includes('*'));
    const typesOnly = names.filter((name) => Object.keys(project.exports[name]).join() === 'types');
    assert.deepEqual(typesOnly, ['./react', './preact', './vue']);
    const resolved = names
      .filter((name) => !typesOnly.includes(name))
      .map((name) => path.posix.join('diary-feed', name));
    const code = `for (const name of ${JSON.stringify(resolved)}) import.meta.resolve(name);`;
    runCommand(process.execPath, ['--input-type=module', '--eval', code], { cwd: folder });
    const stray = "import.meta.resolve('diary-feed/dist/template.js')";
    assert.throws(
      () => runCommand(process.execPath, ['--input-type=module', '--eval', stray], { cwd: folder }),
      /ERR_PACKAGE_PATH_NOT_EXPORTED/,
    );
  });

  it('contains the files that customElements and web-types name', () => {
    const { customElements, 'web-types': webTypes } = project;
    for (const file of [customElements, webTypes]) {
      assert.ok(files.includes(normalized(file)), file);
      assert.ok(
        targets.some(([, target]) => target === normalized(file)),
        `${file} is not exported`,
      );
    }
    const { modules } = JSON.parse(readFileSync(path.join(unpacked, customElements), 'utf8'));
    for (const { path: file } of modules) assert.ok(files.includes(file), file);
    assert.ok(modules.some(({ declarations }) => declarations.some(({ tagName }) => tagName === 'diary-feed')));
  });

  it('has no problem that publint reports', async () => {
    const { buffer, byteOffset, length } = readFileSync(tarball);
    const { messages } = await publint({
      pack: { tarball: buffer.slice(byteOffset, byteOffset + length) },
      strict: true,
    });
    assert.deepEqual(messages, []);
  });

  it('has correct types for ES modules, in Node and in bundlers', async () => {
    const { problems, entrypoints } = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
    // CommonJS and Node before 12.7 (`node10` in TypeScript) aren't supported
    const wrong = problems.filter(({ resolutionKind }) => !['node10', 'node16-cjs'].includes(resolutionKind));
    assert.deepEqual(wrong, []);
    assert.deepEqual(Object.keys(entrypoints).sort(), Object.keys(project.exports).sort());
  });

  /** Returns the code that a bundler keeps. */
  async function bundle(code) {
    const input = path.join(folder, 'program.js');
    writeFileSync(input, code);
    const options = { input, plugins: [resolve()], external: /^lit/, treeshake: { moduleSideEffects: true } };
    const built = await rollup({ ...options, onwarn: () => undefined });
    const { output } = await built.generate({ format: 'es' });
    return output.map(({ code }) => code.trim()).join('');
  }

  it('adds nothing to a bundle if it is imported and not used', async () => {
    assert.equal(await bundle("import { DiaryFeedElement } from 'diary-feed'; import 'diary-feed';"), '');
    assert.equal(await bundle("import { readFeed } from 'diary-feed/feed.js';"), '');
  });

  it('registers the element in a bundle', async () => {
    assert.match(await bundle("import 'diary-feed/define.js';"), /DiaryFeedElement\.define\(\)/);
    assert.match(await bundle("import 'diary-feed/diary-feed.min.js';"), /customElements/);
  });

  it('keeps its themes in a bundle', () => {
    const themes = files.filter((file) => file.endsWith('.css'));
    const kept = project.sideEffects.filter((file) => file.endsWith('.css')).map(normalized);
    assert.ok(themes.length >= 5);
    for (const theme of themes) assert.ok(kept.includes(path.posix.join(path.posix.dirname(theme), '*.css')), theme);
  });

  it('can be imported in Node', () => {
    const code = `
      import { DiaryFeedElement } from 'diary-feed';
      import 'diary-feed/define.js';
      DiaryFeedElement.define('other-diary');
      DiaryFeedElement.addMessages('se', { retry: 'Geahččal ođđasit' });
      console.log(typeof HTMLElement, DiaryFeedElement.observedAttributes.includes('src'));
    `;
    const output = runCommand(process.execPath, ['--input-type=module', '--eval', code], { cwd: folder });
    assert.equal(output.trim(), 'undefined true');
  });
});
