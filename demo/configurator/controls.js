// The form: for each setting the control of its kind, labelled, with its help and what is wrong with what stands in it.
import { readValue } from './values.js';

/** Makes an element: properties, then children. `data`, `aria-…` and other attributes come in `attributes`. */
export function make(name, properties = {}, children = [], attributes = {}) {
  const element = Object.assign(document.createElement(name), properties);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const idOf = ({ key }) => `setting-${key.replace(/[^\w-]/g, '')}`;

/** Whether a few characters are all that can be written. */
const isShort = ({ kind }) => ['length', 'weight'].includes(kind);

function helpOf(setting, say) {
  const { key, kind, standard, min, max } = setting;
  return [
    say(`help-${key}`),
    kind === 'number' && say('between', { min, max }),
    isShort(setting) && say(`${kind}-help`, { standard: standard === 'inherit' ? say('of-page') : standard }),
  ]
    .filter(Boolean)
    .join(' ');
}

/** What a setting is called. */
export const nameOf = ({ key, name }, say) => say(`setting-${key}`) ?? name ?? key;
const optionName = ({ key }, option, say) => say(`option-${key}-${option}`) ?? option;

/** A text below a control, which the control is described by. */
function helpFor(setting, input, say) {
  const text = helpOf(setting, say);
  const id = `${idOf(setting)}-help`;
  const place = (name) => make('span', { id: `${idOf(setting)}-${name}`, className: 'problem' });
  const below = [
    ...(text ? [make('span', { id, className: 'help', textContent: text })] : []),
    ...(setting.mayBeWanted ? [place('wanted')] : []),
    place('problem'),
  ];
  input.setAttribute('aria-describedby', below.map((each) => each.id).join(' '));
  return below;
}

/** Marks the field of a setting as one to fill in by hand, saying why; '' takes the mark away. */
export function markWanted(key, text) {
  document.getElementById(idOf({ key })).classList.toggle('wanted', text !== '');
  document.getElementById(`${idOf({ key })}-wanted`).textContent = text;
}

/** A help below what it helps with, where there is one. */
function describe(element, help) {
  if (!help) return [];
  const id = `${element.id}-help`;
  element.setAttribute('aria-describedby', id);
  return [make('span', { id, className: 'help', textContent: help })];
}

/** What stands in a control, as a value of its setting, or `undefined` where it is none. */
function legalIn(input, setting) {
  const text = input.value.trim();
  if (text === '' && setting.isOptional && !setting.mayBeEmpty) return null;
  // an empty field is its default
  return readValue(setting, text) ?? (text === '' ? setting.fallback : undefined);
}

/** Says beside a control, and to those who hear the page, that its value cannot be used, or no longer. */
function judge(input, setting, isWrong, { say, announce }) {
  const wasWrong = input.getAttribute('aria-invalid') === 'true';
  if (isWrong === wasWrong) return;
  const words = isWrong ? say('invalid') : '';
  input.setAttribute('aria-invalid', String(isWrong));
  document.getElementById(`${idOf(setting)}-problem`).textContent = words;
  announce(isWrong ? `${nameOf(setting, say)}: ${words}` : '');
}

/**
 * Tells of each change that is legal. One that is not is told beside the control once it is done: on the way to a colour
 * there are six that are none. What has been told is taken back as soon as it is no longer so.
 */
function watch(input, type, setting, tools) {
  input.addEventListener('input', () => {
    if (legalIn(input, setting) !== undefined) judge(input, setting, false, tools);
  });
  input.addEventListener('change', () => judge(input, setting, legalIn(input, setting) === undefined, tools));
  input.addEventListener(type, () => {
    const legal = legalIn(input, setting);
    if (legal !== undefined) tools.change(setting.key, legal);
  });
}

function field(setting, value, tools) {
  const { kind, min, max } = setting;
  const isAddress = kind.startsWith('address');
  const { say } = tools;
  const input = make('input', {
    id: idOf(setting),
    type: kind === 'number' ? 'number' : 'text',
    value: value ?? '',
    className: isShort(setting) ? 'short' : '',
    spellcheck: false,
    ...(kind === 'number' && { min, max }),
    ...(isAddress && { inputMode: 'url' }),
  });
  // an address is asked for when it is whole
  watch(input, isAddress ? 'change' : 'input', setting, tools);
  return make('p', { className: 'field' }, [
    make('label', { htmlFor: input.id, textContent: nameOf(setting, say) }),
    input,
    ...helpFor(setting, input, say),
  ]);
}

function choice(setting, value, { say, change }) {
  const help = helpOf(setting, say);
  const options = setting.options.map((option) => {
    const name = optionName(setting, option, say);
    return make('option', { value: option, textContent: name, selected: option === value });
  });
  const select = make('select', { id: idOf(setting) }, options);
  select.addEventListener('change', () => change(setting.key, select.value));
  return make('p', { className: 'field' }, [
    make('label', { htmlFor: select.id, textContent: nameOf(setting, say) }),
    select,
    ...describe(select, help),
  ]);
}

function tick(id, text, checked, onChange) {
  const box = make('input', { type: 'checkbox', id, checked });
  box.addEventListener('change', () => onChange(box.checked));
  return make('span', { className: 'tick' }, [box, make('label', { htmlFor: id, textContent: text })]);
}

function group(legend, children) {
  return make('fieldset', {}, [make('legend', { textContent: legend }), ...children]);
}

/** One tick for each of some words. */
function ticks(setting, value, { say, change }) {
  const chosen = new Set(value.split(' '));
  const boxes = setting.options.map((option) =>
    tick(`${idOf(setting)}-${option}`, optionName(setting, option, say), chosen.has(option), (isOn) => {
      if (isOn) chosen.add(option);
      else chosen.delete(option);
      change(setting.key, setting.options.filter((other) => chosen.has(other)).join(' ') || 'none');
    }),
  );
  const set = group(nameOf(setting, say), boxes);
  set.id = idOf(setting);
  set.append(...describe(set, helpOf(setting, say)));
  return set;
}

/** A palette that shows what stands in a field, and writes into it. Not every browser's Tab key comes to one. */
function paletteFor(input, setting, name) {
  const palette = make('input', { type: 'color', id: `${input.id}-palette`, value: input.value }, [], {
    'aria-label': name,
  });
  palette.addEventListener('input', () => {
    input.value = palette.value;
    input.dispatchEvent(new Event('input'));
  });
  input.addEventListener('input', () => {
    // browsers complain on the console of what is no colour yet
    const colour = readValue(setting, input.value.trim());
    if (colour) palette.value = colour;
  });
  return palette;
}

/** A tick, and what it opens: a colour, or a text that may be left out. */
function optional(setting, value, tools, { first, off }) {
  const { say, change } = tools;
  const isColour = setting.kind === 'colour';
  const name = nameOf(setting, say);
  const isOn = value !== off;
  const input = make('input', { id: idOf(setting), type: 'text', value: isOn ? value : first, spellcheck: false }, [], {
    'aria-label': say('choose', { name }),
  });
  if (isColour) input.className = 'short';
  watch(input, 'input', setting, tools);
  const opened = make('span', { className: 'opened', hidden: !isOn }, [
    input,
    ...(isColour ? [paletteFor(input, setting, say('palette', { name }))] : []),
  ]);
  const box = tick(`${idOf(setting)}-on`, isColour ? say('own', { name }) : name, isOn, (isWanted) => {
    opened.hidden = !isWanted;
    const legal = readValue(setting, input.value.trim());
    // what is shut away is no longer wrong
    if (legal === undefined) input.value = first;
    judge(input, setting, false, tools);
    change(setting.key, isWanted ? (legal ?? first) : off);
  });
  return make('p', { className: 'field' }, [box, opened, ...helpFor(setting, input, say)]);
}

/** The control of a setting, showing its value. `tools` has `say(key, gaps)` and `change(key, value)`. */
function control(setting, value, tools) {
  const { kind, isOptional, fallback } = setting;
  if (kind === 'keyword') return choice(setting, value, tools);
  if (kind === 'tokens') return ticks(setting, value, tools);
  if (kind === 'boolean') {
    const turn = (isOn) => tools.change(setting.key, isOn ? '' : fallback);
    const box = tick(idOf(setting), nameOf(setting, tools.say), value === '', turn);
    return make('p', { className: 'field' }, [box, ...describe(box.firstElementChild, helpOf(setting, tools.say))]);
  }
  if (kind === 'colour') return optional(setting, value, tools, { first: '#0b4a5e', off: fallback });
  if (kind === 'text' && isOptional && setting.mayBeEmpty)
    return optional(setting, value, tools, { first: '', off: null });
  return field(setting, value, tools);
}

/** A group of controls under a name. */
export function controls(legend, settings, values, tools) {
  return group(
    legend,
    settings.map((setting) => control(setting, values[setting.key], tools)),
  );
}

/** The same, folded away. */
export function foldedControls(summary, settings, values, tools) {
  return make('details', {}, [
    make('summary', { textContent: summary }),
    ...settings.map((setting) => control(setting, values[setting.key], tools)),
  ]);
}
