// What editors are told of the element, made of the manifest: custom data for VS Code, web-types for JetBrains' editors.
//
// There are generators for these (custom-element-vs-code-integration and its sister). They do not see which values a named
// type such as `Sort` allows, and give read-only properties and private types on; what is left of the work is these lines.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { root } from './run.mjs';

const SCHEMAS = {
  html: 'https://raw.githubusercontent.com/microsoft/vscode-html-languageservice/main/docs/customData.schema.json',
  css: 'https://raw.githubusercontent.com/microsoft/vscode-css-languageservice/main/docs/customData.schema.json',
  webTypes: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
};

/** The words that each property of the class may be, by its type in the declarations as built; none where it may be others. */
function readKeywords(declarations, className) {
  const program = ts.createProgram([declarations], { target: ts.ScriptTarget.ES2022, skipLibCheck: true });
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(declarations));
  const found = checker.getExportsOfModule(module).find(({ name }) => name === className);
  const type = checker.getDeclaredTypeOfSymbol(found);
  return (property) => {
    const propertyType = checker.getNonNullableType(checker.getTypeOfSymbol(type.getProperty(property)));
    const types = propertyType.isUnion() ? propertyType.types : [propertyType];
    return types.every((one) => one.isStringLiteral()) ? types.map(({ value }) => value) : [];
  };
}

/** A default as a person would write it in HTML; `undefined` where there is none. */
const written = (text = 'null') => (text === 'null' || text === "''" ? undefined : text.replaceAll("'", ''));

const withDefault = ({ description, default: value }) =>
  written(value) === undefined ? description : `${description}\n\nDefault: \`${written(value)}\``;

const list = (title, items) =>
  [`**${title}**`, ...items.map(({ name, description }) => `- \`${name || '(default)'}\`: ${description}`)].join('\n');

const markdown = (value) => ({ kind: 'markdown', value });

function describeForVsCode(element, keywords) {
  const { tagName, description, slots, events } = element;
  return {
    html: {
      $schema: SCHEMAS.html,
      version: 1.1,
      tags: [
        {
          name: tagName,
          description: markdown([description, list('Slots', slots), list('Events', events)].join('\n\n')),
          attributes: element.attributes.map((attribute) => ({
            name: attribute.name,
            description: markdown(withDefault(attribute)),
            ...(attribute.type.text === 'boolean' && { valueSet: 'v' }),
            ...(keywords(attribute.fieldName).length > 0 && {
              // '' is how the property says that the attribute is not there
              values: keywords(attribute.fieldName)
                .filter(Boolean)
                .map((name) => ({ name })),
            }),
          })),
        },
      ],
    },
    css: {
      $schema: SCHEMAS.css,
      version: 1.1,
      properties: element.cssProperties.map((property) => ({
        name: property.name,
        description: markdown(withDefault(property)),
      })),
    },
  };
}

function describeForJetBrains(element, keywords, { name, version }) {
  const named = ({ name, description }) => ({ name, description });
  return {
    $schema: SCHEMAS.webTypes,
    name,
    version,
    'js-types-syntax': 'typescript',
    'description-markup': 'markdown',
    contributions: {
      html: {
        elements: [
          {
            name: element.tagName,
            description: element.description,
            source: { module: name, symbol: element.name },
            attributes: element.attributes.map(({ name, fieldName, description, type, default: value }) => ({
              name,
              description,
              value: {
                type:
                  keywords(fieldName)
                    .map((word) => `'${word}'`)
                    .join(' | ') || type.text,
              },
              ...(written(value) !== undefined && { default: written(value) }),
            })),
            slots: element.slots.map(named),
            js: {
              properties: element.members
                .filter(({ kind, static: isStatic }) => kind === 'field' && !isStatic)
                .map(({ name, description, type, readonly }) => ({
                  name,
                  description,
                  type:
                    keywords(name)
                      .map((word) => `'${word}'`)
                      .join(' | ') || type.text,
                  ...(readonly && { 'read-only': true }),
                })),
              events: element.events.map(({ name, description, type }) => ({ name, description, type: type.text })),
            },
            css: { parts: element.cssParts.map(named) },
          },
        ],
      },
      // set anywhere, on any element around
      css: {
        properties: element.cssProperties.map(({ name, description, default: value }) => ({
          name,
          description,
          default: value,
        })),
      },
    },
  };
}

/** Writes them into `dist/`, where the manifest and the declarations are. */
export function writeEditorData() {
  const dist = path.join(root, 'dist');
  const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
  const write = (name, data) => writeFileSync(path.join(dist, name), `${JSON.stringify(data, null, 2)}\n`);

  const { modules } = read(path.join(dist, 'custom-elements.json'));
  const element = modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName);
  const keywords = readKeywords(path.join(dist, 'index.d.ts'), element.name);
  const { html, css } = describeForVsCode(element, keywords);
  write('vscode.html-custom-data.json', html);
  write('vscode.css-custom-data.json', css);
  write('web-types.json', describeForJetBrains(element, keywords, read(path.join(root, 'package.json'))));
}
