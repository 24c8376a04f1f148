// The structure of a page in Markdown, by Prettier's parser.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parsers } from 'prettier/plugins/markdown';
import { root } from '../../scripts/run.mjs';

const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', '.git']);

/** Returns the files with that ending in a folder of the project, or in the project, as paths from its root. */
export function filesOf(ending, folder = '') {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : filesOf(ending, name);
    return name.endsWith(ending) ? [name] : [];
  });
}

/**
 * Returns the anchors of headings as on GitHub: lower case, no punctuation but hyphens and underscores, hyphens for spaces,
 * and a number for a repeated heading.
 */
function anchorsOf(headings) {
  const counts = new Map();
  return headings.map((heading) => {
    const anchor = heading
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-');
    const count = counts.get(anchor) ?? 0;
    counts.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

const textOf = ({ value, children = [] }) => value ?? children.map(textOf).join('');

function* nodesOf(node) {
  yield node;
  for (const child of node.children ?? []) yield* nodesOf(child);
}

const attributesOf = (html, names) => [...html.matchAll(new RegExp(`\\s(?:${names})="([^"]*)"`, 'g'))].map((m) => m[1]);

/** Returns the anchors of a page, its links (images too) and its code by language. */
export async function readMarkdown(text) {
  const nodes = [...nodesOf(await parsers.markdown.parse(text, {}))];
  const of = (...types) => nodes.filter(({ type }) => types.includes(type));
  const html = of('html').map(({ value }) => value);
  return {
    anchors: new Set([...anchorsOf(of('heading').map(textOf)), ...html.flatMap((tag) => attributesOf(tag, 'id|name'))]),
    links: [
      ...of('link', 'image', 'definition').map(({ url }) => url),
      ...html.flatMap((tag) => attributesOf(tag, 'href|src')),
    ],
    snippets: of('code').map(({ lang, value }) => ({ language: lang ?? '', code: value })),
  };
}

export const readPage = (file) => readMarkdown(readFileSync(path.join(root, file), 'utf8'));
