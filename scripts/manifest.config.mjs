export default {
  globs: ['src/diary-feed-element.ts'],
  outdir: 'dist',
  litelement: true,
  quiet: true,
  packagejson: false,
};
