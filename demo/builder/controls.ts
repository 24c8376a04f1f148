// The control of each kind of setting, with its label, its help and what is wrong with its text.
import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { MIN_CONTRAST } from './contrast.js';
import type { Setting, Values } from './settings.js';
import type { Gaps, TextKey } from './texts/index.js';

/** What controls need of the builder. */
export interface Tools {
  values: Values;
  /** Texts of controls that aren't valid, by key. */
  invalid: ReadonlyMap<string, string>;
  contrast: Readonly<Record<string, number>>;
  say: (key: TextKey, gaps?: Gaps) => string;
  /** The same for a key that may have no text. */
  find: (key: string, gaps?: Gaps) => string | undefined;
  /** Takes the text of a control. */
  write: (setting: Setting, text: string) => void;
}

export const idOf = ({ key }: Pick<Setting, 'key'>): string => `set-${key}`;

const nameOf = ({ key }: Pick<Setting, 'key'>, { find }: Pick<Tools, 'find'>, gaps?: Gaps): string =>
  find(`setting-${key}`, gaps) ?? key;

/** Returns the name of an option. Those of languages and dates are in the language of the builder. */
function optionName({ key }: Pick<Setting, 'key'>, option: string, { find, values }: Tools): string {
  const { ui = 'sv' } = values;
  const name = find(`option-${key}-${option}`);
  if (name !== undefined) return name;
  if (key === 'lang') return new Intl.DisplayNames(ui, { type: 'language' }).of(option) ?? option;
  const dateStyle = option as 'long';
  return new Intl.DateTimeFormat(ui === 'en' ? 'en-GB' : ui, { dateStyle }).format();
}

const textOf = (event: Event): string => (event.target as HTMLInputElement).value;

function helpOf(setting: Setting, { find, say, values }: Tools): string {
  const { key, kind, standard, min, max } = setting;
  const isShown = key === 'heading' ? !values['no-heading'] : true;
  return [
    isShown ? find(`help-${key}`) : undefined,
    kind === 'number' ? say('range', { min, max }) : undefined,
    ['length', 'weight'].includes(kind) && standard && standard !== 'inherit'
      ? say('standard', { standard })
      : undefined,
  ]
    .filter(Boolean)
    .join(' ');
}

/** The help and the problem below a control, and the ids of both. */
function below(setting: Setting, tools: Tools): { ids: string | undefined; template: unknown } {
  const help = helpOf(setting, tools);
  const isInvalid = tools.invalid.has(setting.key);
  const id = idOf(setting);
  const ids = [help && `${id}-help`, isInvalid && `${id}-problem`].filter(Boolean).join(' ');
  return {
    ids: ids || undefined,
    template: html`${help ? html`<span class="help" id="${id}-help">${help}</span>` : nothing}
    ${isInvalid ? html`<span class="problem" id="${id}-problem">${tools.say('invalid')}</span>` : nothing}`,
  };
}

function field(setting: Setting, tools: Tools): TemplateResult {
  const { key, kind, min, max } = setting;
  const { ids, template } = below(setting, tools);
  const isNumber = kind === 'number';
  const isShort = isNumber || ['length', 'weight', 'language'].includes(kind);
  return html`<div class="field">
    <label for=${idOf(setting)}>${nameOf(setting, tools)}</label>
    <input
      id=${idOf(setting)}
      class=${isShort ? 'short' : ''}
      type=${isNumber ? 'number' : 'text'}
      min=${ifDefined(isNumber ? min : undefined)}
      max=${ifDefined(isNumber ? max : undefined)}
      inputmode=${ifDefined(kind === 'url' || kind === 'urls' ? 'url' : undefined)}
      spellcheck="false"
      autocomplete="off"
      aria-describedby=${ifDefined(ids)}
      aria-invalid=${ifDefined(tools.invalid.has(key) ? 'true' : undefined)}
      .value=${live(tools.invalid.get(key) ?? tools.values[key] ?? '')}
      @input=${(event: Event) => tools.write(setting, textOf(event))}
    />
    ${template}
  </div>`;
}

function keyword(setting: Setting, tools: Tools): TemplateResult {
  const { ids, template } = below(setting, tools);
  const value = tools.values[setting.key];
  return html`<div class="field">
    <label for=${idOf(setting)}>${nameOf(setting, tools)}</label>
    <select
      id=${idOf(setting)}
      aria-describedby=${ifDefined(ids)}
      @change=${(event: Event) => tools.write(setting, textOf(event))}
    >
      ${setting.options.map(
        (option) =>
          html`<option value=${option} .selected=${option === value}>${optionName(setting, option, tools)}</option>`,
      )}
    </select>
    ${template}
  </div>`;
}

function flag(setting: Setting, tools: Tools, gaps: Gaps): TemplateResult {
  const { ids, template } = below(setting, tools);
  return html`<div class="field">
    <span class="tick">
      <input
        type="checkbox"
        id=${idOf(setting)}
        aria-describedby=${ifDefined(ids)}
        .checked=${live(tools.values[setting.key] === 'yes')}
        @change=${(event: Event) => tools.write(setting, (event.target as HTMLInputElement).checked ? 'yes' : '')}
      />
      <label for=${idOf(setting)}>${nameOf(setting, tools, gaps)}</label>
    </span>
    ${template}
  </div>`;
}

/** A button for each token. */
function tokens(setting: Setting, tools: Tools): TemplateResult {
  const chosen = (tools.values[setting.key] ?? '').split(' ');
  const toggle = (option: string): void => {
    const left = setting.options.filter((other) => chosen.includes(other) !== (other === option));
    tools.write(setting, left.join(' ') || 'none');
  };
  const help = helpOf(setting, tools);
  return html`<div class="field" role="group" aria-labelledby="${idOf(setting)}-name">
    <span class="name" id="${idOf(setting)}-name">${nameOf(setting, tools)}</span>
    <div class="chips" id=${idOf(setting)}>
      ${setting.options.map(
        (option) =>
          html`<button
            type="button"
            class="chip"
            aria-pressed=${chosen.includes(option)}
            @click=${() => toggle(option)}
          >
            ${optionName(setting, option, tools)}
          </button>`,
      )}
    </div>
    ${help ? html`<span class="help">${help}</span>` : nothing}
  </div>`;
}

/** A swatch for the page's color, a palette, and a field for a color code. */
function color(setting: Setting, tools: Tools): TemplateResult {
  const { key } = setting;
  const { say, values, invalid, contrast } = tools;
  const name = nameOf(setting, tools);
  const value = values[key] ?? '';
  const measured = contrast[key];
  const isLow = measured !== undefined && measured < MIN_CONTRAST;
  const figure = { contrast: Math.floor((measured ?? 0) * 10) / 10 };
  const { template } = below(setting, tools);
  return html`<div class="field color" role="group" aria-label=${name}>
    <span class="name">${name}</span>
    <div class="row">
      <button
        type="button"
        class="chip"
        aria-pressed=${value === ''}
        aria-label=${say('as-page-for', { name })}
        @click=${() => tools.write(setting, '')}
      >
        ${say('as-page')}
      </button>
      <input
        type="color"
        aria-label=${say('pick-color', { name })}
        class=${value ? 'chosen' : ''}
        .value=${live(value || '#0b4a5e')}
        @input=${(event: Event) => tools.write(setting, textOf(event))}
      />
      <input
        type="text"
        id=${idOf(setting)}
        class="short"
        aria-label=${say('hex-color', { name })}
        aria-invalid=${ifDefined(invalid.has(key) ? 'true' : undefined)}
        placeholder="#0b4a5e"
        spellcheck="false"
        autocomplete="off"
        .value=${live(invalid.get(key) ?? value)}
        @input=${(event: Event) => tools.write(setting, textOf(event))}
      />
      ${
        measured === undefined
          ? nothing
          : html`<span class=${isLow ? 'problem' : 'help'}>${say(isLow ? 'contrast-low' : 'contrast', figure)}</span>`
      }
    </div>
    ${template}
  </div>`;
}

/** Returns the control of a setting. `gaps` are those of its name. */
export function control(setting: Setting, tools: Tools, gaps: Gaps = {}): TemplateResult {
  switch (setting.kind) {
    case 'keyword':
      return keyword(setting, tools);
    case 'flag':
      return flag(setting, tools, gaps);
    case 'tokens':
      return tokens(setting, tools);
    case 'color':
      return color(setting, tools);
    default:
      return field(setting, tools);
  }
}

/** Buttons of which one is pressed, for a setting with few options. */
export function segments(setting: Setting, tools: Tools, current = tools.values[setting.key]): TemplateResult {
  return html`<div class="segments" role="group" aria-label=${nameOf(setting, tools)}>
    ${setting.options
      .filter(Boolean)
      .map(
        (option) =>
          html`<button type="button" aria-pressed=${option === current} @click=${() => tools.write(setting, option)}>
            ${optionName(setting, option, tools)}
          </button>`,
      )}
  </div>`;
}
