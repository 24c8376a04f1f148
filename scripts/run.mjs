import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** The folder of the repository. */
export const root = path.resolve(import.meta.dirname, '..');

/** The oldest Node that the development tools support: the highest minimum among them. `.nvmrc` names the recommended one. */
const OLDEST_NODE = '22.19';

/** Prints one line if Node is older than the tools support. Most of them run in Node 20 nevertheless. */
export function warnAboutOldNode() {
  const { node } = process.versions;
  if (node.localeCompare(OLDEST_NODE, 'en', { numeric: true }) >= 0) return;
  console.warn(`Node ${node} is older than ${OLDEST_NODE}: if something fails, update Node.`);
}

/** Prints a label and runs a Node script, with its arguments. If it fails, this process ends with its exit code. */
export function run(label, command) {
  console.log(`\u001b[2m${label}\u001b[0m`);
  const { status } = spawnSync(process.execPath, command.split(' '), { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
