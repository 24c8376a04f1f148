// The configuration of the element manifest.

/** Defaults of the kinds in src/attributes.ts that take no arguments. The others have theirs as the first argument. */
const DEFAULTS = { flag: 'false', commaSeparated: 'null', languageTag: "''" };

/** Adds the attributes that the class declares with `@attribute(integer(5, 1, 50)) limit`, and their defaults. */
const declaredAttributes = {
  name: 'declared-attributes',
  analyzePhase({ ts, node, moduleDoc }) {
    if (!ts.isPropertyDeclaration(node)) return;
    const decorators = (ts.getDecorators(node) ?? []).map(({ expression }) => expression);
    const decorator = decorators.find((call) => call.expression?.getText() === 'attribute');
    if (!decorator) return;
    const [kind] = decorator.arguments;
    const element = moduleDoc.declarations.find(({ tagName }) => tagName);
    const fieldName = node.name.getText();
    const member = element.members.find(({ name }) => name === fieldName);
    member.attribute = fieldName.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const value = kind.arguments?.[0];
    // the `text` of a number has no separators: `10_000` is `10000`
    const literal = value && ts.isNumericLiteral(value) ? value.text : value?.getText();
    member.default = literal ?? DEFAULTS[kind.getText()];
    const { type, default: defaultValue, description, attribute: name } = member;
    element.attributes ??= [];
    element.attributes.push({ name, type, default: defaultValue, description, fieldName });
  },
};

/** Removes private members, and names the files of the package: those in dist/, and the one that registers the tag. */
const asPackaged = {
  name: 'as-packaged',
  packageLinkPhase({ customElementsManifest: { modules } }) {
    const [module] = modules;
    const element = module.declarations.find(({ tagName }) => tagName);
    const isPublic = ({ name, privacy }) => !name.startsWith('#') && (privacy ?? 'public') === 'public';
    element.members = element.members.filter(isPublic);
    module.path = 'dist/diary-feed-element.js';
    for (const { declaration } of module.exports) declaration.module = module.path;
    const definition = { name: element.name, module: module.path };
    modules.push({
      kind: 'javascript-module',
      path: 'dist/define.js',
      declarations: [],
      exports: [{ kind: 'custom-element-definition', name: element.tagName, declaration: definition }],
    });
  },
};

export default {
  globs: ['src/diary-feed-element.ts'],
  outdir: 'dist',
  litelement: true,
  quiet: true,
  packagejson: false,
  plugins: [declaredAttributes, asPackaged],
};
