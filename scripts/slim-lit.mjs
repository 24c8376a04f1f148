// Leaves out of the single file what of Lit never runs in it. The patterns are those of Lit's own minified file; one that is
// not there ends the build, so that another version of Lit is looked at anew. test/project/layers.test.mjs says that nothing
// in src asks for what is cut.

/** By reason: what is cut, and what stands there instead. */
const CUTS = {
  'no directive, so that nobody asks where a part stands or whether it is connected': [
    [
      /(function \w\(\w,)(\w)(?:,\w)+=\w,\w\)\{if\(\2===\w\)return \2;let \w=void 0!==.*?\}(?=class)/,
      '$1$2){return $2}',
    ],
    [/get (?:_\$AU|parentNode|startNode|endNode|tagName)\(\)\{.*?\}(?=\w+\(|get |constructor|_\$AI)/g, ''],
    [/,this\._\$A[NM]=(?:void 0|\w)(?=[,}])/g, ''],
    [/,this\._\$Cv=\w\?\.isConnected\?\?!0/, ''],
    [/setConnected\(\w\)\{.*?\}(?=\})/, ''],
    [/this\._\$AP\?\.\(!1,!0,\w\)(?=;)/, ''],
  ],
  'no binding to a property or an element, none within comments': [
    [/"\."===\w\[1\]\?\w:/, ''],
    [/else \w\.startsWith\(\w\)&&\(\w\.push\(\{type:6,index:\w\}\),\w\.removeAttribute\(\w\)\)/, ''],
    [/else\{let \w=-1;for\(;-1!==.*?\{type:7,index:\w\}\),.*?\}(?=\w\+\+)/, ''],
    [/1===\w\.type\?(\w=new \w\.ctor\(.*?\)):6===\w\.type&&\(.*?\)\)/, '$1'],
    [/"!--"===\w\[1\]\?\w=\w:/, ''],
  ],
  'no template of SVG or MathML, none that was compiled before': [
    [/2===\w\?"<svg>":3===\w\?"<math>":""/, '""'],
    [/\+\(2===\w\?"<\/svg>":3===\w\?"<\/math>":""\)/, ''],
    [/,2===\w\|\|3===\w\)\{const \w=this\.el\.content\.firstChild;.*?\}(?=for)/, ')'],
    [/"number"==typeof (\w)\?(this\._\$AC\(\w\)):\(.*?\),\1\)(?=;)/, '$2'],
  ],
  'no <script>, <style>, <textarea> or <title> in a template': [
    [/\(\w\.test\(\w\[2\]\)&&\(\w=RegExp\("<\/"\+\w\[2\],"g"\)\),(\w=\w)\)/, '($1)'],
    [/if\(\w\.test\(\w\.tagName\)\)\{.*?\w\.append\(\w\[\w\],\w\(\)\)\}\}(?=\}else)/, ''],
  ],
  'an attribute is one value, none of several pieces': [
    [/void 0!==\w\.strings\?.*?:(\w\._\$AI\(\w\[\w\]\))/, '$1'],
    [/,\w\.length>2\|\|""!==\w\[0\]\|\|""!==\w\[1\]\?\(.*?\):(this\._\$AH=\w)\}/, ',$1}'],
    [/if\(void 0===\w\)(\w=\w\(this,\w,\w,0\),.*?);else\{const \w=\w;let.*?\}(?=\w&&!\w&&)/, '$1;'],
  ],
  'a value is text, a node, a template or an array, in a document that is the script’s own': [
    [/=>\w\(\w\)\|\|"function"==typeof \w\?\.\[Symbol\.iterator\]/, '=>Array.isArray(t)'],
    [/\(\w\?\.creationScope\?\?(\w)\)/, '$1'],
    [/\w\?\.renderBefore\?\?(?=\w;let)/, ''],
    [/\w\?\.renderBefore\?\?null/, 'null'],
  ],
  'nothing else on the page is to know of it': [[/\w=\w\.litHtmlPolyfillSupport;\w\?\..*?\.push\(".*?"\);/, 'B=0;']],
  'listeners are functions without options, bound to what they need': [
    [/(?:\|\|\w\.(capture|once|passive)!==\w\.\1)+/, ''],
    [/"function"==typeof this\._\$AH\?(this\._\$AH)\.call\(.*?\):this\._\$AH\.handleEvent\(\w\)/, '$1(t)'],
  ],
};

/** The plugin of rollup. */
export const slimLit = {
  name: 'slim-lit',
  transform(code, id) {
    if (!id.replaceAll('\\', '/').endsWith('/node_modules/lit-html/lit-html.js')) return null;
    const cut = (rest, [what, instead]) => {
      const shorter = rest.replace(what, instead);
      return shorter === rest ? this.error(`lit-html has no ${what} to cut`) : shorter;
    };
    return { code: Object.values(CUTS).flat().reduce(cut, code), map: null };
  },
};
