// What the webmaster pastes. Pure: values in, text out; whatever a person typed stays within its quotes.
import { readAddress, readAddresses, readValue } from './values.js';

const REFERENCES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as it is written in HTML, between tags or in quotes. */
export function escapeHtml(text) {
  return String(text).replace(/[&<>"']/g, (character) => REFERENCES[character]);
}

/** The origin of an address as a policy names it; `'self'` for a path, or where it is the site's own. */
export function policySource(address, site) {
  if (!readAddress(address ?? '')) return "'self'";
  const { origin } = new URL(address, 'https://page.invalid/');
  const isOwn = origin === 'https://page.invalid' || (site && URL.canParse(site) && new URL(site).origin === origin);
  // a host may hold a semicolon, which would begin another directive
  return isOwn || !/^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d+)?$/.test(origin) ? "'self'" : origin;
}

/** The attributes that differ from the defaults, as pairs. */
export function attributesOf(values, settings) {
  return settings
    .filter(({ place, key, fallback }) => place === 'attribute' && values[key] !== fallback && values[key] !== null)
    .filter((setting) => readValue(setting, values[setting.key]) !== undefined)
    .map(({ key }) => [key, values[key]]);
}

/** The custom properties that are set, as pairs. */
export function propertiesOf(values, settings) {
  return settings
    .filter(({ place, key }) => place === 'property' && values[key])
    .filter((setting) => readValue(setting, values[setting.key]) !== undefined)
    .map(({ key, name }) => [name, values[key]]);
}

/** The folder of the script, where the themes go too. */
const folderOf = (script) => script.replace(/[?#].*/, '').replace(/[^/]*$/, '');

/** The HTML: theme, script, and the element with its fallback link. */
function html({ values, settings, src, integrity, link, linkText }) {
  const script = readAddress(values.script) ?? '/assets/diary-feed.min.js';
  const attributes = [
    ...(src ? [['src', src]] : []),
    ...attributesOf(values, settings).filter(([name]) => name !== 'src'),
    ...(values.lang ? [['lang', values.lang]] : []),
  ];
  const isBare = (name) => settings.some(({ key, kind }) => key === name && kind === 'boolean');
  const lines = attributes
    .map(([name, value]) => `\n  ${name}${isBare(name) ? '' : `="${escapeHtml(value)}"`}`)
    .join('');
  const hash = /^sha(?:256|384|512)-[\w+/=]+$/.test(integrity ?? '') ? ` integrity="${integrity}"` : '';
  return [
    ...(values.theme
      ? [`<link rel="stylesheet" href="${escapeHtml(`${folderOf(script)}themes/${values.theme}.css`)}">`]
      : []),
    `<script type="module" src="${escapeHtml(script)}"${hash}></script>`,
    '',
    `<diary-feed${lines}\n>`,
    `  <a href="${escapeHtml(readAddress(link ?? '') ?? '/')}">${escapeHtml(linkText)}</a>`,
    '</diary-feed>',
    '',
  ].join('\n');
}

/** The rules: custom properties, and the place that is kept until the list is there. */
function css({ values, settings, reserve }) {
  const height = Number.isFinite(reserve) && reserve > 0 ? `${Math.ceil(reserve * 2) / 2}rem` : undefined;
  const properties = [...propertiesOf(values, settings), ...(height ? [['--diary-feed-reserve', height]] : [])];
  if (properties.length === 0) return '';
  const rule = `diary-feed {\n${properties.map(([name, value]) => `  ${name}: ${value};\n`).join('')}}\n`;
  if (!height) return rule;
  return `${rule}
@media (scripting: enabled) {
  diary-feed:not(:defined) {
    display: block;
    min-block-size: ${height};
  }
}
`;
}

/** The lines of a Content-Security-Policy that exactly this choice needs. */
function policy({ values, settings, src, images = [] }) {
  const { site, show = '' } = values;
  const feeds = src.split(' ');
  const pictures = settings
    .filter(({ key, place, kind }) => place === 'attribute' && kind === 'address' && values[key])
    .map(({ key }) => values[key]);
  const sources = (addresses) => [...new Set(addresses.map((address) => policySource(address, site)))].join(' ');
  return [
    `script-src ${sources([values.script])};`,
    ...(values.theme ? [`style-src ${sources([values.script])};`] : []),
    `connect-src ${sources(feeds)};`,
    ...(show.split(' ').includes('image')
      ? [`img-src ${sources([...(images.length > 0 ? images : feeds), ...pictures])};`]
      : []),
    `require-trusted-types-for 'script';`,
    'trusted-types lit-html;',
    '',
  ].join('\n');
}

/**
 * Everything to copy, for checked values.
 *
 * @param choice `values` and `settings`; `src`, the feed's address (or addresses) without a relay; `integrity` of the script; `link` and
 *   `linkText` of the fallback; `reserve`, height of the list in rem; `images`, addresses of the feed's pictures.
 */
export function buildSnippet(choice) {
  const src = readAddress(choice.values.relay ?? '') ?? readAddresses(choice.src ?? '') ?? '';
  const whole = { ...choice, src };
  return { html: html(whole), css: css(whole), policy: policy(whole) };
}
