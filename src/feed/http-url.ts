import { MAX_URL_LENGTH } from './limits.js';

/** Valid host names, international ones in Punycode. Browsers accept more, such as `bank.example;evil.example`. */
const HOST = /^(?:[\w.-]+|\[[\da-f:]+\])$/;

/**
 * Returns the absolute URL of `value`, or `undefined` if it isn't an `http:` or `https:` URL.
 *
 * URLs with a user name are refused, because people read the text before `@` as the host. Hosts with unusual characters
 * are refused for the same reason.
 *
 * @param base What relative URLs are resolved against. Without it a relative URL is `undefined`.
 */
export function httpUrl(value: string | undefined, base?: string): string | undefined {
  const text = value?.trim();
  if (!text || text.length > MAX_URL_LENGTH) return undefined;
  try {
    const url = new URL(text, base);
    const isPlain = HOST.test(url.hostname) && !url.username && !url.password;
    return isPlain && /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
