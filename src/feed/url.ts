import { MAX_ADDRESS_LENGTH } from './limits.js';

/**
 * The absolute address of `value`, or `undefined` unless that is `http:` or `https:`.
 *
 * Addresses with a user name are refused: what stands before `@` is read as the host by people, not by browsers.
 */
export function httpUrl(value: string | undefined, base?: string): string | undefined {
  const text = value?.trim();
  if (!text || text.length > MAX_ADDRESS_LENGTH) return undefined;
  try {
    const url = new URL(text, base);
    return /^https?:$/.test(url.protocol) && !url.username && !url.password ? url.href : undefined;
  } catch {
    return undefined;
  }
}
