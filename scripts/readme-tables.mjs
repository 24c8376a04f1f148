// The tables of README.md, from the element manifest.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';
import { root } from './run.mjs';

const README = path.join(root, 'README.md');

/** A table in Markdown. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const code = (text) => `\`${text}\``;
const cell = (text = '') => text.replaceAll('\n', ' ').replaceAll('|', '\\|');

/** The default as it is written in HTML: the property's, without quotes; a dash where there is none. */
const written = (text = '') => (text === 'null' || text === "''" ? '–' : code(text.replaceAll("'", '')));

/** The tables by name, from `dist/custom-elements.json`. */
export function readTables() {
  const manifest = JSON.parse(readFileSync(path.join(root, 'dist/custom-elements.json'), 'utf8'));
  const element = manifest.modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName);
  return {
    attributes: table(
      ['Attribute', 'Default', 'Meaning'],
      element.attributes.map(({ name, default: value, description }) => [
        code(name),
        written(value),
        cell(description),
      ]),
    ),
    members: table(
      ['Property or method', 'Is or does'],
      element.members
        .filter(({ name }) => !element.attributes.some(({ fieldName }) => fieldName === name))
        .map(({ name, kind, static: isStatic, parameters = [], description }) => {
          const call = kind === 'method' ? `(${parameters.map((parameter) => parameter.name).join(', ')})` : '';
          return [code(`${isStatic ? 'DiaryFeedElement.' : ''}${name}${call}`), cell(description)];
        }),
    ),
    slots: table(
      ['Slot', 'Holds'],
      element.slots.map(({ name, description }) => [name ? code(name) : '(default)', cell(description)]),
    ),
    parts: table(
      ['Part', 'Is'],
      element.cssParts.map(({ name, description }) => [code(name), cell(description)]),
    ),
    states: table(
      ['State', 'When'],
      element.cssStates.map(({ name, description }) => [code(name), cell(description)]),
    ),
    'custom properties': table(
      ['Custom property', 'Default', 'Sets'],
      element.cssProperties.map(({ name, default: value, description }) => [
        code(name),
        code(value),
        cell(description),
      ]),
    ),
    events: table(
      ['Event', 'When'],
      element.events.map(({ name, description }) => [code(name), cell(description)]),
    ),
  };
}

/** The text with every `<!-- table: NAME -->` block holding its table, formatted as everything is. */
export async function fillTables(text, tables = readTables()) {
  const filled = text.replace(/(<!-- table: (.+?) -->)[\s\S]*?(<!-- end -->)/g, (_, start, name, end) => {
    if (!tables[name]) throw new Error(`A page asks for a table of ${name}; there are ${Object.keys(tables)}.`);
    return `${start}\n\n${tables[name]}\n\n${end}`;
  });
  return prettier.format(filled, { ...(await prettier.resolveConfig(README)), parser: 'markdown' });
}
