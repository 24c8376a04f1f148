// Writes the SBOM and the third-party licenses, from the modules that rollup bundled and from package-lock.json.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './run.mjs';

const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
const project = packages[''];

const nameOf = (folder) => folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
const purl = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;
const reference = (folder) => purl(nameOf(folder), packages[folder].version);

/** The folder of the lock that Node finds for `name`, asked from `folder`. */
function locate(name, folder) {
  const found = path.posix.join(folder, 'node_modules', name);
  if (found in packages) return found;
  if (folder === '') throw new Error(`${name} is not in package-lock.json: npm install`);
  return locate(name, folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0)));
}

const dependsOn = (folder) =>
  Object.keys(packages[folder].dependencies ?? {})
    .map((name) => reference(locate(name, folder)))
    .sort();

/** The packages of which code is in a chunk, as folders of the lock. */
function bundledIn({ modules }) {
  const folders = new Set();
  for (const [id, { renderedLength }] of Object.entries(modules)) {
    const file = path.relative(root, id).replaceAll(path.sep, '/');
    const isOwn = file.startsWith('src/') || id.startsWith('\0stub:'); // scripts/module-stubs.mjs
    if (renderedLength === 0 || isOwn) continue;
    const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
    if (!(folder in packages)) throw new Error(`Whose code is ${id}?`);
    folders.add(folder);
  }
  return folders;
}

function component(folder, isBundled) {
  const { version, license, integrity } = packages[folder];
  const name = nameOf(folder);
  const content = Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex');
  return {
    type: 'library',
    'bom-ref': reference(folder),
    name,
    version,
    hashes: [{ alg: 'SHA-512', content }],
    licenses: [{ license: { id: license } }],
    purl: reference(folder),
    properties: [{ name: 'diary-feed:single-file', value: isBundled ? 'bundled' : 'absent' }],
  };
}

/** CycloneDX without time, serial number and tools: equal sources give equal bytes. */
function describeSupply({ fileName, code }, bundled) {
  const shipped = Object.keys(packages).filter((folder) => folder && (!packages[folder].dev || bundled.has(folder)));
  const self = purl(project.name, project.version);
  const content = createHash('sha384').update(code).digest('hex');
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'library',
        'bom-ref': self,
        name: project.name,
        version: project.version,
        licenses: [{ license: { id: project.license } }],
        purl: self,
        components: [{ type: 'file', 'bom-ref': fileName, name: fileName, hashes: [{ alg: 'SHA-384', content }] }],
      },
    },
    components: shipped.map((folder) => component(folder, bundled.has(folder))),
    dependencies: [
      { ref: self, dependsOn: dependsOn('') },
      { ref: fileName, dependsOn: [...bundled].map(reference).sort() },
      ...shipped.map((folder) => ({ ref: reference(folder), dependsOn: dependsOn(folder) })),
    ],
  };
}

/** Returns the license text of a package, or the name of its license if the package contains no text. */
function licenceOf(folder) {
  const { version, license } = packages[folder];
  const name = readdirSync(path.join(root, folder)).find((file) => /^licen[cs]e/i.test(file));
  const text = name
    ? readFileSync(path.join(root, folder, name), 'utf8')
        .replaceAll('\r\n', '\n')
        .trim()
    : `The package contains no license text. Its package.json says: ${license}.`;
  return `${nameOf(folder)} ${version} (${license})\n\n${text}\n`;
}

/**
 * Writes `sbom.cdx.json` and `third-party-licences.txt` next to the single file. rollup-plugin-license would bring 18
 * packages for it.
 */
export const inventory = {
  name: 'inventory',
  generateBundle(_, bundle) {
    const [file] = Object.values(bundle).filter(({ type }) => type === 'chunk');
    const bundled = bundledIn(file);
    const supply = describeSupply(file, bundled);
    const licences = [`${file.fileName} contains code of these packages.\n`, ...[...bundled].sort().map(licenceOf)];
    this.emitFile({ type: 'asset', fileName: 'sbom.cdx.json', source: `${JSON.stringify(supply, null, 2)}\n` });
    this.emitFile({
      type: 'asset',
      fileName: 'third-party-licences.txt',
      source: licences.join(`\n${'-'.repeat(80)}\n\n`),
    });
  },
};
