// The package as npm would publish it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/run.mjs';

/** Runs a program to its end and gives what it printed. @throws where it fails, with all that it said. */
export function runProgram(program, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', ...options });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}\n${stdout}\n${stderr}`, { cause: error });
  return stdout;
}

/** Packs the project; gives a folder of its own, which the test takes away, the tarball in it, and the names of its files. */
export function packProject() {
  const folder = mkdtempSync(path.join(tmpdir(), 'diary-feed-'));
  const said = runProgram('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: root });
  const packed = JSON.parse(said);
  const [{ filename, files }] = Array.isArray(packed) ? packed : Object.values(packed);
  return { folder, tarball: path.join(folder, filename), files: files.map((file) => file.path) };
}

/** Installs a package in a folder, with links to the dependencies that this project has installed. */
export function unpackInto(folder, tarball) {
  const target = path.join(folder, 'node_modules/diary-feed');
  mkdirSync(target, { recursive: true });
  runProgram('tar', ['-xzf', tarball, '--strip-components=1', '-C', target]);
  const { dependencies } = JSON.parse(readFileSync(path.join(target, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    symlinkSync(path.join(root, 'node_modules', name), path.join(folder, 'node_modules', name));
  }
}
