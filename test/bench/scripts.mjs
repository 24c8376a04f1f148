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

/** Elements that show the five newest entries of a feed. */
export const elementNames = ['diary-feed', ...Object.keys(ELEMENTS)];

/** Modules whose `read` takes the bytes of a feed and gives its entries, at once or as a promise. */
export const readerNames = ['diary-feed', 'dom-parser', 'feedsmith', 'rss-parser'];

const forBrowsers = () => [resolve({ browser: true, exportConditions: ['production'] }), minify()];

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
  const file = path.join(folder, 'contenders', `${name}.js`);
  const code = `import { ${ELEMENTS[name]} as Feed } from ${JSON.stringify(file)}; customElements.define('diary-feed', Feed);`;
  return { name: 'registering', resolveId: (id) => (id === 'register' ? id : null), load: (id) => (id === 'register' ? code : null) }; // prettier-ignore
}

function compress(code) {
  const bytes = Buffer.from(code);
  const hint = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params: hint });
}

/** Compressed scripts by address: `/elements/NAME.js` and `/readers/NAME.js`. */
export async function bundleScripts() {
  const built = path.join(root, 'dist/diary-feed.min.js');
  if (!existsSync(built)) throw new Error('dist/ is not there: npm run build');
  const scripts = new Map([['/elements/diary-feed.js', readFileSync(built)]]);
  for (const name of Object.keys(ELEMENTS)) {
    scripts.set(`/elements/${name}.js`, await bundle('register', [registering(name), ...forBrowsers()]));
  }
  for (const name of readerNames) {
    const plugins = name === 'diary-feed' ? singleFile() : forBrowsers();
    scripts.set(`/readers/${name}.js`, await bundle(path.join(folder, 'readers', `${name}.js`), plugins));
  }
  return new Map([...scripts].map(([address, code]) => [address, compress(code)]));
}
