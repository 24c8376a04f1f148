// Writes editor data into dist/, from the element manifest: custom data for VS Code, web-types for JetBrains editors.
// The packages that generate these files list the name of a type as a value, and omit defaults.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './run.mjs';

const read = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
const write = (file, data) => writeFileSync(path.join(root, 'dist', file), `${JSON.stringify(data, null, 2)}\n`);

/** Returns a default value as it is written in HTML, or `undefined` without one. */
const htmlDefault = ({ default: value = 'null' }) =>
  /^(?:null|'')$/.test(value) ? undefined : value.replaceAll("'", '');

const list = (title, items) =>
  [`**${title}**`, ...items.map(({ name, description }) => `- \`${name || '(default)'}\`: ${description}`)].join('\n');

/** Returns items for VS Code. */
const vsCodeItems = (items) =>
  items.map(({ name, description, type, ...item }) => {
    const value = htmlDefault(item) === undefined ? '' : `\n\nDefault: \`${htmlDefault(item)}\``;
    const keywords = [...(type?.text.matchAll(/'([\w-]+)'/g) ?? [])].map(([, keyword]) => ({ name: keyword }));
    return {
      name,
      description: { kind: 'markdown', value: description + value },
      valueSet: type?.text === 'boolean' ? 'v' : undefined,
      values: keywords.length > 0 ? keywords : undefined,
    };
  });

/** Returns items for web-types. */
const webTypes = (items, more = () => ({})) =>
  items.map((item) => ({ name: item.name, description: item.description, ...more(item) }));

/** Writes the files. dist/ must contain the manifest. */
export function writeEditorData() {
  const { name: module, version } = read('package.json');
  const { modules } = read('dist/custom-elements.json');
  const element = modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName);
  const { tagName, attributes, slots, events, cssProperties } = element;
  const fields = element.members.filter((member) => member.kind === 'field' && !member.static);
  const schemas = 'https://raw.githubusercontent.com';

  const description = [element.description, list('Slots', slots), list('Events', events)].join('\n\n');
  const [tag] = vsCodeItems([{ name: tagName, description }]);
  write('vscode.html-custom-data.json', {
    $schema: `${schemas}/microsoft/vscode-html-languageservice/main/docs/customData.schema.json`,
    version: 1.1,
    tags: [{ ...tag, attributes: vsCodeItems(attributes) }],
  });
  write('vscode.css-custom-data.json', {
    $schema: `${schemas}/microsoft/vscode-css-languageservice/main/docs/customData.schema.json`,
    version: 1.1,
    properties: vsCodeItems(cssProperties),
  });

  const [webType] = webTypes([element], () => ({
    name: tagName,
    source: { module, symbol: element.name },
    attributes: webTypes(attributes, (item) => ({ value: { type: item.type.text }, default: htmlDefault(item) })),
    slots: webTypes(slots),
    js: {
      properties: webTypes(fields, ({ type, readonly }) => ({ type: type.text, 'read-only': readonly })),
      events: webTypes(events, ({ type }) => ({ type: type.text })),
    },
    css: { parts: webTypes(element.cssParts) },
  }));
  write('web-types.json', {
    $schema: `${schemas}/JetBrains/web-types/master/schema/web-types.json`,
    name: module,
    version,
    'js-types-syntax': 'typescript',
    'description-markup': 'markdown',
    contributions: {
      html: { elements: [webType] },
      // not of the element, because they can be set on any element around it
      css: { properties: webTypes(cssProperties, ({ default: value }) => ({ default: value })) },
    },
  });
}
