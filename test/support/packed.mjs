// The package as npm would publish it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/run.mjs';

/** Runs a command and returns its output. @throws if it fails, with its output. */
export function runCommand(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`, { cause: error });
  return stdout;
}

/** Packs the project. Returns a new folder, which the test removes, the tarball in it, and the names of its files. */
export function packProject() {
  const folder = mkdtempSync(path.join(tmpdir(), 'diary-feed-'));
  const output = runCommand('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: root });
  const packed = JSON.parse(output);
  const [{ filename, files }] = Array.isArray(packed) ? packed : Object.values(packed);
  return { folder, tarball: path.join(folder, filename), files: files.map((file) => file.path) };
}

/** Installs a package in a folder, with links to the project's dependencies. */
export function unpackInto(folder, tarball) {
  const target = path.join(folder, 'node_modules/diary-feed');
  mkdirSync(target, { recursive: true });
  runCommand('tar', ['-xzf', tarball, '--strip-components=1', '-C', target]);
  const { dependencies } = JSON.parse(readFileSync(path.join(target, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    symlinkSync(path.join(root, 'node_modules', name), path.join(folder, 'node_modules', name));
  }
}
