/** Defaults of the kinds in src/attributes.ts that take no arguments. The others have theirs as the first argument. */
const DEFAULTS = { flag: 'false', commaSeparated: 'null', languageTag: "''" };

/** Adds the attributes that the class declares with `@attribute(integer(5, 1, 50)) limit`, and their defaults. */
const declaredAttributes = {
  name: 'declared-attributes',
  analyzePhase({ ts, node, moduleDoc }) {
    if (!ts.isPropertyDeclaration(node)) return;
    const kind = findKind(ts, node);
    const element = moduleDoc.declarations.find(({ tagName }) => tagName);
    const fieldName = node.name.getText();
    const member = element?.members.find(({ name }) => name === fieldName);
    if (!kind || !member) return;
    const name = fieldName.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    member.attribute = name;
    member.default = ts.isCallExpression(kind) ? literalText(ts, kind.arguments[0]) : DEFAULTS[kind.getText()];
    const { type, default: value, description } = member;
    element.attributes ??= [];
    element.attributes.push({ name, type, default: value, description, fieldName });
  },
};

/** Returns the argument of a property's `@attribute(…)`, or `undefined`. */
function findKind(ts, property) {
  for (const { expression } of ts.getDecorators(property) ?? []) {
    const isAttribute = ts.isCallExpression(expression) && expression.expression.getText() === 'attribute';
    if (isAttribute) return expression.arguments[0];
  }
  return undefined;
}

/** Returns a literal as code. The `text` of a number has no separators: `10_000` is `10000`. */
const literalText = (ts, literal) => (ts.isNumericLiteral(literal) ? literal.text : literal.getText());

/** Removes private members. */
const publicOnly = {
  name: 'public-only',
  packageLinkPhase({ customElementsManifest }) {
    for (const { declarations } of customElementsManifest.modules) {
      for (const declaration of declarations) {
        const isPublic = ({ name, privacy }) => !name.startsWith('#') && (privacy ?? 'public') === 'public';
        declaration.members = declaration.members?.filter(isPublic);
      }
    }
  },
};

/** Names the files of the package, in dist/, and the one that registers the tag. */
const asPackaged = {
  name: 'as-packaged',
  packageLinkPhase({ customElementsManifest: { modules } }) {
    const packaged = (path) => path.replace(/^\/?src\/(.*)\.ts$/, 'dist/$1.js');
    for (const module of modules) {
      module.path = packaged(module.path);
      for (const { declaration } of module.exports ?? []) declaration.module = packaged(declaration.module);
    }
    const [{ path, declarations }] = modules;
    const [{ tagName, name }] = declarations.filter((declaration) => declaration.tagName);
    modules.push({
      kind: 'javascript-module',
      path: 'dist/define.js',
      declarations: [],
      exports: [{ kind: 'custom-element-definition', name: tagName, declaration: { name, module: path } }],
    });
  },
};

export default {
  globs: ['src/diary-feed-element.ts'],
  outdir: 'dist',
  litelement: true,
  quiet: true,
  packagejson: false,
  plugins: [declaredAttributes, publicOnly, asPackaged],
};
