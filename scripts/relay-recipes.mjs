// Reads the relay recipes in docs/relay/ for the builder. They are in its script: as files next to the demo, the servers that they
// are for would run them.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './run.mjs';

const FOLDER = path.join(root, 'docs/relay');

/** Returns the lines that make a web server forward requests to relay.mjs. They are in the README only. */
function frontLines(readme) {
  const [, section] = /^## In front of relay\.mjs\n(.*?)(?=^## )/ms.exec(readme);
  const names = { nginx: 'nginx', apache: 'Apache', caddyfile: 'Caddy' };
  const blocks = [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  return blocks.map(([, kind, lines]) => `# ${names[kind]}:\n${lines}`).join('\n');
}

/** Returns the text of every recipe by file name, and those lines as `in front of relay.mjs`. */
export function readRecipes() {
  const names = readdirSync(FOLDER).filter((name) => !name.endsWith('.md'));
  const read = (name) => readFileSync(path.join(FOLDER, name), 'utf8');
  const recipes = names.sort().map((name) => [name, read(name)]);
  return { ...Object.fromEntries(recipes), 'in front of relay.mjs': frontLines(read('README.md')) };
}
