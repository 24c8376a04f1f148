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
  plugins: [publicOnly, asPackaged],
};
