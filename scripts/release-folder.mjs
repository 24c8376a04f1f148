// Writes release/: the files of a release, with the version in their names, so that browsers can cache them for a year; and the
// demo with its builder, as a folder that a server can serve without changes.
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const SCRIPT = 'diary-feed.min.js';

/**
 * Writes the folder from dist/. Returns the script tag that a webmaster pastes.
 *
 * @param lines The lines of CHANGELOG.md about the version.
 */
export function writeReleaseFolder(root, { version, lines }) {
  const folder = path.join(root, 'release');
  rmSync(folder, { recursive: true, force: true });
  const copy = (from, to, filter) => cpSync(path.join(root, from), path.join(folder, to), { recursive: true, filter });
  const write = (name, text) => writeFileSync(path.join(folder, name), text);

  const integrity = {};
  const themes = readdirSync(path.join(root, 'dist/themes')).sort();
  for (const name of [SCRIPT, ...themes.map((theme) => `themes/${theme}`)]) {
    const versioned = name.replace('.', `-${version}.`);
    copy(`dist/${name}`, versioned);
    const hash = createHash('sha384').update(readFileSync(path.join(root, 'dist', name)));
    // a webmaster can rename the file: its hash is listed under both names
    integrity[versioned] = integrity[name] = `sha384-${hash.digest('base64')}`;
  }
  write('sri.json', `${JSON.stringify(integrity, null, 2)}\n`);
  for (const name of ['sbom.cdx.json', 'third-party-licences.txt']) copy(`dist/${name}`, name);
  copy('LICENSE', 'LICENSE');
  for (const name of ['troubleshooting.md', 'felsokning.md']) copy(`docs/${name}`, name); // console messages name this page

  const demo = `builder-${version}`;
  copy('demo', `${demo}/demo`, (from) => !/[\\/]demo[\\/](?:examples|builder)$/.test(from)); // these need a build
  copy('docs', `${demo}/docs`, (from) => !from.endsWith('.png'));
  copy('dist', `${demo}/dist`, (from) => !/^\.|\.(?:map|d\.ts)$/.test(path.basename(from)));
  copy('LICENSE', `${demo}/LICENSE`);

  const file = `diary-feed-${version}.min.js`;
  const tag = `<script type="module" src="/assets/${file}" integrity="${integrity[file]}"></script>`;
  write(
    'notes.md',
    `# diary-feed ${version}

${lines.trim()}

## The file

\`\`\`html
${tag}
\`\`\`

The hash covers the complete file. It stays the same if you rename the file to \`${SCRIPT}\`. How to verify it:
docs/security.md. If no entries appear on your page: \`troubleshooting.md\`.

## The page that writes the code

Put the folder \`${demo}\` on a server without changes, and open \`demo/builder.html\` in it.
`,
  );
  return tag;
}
