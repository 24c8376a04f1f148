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

/** Returns the folder of the lock file in which Node finds `name`, if a module in `folder` imports it. */
function locate(name, folder) {
  const found = path.posix.join(folder, 'node_modules', name);
  if (found in packages) return found;
  if (folder === '') throw new Error(`${name} isn't in package-lock.json. Run npm install.`);
  return locate(name, folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0)));
}

const dependsOn = (folder) =>
  Object.keys(packages[folder].dependencies ?? {})
    .map((name) => reference(locate(name, folder)))
    .sort();

/** Returns the packages whose code is in a chunk, as folders of the lock file. */
function findBundledFolders({ modules }) {
  const folders = new Set();
  for (const [id, { renderedLength }] of Object.entries(modules)) {
    const [, folder] =
      /\/(node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/')) ?? [];
    if (renderedLength === 0 || !folder) continue;
    if (!(folder in packages)) throw new Error(`${id} belongs to no package of package-lock.json. Run npm install.`);
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
function createSbom({ fileName, code }, bundled) {
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
function licenseOf(folder) {
  const { version, license } = packages[folder];
  const name = readdirSync(path.join(root, folder)).find((file) => /^licen[cs]e/i.test(file));
  const text = name
    ? readFileSync(path.join(root, folder, name), 'utf8')
        .replaceAll('\r\n', '\n')
        .trim()
    : `The package contains no license text. The license in its package.json is ${license}.`;
  return `${nameOf(folder)} ${version} (${license})\n\n${text}\n`;
}

/**
 * Writes `sbom.cdx.json` and `third-party-licences.txt` next to the single file. rollup-plugin-license has
 * 18 dependencies, and npm sbom omits tslib, whose helper is in the bundle.
 */
export const inventory = {
  name: 'inventory',
  generateBundle(_, bundle) {
    const [file] = Object.values(bundle).filter(({ type }) => type === 'chunk');
    const bundled = findBundledFolders(file);
    const sbom = createSbom(file, bundled);
    const licenses = [`${file.fileName} contains code of these packages.\n`, ...[...bundled].sort().map(licenseOf)];
    this.emitFile({ type: 'asset', fileName: 'sbom.cdx.json', source: `${JSON.stringify(sbom, null, 2)}\n` });
    this.emitFile({
      type: 'asset',
      fileName: 'third-party-licences.txt',
      source: licenses.join(`\n${'-'.repeat(80)}\n\n`),
    });
  },
};
