import { executeServerCommand } from '@web/test-runner-commands';

/** Presses a key, by its name in `KeyboardEvent.key`. */
export async function press(key: 'Tab' | 'Enter'): Promise<void> {
  await executeServerCommand('driver:press', key);
}

/** Emulates media features until `emulate({})`. Returns whether the browser supports it. */
export function emulate(media: { media?: 'print'; features?: Record<string, string> }): Promise<boolean> {
  return executeServerCommand('driver:emulate', media);
}

/** Returns the accessibility tree of an element and the expected one, or `false` if the browser doesn't expose it. */
export function treeOf(selector: string, name: string): Promise<{ tree: string; expected: string } | false> {
  return executeServerCommand('driver:tree', { selector, name });
}

/** Returns role and name of the elements that a script returns, or `false` if the browser doesn't expose them. */
export function rolesOf(script: string): Promise<[role: string, name: string][] | false> {
  return executeServerCommand('driver:roles', script);
}
