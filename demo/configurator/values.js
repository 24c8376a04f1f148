// What a person may write, and how a choice is kept in an address. Both ways in, form and address, go through `readValue`.

const PATTERNS = {
  colour: /^#[0-9a-f]{6}$/,
  weight: /^[1-9]00$/,
  length: /^(?:0|\d{1,3}(?:\.\d{1,3})?(?:px|em|rem))$/,
};

/** Characters of a text; more is no heading and no address. */
const MAX_LENGTH = 500;

/** An address of http: or https:, or a path, as written; `undefined` for anything else. */
export function readAddress(text) {
  const written = text.trim();
  if (!written || written.length > MAX_LENGTH || /[\s<>"'`\\{}]/.test(written)) return undefined;
  if (!URL.canParse(written, 'https://page.invalid/')) return undefined;
  const { protocol, username, password } = new URL(written, 'https://page.invalid/');
  return /^https?:$/.test(protocol) && !username && !password ? written : undefined;
}

/** Addresses that the element takes in one `src`. */
const MAX_ADDRESSES = 10;

/** Addresses parted by white space, with one space between; `undefined` where one is none, or there are too many. */
export function readAddresses(text) {
  const words = text.split(/\s+/).filter(Boolean);
  const areSome = words.length > 0 && words.length <= MAX_ADDRESSES;
  return areSome && words.every((word) => readAddress(word)) ? words.join(' ') : undefined;
}

function readNumber(text, { min, max }) {
  return /^\d{1,7}$/.test(text) && Number(text) >= min && Number(text) <= max ? String(Number(text)) : undefined;
}

function readTokens(text, options) {
  const words = new Set(text.split(/\s+/).filter(Boolean));
  if (text === 'none') return text;
  const known = options.filter((option) => words.has(option));
  return known.length > 0 && known.length === words.size ? known.join(' ') : undefined;
}

/** Whether a function takes a text, where the browser alone knows which ones are legal. */
function takes(call, text) {
  try {
    call(text);
    return true;
  } catch {
    return false;
  }
}

/** Texts that the element complains of on the console where they are of another form. */
const FORMS = {
  language: (text) => takes(Intl.getCanonicalLocales, text),
  'time-zone': (text) => takes((timeZone) => new Intl.DateTimeFormat('en', { timeZone }), text),
  words: (text) => /[^,\s]/.test(text),
};

/** The value of a setting that a text stands for, or `undefined` where it is none. */
export function readValue(setting, text) {
  const { kind, options, fallback } = setting;
  if (text === fallback) return fallback;
  switch (kind) {
    case 'number':
      return readNumber(text, setting);
    case 'tokens':
      return readTokens(text, options);
    case 'keyword':
      return options.includes(text) ? text : undefined;
    case 'boolean':
      return text === '' ? '' : undefined;
    case 'address':
      return setting.isWhole && !URL.canParse(text.trim()) ? undefined : readAddress(text);
    case 'addresses':
      return readAddresses(text);
    case 'text':
      if (text === '' && !setting.mayBeEmpty) return undefined;
      if (setting.form && !FORMS[setting.form](text)) return undefined;
      // control characters are no text, and would not survive the way through an address
      return text.length <= MAX_LENGTH && !/\p{Cc}/u.test(text) ? text : undefined;
    default:
      return PATTERNS[kind].test(text.toLowerCase()) ? text.toLowerCase() : undefined;
  }
}

/** The values that an address's query stands for: every setting has one; what is unknown or illegal counts for nothing. */
export function readQuery(query, settings) {
  const written = new URLSearchParams(query);
  return Object.fromEntries(
    settings.map((setting) => {
      const text = written.get(setting.key);
      return [setting.key, (text === null ? undefined : readValue(setting, text)) ?? setting.fallback];
    }),
  );
}

/** What of a query cannot be used: settings, each with the text that is no value of it. */
export function refusedIn(query, settings) {
  const written = new URLSearchParams(query);
  return settings
    .map((setting) => [setting, written.get(setting.key)])
    .filter(([setting, text]) => text !== null && readValue(setting, text) === undefined);
}

/** The query for values: those that differ from the defaults, in the order of the settings. */
export function writeQuery(values, settings) {
  const differing = settings.filter(({ key, fallback }) => values[key] !== fallback && values[key] !== null);
  return new URLSearchParams(differing.map(({ key }) => [key, values[key]])).toString();
}
