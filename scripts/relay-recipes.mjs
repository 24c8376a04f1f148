// The relay recipes as the configurator shows them: dist/relay-recipes.json, made from docs/relay/, where they are kept. As files
// beside the demo they would be run, or hidden, by the very servers that they are for.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './run.mjs';

const FOLDER = path.join(root, 'docs/relay');

/** The lines that lead a server to relay.mjs, as one text. They stand in the README only. */
function frontLines(readme) {
  const [, section] = /^## In front of relay\.mjs\n(.*?)(?=^## )/ms.exec(readme);
  const names = { nginx: 'nginx', apache: 'Apache', caddyfile: 'Caddy' };
  const blocks = [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  return blocks.map(([, kind, lines]) => `# ${names[kind]}:\n${lines}`).join('\n');
}

/** The text of every recipe by its file's name, and under `in front of relay.mjs` those lines. */
export function readRecipes() {
  const names = readdirSync(FOLDER).filter((name) => !name.endsWith('.md'));
  const read = (name) => readFileSync(path.join(FOLDER, name), 'utf8');
  const recipes = names.sort().map((name) => [name, read(name)]);
  return { ...Object.fromEntries(recipes), 'in front of relay.mjs': frontLines(read('README.md')) };
}
