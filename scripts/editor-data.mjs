// Writes editor data into dist/, from the element manifest: custom data for VS Code, web-types for JetBrains editors.
// The generators for these formats (custom-element-vs-code-integration and its sister) include read-only properties and private types.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './run.mjs';

const SCHEMAS = {
  html: 'https://raw.githubusercontent.com/microsoft/vscode-html-languageservice/main/docs/customData.schema.json',
  css: 'https://raw.githubusercontent.com/microsoft/vscode-css-languageservice/main/docs/customData.schema.json',
  webTypes: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
};

/** Returns the keywords of a union of string literals, or an empty array. */
function keywordsOf({ text }) {
  const members = text.split(' | ').map((member) => /^'(.*)'$/.exec(member)?.[1]);
  return members.includes(undefined) ? [] : members.filter(Boolean); // '' stands for a missing attribute
}

/** Returns a default value as it is written in HTML, or `undefined` without one. */
const htmlValue = (text = 'null') => (text === 'null' || text === "''" ? undefined : text.replaceAll("'", ''));

const withDefault = ({ description, default: value }) =>
  htmlValue(value) === undefined ? description : `${description}\n\nDefault: \`${htmlValue(value)}\``;

const list = (title, items) =>
  [`**${title}**`, ...items.map(({ name, description }) => `- \`${name || '(default)'}\`: ${description}`)].join('\n');

const markdown = (value) => ({ kind: 'markdown', value });

function createVsCodeData({ tagName, description, slots, events, attributes, cssProperties }) {
  const html = {
    $schema: SCHEMAS.html,
    version: 1.1,
    tags: [
      {
        name: tagName,
        description: markdown([description, list('Slots', slots), list('Events', events)].join('\n\n')),
        attributes: attributes.map((attribute) => ({
          name: attribute.name,
          description: markdown(withDefault(attribute)),
          ...(attribute.type.text === 'boolean' && { valueSet: 'v' }),
          ...(keywordsOf(attribute.type).length > 0 && {
            values: keywordsOf(attribute.type).map((name) => ({ name })),
          }),
        })),
      },
    ],
  };
  const properties = cssProperties.map((property) => ({
    name: property.name,
    description: markdown(withDefault(property)),
  }));
  return { html, css: { $schema: SCHEMAS.css, version: 1.1, properties } };
}

function createWebTypes(element, { name, version }) {
  const nameAndDescription = ({ name, description }) => ({ name, description });
  const isInstanceField = ({ kind, static: isStatic }) => kind === 'field' && !isStatic;
  const htmlElement = {
    name: element.tagName,
    description: element.description,
    source: { module: name, symbol: element.name },
    attributes: element.attributes.map(({ name, description, type, default: value }) => ({
      name,
      description,
      value: { type: type.text },
      ...(htmlValue(value) !== undefined && { default: htmlValue(value) }),
    })),
    slots: element.slots.map(nameAndDescription),
    js: {
      properties: element.members.filter(isInstanceField).map(({ name, description, type, readonly }) => ({
        name,
        description,
        type: type.text,
        ...(readonly && { 'read-only': true }),
      })),
      events: element.events.map(({ name, description, type }) => ({ name, description, type: type.text })),
    },
    css: { parts: element.cssParts.map(nameAndDescription) },
  };
  const properties = element.cssProperties.map(({ name, description, default: value }) => ({
    name,
    description,
    default: value,
  }));
  return {
    $schema: SCHEMAS.webTypes,
    name,
    version,
    'js-types-syntax': 'typescript',
    'description-markup': 'markdown',
    // Custom properties can be set on any element around, so they aren't part of the element.
    contributions: { html: { elements: [htmlElement] }, css: { properties } },
  };
}

/** Writes the files. dist/ must contain the manifest. */
export function writeEditorData() {
  const read = (name) => JSON.parse(readFileSync(path.join(root, name), 'utf8'));
  const write = (name, data) => writeFileSync(path.join(root, 'dist', name), `${JSON.stringify(data, null, 2)}\n`);

  const { modules } = read('dist/custom-elements.json');
  const element = modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName);
  const { html, css } = createVsCodeData(element);
  write('vscode.html-custom-data.json', html);
  write('vscode.css-custom-data.json', css);
  write('web-types.json', createWebTypes(element, read('package.json')));
}
