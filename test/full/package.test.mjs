// What `npm publish` would publish: the packed file, not the folder.
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
import { packProject, runProgram, unpackInto } from '../support/packed.mjs';

const { folder, tarball, files } = packProject();
unpackInto(folder, tarball);
const unpacked = path.join(folder, 'node_modules/diary-feed');
const project = JSON.parse(readFileSync(path.join(unpacked, 'package.json'), 'utf8'));

/** The files that `exports` names, each with the name that a program has for it. */
const targets = Object.entries(project.exports).flatMap(([name, target]) =>
  (typeof target === 'string' ? [target] : Object.values(target)).map((file) => [name, path.posix.normalize(file)]),
);

/** What is there to be read, and the apps that it speaks of. */
const isPage = (file) => /^(?:[A-Z]+\.md$|docs\/|demo\/examples\/)/.test(file);

const shown = (file) => path.posix.normalize(file);

describe('the package', () => {
  after(() => rmSync(folder, { recursive: true }));

  it('has all of the build but what it leaves out by name, its licence and its pages, and nothing else', () => {
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

  it('has the pages that its README leads to, and those that these lead to', async () => {
    const pages = files.filter((file) => file.endsWith('.md'));
    assert.ok(pages.includes('README.md') && pages.includes('docs/relay/README.md'));
    const missing = new Set();
    for (const page of pages) {
      const { links } = await readMarkdown(readFileSync(path.join(unpacked, page), 'utf8'));
      for (const link of links.filter((each) => !/^(?:[a-z]+:|#)/i.test(each))) {
        const target = path.posix.join(path.posix.dirname(page), link.replace(/[?#].*/, '')).replace(/\/$/, '');
        const isThere = files.some((file) => file === target || file.startsWith(`${target}/`));
        // pictures weigh more than all words; tests and the demo are the project's own, not of what is installed
        if (!isThere && !/\.png$|^test\/|^demo\/builder\.html$/.test(target)) missing.add(`${page}: ${link}`);
      }
    }
    assert.deepEqual([...missing], []);
  });

  it('has each file that its exports name', () => {
    for (const [name, target] of targets) {
      const [start, end = ''] = target.split('*');
      const isThere = files.some((file) =>
        target.includes('*') ? file.startsWith(start) && file.endsWith(end) : file === target,
      );
      assert.ok(isThere, `${name}: ${target}`);
    }
  });

  it('can be imported by every name of code and data that it has, and in no other way', () => {
    const names = targets.map(([name]) => name).filter((name) => !name.includes('*'));
    const typesOnly = names.filter((name) => Object.keys(project.exports[name]).join() === 'types');
    assert.deepEqual(typesOnly, ['./react', './preact', './vue']);
    const resolved = names
      .filter((name) => !typesOnly.includes(name))
      .map((name) => path.posix.join('diary-feed', name));
    const program = `for (const name of ${JSON.stringify(resolved)}) import.meta.resolve(name);`;
    runProgram(process.execPath, ['--input-type=module', '--eval', program], { cwd: folder });
    const stray = "import.meta.resolve('diary-feed/dist/template.js')";
    assert.throws(
      () => runProgram(process.execPath, ['--input-type=module', '--eval', stray], { cwd: folder }),
      /ERR_PACKAGE_PATH_NOT_EXPORTED/,
    );
  });

  it('says where tools find what the element is', () => {
    const { customElements, 'web-types': webTypes } = project;
    for (const file of [customElements, webTypes]) {
      assert.ok(files.includes(shown(file)), file);
      assert.ok(
        targets.some(([, target]) => target === shown(file)),
        `${file} is not exported`,
      );
    }
    const { modules } = JSON.parse(readFileSync(path.join(unpacked, customElements), 'utf8'));
    for (const { path: file } of modules) assert.ok(files.includes(file), file);
    assert.ok(modules.some(({ declarations }) => declarations.some(({ tagName }) => tagName === 'diary-feed')));
  });

  it('has nothing that publint minds', async () => {
    const { buffer, byteOffset, length } = readFileSync(tarball);
    const { messages } = await publint({
      pack: { tarball: buffer.slice(byteOffset, byteOffset + length) },
      strict: true,
    });
    assert.deepEqual(messages, []);
  });

  it('has types that are right for whoever imports ES modules, in Node and in bundlers', async () => {
    const { problems, entrypoints } = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
    // there is no CommonJS, and no folder for what knew no exports: Node before 12.7, TypeScript's `node10`
    const wrong = problems.filter(({ resolutionKind }) => !['node10', 'node16-cjs'].includes(resolutionKind));
    assert.deepEqual(wrong, []);
    assert.deepEqual(Object.keys(entrypoints).sort(), Object.keys(project.exports).sort());
  });

  /** What is left of a program when a bundler has left out what it need not keep. */
  async function bundle(program) {
    const input = path.join(folder, 'program.js');
    writeFileSync(input, program);
    const options = { input, plugins: [resolve()], external: /^lit/, treeshake: { moduleSideEffects: true } };
    const built = await rollup({ ...options, onwarn: () => undefined });
    const { output } = await built.generate({ format: 'es' });
    return output.map(({ code }) => code.trim()).join('');
  }

  it('costs a bundle nothing where it is imported and not used', async () => {
    assert.equal(await bundle("import { DiaryFeedElement } from 'diary-feed'; import 'diary-feed';"), '');
    assert.equal(await bundle("import { readFeed } from 'diary-feed/feed.js';"), '');
  });

  it('registers the element in a bundle that asks for no more than that', async () => {
    assert.match(await bundle("import 'diary-feed/define.js';"), /DiaryFeedElement\.define\(\)/);
    assert.match(await bundle("import 'diary-feed/diary-feed.min.js';"), /customElements/);
  });

  it('keeps its themes in a bundle', () => {
    const themes = files.filter((file) => file.endsWith('.css'));
    const kept = project.sideEffects.filter((file) => file.endsWith('.css')).map(shown);
    assert.ok(themes.length >= 5);
    for (const theme of themes) assert.ok(kept.includes(path.posix.join(path.posix.dirname(theme), '*.css')), theme);
  });

  it('can be imported on a server, where there are no elements', () => {
    const program = `
      import { DiaryFeedElement } from 'diary-feed';
      import 'diary-feed/define.js';
      DiaryFeedElement.define('other-diary');
      DiaryFeedElement.addMessages('se', { retry: 'Geahččal ođđasit' });
      console.log(typeof HTMLElement, DiaryFeedElement.observedAttributes.includes('src'));
    `;
    const said = runProgram(process.execPath, ['--input-type=module', '--eval', program], { cwd: folder });
    assert.equal(said.trim(), 'undefined true');
  });
});
