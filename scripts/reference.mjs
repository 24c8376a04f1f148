// npm run docs: fills the tables of docs/reference.md, from the element manifest and the sources. With `--check`, only compares.
// Run npm run build first.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { fillTables, table } from './markdown-tables.mjs';
import { root } from './run.mjs';

const PAGE = 'docs/reference.md';

/** Exports that have tables of their own. */
const IN_TABLES = ['DiaryFeedElement', 'FeedError', 'FeedErrorCode'];

const program = ts.createProgram(
  ['index', 'feed'].map((name) => path.join(root, `src/${name}.ts`)),
  { strict: true, target: ts.ScriptTarget.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
);
const checker = program.getTypeChecker();
const { NoTruncation, UseAliasDefinedOutsideCurrentScope, UseSingleQuotesForStringLiteralType, InTypeAlias } =
  ts.TypeFormatFlags;
const FORMAT = NoTruncation | UseAliasDefinedOutsideCurrentScope | UseSingleQuotesForStringLiteralType;

const is = (symbol, flag) => Boolean(symbol.flags & ts.SymbolFlags[flag]);

/** Returns the exports of a module of the package. */
const exportsOf = (module) =>
  checker
    .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(path.join(root, `src/${module}.ts`))))
    .map((symbol) => (is(symbol, 'Alias') ? checker.getAliasedSymbol(symbol) : symbol));

/** Returns the public fields that an interface or class declares itself. */
function fieldsOf({ members }) {
  const isInternal = (field) => field.getJsDocTags(checker).some((tag) => tag.name === 'internal');
  return [...members.values()].filter((member) => is(member, 'Property') && !isInternal(member));
}

/** Returns the type of a field, with the keywords of an enumerated type. */
function typeOf(field) {
  const text = checker.typeToString(checker.getTypeOfSymbol(field), undefined, FORMAT | InTypeAlias);
  return is(field, 'Optional') ? text.replace(/ \| undefined$/, '') : text;
}

function signatureOf(symbol) {
  const [call] = checker.getTypeOfSymbol(symbol).getCallSignatures();
  return `${symbol.name}${checker.signatureToString(call, undefined, FORMAT)}`;
}

const describe = (symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker));

const code = (text) => `\`${text.replaceAll('|', '\\|')}\``;
const prose = (text = '') =>
  text
    .replace(/\{@link ([^}]+)\}/g, '`$1`')
    .replace(/\s+/g, ' ')
    .replaceAll('|', '\\|');

// Columns of tables: functions that return a cell.
const name = (item) => (item.name ? code(item.name) : '(default)');
const type = (item) => code(item.type.text);
const meaning = (item) => prose(item.description);
// As in HTML, without quotes; a dash if the property is `null` or empty, or has no default.
const defaultValue = ({ default: value = 'null' }) =>
  /^(?:null|'')$/.test(value) ? '–' : code(value.replaceAll("'", ''));

const tableOf = (items, columns) =>
  table(
    Object.keys(columns),
    items.map((item) => Object.values(columns).map((column) => column(item))),
  );

const fieldTable = (fields) =>
  tableOf(fields, {
    Field: (field) => code(`${field.name}${is(field, 'Optional') ? '?' : ''}`),
    Type: (field) => code(typeOf(field)),
    Meaning: (field) => prose(describe(field)),
  });

/** Returns the section of an export. */
function sectionOf(symbol) {
  const from = Object.keys(modules).filter((module) => modules[module].includes(symbol));
  const throws = symbol.getJsDocTags(checker).filter((tag) => tag.name === 'throws');
  const errors = throws.map(({ text }) =>
    ts
      .displayPartsToString(text)
      .replace(/^\{(\w+)\} ./, (start, error) => `Throws a \`${error}\`: ${start.at(-1).toLowerCase()}`),
  );
  const declaration = is(symbol, 'TypeAlias')
    ? `type ${symbol.name} = ${symbol.declarations[0].type.getText()}`
    : is(symbol, 'Function') && signatureOf(symbol);
  return [
    `### ${symbol.name}`,
    `From ${from.map(code).join(' and ')}.`,
    prose([describe(symbol), ...errors].join(' ')),
    declaration && `\`\`\`ts\n${declaration}\n\`\`\``,
    is(symbol, 'Interface') && fieldTable(fieldsOf(symbol)),
  ].filter(Boolean);
}

const modules = { 'diary-feed': exportsOf('index'), 'diary-feed/feed.js': exportsOf('feed') };
const [elementClass, error, errorCode] = IN_TABLES.map((exported) =>
  modules['diary-feed'].find((symbol) => symbol.name === exported),
);
const element = JSON.parse(readFileSync(path.join(root, 'dist/custom-elements.json'), 'utf8'))
  .modules.flatMap(({ declarations }) => declarations)
  .find(({ tagName }) => tagName);
const codes = [...describe(errorCode).matchAll(/^- `(.+?)`: ([^]+?)$(?=\n- |\n?(?![^]))/gm)];

/** Returns the type of a member. The manifest lacks the types of parameters with defaults. */
const memberType = ({ kind, name: key, static: isStatic, type: { text } = {}, readonly }) =>
  kind === 'method'
    ? code(signatureOf((isStatic ? elementClass.exports : elementClass.members).get(key)))
    : code(text) + (readonly ? ', read-only' : '');

const tables = {
  attributes: tableOf(element.attributes, {
    Attribute: name,
    Property: ({ fieldName }) => code(fieldName),
    'Type of the property': type,
    Default: defaultValue,
    Meaning: meaning,
  }),
  members: tableOf(
    element.members.filter(({ attribute }) => !attribute),
    {
      Member: ({ name: key, kind, static: isStatic }) =>
        code(`${isStatic ? 'DiaryFeedElement.' : ''}${key}${kind === 'method' ? '()' : ''}`),
      Type: memberType,
      Meaning: meaning,
    },
  ),
  events: tableOf(element.events, { Event: name, Type: type, When: meaning }),
  slots: tableOf(element.slots, { Slot: name, Content: meaning }),
  parts: tableOf(element.cssParts, { Part: name, Meaning: meaning }),
  states: tableOf(element.cssStates, { State: name, When: meaning }),
  'custom properties': tableOf(element.cssProperties, {
    'Custom property': name,
    Default: defaultValue,
    Meaning: meaning,
  }),
  codes: tableOf(codes, {
    Code: ([, key]) => `[${code(key)}](troubleshooting.md#${key})`,
    Meaning: ([, , text]) => prose(text[0].toUpperCase() + text.slice(1)),
  }),
  'error fields': fieldTable(fieldsOf(error).filter((field) => field.name !== 'name')),
  exports: [...new Set(Object.values(modules).flat())]
    .filter((symbol) => !IN_TABLES.includes(symbol.name))
    .flatMap(sectionOf)
    .join('\n\n'),
};

const text = await fillTables(PAGE, tables);
if (!process.argv.includes('--check')) writeFileSync(path.join(root, PAGE), text);
else if (text !== readFileSync(path.join(root, PAGE), 'utf8')) {
  console.error(`${PAGE} is out of date. Run npm run docs.`);
  process.exitCode = 1;
}
