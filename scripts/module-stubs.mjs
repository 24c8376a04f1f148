/**
 * Modules that fast-xml-parser imports and that never run with the options of src/feed/parse-xml.ts, by their import
 * specifier, with the code that replaces each. Only complete modules are replaced; no library code is changed.
 * test/e2e/single-file-parser.test.mjs compares the results with those of the unbundled parser.
 */
const STUBS = {
  // looks for scripts in values; only with `processEntities`
  'is-unsafe': 'export const isUnsafe = () => false; export const HTML = {}; export const XML = {};',

  // turns text into numbers; only with `parseTagValue` or `parseAttributeValue`
  strnum: 'export default (text) => text;',

  // rejects malformed XML; only with the second argument of `parse()`
  '../validator.js': 'export const validate = () => true;',

  // reads a DOCTYPE; the feed parser cuts it off before
  './DocTypeReader.js': 'export default class DocTypeReader { setXmlVersion() {} }',

  // decodes entities; only with `processEntities`
  '@nodable/entities': `
    export class EntityDecoder {
      reset() {}
      setXmlVersion() {}
      addInputEntities() {}
      decode(text) { return text; }
    }
    export const XML = {}, CURRENCY = {}, COMMON_HTML = {}, ENTITY_ACTION = {};
  `,
};

const PREFIX = '\0stub:';

/** A rollup plugin that replaces these modules in the single file. */
export const moduleStubs = {
  name: 'module-stubs',
  resolveId(source, importer) {
    const isParser = importer?.replaceAll('\\', '/').includes('/fast-xml-parser/src/xmlparser/');
    return isParser && source in STUBS ? PREFIX + source : null;
  },
  load(id) {
    return id.startsWith(PREFIX) ? STUBS[id.slice(PREFIX.length)] : null;
  },
};
