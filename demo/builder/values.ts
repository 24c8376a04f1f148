// Which texts are valid values, and how a choice is kept in the query of the page. Form and query both use `readValue`.
import type { Setting, Values } from './settings.js';

const MAX_TEXT_LENGTH = 500;
const MAX_URLS = 10;

/** Base for relative URLs of a site that the builder doesn't know. No site has this name. */
export const UNKNOWN_SITE = 'https://page.invalid/';

/** Returns an `http:` or `https:` URL or a path as it is written, if it can be in code and recipes. */
export function readUrl(text: string): string | undefined {
  const written = text.trim();
  if (!written || written.length > MAX_TEXT_LENGTH || /[\s<>"'`\\{}]/.test(written)) return undefined;
  if (!URL.canParse(written, UNKNOWN_SITE)) return undefined;
  const { protocol, username, password } = new URL(written, UNKNOWN_SITE);
  return /^https?:$/.test(protocol) && !username && !password ? written : undefined;
}

function readUrls(text: string): string | undefined {
  const urls = [...new Set(text.split(/\s+/).filter(Boolean))];
  return urls.length <= MAX_URLS && urls.every((url) => readUrl(url)) ? urls.join(' ') : undefined;
}

function readTokens(text: string, options: readonly string[]): string | undefined {
  const tokens = new Set(text.split(/\s+/).filter(Boolean));
  if (text === 'none') return text;
  const known = options.filter((option) => tokens.has(option));
  return known.length > 0 && known.length === tokens.size ? known.join(' ') : undefined;
}

const accepts = (parse: () => unknown): boolean => {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
};

/** Returns the value of a setting that a text stands for, or `undefined` if it isn't valid. */
export function readValue(setting: Setting, text: string): string | undefined {
  const { kind, options, min, max, initial } = setting;
  const lower = text.trim().toLowerCase();
  const valueIf = (isValid: boolean, value = text): string | undefined => (isValid ? value : undefined);
  if (text === initial || (text === '' && kind !== 'tokens'))
    return valueIf(kind !== 'keyword' || options.includes(text));
  switch (kind) {
    case 'flag':
      return valueIf(text === 'yes');
    case 'keyword':
      return valueIf(options.includes(text));
    case 'tokens':
      return readTokens(text, options);
    case 'number':
      return valueIf(/^\d{1,7}$/.test(text) && Number(text) >= min && Number(text) <= max, String(Number(text)));
    case 'url':
      return readUrl(text);
    case 'urls':
      return readUrls(text);
    case 'color':
      return valueIf(/^#[0-9a-f]{6}$/.test(lower), lower);
    case 'length':
      return valueIf(/^(?:0|\d{1,3}(?:\.\d{1,3})?(?:px|em|rem))$/.test(lower), lower);
    case 'weight':
      return valueIf(/^[1-9]00$/.test(text));
    case 'language':
      return valueIf(accepts(() => Intl.getCanonicalLocales(text)));
    case 'time-zone':
      return valueIf(accepts(() => new Intl.DateTimeFormat('en', { timeZone: text })));
    case 'words':
      return valueIf(/[^,\s]/.test(text) && isText(text));
    case 'text':
      return valueIf(isText(text));
  }
}

// control characters aren't text, and a query doesn't keep them
const isText = (text: string): boolean => text.length <= MAX_TEXT_LENGTH && !/\p{Cc}/u.test(text);

/** Returns the values in a query. A setting that is missing or invalid has its initial value. */
export function readQuery(query: string, settings: readonly Setting[]): Values {
  const written = new URLSearchParams(query);
  return Object.fromEntries(
    settings.map((setting) => {
      const text = written.get(setting.key);
      return [setting.key, (text === null ? undefined : readValue(setting, text)) ?? setting.initial];
    }),
  );
}

/** Returns the settings in a query that are invalid, with their text. */
export function findInvalid(query: string, settings: readonly Setting[]): [Setting, string][] {
  const written = new URLSearchParams(query);
  return settings.flatMap((setting): [Setting, string][] => {
    const text = written.get(setting.key);
    return text !== null && readValue(setting, text) === undefined ? [[setting, text]] : [];
  });
}

/** Returns the query of the values that differ from the initial ones. */
export function writeQuery(values: Values, settings: readonly Setting[]): string {
  const changed = settings.filter(({ key, initial }) => (values[key] ?? initial) !== initial);
  return new URLSearchParams(changed.map(({ key }) => [key, values[key] ?? ''])).toString();
}
