// Writes the SBOM and the third-party licenses of the single file.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './run.mjs';

const NPM_SBOM = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=library', '--package-lock-only'];

const readPackage = (folder) => JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));

/** Returns the packages whose code is in a chunk. */
function findBundledPackages({ modules }) {
  const ids = Object.keys(modules).filter((id) => modules[id].renderedLength > 0);
  const folders = ids.flatMap((id) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id) ?? []);
  return [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = readPackage(folder);
    return { folder, title: `${name} ${version} (${license})`, reference: `${name}@${version}` };
  });
}

/** Completes npm's list, and removes what differs from run to run, or between the versions of npm. */
function createSbom({ fileName, code }, references) {
  const sbom = JSON.parse(execFileSync('npm', NPM_SBOM, { cwd: root, shell: process.platform === 'win32' }));
  const { component } = sbom.metadata;
  const isShipped = ({ scope, 'bom-ref': reference }) => scope === 'required' || references.includes(reference);
  const components = sbom.components.filter(isShipped).map((shipped) => ({
    ...shipped,
    scope: 'required',
    properties: [
      { name: 'diary-feed:single-file', value: references.includes(shipped['bom-ref']) ? 'bundled' : 'absent' },
    ],
  }));
  const known = [component, ...components].map((each) => each['bom-ref']);
  const dependencies = sbom.dependencies
    .filter(({ ref }) => known.includes(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((reference) => known.includes(reference)) }));
  const content = createHash('sha384').update(code).digest('hex');
  const file = { type: 'file', 'bom-ref': fileName, name: fileName, hashes: [{ alg: 'SHA-384', content }] };
  return {
    ...sbom,
    serialNumber: undefined,
    metadata: { component: { ...component, name: readPackage(root).name, properties: [], components: [file] } },
    components,
    dependencies: [...dependencies, { ref: fileName, dependsOn: references }],
  };
}

/** Returns the license text of a package, or the name of its license if the package contains no text. */
function licenseOf({ folder, title }) {
  const name = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  const text = name
    ? readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim()
    : 'The package contains no license text.';
  return `${title}\n\n${text}\n`;
}

/** Writes `sbom.cdx.json` and `third-party-licences.txt` next to the single file. */
export const inventory = {
  name: 'inventory',
  generateBundle(_, bundle) {
    const [file] = Object.values(bundle).filter(({ type }) => type === 'chunk');
    const packages = findBundledPackages(file);
    const sbom = createSbom(
      file,
      packages.map(({ reference }) => reference),
    );
    const licenses = [`${file.fileName} contains code of these packages.\n`, ...packages.map(licenseOf)];
    const emit = (fileName, source) => this.emitFile({ type: 'asset', fileName, source });
    emit('sbom.cdx.json', `${JSON.stringify(sbom, null, 2)}\n`);
    emit('third-party-licences.txt', licenses.join(`\n${'-'.repeat(80)}\n\n`));
  },
};
