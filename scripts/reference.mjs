// The tables of docs/reference.md: the element from the element manifest, the exports of the package from the sources.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { table } from './markdown-tables.mjs';
import { root } from './run.mjs';

/** Description of each module of the package. */
const MODULES = {
  '.': 'The class, without registering it. No side effects.',
  './define.js': 'Registers `<diary-feed>`, unless the tag is taken.',
  './feed.js': 'The feed parser alone: no element, no Lit, no DOM. It also runs in Node and in workers.',
  './react': 'Types for JSX in React 19.',
  './preact': 'Types for JSX in Preact.',
  './vue': "Types for Vue's templates.",
  './diary-feed.min.js': 'The single file for pages. It registers `<diary-feed>` and has no imports and no exports.',
  './themes/*.css': 'The [themes](styling.md#themes).',
  './custom-elements.json':
    'The element manifest ([schema](https://github.com/webcomponents/custom-elements-manifest)).',
  './web-types.json': 'Data for JetBrains editors.',
  './vscode.html-custom-data.json': 'Data for VS Code: the tag and its attributes.',
  './vscode.css-custom-data.json': 'Data for VS Code: the custom properties.',
  './sri.json': 'The hash of the single file, for `integrity`.',
  './package.json': 'The `package.json` of the package.',
};

/** Exports that have tables of their own. */
const IN_TABLES = ['DiaryFeedElement', 'FeedError', 'FeedErrorCode'];

const readJson = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
const code = (text) => `\`${text.replaceAll('|', '\\|')}\``;
const cell = (text = '') =>
  text
    .replace(/\{@link ([^}]+)\}/g, '`$1`')
    .replace(/\s+/g, ' ')
    .replaceAll('|', '\\|')
    .trim();

/** Formats a default as in HTML, without quotes; a dash if the property is `null` or empty, or has no default. */
const formatDefault = (value = 'null') => (/^(?:null|'')$/.test(value) ? '–' : code(value.replaceAll("'", '')));

const is = (symbol, flag) => Boolean(symbol.flags & ts.SymbolFlags[flag]);

/** Reads the sources with the TypeScript compiler. */
function readSources() {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const files = ['index', 'feed'].map((name) => path.join(root, `src/${name}.ts`));
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const { NoTruncation, UseAliasDefinedOutsideCurrentScope, UseSingleQuotesForStringLiteralType, InTypeAlias } =
    ts.TypeFormatFlags;
  const flags = NoTruncation | UseAliasDefinedOutsideCurrentScope | UseSingleQuotesForStringLiteralType;

  const resolve = (symbol) => (is(symbol, 'Alias') ? checker.getAliasedSymbol(symbol) : symbol);
  const exportsOf = (file) =>
    checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file))).map(resolve);
  const tagsOf = (symbol, tag) => symbol.getJsDocTags(checker).filter(({ name }) => name === tag);

  /** Returns the type of a symbol. A union of string literals is spelled out, every other type has its name. */
  const typeOf = (symbol) => {
    const type = checker.getTypeOfSymbol(symbol);
    const isEnumerated = type.isUnion() && type.types.every((member) => member.isStringLiteral());
    const text = checker.typeToString(type, undefined, isEnumerated ? flags | InTypeAlias : flags);
    return is(symbol, 'Optional') ? text.replace(/ \| undefined$/, '') : text;
  };

  return {
    modules: { 'diary-feed': exportsOf(files[0]), 'diary-feed/feed.js': exportsOf(files[1]) },
    typeOf,
    describe: (symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker)),
    throws: (symbol) => tagsOf(symbol, 'throws').map(({ text }) => ts.displayPartsToString(text)),
    signatureOf: (symbol) => {
      const [call] = checker.getTypeOfSymbol(symbol).getCallSignatures();
      return `${symbol.name}${checker.signatureToString(call, undefined, flags)}`;
    },
    /** Returns the public fields that an interface or class declares itself. */
    fieldsOf: (symbol) =>
      [...(symbol.members?.values() ?? [])].filter(
        (member) =>
          (is(member, 'Property') || is(member, 'Accessor')) &&
          !member.name.startsWith('__#') &&
          tagsOf(member, 'internal').length === 0,
      ),
  };
}

/** Returns the sections of all exports that have no table of their own. */
function describeExports({ modules, describe, throws, signatureOf, fieldsOf }, fieldTable) {
  const symbols = new Set(Object.values(modules).flat());
  const sections = [...symbols].map((symbol) => {
    const { name } = symbol;
    const from = Object.keys(modules).filter((module) => modules[module].includes(symbol));
    const declaration = is(symbol, 'TypeAlias')
      ? `type ${name} = ${symbol.declarations[0].type.getText()}`
      : is(symbol, 'Function') && signatureOf(symbol);
    const errors = throws(symbol).map((text) => text.replace(/^\{(\w+)\} (.)/, (_, error, first) => `Throws a \`${error}\`: ${first.toLowerCase()}`)); // prettier-ignore
    const fields = is(symbol, 'Interface') ? fieldsOf(symbol) : [];
    return [
      `### ${name}`,
      `From ${from.map(code).join(' and ')}.`,
      [describe(symbol), ...errors].map(cell).join(' '),
      declaration && `\`\`\`ts\n${declaration}\n\`\`\``,
      fields.length > 0 && fieldTable(fields),
    ];
  });
  return sections
    .filter(([heading]) => !IN_TABLES.includes(heading.slice(4)))
    .map((section) => section.filter(Boolean).join('\n\n'))
    .join('\n\n');
}

/** Returns the tables by name. */
export function referenceTables() {
  const element = readJson('dist/custom-elements.json')
    .modules.flatMap(({ declarations }) => declarations)
    .find(({ tagName }) => tagName);
  const sources = readSources();
  const { typeOf, describe, signatureOf, fieldsOf } = sources;
  const exported = (name) => sources.modules['diary-feed'].find((symbol) => symbol.name === name);
  const elementClass = exported('DiaryFeedElement');

  const simpleTable = (heads, list) =>
    table(
      heads,
      list.map(({ name, description }) => [name ? code(name) : '(default)', cell(description)]),
    );
  const fieldTable = (fields) =>
    table(
      ['Field', 'Type', 'Meaning'],
      fields.map((field) => [
        code(`${field.name}${is(field, 'Optional') ? '?' : ''}`),
        code(typeOf(field)),
        cell(describe(field)),
      ]),
    );
  const memberRow = ({ name, kind, type, static: isStatic, readonly, description }) => {
    const isMethod = kind === 'method';
    // The manifest lacks the types of parameters with defaults.
    const text = isMethod ? signatureOf((isStatic ? elementClass.exports : elementClass.members).get(name)) : type.text;
    return [
      code(`${isStatic ? 'DiaryFeedElement.' : ''}${name}${isMethod ? '()' : ''}`),
      `${code(text)}${readonly ? ', read-only' : ''}`,
      cell(description),
    ];
  };
  const codes = describe(exported('FeedErrorCode')).matchAll(/^- `(.+?)`: ([^]+?)$(?=\n- |\n?(?![^]))/gm);

  return {
    attributes: table(
      ['Attribute', 'Property', 'Type of the property', 'Default', 'Meaning'],
      element.attributes.map(({ name, fieldName, type, default: value, description }) => [
        code(name),
        code(fieldName),
        code(type.text),
        formatDefault(value),
        cell(description),
      ]),
    ),
    members: table(['Member', 'Type', 'Meaning'], element.members.filter(({ attribute }) => !attribute).map(memberRow)),
    events: table(
      ['Event', 'Type', 'When'],
      element.events.map(({ name, type, description }) => [code(name), code(type.text), cell(description)]),
    ),
    slots: simpleTable(['Slot', 'Content'], element.slots),
    parts: simpleTable(['Part', 'Meaning'], element.cssParts),
    states: simpleTable(['State', 'When'], element.cssStates),
    'custom properties': table(
      ['Custom property', 'Default', 'Meaning'],
      element.cssProperties.map(({ name, default: value, description }) => [
        code(name),
        formatDefault(value),
        cell(description),
      ]),
    ),
    codes: table(
      ['Code', 'Meaning'],
      [...codes].map(([, name, meaning]) => [
        `[${code(name)}](troubleshooting.md#${name})`,
        cell(meaning[0].toUpperCase() + meaning.slice(1)),
      ]),
    ),
    'error fields': fieldTable(fieldsOf(exported('FeedError')).filter(({ name }) => name !== 'name')),
    modules: table(
      ['Import', 'Meaning'],
      Object.keys(readJson('package.json').exports).map((name) => {
        if (!MODULES[name]) throw new Error(`scripts/reference.mjs: describe the module ${name} in MODULES.`);
        return [code(`diary-feed${name.slice(1)}`), MODULES[name]];
      }),
    ),
    exports: describeExports(sources, fieldTable),
  };
}
