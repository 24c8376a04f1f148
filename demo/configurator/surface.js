// What can be chosen, as the element's own manifest tells it: a new attribute of a known kind appears by itself.
import { RELAYS } from './relay.js';

/** Looks that are shipped as files; a test compares them with the folder. */
export const THEMES = ['plain', 'lines', 'cards', 'compact-sidebar', 'high-contrast'];

/** Feeds beside this page, to try with. */
export const EXAMPLES = ['dagbok.xml', 'dagbok-latin1.xml', 'podd.xml', 'tom.xml', 'inte-ett-flode.html'];

/** Languages that the element speaks; '' is that of the page around it. */
export const LANGUAGES = ['', 'sv', 'en', 'fi', 'nb', 'da', 'de'];

const unquoted = (text = '') => text.replaceAll("'", '');
const wordsIn = (text) => [...text.matchAll(/`([a-z_-]+)`/g)].map(([, word]) => word);

/** Whether a property can be without a value. */
const canBeMissing = ({ type }) => /\b(?:null|undefined)\b/.test(type.text);

/** What a text has to be, beside a text. */
const TEXT_FORMS = [
  [/^IANA name/, 'time-zone'],
  [/^Language of/, 'language'],
  [/parted by commas/, 'words'],
];
const formOf = (description) => TEXT_FORMS.find(([pattern]) => pattern.test(description))?.[1];

/** The kind of an attribute: address, boolean, number, tokens, keyword or text. */
function kindOf(attribute) {
  const { name, type, description, default: written } = attribute;
  const { text } = type;
  if (name === 'src' || /^Address\b/.test(description)) return { kind: 'address' };
  if (/\bboolean\b/.test(text)) return { kind: 'boolean' };
  if (/\bnumber\b/.test(text)) {
    const [, min, max] = /\b(\d+)–(\d+)/.exec(description) ?? [];
    return { kind: 'number', min: Number(min ?? 0), max: Number(max ?? 1_000_000) };
  }
  const [, tokens] = /some of `([a-z ]+)`/.exec(description) ?? [];
  if (tokens) return { kind: 'tokens', options: tokens.split(' ') };
  const union = [...text.matchAll(/'([^']+)'/g)].map(([, word]) => word);
  const isNamed = union.length === 0 && !/\bstring\b/.test(text);
  const options = union.length > 0 ? union : isNamed ? [...new Set(wordsIn(description))] : [];
  if (options.includes(unquoted(written))) return { kind: 'keyword', options };
  // a word that is not there unless it is chosen
  if (options.length > 0 && (canBeMissing(attribute) || written === "''")) {
    return { kind: 'keyword', options: ['', ...options], fallback: '' };
  }
  // of most texts an empty one is none
  const mayBeEmpty = written === "''" || /\bempty\b/.test(description);
  return { kind: 'text', mayBeEmpty, form: formOf(description) };
}

function attributeSetting(attribute) {
  const { name, type, description, default: written } = attribute;
  const isMissing = written === undefined || written === 'null' || type.text === 'boolean';
  const fallback = isMissing ? null : unquoted(written);
  const isOptional = canBeMissing(attribute);
  const kind = name === 'src' ? { kind: 'addresses' } : kindOf(attribute);
  return { key: name, name, place: 'attribute', isOptional, fallback, description, ...kind };
}

const PROPERTY_KINDS = [
  [/(?:color|background)$/, { kind: 'colour' }],
  [/weight$/, { kind: 'weight' }],
];

function propertySetting({ name, description, default: written }) {
  const short = name.replace('--diary-feed-', '');
  const [, kind] = PROPERTY_KINDS.find(([pattern]) => pattern.test(name)) ?? [null, { kind: 'length' }];
  return { key: `css-${short}`, name, place: 'property', ...kind, fallback: '', standard: written, description };
}

/** What the page asks for beside the element's own: where things are, and how the preview looks. */
export const PAGE_SETTINGS = [
  { key: 'example', kind: 'keyword', options: EXAMPLES, fallback: EXAMPLES[0] },
  { key: 'theme', kind: 'keyword', options: ['', ...THEMES], fallback: '' },
  { key: 'lang', kind: 'keyword', options: LANGUAGES, fallback: '' },
  // the feed knows them, where it can be read
  { key: 'fallback', kind: 'address', fallback: '', mayBeWanted: true },
  { key: 'fallback-text', kind: 'text', fallback: '', mayBeEmpty: true, mayBeWanted: true },
  { key: 'script', kind: 'address', fallback: '/assets/diary-feed.min.js' },
  { key: 'site', kind: 'address', fallback: '', isWhole: true },
  { key: 'server', kind: 'keyword', options: ['', ...RELAYS], fallback: '' },
  { key: 'relay', kind: 'address', fallback: '' },
  { key: 'width', kind: 'keyword', options: ['phone', 'column', 'full'], fallback: 'column' },
  { key: 'scheme', kind: 'keyword', options: ['light', 'dark'], fallback: 'light' },
  { key: 'ui', kind: 'keyword', options: ['sv', 'en'], fallback: 'sv' },
].map((setting) => ({ place: 'page', ...setting }));

/**
 * Every setting, from `custom-elements.json`. `reserve` is measured in the preview, not chosen.
 */
export function readSurface(manifest) {
  const element = manifest.modules.flatMap(({ declarations = [] }) => declarations).find(({ tagName }) => tagName);
  return [
    ...element.attributes.map(attributeSetting),
    ...element.cssProperties.filter(({ name }) => name !== '--diary-feed-reserve').map(propertySetting),
    ...PAGE_SETTINGS,
  ];
}
