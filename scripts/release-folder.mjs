// Writes release/: the files of a release, with the version in their names, so that browsers can cache them for a year; and the
// demo with its builder, as a folder that a server can serve without changes.
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const SCRIPT = 'diary-feed.min.js';

const integrityOf = (bytes) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

/** Returns `themes/cards-1.2.0.css` for `themes/cards.css`, `diary-feed-1.2.0.min.js` for `diary-feed.min.js`. */
function versionedName(name, version) {
  const { dir, base } = path.posix.parse(name);
  return path.posix.join(
    dir,
    base.replace(/^[^.]+/, (stem) => `${stem}-${version}`),
  );
}

/**
 * Writes the folder from dist/. Returns the script tag that a webmaster pastes.
 *
 * @param lines The lines of CHANGELOG.md about the version.
 * @throws {Error} If dist/ has another version.
 */
export function writeReleaseFolder(root, { version, lines }) {
  const built = path.join(root, 'dist');
  const folder = path.join(root, 'release');
  const bytesOf = (name) => readFileSync(path.join(built, name));

  if (!bytesOf(SCRIPT).includes(`/*! diary-feed ${version} `)) {
    throw new Error(`dist/${SCRIPT} has another version than ${version}. Run npm run build.`);
  }
  if (JSON.parse(bytesOf('sri.json'))[SCRIPT] !== integrityOf(bytesOf(SCRIPT))) {
    throw new Error(`dist/sri.json has another hash than dist/${SCRIPT}. Run npm run build.`);
  }

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'themes'), { recursive: true });
  const write = (name, content) => writeFileSync(path.join(folder, name), content);

  const themes = readdirSync(path.join(built, 'themes')).sort();
  const hashes = [SCRIPT, ...themes.map((name) => `themes/${name}`)].flatMap((name) => {
    const own = versionedName(name, version);
    write(own, bytesOf(name));
    // a webmaster can rename the file: its hash is listed under both names
    return [own, name].map((each) => [each, integrityOf(bytesOf(name))]);
  });
  const integrity = Object.fromEntries(hashes);
  write('sri.json', `${JSON.stringify(integrity, null, 2)}\n`);
  for (const name of ['sbom.cdx.json', 'third-party-licences.txt']) write(name, bytesOf(name));
  cpSync(path.join(root, 'LICENSE'), path.join(folder, 'LICENSE'));
  // console messages name this page
  for (const name of ['troubleshooting.md', 'felsokning.md'])
    cpSync(path.join(root, 'docs', name), path.join(folder, name));

  const demo = path.join(folder, versionedName('builder', version));
  const take = (name, filter) => cpSync(path.join(root, name), path.join(demo, name), { recursive: true, filter });
  const sources = ['demo/examples', 'demo/builder'].map((name) => path.join(root, name)); // to be built
  take('demo', (from) => !sources.includes(from));
  take('docs', (from) => !from.endsWith('.png'));
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

The hash covers the complete file. It stays the same if you rename the file to \`${SCRIPT}\`. How to verify it:
docs/security.md. If no entries appear on your page: \`troubleshooting.md\`.

## The page that writes the code

Put the folder \`${path.basename(demo)}\` on a server without changes, and open \`demo/builder.html\` in it.
`,
  );
  return tag;
}
