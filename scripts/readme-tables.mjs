// The tables of README.md, from the element manifest.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';
import { root } from './run.mjs';

const README = path.join(root, 'README.md');

/** Returns a table in Markdown. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const code = (text) => `\`${text}\``;
const cell = (text = '') => text.replaceAll('\n', ' ').replaceAll('|', '\\|');

/** Formats a default as in HTML, without quotes; a dash if the property is `null` or empty, or has no default. */
const formatDefault = (value = 'null') => (value === 'null' || value === "''" ? '–' : code(value.replaceAll("'", '')));

/** Returns the declaration of the element in `dist/custom-elements.json`. */
export function readElement() {
  const { modules } = JSON.parse(readFileSync(path.join(root, 'dist/custom-elements.json'), 'utf8'));
  return modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName);
}

/** Returns the tables by name. */
export function readTables() {
  const element = readElement();
  return {
    attributes: table(
      ['Attribute', 'Default', 'Meaning'],
      element.attributes.map(({ name, default: value, description }) => [
        code(name),
        formatDefault(value),
        cell(description),
      ]),
    ),
    members: table(
      ['Property or method', 'Meaning'],
      element.members
        .filter(({ attribute }) => !attribute)
        .map(({ name, kind, static: isStatic, parameters = [], description }) => {
          const call = kind === 'method' ? `(${parameters.map((parameter) => parameter.name).join(', ')})` : '';
          return [code(`${isStatic ? 'DiaryFeedElement.' : ''}${name}${call}`), cell(description)];
        }),
    ),
    slots: table(
      ['Slot', 'Content'],
      element.slots.map(({ name, description }) => [name ? code(name) : '(default)', cell(description)]),
    ),
    parts: table(
      ['Part', 'Meaning'],
      element.cssParts.map(({ name, description }) => [code(name), cell(description)]),
    ),
    states: table(
      ['State', 'When'],
      element.cssStates.map(({ name, description }) => [code(name), cell(description)]),
    ),
    'custom properties': table(
      ['Custom property', 'Default', 'Meaning'],
      element.cssProperties.map(({ name, default: value, description }) => [
        code(name),
        formatDefault(value),
        cell(description),
      ]),
    ),
    events: table(
      ['Event', 'When'],
      element.events.map(({ name, description }) => [code(name), cell(description)]),
    ),
  };
}

/** Fills every `<!-- table: NAME -->` block of a page and formats it. */
export async function fillTables(text, tables = readTables()) {
  const filled = text.replace(/(<!-- table: (.+?) -->)[\s\S]*?(<!-- end -->)/g, (_, start, name, end) => {
    if (!tables[name]) throw new Error(`Unknown table: ${name}. Use one of ${Object.keys(tables)}.`);
    return `${start}\n\n${tables[name]}\n\n${end}`;
  });
  return prettier.format(filled, { ...(await prettier.resolveConfig(README)), parser: 'markdown' });
}
