// What can be chosen: the attributes and custom properties of the element's manifest, and what the page adds.
import { RELAYS } from './relay.js';

/** Looks that are shipped as files; a test compares them with the folder. */
export const THEMES = ['plain', 'lines', 'cards', 'compact-sidebar', 'high-contrast'];

/** Feeds beside this page, to try with. */
export const EXAMPLES = ['dagbok.xml', 'dagbok-latin1.xml', 'podd.xml', 'tom.xml', 'inte-ett-flode.html'];

/** Languages that the element speaks; '' is that of the page around it. */
const LANGUAGES = ['', 'sv', 'en', 'fi', 'nb', 'da', 'de'];

const unquoted = (text) => text.replaceAll("'", '');

/** Attributes whose values the manifest's types don't describe: ranges, tokens, URLs and text in a certain form. */
const ATTRIBUTE_KINDS = {
  src: { kind: 'addresses' },
  limit: { kind: 'number', min: 1, max: 50 },
  more: { kind: 'number', min: 1, max: 50 },
  heading: { kind: 'text', mayBeEmpty: true },
  'heading-level': { kind: 'number', min: 2, max: 6 },
  show: { kind: 'tokens', options: ['date', 'summary', 'author', 'source', 'category', 'image'] },
  'summary-length': { kind: 'number', min: 20, max: 1000 },
  category: { kind: 'text', form: 'words' },
  match: { kind: 'text', form: 'words' },
  exclude: { kind: 'text', form: 'words' },
  since: { kind: 'number', min: 1, max: 3650 },
  'time-zone': { kind: 'text', form: 'time-zone' },
  'feed-lang': { kind: 'text', form: 'language', mayBeEmpty: true },
  'new-for': { kind: 'number', min: 1, max: 365 },
  'stale-after': { kind: 'number', min: 1, max: 3650 },
  'fallback-image': { kind: 'address' },
  timeout: { kind: 'number', min: 1000, max: 60_000 },
};

/** Returns the kind of an attribute by its type, or `undefined` if the type alone doesn't determine it. */
function kindOf({ type: { text } }) {
  if (text === 'boolean') return { kind: 'boolean' };
  const options = [...text.matchAll(/'([^']*)'/g)].map(([, option]) => option);
  return options.length > 0 ? { kind: 'keyword', options } : undefined;
}

function attributeSetting(attribute) {
  const { name, type, default: written } = attribute;
  const kind = kindOf(attribute) ?? ATTRIBUTE_KINDS[name];
  if (!kind) throw new Error(`The configurator doesn't know the values of the attribute ${name}.`);
  const isMissing = written === 'null' || type.text === 'boolean';
  const fallback = isMissing ? null : unquoted(written);
  return { key: name, name, place: 'attribute', isOptional: written === 'null', fallback, ...kind };
}

const PROPERTY_KINDS = [
  [/(?:color|background)$/, { kind: 'colour' }],
  [/weight$/, { kind: 'weight' }],
];

function propertySetting({ name, default: written }) {
  const short = name.replace('--diary-feed-', '');
  const [, kind] = PROPERTY_KINDS.find(([pattern]) => pattern.test(name)) ?? [null, { kind: 'length' }];
  return { key: `css-${short}`, name, place: 'property', ...kind, fallback: '', standard: written };
}

/** What the page asks for beside the element's own: where things are, and how the preview looks. */
export const PAGE_SETTINGS = [
  { key: 'example', kind: 'keyword', options: EXAMPLES, fallback: EXAMPLES[0] },
  { key: 'theme', kind: 'keyword', options: ['', ...THEMES], fallback: '' },
  { key: 'lang', kind: 'keyword', options: LANGUAGES, fallback: '' },
  // the feed knows them, where it can be read
  { key: 'fallback', kind: 'address', fallback: '', mayBeWanted: true },
  { key: 'fallback-text', kind: 'text', fallback: '', mayBeEmpty: true },
  { key: 'script', kind: 'address', fallback: '/assets/diary-feed.min.js' },
  { key: 'site', kind: 'address', fallback: '', isWhole: true },
  { key: 'server', kind: 'keyword', options: ['', ...RELAYS], fallback: '' },
  { key: 'relay', kind: 'address', fallback: '' },
  { key: 'width', kind: 'keyword', options: ['phone', 'column', 'full'], fallback: 'column' },
  { key: 'scheme', kind: 'keyword', options: ['light', 'dark'], fallback: 'light' },
  { key: 'ui', kind: 'keyword', options: ['sv', 'en'], fallback: 'sv' },
].map((setting) => ({ place: 'page', ...setting }));

/**
 * Every setting, from `custom-elements.json`. `reserve` depends on the page, which isn't known here.
 */
export function readSurface(manifest) {
  const element = manifest.modules.flatMap(({ declarations = [] }) => declarations).find(({ tagName }) => tagName);
  return [
    ...element.attributes.map(attributeSetting),
    ...element.cssProperties.filter(({ name }) => name !== '--diary-feed-reserve').map(propertySetting),
    ...PAGE_SETTINGS,
  ];
}
