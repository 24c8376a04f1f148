// What the webmaster copies. Pure: values in, text out. Nothing that a person types can end its quotes.
import type { Setting, Values } from './settings.js';
import { cspSource } from './site.js';
import { readUrl, readValue } from './values.js';

const REFERENCES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Returns a text as HTML, between tags or in quotes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => REFERENCES[character] ?? '');

export interface Choice {
  values: Values;
  settings: readonly Setting[];
  /** URLs of the feeds as the code contains them. */
  urls: readonly string[];
  /** Title of the feed, if it is known and no heading is chosen. */
  title: string;
  /** URL and text of the fallback link. */
  link: string;
  linkText: string;
  /** Hash of the script, or ''. */
  integrity: string;
  /** URLs of the images in the feeds. */
  images: readonly string[];
}

/** Returns the attributes of the element that differ from its defaults, without `src`. */
export function attributesOf({ values, settings, title }: Pick<Choice, 'values' | 'settings' | 'title'>) {
  return settings
    .filter(({ key, place }) => place === 'attribute' && key !== 'src')
    .flatMap((setting): [string, string][] => {
      const { key, kind, standard } = setting;
      const value = values[key] ?? '';
      if (readValue(setting, value) === undefined) return [];
      if (key === 'heading') return values['no-heading'] ? [] : [[key, value || title]];
      if (value === standard || value === '') return [];
      return [[key, kind === 'flag' ? '' : value]];
    });
}

/** Returns the custom properties that are set. */
export function propertiesOf({ values, settings }: Pick<Choice, 'values' | 'settings'>): [string, string][] {
  return settings
    .filter((setting) => setting.place === 'property' && values[setting.key])
    .filter((setting) => readValue(setting, values[setting.key] ?? '') !== undefined)
    .map(({ key }) => [key.replace('css-', '--diary-feed-'), values[key] ?? '']);
}

/** Returns the URL of the theme: the folder `themes` next to the script. */
export const themeUrl = (script: string, theme: string): string =>
  `${script.slice(0, script.replace(/[?#].*/, '').lastIndexOf('/') + 1)}themes/${theme}.css`;

/** Characters of a line that still fits into a narrow editor. */
const MAX_LINE_LENGTH = 90;

/** Returns the complete code: theme, colors, script and element. */
export function createCode(choice: Choice): string {
  const { values, settings, urls, link, linkText, integrity } = choice;
  const script = readUrl(values.script ?? '') ?? '/assets/diary-feed.min.js';
  const theme = values.theme ? `<link rel="stylesheet" href="${escapeHtml(themeUrl(script, values.theme))}">\n` : '';
  const properties = propertiesOf(choice).map(([name, value]) => `    ${name}: ${value};\n`);
  const style = properties.length > 0 ? `<style>\n  diary-feed {\n${properties.join('')}  }\n</style>\n` : '';
  const flags = new Set(settings.filter(({ kind }) => kind === 'flag').map(({ key }) => key));
  const src = urls.filter((url) => readUrl(url)).join(' ');
  const lang: [string, string][] = values.lang ? [['lang', values.lang]] : [];
  const attributes = [['src', src] as [string, string], ...lang, ...attributesOf(choice)].map(([name, value]) =>
    flags.has(name) ? name : `${name}="${escapeHtml(value)}"`,
  );
  const oneLine = `<diary-feed ${attributes.join(' ')}>`;
  const tag = oneLine.length <= MAX_LINE_LENGTH ? oneLine : `<diary-feed\n  ${attributes.join('\n  ')}\n>`;
  const hash = /^sha(?:256|384|512)-[\w+/=]+$/.test(integrity) ? ` integrity="${integrity}"` : '';
  return `${theme}${style}<script type="module" src="${escapeHtml(script)}"${hash}></script>

${tag}
  <a href="${escapeHtml(readUrl(link) ?? '/')}">${escapeHtml(linkText)}</a>
</diary-feed>
`;
}

/**
 * Returns what a Content-Security-Policy must allow for the code, in one line as in a header. Without Trusted Types: they would
 * stop other scripts of the site.
 */
export function createPolicy({ values, urls, images }: Choice): string {
  const list = (sources: readonly string[]): string => [...new Set(sources.map(cspSource))].join(' ');
  const { script = '', theme, show = '', 'fallback-image': fallbackImage } = values;
  return [
    `script-src ${list([script])}`,
    ...(theme ? [`style-src ${list([script])}`] : []),
    `connect-src ${list(urls)}`,
    ...(show.includes('image') ? [`img-src ${list([...images, ...(fallbackImage ? [fallbackImage] : [])])}`] : []),
  ].join('; ');
}
