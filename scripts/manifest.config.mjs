/** The default of each kind of attribute that src/attributes.ts declares without arguments. */
const DEFAULTS = { flag: 'false', commaSeparated: 'null', languageTag: "''" };

/** Adds the attributes that `@attribute(integer(5, 1, 50)) limit` declares, with their defaults. */
const declaredAttributes = {
  name: 'declared-attributes',
  analyzePhase({ ts, node, moduleDoc }) {
    if (!ts.isPropertyDeclaration(node)) return;
    const call = ts.getDecorators(node)?.map(({ expression }) => expression).find((decorator) => decorator.expression?.getText() === 'attribute'); // prettier-ignore
    const element = moduleDoc.declarations.find(({ tagName }) => tagName);
    if (!call || !element) return;
    const fieldName = node.name.getText();
    const member = element.members.find(({ name }) => name === fieldName);
    const [kind] = call.arguments;
    const value = kind.arguments?.[0]?.getText().replaceAll('_', '') ?? DEFAULTS[kind.getText()];
    member.default = fieldName === 'linkTarget' ? "'_self'" : value;
    const name = fieldName.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    member.attribute = name;
    element.attributes ??= [];
    element.attributes.push({ name, type: member.type, default: member.default, description: member.description, fieldName });
  },
};

/** What programs and people may rely on; what is private is nobody's business, and `lang` is every element's own. */
const publicOnly = {
  name: 'public-only',
  packageLinkPhase({ customElementsManifest }) {
    for (const { declarations } of customElementsManifest.modules) {
      for (const declaration of declarations) {
        const isPublic = ({ name, privacy }) => !name.startsWith('#') && (privacy ?? 'public') === 'public';
        declaration.members = declaration.members?.filter(isPublic);
        declaration.attributes = declaration.attributes?.filter(({ fieldName }) => fieldName);
      }
    }
  },
};

/** The files that the package has are those of dist/; the tag is registered by one of them. */
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
