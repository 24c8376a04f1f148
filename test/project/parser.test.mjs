// The reader makes its elements itself, of feeds that no parser of XML would take. Of those that one takes it makes what
// fast-xml-parser makes of them, which knows nothing of ours: tried on the fixtures and on the corpus, where it is.
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { decode } from '../../dist/feed/decode.js';
import { extractEntry, extractFeed } from '../../dist/feed/markup.js';
import { root } from '../../scripts/run.mjs';

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 300,
});

const localName = (name) => name.slice(name.indexOf(':') + 1).toLowerCase();
const isEntry = (name) => ['item', 'entry'].includes(name);

/** Element or text as both sides can say it: local names, attributes without references, entries behind all else. */
const element = (name, attributes, children) => ({
  name,
  attributes: attributes.filter(([, value]) => !value.includes('&')).sort(),
  children: [
    ...children.filter((child) => child.text?.trim() || (child.name && !isEntry(child.name))),
    ...children.filter(({ name: child }) => child && isEntry(child)),
  ],
});

function theirs(node) {
  const { ':@': attributes = {}, ...rest } = node;
  const [[name, value]] = Object.entries(rest);
  if (name === '#text') return { text: String(value) };
  if (name === '#cdata') return { text: value.map((part) => part['#text']).join('') };
  const own = Object.entries(attributes).filter(([attribute]) => !/^xmlns\b/i.test(attribute));
  return element(
    localName(name),
    own.map(([attribute, text]) => [localName(attribute), text]),
    value.map(theirs),
  );
}

function ours(node) {
  if (!('name' in node)) return { text: node.source };
  const entries = node.entries.map((entry) => entry.element ?? extractEntry(entry.markup, node));
  const attributes = [...node.attributes].map(([name, value]) => [localName(name), value]);
  return element(localName(node.name), attributes, [...node.children, ...entries].map(ours));
}

/** An `enclosure` with content: it holds nothing by definition, and that content is another's. */
const FULL_ENCLOSURE = /<enclosure\b(?:[^>]*[^/])?>\s*[^<\s]/;

/** Says whether the feed was one that both sides read. */
function compare(bytes, contentType, name) {
  const text = decode(bytes, contentType).trimStart();
  if (/<!DOCTYPE|[\0-\x08\ufdd0]|\r/.test(text) || FULL_ENCLOSURE.test(text) || XMLValidator.validate(text) !== true)
    return false;
  const [theirRoot] = parser.parse(text).filter((node) => !('#text' in node));
  const steps = extractFeed({ text, beginning: '', isWhole: true }, 'https://dagbok.example/');
  let step = steps.next();
  while (!step.done) step = steps.next();
  if (!step.value) return false;
  assert.deepEqual(ours(step.value.root), theirs(theirRoot), name);
  return true;
}

describe('the elements of a feed', () => {
  it('are those that fast-xml-parser finds, of the fixtures', () => {
    const folder = path.join(root, 'test/fixtures');
    const files = readdirSync(folder).filter((name) => name.endsWith('.xml'));
    const compared = files.filter((name) => compare(readFileSync(path.join(folder, name)), undefined, name));
    assert.ok(compared.length > 15, String(compared.length));
  });

  const corpus = path.join(root, '../shared/corpus');
  const skip = existsSync(corpus) ? false : 'the corpus is not here';
  it('are those that fast-xml-parser finds, of the corpus', { skip }, () => {
    let count = 0;
    for (const file of ['cases.jsonl', 'cases-atom.jsonl']) {
      for (const line of readFileSync(path.join(corpus, file), 'utf8').trim().split('\n')) {
        const { id, contentType, bytesBase64 } = JSON.parse(line);
        if (compare(Buffer.from(bytesBase64 ?? '', 'base64'), contentType, id)) count++;
      }
    }
    assert.ok(count > 500, String(count));
  });
});
