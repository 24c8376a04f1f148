/** A space before `:` or `(`, or around `+`, means something, and stays. */
function shorten(css) {
  return css
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};]) ?|([:,]) /g, '$1$2')
    .replaceAll(';}', '}');
}

/** A plugin of rollup that takes comments and idle white space out of the styles. */
export const minifyStyles = {
  name: 'minify-styles',
  transform(code, id) {
    if (!id.endsWith('/src/styles.ts')) return null;
    const shorter = code.replace(
      /(?<=\bstyles = `)(.*?)`/s,
      (_, css) => `${shorten(css)}\`${css.replace(/[^\n]/g, '')}`,
    );
    if (shorter === code) this.error('there are no styles');
    return { code: shorter, map: null };
  },
};
