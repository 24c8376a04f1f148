// Leaves out of the single file what of fast-xml-parser never runs in it: with the options of src/feed/parse.ts, on what
// src/feed/markup.ts hands over (elements, each closed, text and CDATA, nothing else). A cut that finds nothing ends the
// build, so that another version of the parser is looked at anew. test/project/slim-parser.test.mjs holds the reader with
// the cuts against the reader without.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { defaultOptions } from '../node_modules/fast-xml-parser/src/xmlparser/OptionsBuilder.js';
import { root } from './run.mjs';

/** What stands in for modules of which nothing runs, by the name under which they are imported. */
export const stubs = {
  // judges the entities that a DOCTYPE declares, and reads it: src/feed/markup.ts takes every DOCTYPE away before
  'is-unsafe': 'export const isUnsafe = 0, HTML = 0, XML = 0;',
  './DocTypeReader.js': 'export default 0;',
  // processEntities is off
  '@nodable/entities': 'export const EntityDecoder = 0, XML = 0, CURRENCY = 0, COMMON_HTML = 0, ENTITY_ACTION = 0;',
  strnum: 'export default 0;', // parseTagValue and parseAttributeValue are off
  '../validator.js': 'export const validate = 0;', // parse() is never asked to validate
  './node2json.js': 'export default 0;', // preserveOrder is on
  // tells stop nodes, and functions among the options, where they are: none asks
  'path-expression-matcher': 'export const Expression = 0, Matcher = 0, ExpressionSet = 0;',
  '../ignoreAttributes.js': 'export default 0;', // ignoreAttributes is off
  // adds the defaults, which are in the code by then, and judges the names among the options
  './OptionsBuilder.js': 'export const buildOptions = (options) => options;',
};

/** By module: what is cut, as text or as a pattern where places look alike, and what stands there instead. */
const CUTS = {
  'xmlparser/XMLParser.js': [
    // it gets text, and preserveOrder is on
    [/ {8}if \(typeof xmlData !== "string".*?(?=^ {8}const orderedObjParser)/gms, ''],
    [/ {4}addEntity\(key, value\).*(?=^\})/gms, ''],
  ],
  'xmlparser/xmlNode.js': [
    // captureMetaData is off
    [/^let METADATA_SYMBOL;.*(?=^export)/gms, ''],
    ['this.addStartIndex(startIndex);', ''],
    [/^ {2}addStartIndex\(startIndex\).*(?=^\})/gms, ''],
  ],
  'xmlparser/OrderedObjParser.js': [
    // what options that are off would need; of the methods three remain, which are plain functions
    [/^ {4}this\.ignoreAttributesFn = .*?(?=^ {2}\})/gms, ''],
    [/^ {2,4}this\.(?!options|tagsNodeStack|parseXml)\w+ = .*;$/gm, ''],
    [/this\.(?=(?:buildAttributesMap|saveTextToParentTag|addChild)\()/g, ''],
    [/^ {2}const options = this\.options;$/gm, ''],

    // every tag and every CDATA section is closed
    [/if \(closingIndex === -1\) \{\s+throw new Error\(errMsg\)\s+\} else/g, ''],
    ['if (!result)', 'if (false)'],
    [/, "(?:Closing Tag|CDATA) is not closed\."/g, ''],

    // no instruction, no comment, no DOCTYPE
    ['c1 === 63', 'false'],
    [/c1 === 33\s+&& xmlData\.charCodeAt\(i \+ 2\) === (?:45|68)/g, 'false'],
    [/^.*docTypeReader = .*$/gm, ''],
    ['closingChar.charCodeAt(0)', '62'],
    ['closingChar.length > 1', 'false'],

    // text and values stay as they are: trimValues, processEntities and parse…Value are off, and no function is given
    ['this.entityDecoder.reset();', ''],
    [/^ {4}if \(isLeafNode === undefined\).*?isLeafNode\);$/gms, ''],
    ['this.parseTextData(tagExp, currentNode.tagname, this.readonlyMatcher, true, false, true, true)', 'tagExp'],
    ['val = this.replaceEntitiesValue(val, tagName, this.readonlyMatcher);', ''],
    [/this\.resolveNameSpace(?=\()/g, ''],
    ['options.attributeValueProcessor(attrName, oldVal, jPathStr)', 'undefined'],
    [/this\.options\.updateTag\(.*\)/g, 'undefined'],

    // no stop nodes, no unpaired tags, and nobody who asks where an element is
    [/options\.unpairedTagsSet\.has\(.*?\)/g, 'false'],
    ['this.matcher.getCurrentTag()', 'false'],
    [/this\.matcher\.(?:reset|push|pop)\(.*?\);/g, ''],
    [/this\.(?:matcher|readonlyMatcher)\b/g, 'false'],
    [/this\.isCurrentNodeStopNode = .*;/g, ''],
    ['this.isCurrentNodeStopNode', 'false'],
    ['rawAttrs = extractRawAttributes(prefixedAttrs, options);', ''],
    ['namespace = extractNamespace(rawTagName);', ''],
    ['rawAttrsForMatcher[attrName] = val;', ''],
    [/if \(hasRawAttrs && .*?\{.*?\}/gs, ''],
    ['this.ignoreAttributesFn(attrName, jPathStr)', 'false'],
    [/ {8}tagName = transformTagName\(.*\)\.tagName;/g, ''], // of an end tag

    // attributes have a prefix and transformTagName renames elements: no name is a reserved one
    ['aName = sanitizeName(aName, options);', ''],
    ['tagName = sanitizeName(tagName, options);', ''],
    [/(?<=transformTagName\(options.*), options(?=\))/g, ''],
    // what is nested deeper is flattened before
    ['this.tagsNodeStack.length > options.maxNestedTags', 'false'],
  ],
};

/** The modules that are there in part. */
export const cutModules = Object.keys(CUTS);

/** The options by name, as source text; `undefined` where the value is none that can stand in the code. */
function readOptions() {
  const source = readFileSync(path.join(root, 'src/feed/parse.ts'), 'utf8');
  const [, table] = /^const OPTIONS = \{\n(.*?)^\}/ms.exec(source);
  const given = [...table.matchAll(/^ {2}(\w+): (true|false|'[^']*')?/gm)].map(([, ...option]) => option);
  const defaults = Object.entries(defaultOptions).filter(([, value]) => /boolean|string/.test(typeof value));
  return Object.fromEntries([...defaults.map(([name, value]) => [name, JSON.stringify(value)]), ...given]);
}

/** Without what is cut, on the same lines, so that the source map stays true. */
function cut(source, [what, instead]) {
  return source.replaceAll(what, (found) => instead + found.replace(/[^\n]+/g, ''));
}

/** The name of a module of the parser, or `undefined`. */
function moduleOf(id) {
  return id?.replaceAll('\\', '/').split('/node_modules/fast-xml-parser/src/')[1];
}

/** Whether the id of a module is that of a stub. */
export const isStub = (id) => id.startsWith('\0slim:');

/** The plugin of rollup. */
export function slimParser() {
  const options = readOptions();
  return {
    name: 'slim-parser',
    resolveId: (id, importer) =>
      id in stubs && moduleOf(importer) ? { id: `\0slim:${id}`, moduleSideEffects: false } : null,
    load: (id) => (isStub(id) ? stubs[id.slice('\0slim:'.length)] : null),
    transform(code, id) {
      const module = moduleOf(id);
      if (!(module in CUTS)) return null;
      let source = code;
      for (const part of CUTS[module]) {
        const before = source;
        source = cut(before, part);
        if (source === before) this.error(`${module} has no ${part[0]} to cut`);
      }
      const folded = source.replace(
        /\b(?:this\.)?options\.(\w+)/g,
        (_, name) => options[name] ?? `this.options.${name}`,
      );
      return { code: folded, map: null };
    },
  };
}
