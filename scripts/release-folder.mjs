// release/: what goes with a release, under names that have its version, so that a server may let browsers keep them for ever; and
// the demo with its configurator, as a folder that is put on a server as it stands.
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const SCRIPT = 'diary-feed.min.js';

const integrityOf = (bytes) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

/** `themes/cards.css` as `themes/cards-1.2.0.css`, `diary-feed.min.js` as `diary-feed-1.2.0.min.js`. */
export function versionedName(name, version) {
  const { dir, base } = path.posix.parse(name);
  return path.posix.join(
    dir,
    base.replace(/^[^.]+/, (stem) => `${stem}-${version}`),
  );
}

/**
 * Writes the folder anew from dist/. Gives the line that a webmaster pastes.
 *
 * @param lines what CHANGELOG.md tells of the version
 * @throws {Error} where dist/ is not of that version
 */
export function writeReleaseFolder(root, { version, lines }) {
  const built = path.join(root, 'dist');
  const folder = path.join(root, 'release');
  const bytesOf = (name) => readFileSync(path.join(built, name));

  const [, builtVersion] = /^\/\*! diary-feed (\S+) /m.exec(bytesOf(SCRIPT)) ?? [];
  if (builtVersion !== version) throw new Error(`dist/${SCRIPT} has the version ${builtVersion}, not ${version}.`);
  if (JSON.parse(bytesOf('sri.json'))[SCRIPT] !== integrityOf(bytesOf(SCRIPT))) {
    throw new Error(`dist/sri.json is not of dist/${SCRIPT}.`);
  }

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'themes'), { recursive: true });
  const write = (name, content) => writeFileSync(path.join(folder, name), content);

  const themes = readdirSync(path.join(built, 'themes')).sort();
  const hashes = [SCRIPT, ...themes.map((name) => `themes/${name}`)].flatMap((name) => {
    const own = versionedName(name, version);
    write(own, bytesOf(name));
    // one file under two names: whoever gives it the plain one needs its hash too
    return [own, name].map((each) => [each, integrityOf(bytesOf(name))]);
  });
  const integrity = Object.fromEntries(hashes);
  write('sri.json', `${JSON.stringify(integrity, null, 2)}\n`);
  for (const name of ['sbom.cdx.json', 'third-party-licences.txt']) write(name, bytesOf(name));
  cpSync(path.join(root, 'LICENSE'), path.join(folder, 'LICENSE'));

  const demo = path.join(folder, versionedName('configurator', version));
  const take = (name, filter) => cpSync(path.join(root, name), path.join(demo, name), { recursive: true, filter });
  const examples = path.join(root, 'demo/examples'); // apps to be built, no pages
  take('demo', (from) => from !== examples);
  take('dist', (from) => !/^\.|\.(?:map|d\.ts)$/.test(path.basename(from)));
  take('LICENSE');

  const file = versionedName(SCRIPT, version);
  const tag = `<script type="module" src="/assets/${file}" integrity="${integrity[file]}"></script>`;
  write('script-tag.html', `${tag}\n`);
  write(
    'notes.md',
    `# diary-feed ${version}

${lines}

## The file

\`\`\`html
${tag}
\`\`\`

The hash covers all of it; as \`${SCRIPT}\` it is the same file. How to verify it: docs/security.md.

## The page that writes the code

Put the folder \`${path.basename(demo)}\` on a server as it stands, and open \`demo/configurator.html\` in it.
`,
  );
  return tag;
}
