import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../../scripts/run.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');
const readJson = (name) => JSON.parse(read(`dist/${name}`));
const namesOf = (list) => list.map(({ name }) => name);

const manifest = readJson('custom-elements.json').modules[0].declarations.find(({ tagName }) => tagName);
const [tag] = readJson('vscode.html-custom-data.json').tags;
const { html, css } = readJson('web-types.json').contributions;
const [element] = html.elements;

/** The words that an attribute may be, as the class declares them; `''` is a property's word for none. */
const keywords = Object.fromEntries(
  [...read('src/diary-feed-element.ts').matchAll(/^ {2}'?([a-z-]+)'?: keyword(?:<\w+>)?\(([^)]+)\),$/gm)].map(
    ([, name, words]) => [name, words.replaceAll(/['\s]/g, '').replace(/,$/, '').split(',').sort()],
  ),
);

describe('what editors are told', () => {
  it('names the tag and each of its attributes, and says what the manifest says of it', () => {
    assert.equal(tag.name, 'diary-feed');
    assert.deepEqual(namesOf(tag.attributes), namesOf(manifest.attributes));
    for (const [index, { description }] of manifest.attributes.entries()) {
      assert.ok(tag.attributes[index].description.value.startsWith(description));
      assert.equal(element.attributes[index].description, description);
    }
    for (const { name } of [...manifest.slots, ...manifest.events]) {
      assert.ok(tag.description.value.includes(`\`${name || '(default)'}\``), name);
    }
  });

  it('offers the words of every attribute that is one of a few, and of no other', () => {
    assert.ok(Object.keys(keywords).length >= 4);
    const offered = tag.attributes.filter(({ values }) => values);
    assert.deepEqual(namesOf(offered).sort(), Object.keys(keywords).sort());
    for (const { name, values } of offered)
      assert.deepEqual(namesOf(values).sort(), keywords[name].filter(Boolean), name);
    for (const { name, value } of element.attributes.filter((attribute) => attribute.name in keywords)) {
      assert.deepEqual(value.type.replaceAll(/['\s]/g, '').split('|').sort(), keywords[name], name);
    }
  });

  it('tells the default of what has one', () => {
    const limit = ({ name }) => name === 'limit';
    assert.match(tag.attributes.find(limit).description.value, /Default: `5`$/);
    assert.equal(element.attributes.find(limit).default, '5');
    const src = tag.attributes.find(({ name }) => name === 'src');
    assert.doesNotMatch(src.description.value, /Default/);
  });

  it('names every custom property', () => {
    const { properties } = readJson('vscode.css-custom-data.json');
    assert.deepEqual(namesOf(properties), namesOf(manifest.cssProperties));
    assert.deepEqual(namesOf(css.properties), namesOf(manifest.cssProperties));
  });

  it('tells editors of JetBrains the slots, parts, events and properties too, and which properties are only read', () => {
    assert.deepEqual(namesOf(element.slots), namesOf(manifest.slots));
    assert.deepEqual(namesOf(element.css.parts), namesOf(manifest.cssParts));
    assert.deepEqual(namesOf(element.js.events), namesOf(manifest.events));
    const readOnly = element.js.properties.filter((property) => property['read-only']);
    assert.deepEqual(namesOf(readOnly), namesOf(manifest.members.filter(({ readonly }) => readonly)));
    assert.ok(namesOf(readOnly).includes('entries'));
    for (const { fieldName } of manifest.attributes) assert.ok(namesOf(element.js.properties).includes(fieldName));
    assert.ok(namesOf(element.js.properties).includes('feed'));
  });

  it('is of the version of the package', () => {
    assert.equal(readJson('web-types.json').version, JSON.parse(read('package.json')).version);
  });
});
