import { MAX_ADDRESS_LENGTH } from './limits.js';

/** Hosts as they are registered, other letters in Punycode; browsers take more, such as `bank.example;evil.example`. */
const HOST = /^(?:[\w.-]+|\[[\da-f:]+\])$/;

/**
 * The absolute address of `value`, or `undefined` unless that is `http:` or `https:`.
 *
 * Addresses with a user name are refused: what stands before `@` is read as the host by people, not by browsers. So are
 * hosts with characters that no host has, for the same reason.
 */
export function httpUrl(value: string | undefined, base?: string): string | undefined {
  const text = value?.trim();
  if (!text || text.length > MAX_ADDRESS_LENGTH) return undefined;
  try {
    const url = new URL(text, base);
    const isPlain = HOST.test(url.hostname) && !url.username && !url.password;
    return isPlain && /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
