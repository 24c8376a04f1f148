// docs/reference.md, whole: what is there, from the element manifest; its types and what programs import, from the sources.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { readTables, table } from './readme-tables.mjs';
import { root } from './run.mjs';

/** What each module of the package is; one that is not named here is told by its file. */
const MODULES = {
  '.': 'The class, without registering it. No side effects.',
  './define.js': 'Registers `<diary-feed>` where the tag is free.',
  './feed.js': 'The reader alone: no element, no Lit, no DOM. Runs in Node and in workers too.',
  './diary-feed.min.js': 'The single file for pages: registers `<diary-feed>`, imports nothing, exports nothing.',
  './themes/*.css': 'The [ready-made looks](styling.md#themes).',
  './custom-elements.json':
    'The element manifest ([schema](https://github.com/webcomponents/custom-elements-manifest)).',
  './sri.json': 'The hash of the single file, for `integrity`.',
  './package.json': 'The package itself.',
};

const code = (text) => `\`${text.replaceAll('|', '\\|')}\``;
/** A text as a cell of a table takes it. */
const line = (text = '') =>
  text
    .replace(/\{@link ([^}]+)\}/g, '`$1`')
    .replace(/\s+/g, ' ')
    .replaceAll('|', '\\|')
    .trim();

/** What the compiler knows of the sources. */
function readTypes() {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const files = ['index', 'feed', 'define', 'diary-feed-element', 'feed/errors'].map((name) =>
    path.join(root, `src/${name}.ts`),
  );
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const flags =
    ts.TypeFormatFlags.NoTruncation |
    ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope |
    ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;
  /** A choice of words is written out; everything else is called by its name. */
  const nameOf = (type) => {
    const isChoice = type.isUnion() && type.types.every((each) => each.isStringLiteral());
    return checker.typeToString(type, undefined, isChoice ? flags | ts.TypeFormatFlags.InTypeAlias : flags);
  };

  /** What a module exports, by name. */
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
  const doc = (symbol) => line(ts.displayPartsToString(symbol.getDocumentationComment(checker)));
  const throws = (symbol) =>
    symbol
      .getJsDocTags(checker)
      .filter(({ name }) => name === 'throws')
      .map(({ text }) => `Throws ${line(ts.displayPartsToString(text)).replace(/^\{?(\w+)\}?/, '`$1`:')}`);
  const typeOf = (symbol) => {
    const isOptional = Boolean(symbol.flags & ts.SymbolFlags.Optional);
    const type = checker.getTypeOfSymbol(symbol);
    const parts =
      isOptional && type.isUnion() ? type.types.filter(({ flags: kind }) => kind !== ts.TypeFlags.Undefined) : [];
    return parts.length === 1 ? nameOf(parts[0]) : nameOf(type).replace(isOptional ? / \| undefined$/ : /$^/, '');
  };
  const signature = (symbol) => {
    const [call] = checker.getTypeOfSymbol(symbol).getCallSignatures();
    return call && `${symbol.name}${checker.signatureToString(call, undefined, flags)}`;
  };
  const isPublic = (symbol) =>
    !(symbol.declarations ?? []).some(
      (declaration) =>
        ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected),
    ) && !symbol.name.startsWith('#');
  /** The members that an interface or class declares itself. */
  const members = (symbol) =>
    [...(symbol.members?.values() ?? [])].filter(
      (member) => isPublic(member) && !['__constructor', '__index'].includes(member.name),
    );
  const declared = (symbol) => nameOf(checker.getDeclaredTypeOfSymbol(symbol));
  return { exportsOf, doc, throws, typeOf, signature, members, declared };
}

/** The codes of a `FeedError`, each with its sentence. */
function readCodes() {
  const [, comment] = /\/\*\*([\s\S]*?)\*\/\s*export type FeedErrorCode/.exec(
    readFileSync(path.join(root, 'src/feed/errors.ts'), 'utf8'),
  );
  const text = comment.replace(/^ \* ?/gm, '');
  return [...text.matchAll(/^- `([a-z-]+)`: ([\s\S]*?)(?=\n- |\s*$(?!\n))/gm)].map(([, name, meaning]) => [
    name,
    line(meaning),
  ]);
}

/** The page, not formatted yet. */
export function reference() {
  const manifest = JSON.parse(readFileSync(path.join(root, 'dist/custom-elements.json'), 'utf8'));
  const element = manifest.modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName);
  const { exports } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const tables = readTables();
  const types = readTypes();
  const DiaryFeedElement = types.exportsOf('src/index.ts').get('DiaryFeedElement');
  const instance = (name) => DiaryFeedElement.members.get(name);
  const fixed = (name) => DiaryFeedElement.exports.get(name);

  const attributes = table(
    ['Attribute', 'Property', 'Type of the property', 'Default', 'Meaning'],
    element.attributes.map(({ name, fieldName, default: value = '', description }) => [
      code(name),
      code(fieldName),
      code(types.typeOf(instance(fieldName))),
      /^(?:null|''|)$/.test(value) ? '–' : code(value.replaceAll("'", '')),
      line(description),
    ]),
  );

  const properties = element.members.filter(
    ({ name }) => !element.attributes.some(({ fieldName }) => fieldName === name),
  );
  const members = table(
    ['Member', 'Type', 'Is or does'],
    properties.map(({ name, kind, static: isStatic, readonly, description }) => {
      const symbol = isStatic ? fixed(name) : instance(name);
      const owner = isStatic ? 'DiaryFeedElement.' : '';
      const type = code(kind === 'method' ? types.signature(symbol) : types.typeOf(symbol));
      return [
        code(`${owner}${name}${kind === 'method' ? '()' : ''}`),
        readonly ? `${type}, read only` : type,
        line(description),
      ];
    }),
  );

  const events = table(
    ['Event', 'Type', 'When'],
    element.events.map(({ name, type, description }) => [code(name), code(type.text), line(description)]),
  );

  const codes = table(
    ['Code', 'Means', 'What to do'],
    readCodes().map(([name, meaning]) => [code(name), meaning, `[README](../README.md#${name})`]),
  );

  const FeedError = types.exportsOf('src/index.ts').get('FeedError');
  const errorFields = table(
    ['Field', 'Type', 'Is'],
    types
      .members(FeedError)
      .filter(({ name }) => name !== 'name')
      .map((member) => [code(member.name), code(types.typeOf(member)), types.doc(member)]),
  );

  const modules = table(
    ['Import', 'Gives'],
    Object.entries(exports).map(([name, target]) => [
      code(`diary-feed${name.slice(1)}`),
      MODULES[name] ?? code(typeof target === 'string' ? target : (target.default ?? target.types)),
    ]),
  );

  const sources = Object.values(exports)
    .map(({ types: declaration }) => declaration?.replace(/^\.\/dist\/(.*)\.d\.ts$/, 'src/$1.ts'))
    .filter((file) => file && ts.sys.fileExists(path.join(root, file)));
  const shown = new Map();
  for (const file of sources) {
    for (const [name, symbol] of types.exportsOf(file)) {
      const module = Object.keys(exports).find(
        (key) => exports[key].types === file.replace(/^src(.*)\.ts$/, './dist$1.d.ts'),
      );
      shown.set(name, { symbol, modules: [...(shown.get(name)?.modules ?? []), `diary-feed${module.slice(1)}`] });
    }
  }
  const told = new Set(['DiaryFeedElement', 'FeedError', 'FeedErrorCode']);
  const sections = [...shown]
    .filter(([name]) => !told.has(name))
    .map(([name, { symbol, modules: from }]) => {
      const call = symbol.flags & ts.SymbolFlags.Function ? types.signature(symbol) : undefined;
      const alias = symbol.flags & ts.SymbolFlags.TypeAlias;
      const about = [types.doc(symbol), ...types.throws(symbol)].filter(Boolean).join(' ');
      const declared = alias ? types.declared(symbol) : undefined;
      const fields = symbol.flags & ts.SymbolFlags.Interface ? types.members(symbol) : [];
      return [
        `### ${name}`,
        `From ${from.map((module) => code(module)).join(' and ')}. ${about}`,
        call || declared ? `\`\`\`ts\n${call ?? `type ${name} = ${declared}`}\n\`\`\`` : '',
        fields.length > 0
          ? table(
              ['Field', 'Type', 'Is'],
              fields.map((field) => [
                code(`${field.name}${field.flags & ts.SymbolFlags.Optional ? '?' : ''}`),
                code(types.typeOf(field)),
                types.doc(field),
              ]),
            )
          : '',
      ]
        .filter(Boolean)
        .join('\n\n');
    });

  return `# Reference

<!-- Written by \`npm run docs\` from the sources: what is to change here is to change there. -->

Everything that pages and programs may rely on; how long, is in [versioning.md](versioning.md). A text to begin with is
[guide.md](guide.md).

## Attributes

What is left out has its default, and so has what is not legal; a number out of range counts as the nearest within. A property
reads as the value that counts, and writes the attribute.

${attributes}

## Properties and methods

Beside those of the attributes.

${members}

## Events

None bubbles, none can be cancelled.

${events}

## Slots

${tables.slots}

## Parts

${tables.parts}

How to use them, with pictures: [styling.md](styling.md#parts).

## States

For style sheets, as \`diary-feed:state(NAME)\`. The property \`status\` is the word for programs.

${tables.states}

## Custom properties

${tables['custom properties']}

## Error codes

What \`element.error.code\` and \`event.error.code\` can be, and the \`code\` of what the reader throws.

${codes}

The limits are in [reading.md](reading.md#limits).

A \`FeedError\` has, beside an error's own \`message\` (one line in English that says what to do):

${errorFields}

## Modules

${modules}

${sections.join('\n\n')}
`;
}
