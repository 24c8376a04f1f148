// Leaves out of the single file what of Lit never runs in it. Names and texts are those of Lit's own minified files; one
// that is not there ends the build, so that another version of Lit is looked at anew. test/project/layers.test.mjs says
// that nothing in src asks for what is cut.

/**
 * What of ReactiveElement is for reactive properties. The element has none: its attributes are its only state
 * (src/attributes.ts). Some Lit calls all the same; these do nothing.
 */
const UNCALLED = [
  'addInitializer',
  'createProperty',
  'getPropertyDescriptor',
  'getPropertyOptions',
  '_$Eu',
  '_$ET',
  'C',
];
const CALLED = ['_$Ei', '_$E_', '_$AK'];

/** By module: what else is cut, and what stands there instead. */
const CUTS = {
  '@lit/reactive-element/css-tag.js': [
    // every browser that can read the file adopts style sheets: its syntax, `static { … }`, is younger
    [/\w\.ShadowRoot&&.*?CSSStyleSheet\.prototype/, '!0'],
  ],
  'lit-html/lit-html.js': [
    // directives
    [/let (\w)=void 0!==\w\?\w\._\$Co\?\.\[\w\]:\w\._\$Cl;.*?\),(?=\w\}class)/, 'return '],
    // bindings to properties and elements, and within comments
    [/"\."===\w\[1\]\?\w:/, ''],
    [/else \w\.startsWith\(\w\)&&\(\w\.push\(\{type:6,index:\w\}\),\w\.removeAttribute\(\w\)\)/, ''],
    [/else\{let \w=-1;for\(;-1!==.*?\{type:7,index:\w\}\),.*?\}(?=\w\+\+)/, ''],
  ],
};

/** The methods of the class in a module, by name. */
function methodsIn(program) {
  const { body } = program.body.find(({ type }) => type === 'ClassDeclaration').body;
  return new Map(body.filter(({ type }) => type === 'MethodDefinition').map((method) => [method.key.name, method]));
}

/** @param missing Is told which name is not there. */
function cutMethods(code, program, missing) {
  const methods = methodsIn(program);
  const find = (name) => methods.get(name) ?? missing(name);
  const cuts = [...UNCALLED.map(find), ...CALLED.map((name) => find(name).value.body)];
  let rest = code;
  for (const { type, start, end } of cuts.sort((one, other) => other.start - one.start)) {
    rest = rest.slice(0, start) + (type === 'BlockStatement' ? '{}' : '') + rest.slice(end);
  }
  return rest;
}

/** @param missing Is told which text is not there. */
function cutTexts(code, cuts, missing) {
  return cuts.reduce((rest, [what, instead]) => (what.test(rest) ? rest.replace(what, instead) : missing(what)), code);
}

/** The plugin of rollup. */
export const slimLit = {
  name: 'slim-lit',
  transform(code, id) {
    const module = id.replaceAll('\\', '/').split('/node_modules/').at(-1);
    const missing = (what) => this.error(`${module} has no ${what} to cut`);
    if (module in CUTS) return { code: cutTexts(code, CUTS[module], missing), map: null };
    if (module !== '@lit/reactive-element/reactive-element.js') return null;
    return { code: cutMethods(code, this.parse(code), missing), map: null };
  },
};
