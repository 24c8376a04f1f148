// What the webmaster pastes. Pure: values in, text out; whatever a person typed stays within its quotes.
import { isOwn } from './own-site.js';
import { readAddress, readAddresses, readValue } from './values.js';

const REFERENCES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as it is written in HTML, between tags or in quotes. */
export function escapeHtml(text) {
  return String(text).replace(/[&<>"']/g, (character) => REFERENCES[character]);
}

/** The origin of an address as a policy names it; `'self'` for a path, or where it is the site's own. */
export function policySource(address, site) {
  if (!readAddress(address ?? '')) return "'self'";
  if (isOwn(address, site)) return "'self'";
  const { origin } = new URL(address, 'https://page.invalid/');
  // a host may hold a semicolon, which would begin another directive
  return /^https?:\/\/(?:[a-z0-9._-]+|\[[0-9a-f:]+\])(?::\d+)?$/.test(origin) ? origin : "'self'";
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
function folderOf(script) {
  const path = script.replace(/[?#].*/, '');
  return path.slice(0, path.lastIndexOf('/') + 1);
}

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

/** The rule with the custom properties that are set, or ''. */
function css({ values, settings }) {
  const lines = propertiesOf(values, settings).map(([name, value]) => `  ${name}: ${value};\n`);
  return lines.length > 0 ? `diary-feed {\n${lines.join('')}}\n` : '';
}

/**
 * What of a Content-Security-Policy exactly this choice needs; in one line, as a header is. Trusted Types are not in it: they
 * would stop other scripts of the site.
 */
function policy({ values, settings, src, images = src.split(' '), unknownImages = '' }) {
  const { site, show = '' } = values;
  const pictures = settings
    .filter(({ key, place, kind }) => place === 'attribute' && kind === 'address' && values[key])
    .map(({ key }) => values[key]);
  const sources = (addresses) => [...new Set(addresses.map((address) => policySource(address, site)))].join(' ');
  const unknown = unknownImages && ` ${unknownImages}`;
  return [
    `script-src ${sources([values.script])}`,
    ...(values.theme ? [`style-src ${sources([values.script])}`] : []),
    `connect-src ${sources(src.split(' '))}`,
    ...(show.split(' ').includes('image') ? [`img-src ${sources([...images, ...pictures])}${unknown}`] : []),
  ].join('; ');
}

/**
 * Everything to copy, for checked values.
 *
 * @param choice `values` and `settings`; `src`, the addresses as the code has them; `integrity` of the script; `link` and
 *   `linkText` of the fallback; `images`, addresses of the feeds' pictures, and what stands for those that nobody knows,
 *   `unknownImages`.
 */
export function buildSnippet(choice) {
  const whole = { ...choice, src: readAddresses(choice.src ?? '') ?? '' };
  return { html: html(whole), css: css(whole), policy: policy(whole) };
}
