// What a visitor of the builder can set: the attributes and custom properties in the manifest, and the builder's own settings.

/** The parts of `custom-elements.json` that the builder reads. */
export interface Manifest {
  modules: readonly { declarations?: readonly Declaration[] }[];
}

interface Declaration {
  tagName?: string;
  attributes?: readonly { name: string; type: { text: string }; default: string; description: string }[];
  cssProperties?: readonly { name: string; default?: string }[];
}

type Kind =
  | 'flag'
  | 'keyword'
  | 'tokens'
  | 'number'
  | 'text'
  | 'words'
  | 'language'
  | 'time-zone'
  | 'url'
  | 'urls'
  | 'color'
  | 'length'
  | 'weight';

export interface Setting {
  /** Name in the query of the page. */
  key: string;
  place: 'attribute' | 'property' | 'page';
  /** Group of controls that contains it. */
  group: string;
  kind: Kind;
  /** Value in the builder if nothing is chosen. Every value is a string; '' is no value. */
  initial: string;
  /** The element's default: the code doesn't contain it. */
  standard: string;
  options: readonly string[];
  min: number;
  max: number;
}

/** Value of each setting by its key. */
export type Values = Readonly<Record<string, string>>;

export const THEMES = ['plain', 'lines', 'cards', 'compact-sidebar', 'high-contrast'];

/** Languages with messages. */
export const LANGUAGES = ['sv', 'en', 'fi', 'nb', 'da', 'de'];

/** Groups of attributes. The first two are always visible, the others are folded. */
const ATTRIBUTE_GROUPS: Record<string, readonly string[]> = {
  feed: ['src'],
  show: ['show', 'limit', 'heading'],
  list: ['summary-length', 'more', 'expand', 'group', 'heading-level', 'new-for', 'stale-after', 'fallback-image'],
  filter: ['category', 'match', 'exclude', 'since', 'sort'],
  dates: ['date-style', 'time-zone', 'feed-lang'],
  links: ['link-target', 'feed-link', 'loading', 'timeout'],
};

/** Attributes with a kind that their type in the manifest doesn't show. */
const ATTRIBUTE_KINDS: Record<string, Kind> = {
  src: 'urls',
  show: 'tokens',
  category: 'words',
  match: 'words',
  exclude: 'words',
  'time-zone': 'time-zone',
  'feed-lang': 'language',
  'fallback-image': 'url',
};

/** Values that make the first result as rich as that of the README. */
const INITIAL: Record<string, string> = { show: 'date summary' };

const setting = (fields: Pick<Setting, 'key' | 'kind' | 'group'> & Partial<Setting>): Setting => {
  const { standard = '', initial = INITIAL[fields.key] ?? standard } = fields;
  return { place: 'page', options: [], min: 0, max: 0, ...fields, standard, initial };
};

/** The builder's own settings. `way` is how the feed gets to visitors if it has no CORS header. */
const PAGE_SETTINGS = [
  setting({ key: 'no-heading', kind: 'flag', group: 'show' }),
  setting({ key: 'theme', kind: 'keyword', group: 'theme', options: ['', ...THEMES] }),
  setting({ key: 'lang', kind: 'keyword', group: 'dates', options: ['', ...LANGUAGES] }),
  setting({ key: 'fallback', kind: 'url', group: 'links' }),
  setting({ key: 'fallback-text', kind: 'text', group: 'links' }),
  setting({ key: 'script', kind: 'url', group: 'site', standard: '/assets/diary-feed.min.js' }),
  setting({ key: 'integrity', kind: 'flag', group: 'site' }),
  setting({ key: 'way', kind: 'keyword', group: 'way', options: ['', 'ask', 'relay', 'own'] }),
  setting({
    key: 'server',
    kind: 'keyword',
    group: 'way',
    standard: 'nginx',
    options: ['nginx', 'cron-apache', 'cron-nginx', 'caddy', 'php', 'wordpress', 'node', 'iis'],
  }),
  setting({ key: 'width', kind: 'keyword', group: 'preview', standard: 'full', options: ['phone', 'column', 'full'] }),
  setting({ key: 'scheme', kind: 'keyword', group: 'preview', options: ['', 'light', 'dark'] }),
  setting({ key: 'ui', kind: 'keyword', group: 'preview', standard: 'sv', options: ['sv', 'en'] }),
];

/** Returns all settings. An attribute that has no group yet is in the group `list`. */
export function readSettings(manifest: Manifest): Setting[] {
  const element = manifest.modules.flatMap(({ declarations = [] }) => declarations).find(({ tagName }) => tagName);
  // the height while loading depends on the page, which isn't known here
  const properties = (element?.cssProperties ?? []).filter(({ name }) => name !== '--diary-feed-reserve');
  return [
    ...(element?.attributes ?? []).map(attributeSetting),
    ...properties.map(({ name, default: standard }) => propertySetting(name, standard)),
    ...PAGE_SETTINGS,
  ];
}

export const groupOf = (attribute: string): string | undefined =>
  Object.keys(ATTRIBUTE_GROUPS).find((group) => ATTRIBUTE_GROUPS[group]?.includes(attribute));

function attributeSetting(attribute: NonNullable<Declaration['attributes']>[number]): Setting {
  const { name, type, description } = attribute;
  const standard = /^(?:null|false)$/.test(attribute.default) ? '' : attribute.default.replaceAll("'", '');
  const keywords = [...type.text.matchAll(/'([^']*)'/g)].map(([, keyword = '']) => keyword);
  const tokens = /tokens of `([^`]+)`/.exec(description)?.[1]?.split(' ') ?? [];
  const [, min, max] = /(?<!\d)(\d{1,5})–(\d{1,5})/.exec(description) ?? [];
  const kind =
    ATTRIBUTE_KINDS[name] ??
    (type.text === 'boolean' ? 'flag' : keywords.length > 0 ? 'keyword' : /number/.test(type.text) ? 'number' : 'text');
  const options = kind === 'tokens' ? tokens : keywords;
  const group = groupOf(name) ?? 'list';
  return setting({ key: name, place: 'attribute', group, kind, standard, options, min: Number(min), max: Number(max) });
}

function propertySetting(name: string, standard = ''): Setting {
  const isColor = /(?:color|background)$/.test(name);
  return {
    ...setting({
      key: name.replace('--diary-feed-', 'css-'),
      place: 'property',
      group: isColor ? 'colors' : 'sizes',
      kind: isColor ? 'color' : name.endsWith('weight') ? 'weight' : 'length',
      initial: '',
    }),
    standard, // shown as a hint
  };
}
