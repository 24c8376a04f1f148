// docs/reference.md: the element's surface from the element manifest, the package's exports from the sources.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { readElement, readTables, table } from './readme-tables.mjs';
import { root } from './run.mjs';

/** What each module of the package is. A module that isn't listed here is described by its file. */
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
  './web-types.json': "Data for JetBrains' editors.",
  './vscode.html-custom-data.json': 'Data for VS Code: the tag and its attributes.',
  './vscode.css-custom-data.json': 'Data for VS Code: the custom properties.',
  './sri.json': 'The hash of the single file, for `integrity`.',
  './package.json': 'The `package.json` of the package.',
};

const code = (text) => `\`${text.replaceAll('|', '\\|')}\``;

/** Formats text as a cell of a table. */
const cell = (text = '') =>
  text
    .replace(/\{@link ([^}]+)\}/g, '`$1`')
    .replace(/\s+/g, ' ')
    .replaceAll('|', '\\|')
    .trim();

/** Reads the sources with the TypeScript compiler. */
function readTypes() {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const files = ['index', 'feed', 'define'].map((name) => path.join(root, `src/${name}.ts`));
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const flags =
    ts.TypeFormatFlags.NoTruncation |
    ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope |
    ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;

  /** Formats a type. A union of string literals is spelled out, every other type has its name. */
  const formatType = (type) => {
    const isEnumerated = type.isUnion() && type.types.every((member) => member.isStringLiteral());
    return checker.typeToString(type, undefined, isEnumerated ? flags | ts.TypeFormatFlags.InTypeAlias : flags);
  };

  /** Returns the exports of a module by name. */
  const exportsOf = (file) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(path.join(root, file)));
    const symbols = module ? checker.getExportsOfModule(module) : [];
    return new Map(
      symbols.map((symbol) => [
        symbol.name,
        symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
      ]),
    );
  };

  const comment = (symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const tags = (symbol, tag) => symbol.getJsDocTags(checker).filter(({ name }) => name === tag);
  const throws = (symbol) =>
    tags(symbol, 'throws').map(({ text }) => {
      const [, error, reason] = /^\{(\w+)\} (.+)$/s.exec(ts.displayPartsToString(text));
      return `Throws a ${code(error)}: ${reason[0].toLowerCase()}${cell(reason.slice(1))}`;
    });

  const typeOf = (symbol) => {
    const type = formatType(checker.getTypeOfSymbol(symbol));
    return isOptional(symbol) ? type.replace(/ \| undefined$/, '') : type;
  };

  const signature = (symbol) => {
    const [call] = checker.getTypeOfSymbol(symbol).getCallSignatures();
    return call && `${symbol.name}${checker.signatureToString(call, undefined, flags)}`;
  };

  /** Returns the public members that an interface or class declares itself. */
  const members = (symbol) => [...(symbol.members?.values() ?? [])].filter((member) => isPublic(member));
  const isPublic = (symbol) =>
    Boolean(symbol.flags & (ts.SymbolFlags.Property | ts.SymbolFlags.Accessor)) &&
    !symbol.name.startsWith('__#') &&
    tags(symbol, 'internal').length === 0;

  const declaredType = ({ declarations }) => declarations[0].type.getText();
  return { exportsOf, comment, throws, typeOf, signature, members, declaredType };
}

const isOptional = (symbol) => Boolean(symbol.flags & ts.SymbolFlags.Optional);

/** Returns the codes of a `FeedError` and their meanings, from the list in the comment of `FeedErrorCode`. */
function readCodes(comment) {
  const [, ...items] = comment.split(/^- /m);
  return items.map((item) => {
    const [, name, meaning] = /^`(.+?)`: ([\s\S]+)$/.exec(item);
    return [name, cell(meaning[0].toUpperCase() + meaning.slice(1))];
  });
}

/** Returns the source of an export of package.json, if it has types that the compiler reads from src/. */
function sourceOf({ types = '' }) {
  const file = types.replace('./dist/', 'src/').replace('.d.ts', '.ts');
  return ts.sys.fileExists(path.join(root, file)) ? file : undefined;
}

/** Returns the sections of all exports, except those that have tables of their own. */
function exportSections(types, exports) {
  const hasTable = new Set(['DiaryFeedElement', 'FeedError', 'FeedErrorCode']);
  const found = new Map();
  for (const [name, target] of Object.entries(exports)) {
    const source = sourceOf(target);
    for (const [exported, symbol] of source ? types.exportsOf(source) : []) {
      const modules = found.get(exported)?.modules ?? [];
      found.set(exported, { symbol, modules: [...modules, `diary-feed${name.slice(1)}`] });
    }
  }
  return [...found]
    .filter(([name]) => !hasTable.has(name))
    .map(([name, { symbol, modules }]) => {
      const call = symbol.flags & ts.SymbolFlags.Function ? types.signature(symbol) : undefined;
      const isAlias = symbol.flags & ts.SymbolFlags.TypeAlias;
      const declaration = isAlias ? `type ${name} = ${types.declaredType(symbol)}` : call;
      const fields = symbol.flags & ts.SymbolFlags.Interface ? types.members(symbol) : [];
      return [
        `### ${name}`,
        `From ${[...new Set(modules)].map(code).join(' and ')}.`,
        [cell(types.comment(symbol)), ...types.throws(symbol)].join(' '),
        declaration && `\`\`\`ts\n${declaration}\n\`\`\``,
        fields.length > 0 && fieldTable(types, fields, (field) => `${field.name}${isOptional(field) ? '?' : ''}`),
      ]
        .filter(Boolean)
        .join('\n\n');
    });
}

const fieldTable = (types, fields, nameOf = ({ name }) => name) =>
  table(
    ['Field', 'Type', 'Meaning'],
    fields.map((field) => [code(nameOf(field)), code(types.typeOf(field)), cell(types.comment(field))]),
  );

/** Returns the page, before formatting. */
export function reference() {
  const element = readElement();
  const { exports } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const tables = readTables();
  const types = readTypes();
  const main = types.exportsOf('src/index.ts');
  const { members: instanceMembers, exports: staticMembers } = main.get('DiaryFeedElement');

  const attributes = table(
    ['Attribute', 'Property', 'Type of the property', 'Default', 'Meaning'],
    element.attributes.map(({ name, fieldName, type, default: value, description }) => [
      code(name),
      code(fieldName),
      code(type.text),
      /^(?:null|'')$/.test(value) ? '–' : code(value.replaceAll("'", '')),
      cell(description),
    ]),
  );

  const members = table(
    ['Member', 'Type', 'Meaning'],
    element.members
      .filter(({ attribute }) => !attribute)
      .map(({ name, kind, type, static: isStatic, readonly, description }) => {
        const isMethod = kind === 'method';
        const member = (isStatic ? staticMembers : instanceMembers).get(name);
        const text = code(isMethod ? types.signature(member) : type.text); // the manifest lacks types of defaulted parameters
        return [
          code(`${isStatic ? 'DiaryFeedElement.' : ''}${name}${isMethod ? '()' : ''}`),
          readonly ? `${text}, read-only` : text,
          cell(description),
        ];
      }),
  );

  const events = table(
    ['Event', 'Type', 'When'],
    element.events.map(({ name, type, description }) => [code(name), code(type.text), cell(description)]),
  );

  const codes = table(
    ['Code', 'Meaning', 'What to do'],
    readCodes(types.comment(main.get('FeedErrorCode'))).map(([name, meaning]) => [
      code(name),
      meaning,
      `[troubleshooting.md](troubleshooting.md#${name})`,
    ]),
  );

  const errorFields = fieldTable(
    types,
    types.members(main.get('FeedError')).filter(({ name }) => name !== 'name'),
  );

  const modules = table(
    ['Import', 'Meaning'],
    Object.entries(exports).map(([name, target]) => [
      code(`diary-feed${name.slice(1)}`),
      MODULES[name] ?? code(target.default ?? target.types ?? target),
    ]),
  );

  return `# Reference

<!-- Generated by \`npm run docs\` from the sources. Change the sources, not this page. -->

Everything that pages and scripts can rely on. How long they can rely on it is in [versioning.md](versioning.md). If you are
new here, read [getting-started.md](getting-started.md) first.

## Attributes

An attribute that isn't set has its default. A number out of range is clamped. Any other invalid value counts as not set, and
the console shows one warning. A property reads as the effective value. It doesn't change the attribute.

${attributes}

## Properties and methods

In addition to the properties of the attributes:

${members}

## Events

The events don't bubble and can't be canceled.

${events}

## Slots

${tables.slots}

## Parts

How to use them, with pictures: [styling.md](styling.md#parts).

${tables.parts}

## States

For style sheets, as \`diary-feed:state(NAME)\`. Scripts read the property \`status\`.

${tables.states}

## Custom properties

${tables['custom properties']}

## Error codes

The values of \`element.error.code\`, of \`event.error.code\`, and of the \`code\` of an error that the feed parser throws.

${codes}

The limits are in [feed-parser.md](feed-parser.md#limits).

A \`FeedError\` has these fields in addition to \`message\`, which is one line in English that says what to do:

${errorFields}

## Modules

${modules}

${exportSections(types, exports).join('\n\n')}
`;
}
