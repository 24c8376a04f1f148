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

export default {
  globs: ['src/diary-feed-element.ts'],
  outdir: 'dist',
  litelement: true,
  quiet: true,
  packagejson: false,
  plugins: [publicOnly],
};
