// Writes the SBOM and the third-party licenses of the single file.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './run.mjs';

const NPM_SBOM = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=library', '--package-lock-only'];

const readPackage = (folder) => JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));

/** Returns the folders of the packages whose code is in a chunk. */
function findBundledFolders({ modules }) {
  const ids = Object.keys(modules).filter((id) => modules[id].renderedLength > 0);
  const folders = ids.flatMap((id) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id) ?? []);
  return [...new Set(folders)].sort();
}

/** Adds the single file to npm's list, and removes what differs from run to run, or between the versions of npm. */
function createSbom({ fileName, code }, bundled) {
  const sbom = JSON.parse(execFileSync('npm', NPM_SBOM, { cwd: root, shell: process.platform === 'win32' }));
  const isBundled = (component) => bundled.includes(component['bom-ref']);
  const components = sbom.components
    .filter((component) => component.scope === 'required' || isBundled(component))
    .map((component) => ({
      ...component,
      scope: 'required',
      properties: [{ name: 'diary-feed:single-file', value: isBundled(component) ? 'bundled' : 'absent' }],
    }));
  const { component } = sbom.metadata;
  const isShipped = (reference) => [component, ...components].some((each) => each['bom-ref'] === reference);
  const dependencies = sbom.dependencies
    .filter(({ ref }) => isShipped(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(isShipped) }));
  const content = createHash('sha384').update(code).digest('hex');
  const file = { type: 'file', 'bom-ref': fileName, name: fileName, hashes: [{ alg: 'SHA-384', content }] };
  return {
    ...sbom,
    serialNumber: undefined,
    metadata: { component: { ...component, name: readPackage(root).name, properties: [], components: [file] } },
    components,
    dependencies: [...dependencies, { ref: fileName, dependsOn: bundled }],
  };
}

/** Returns the name and the license text of a package. */
function licenseOf(folder) {
  const { name, version, license } = readPackage(folder);
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n');
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

/** Writes `sbom.cdx.json` and `third-party-licences.txt` next to the single file. */
export const inventory = {
  name: 'inventory',
  generateBundle(_, bundle) {
    const [file] = Object.values(bundle).filter(({ type }) => type === 'chunk');
    const folders = findBundledFolders(file);
    const packages = folders.map(readPackage).map(({ name, version }) => `${name}@${version}`);
    const licenses = [`${file.fileName} contains code of these packages.\n`, ...folders.map(licenseOf)];
    const emit = (fileName, source) => this.emitFile({ type: 'asset', fileName, source });
    emit('sbom.cdx.json', `${JSON.stringify(createSbom(file, packages), null, 2)}\n`);
    emit('third-party-licences.txt', licenses.join(`\n${'-'.repeat(80)}\n\n`));
  },
};
