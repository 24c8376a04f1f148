import { executeServerCommand } from '@web/test-runner-commands';

/** Presses a key of the keyboard, by its name in `KeyboardEvent.key`. */
export async function press(key: 'Tab' | 'Enter'): Promise<void> {
  await executeServerCommand('driver:press', key);
}

/** Media that the page shall take itself for. Says whether the browser can; `{}` ends it. */
export function emulate(media: { media?: 'print'; features?: Record<string, string> }): Promise<boolean> {
  return executeServerCommand('driver:emulate', media);
}

/** The accessibility tree of what matches, and the one to expect; `false` where the browser tells nobody. */
export function treeOf(selector: string, name: string): Promise<{ tree: string; expected: string } | false> {
  return executeServerCommand('driver:tree', { selector, name });
}

/** Role and name, as the browser computes them, of each element that a script gives; `false` where it tells nobody. */
export function rolesOf(script: string): Promise<[role: string, name: string][] | false> {
  return executeServerCommand('driver:roles', script);
}
