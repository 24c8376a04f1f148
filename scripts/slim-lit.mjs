// Leaves out of the single file what of Lit never runs in it. The patterns are those of Lit's own minified file; one that is
// not there ends the build, so that another version of Lit is looked at anew. test/project/layers.test.mjs says that nothing
// in src asks for what is cut.

/** What is cut, and what stands there instead. */
const CUTS = [
  // directives
  [/let (\w)=void 0!==\w\?\w\._\$Co\?\.\[\w\]:\w\._\$Cl;.*?\),(?=\w\}class)/, 'return '],
  // bindings to properties and elements, and within comments
  [/"\."===\w\[1\]\?\w:/, ''],
  [/else \w\.startsWith\(\w\)&&\(\w\.push\(\{type:6,index:\w\}\),\w\.removeAttribute\(\w\)\)/, ''],
  [/else\{let \w=-1;for\(;-1!==.*?\{type:7,index:\w\}\),.*?\}(?=\w\+\+)/, ''],
];

/** The plugin of rollup. */
export const slimLit = {
  name: 'slim-lit',
  transform(code, id) {
    if (!id.replaceAll('\\', '/').endsWith('/node_modules/lit-html/lit-html.js')) return null;
    const cut = (rest, [what, instead]) =>
      what.test(rest) ? rest.replace(what, instead) : this.error(`lit-html has no ${what} to cut`);
    return { code: CUTS.reduce(cut, code), map: null };
  },
};
