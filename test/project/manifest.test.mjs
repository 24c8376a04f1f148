import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fillTables, readTables } from '../../scripts/readme-tables.mjs';
import { root } from '../../scripts/run.mjs';

const read = (file) => readFileSync(path.join(root, file), 'utf8');
const element = JSON.parse(read('dist/custom-elements.json')).modules[0].declarations.find(({ tagName }) => tagName);
const namesOf = (list) => list.map(({ name }) => name).sort();
const unique = (names) => [...new Set(names)].sort();

describe('the element manifest', () => {
  it('names every attribute that is read', () => {
    const [, body] = /const ATTRIBUTES = \{([\s\S]*?)\n\};/.exec(read('src/diary-feed-element.ts'));
    const names = [...body.matchAll(/^ {2}'?([a-z-]+)'?: /gm)].map(([, name]) => name);
    assert.deepEqual(namesOf(element.attributes), names.sort());
  });

  it('names every slot and every part of the template', () => {
    const template = read('src/template.ts');
    const written = read('src/diary-feed-element.ts').matchAll(/template\[slot="([a-z]+)"\]/g);
    const slots = [...template.matchAll(/<slot(?: name="([a-z-]+)")?/g), ...written].map(([, name]) => name ?? '');
    slots.push('feed'); // is read, and never shown
    const [, marks] = /function markOf\(.*?\): (.*?) \| undefined/.exec(template);
    const parts = [
      ...template.matchAll(/part="([a-z-]+)"/g),
      ...template.matchAll(/headingElement\(\s*'([a-z]+)'/g),
      ...marks.matchAll(/'([a-z]+)'/g),
    ].map(([, name]) => name);
    assert.deepEqual(namesOf(element.slots), unique(slots));
    assert.deepEqual(namesOf(element.cssParts), unique(parts));
  });

  it('names every custom property that is read, with its default', () => {
    const found = [...read('src/styles.ts').matchAll(/var\((--diary-feed-[a-z-]+), (.+?)\)(?=[;)])/g)];
    const defaults = Object.fromEntries(found.map(([, name, value]) => [name, value]));
    // a mixed colour is said in words
    defaults['--diary-feed-border-color'] &&= 'currentColor at 25 %';
    const documented = Object.fromEntries(element.cssProperties.map((property) => [property.name, property.default]));
    assert.deepEqual(documented, defaults);
  });

  it('names every state and every event', () => {
    const states = [...read('src/feed-controller.ts').matchAll(/\{ status: '([a-z]+)'; /g)].map(([, name]) => name);
    const [, added] = /#states\.show\(this\.status, .*?'([a-z]+)'\)/.exec(read('src/diary-feed-element.ts')) ?? [];
    const events = [...read('src/events.ts').matchAll(/^ {2}([a-z]+): \w*Event;/gm)].map(([, name]) => name);
    assert.deepEqual(namesOf(element.cssStates), unique([...states, 'ready', 'empty', added]));
    assert.deepEqual(namesOf(element.events), events.sort());
  });

  it('says something of each', () => {
    const { attributes, slots, cssParts, cssProperties, cssStates, events } = element;
    for (const { name, description } of [attributes, slots, cssParts, cssProperties, cssStates, events].flat()) {
      assert.ok(description, name);
    }
  });

  it('holds nothing private', () => {
    assert.deepEqual(
      element.members.filter(({ name }) => /^[#_]/.test(name)),
      [],
    );
  });
});

describe('README.md', () => {
  const readme = read('README.md');

  it('has the tables of the manifest', async () => {
    assert.equal(readme, await fillTables(readme));
    for (const name of Object.keys(readTables())) assert.ok(readme.includes(`<!-- table: ${name} -->`), name);
  });

  it('explains every error code under the anchor that its message names', () => {
    const [, codes] = /export type FeedErrorCode =([^;]+);/.exec(read('src/feed/errors.ts'));
    for (const [, code] of codes.matchAll(/'([a-z-]+)'/g)) assert.match(readme, new RegExp(`^### ${code}$`, 'm'), code);
    assert.match(readme, /^## Attributes$/m);
  });

  it('names files that are there', () => {
    for (const [, file] of readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) assert.ok(read(file).length > 0, file);
  });

  it('has exactly two commands for the one who clones it', () => {
    const [, section] = /^## For those who clone it$([\s\S]*)/m.exec(readme);
    const commands = [...section.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, lines]) => lines.trim().split('\n'));
    assert.deepEqual(commands, ['npm ci && npm start', 'npm ci && npm test']);
  });
});
