// The scripts that run against each other, each bundled and minified as the project's own file is, and compressed alike.
import resolve from '@rollup/plugin-node-resolve';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { rollup } from 'rollup';
import { root } from '../../scripts/run.mjs';
import { minify, singleFile } from '../../scripts/single-file.mjs';

const folder = path.join(root, 'test/bench');

/** By name: the class that becomes `<diary-feed>`; the project's own file is taken as it was built. */
const ELEMENTS = {
  'hand-written': 'HandWrittenFeed',
  feedsmith: 'FeedsmithFeed',
  'rss-parser': 'RssParserFeed',
};

/** The input of those. */
const REGISTERING = 'registering';

/** Elements that show the five newest entries of a feed. */
export const elementNames = ['diary-feed', ...Object.keys(ELEMENTS)];

/** Modules whose `read` takes the bytes of a feed and gives its entries, at once or as a promise. */
export const readerNames = ['diary-feed', 'dom-parser', 'feedsmith', 'rss-parser'];

const forBrowsers = () => resolve({ browser: true, exportConditions: ['production'] });

async function bundle(input, plugins) {
  const bundled = await rollup({
    input,
    plugins,
    // the file that rss-parser has for browsers is a plain script, whose `this` is the window
    moduleContext: (id) => (id.includes('rss-parser.min.js') ? 'window' : undefined),
  });
  const { output } = await bundled.generate({ format: 'es', inlineDynamicImports: true });
  return output[0].code;
}

/** A module that is no file: registers what another exports. */
function registering(name) {
  const contender = JSON.stringify(path.join(folder, 'contenders', `${name}.js`));
  const code = `import { ${ELEMENTS[name]} as Feed } from ${contender}; customElements.define('diary-feed', Feed);`;
  const isIt = (id) => id === REGISTERING;
  return { name: 'registering', resolveId: (id) => (isIt(id) ? id : null), load: (id) => (isIt(id) ? code : null) };
}

function compress(code) {
  const bytes = Buffer.from(code);
  const hint = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params: hint });
}

async function bundleAll(entries) {
  const bundled = entries.map(async ([address, input, plugins]) => [address, await bundle(input, plugins)]);
  return new Map((await Promise.all(bundled)).map(([address, code]) => [address, compress(code)]));
}

/**
 * The elements, compressed, by address: `/elements/NAME.js`.
 *
 * @param isMinified Whether the others are made small too, which takes its time.
 */
export async function bundleElements({ isMinified = true } = {}) {
  const built = path.join(root, 'dist/diary-feed.min.js');
  if (!existsSync(built)) throw new Error('dist/ is not there: npm run build');
  const others = Object.keys(ELEMENTS).map((name) => [
    `/elements/${name}.js`,
    REGISTERING,
    [registering(name), forBrowsers(), isMinified && minify()],
  ]);
  return (await bundleAll(others)).set('/elements/diary-feed.js', compress(readFileSync(built)));
}

/** The readers, compressed, by address: `/readers/NAME.js`. */
export function bundleReaders() {
  return bundleAll(
    readerNames.map((name) => [
      `/readers/${name}.js`,
      path.join(folder, 'readers', `${name}.js`),
      name === 'diary-feed' ? singleFile() : [forBrowsers(), minify()],
    ]),
  );
}
