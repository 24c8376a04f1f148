/**
 * What of Lit's ReactiveElement is for reactive properties. The element has none: its attributes are its only state
 * (src/attributes.ts). Some Lit calls all the same; these do nothing. Names are those of Lit's own minified file.
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

/** The methods of the class in a module, by name. */
function methodsIn(program) {
  const { body } = program.body.find(({ type }) => type === 'ClassDeclaration').body;
  return new Map(body.filter(({ type }) => type === 'MethodDefinition').map((method) => [method.key.name, method]));
}

/** A plugin of rollup that cuts these methods; it ends the build where another version of Lit has others. */
export const slimLit = {
  name: 'slim-lit',
  transform(code, id) {
    if (!id.endsWith('reactive-element/reactive-element.js')) return null;
    const methods = methodsIn(this.parse(code));
    const find = (name) => methods.get(name) ?? this.error(`ReactiveElement has no ${name} to cut`);
    const cuts = [...UNCALLED.map(find), ...CALLED.map((name) => find(name).value.body)];
    let rest = code;
    for (const { type, start, end } of cuts.sort((one, other) => other.start - one.start)) {
      rest = rest.slice(0, start) + (type === 'BlockStatement' ? '{}' : '') + rest.slice(end);
    }
    return { code: rest, map: null };
  },
};
