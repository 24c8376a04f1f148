// The builder: controls, preview and code follow one set of values, which is kept in the query of the page.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { readFeed } from '../../src/feed/read-feed.js';
import type { Feed } from '../../src/feed/types.js';
import { integrity, manifest, recipes, version } from './build-data.js';
import { attributesOf, createCode, createPolicy, propertiesOf, themeUrl, type Choice } from './code.js';
import { measureContrast } from './contrast.js';
import { control, idOf, segments, type Tools } from './controls.js';
import './copy-button.js';
import { FeedLoader } from './feed-loader.js';
import { describeFeeds, isLoadable, SAMPLE_URL, splitUrls, type FeedState } from './feed-state.js';
import { describeCheck, describeCode, type Action, type Finding } from './findings.js';
import './look-preview.js';
import type { Look, LookPreview } from './look-preview.js';
import { createSampleFeed } from './sample-feed.js';
import { LANGUAGES, readSettings, THEMES, type Setting, type Values } from './settings.js';
import { hostOf } from './site.js';
import { findText, type Gaps, type Language, type TextKey } from './texts/index.js';
import { findInvalid, readQuery, readValue, writeQuery } from './values.js';

/** Milliseconds without a key before a URL is loaded, and the query is written: browsers limit how often that is allowed. */
const TYPING_MS = 400;

/** Values of the first layout, and what differs in each. */
const PLAIN_LAYOUT: Values = { show: 'date summary', group: '', expand: '', 'new-for': '', 'date-style': 'long' };
const LAYOUTS: Record<string, Values> = {
  text: {},
  titles: { show: 'date' },
  images: { show: 'date summary image' },
  months: { show: 'date', group: 'month' },
  expand: { show: 'date', expand: 'yes' },
  fresh: { 'new-for': '3', 'date-style': 'relative' },
};

const LAYOUT_PICTURES = Object.entries(LAYOUTS).map(([name, changes]) => ({
  label: `layout-${name}`,
  set: { ...PLAIN_LAYOUT, ...changes },
  look: { theme: '' },
}));
const THEME_PICTURES = ['', ...THEMES].map((theme) => ({
  label: `option-theme-${theme}`,
  set: { theme },
  look: { ...PLAIN_LAYOUT, show: 'date' },
}));

/** Groups that are folded, in their order. */
const FOLDED_GROUPS = ['list', 'filter', 'dates', 'colors', 'sizes', 'links', 'site'] as const;

export class FeedBuilder extends LitElement {
  readonly #settings: readonly Setting[] = readSettings(manifest);
  readonly #loader = new FeedLoader(this);

  @state() private values: Values = readQuery(location.search, this.#settings);
  /** Texts of controls that aren't valid, by the key of their setting. */
  @state() private invalid: ReadonlyMap<string, string> = new Map();
  /** Settings in the query that aren't valid, with their text. */
  @state() private refused: readonly [Setting, string][] = findInvalid(location.search, this.#settings);
  @state() private isTyping = false;
  /** Whether the last change was one of the URL. Other changes keep the check, so that it isn't announced again. */
  #isUrlChange = false;
  @state() private isPreviewFolded = false;
  @state() private isDragging = false;
  @state() private isFileBad = false;
  @state() private contrast: Readonly<Record<string, number>> = {};
  @state() private shownCount = 1;
  /** A feed that the visitor has opened. */
  @state() private file: Feed | undefined;
  @state() private announcement = '';

  @query('.stage look-preview') private preview!: LookPreview;

  #timer: ReturnType<typeof setTimeout> | undefined;
  #announceTimer: ReturnType<typeof setTimeout> | undefined;
  #samples = new Map<Language, Feed>();

  protected override createRenderRoot(): HTMLElement {
    this.replaceChildren(); // the text for browsers without JavaScript
    return this; // the styles are the page's
  }

  /** The page has one builder, which stays. */
  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('paste', this.#paste);
    for (const type of ['dragover', 'dragleave', 'drop'] as const) addEventListener(type, this.#drag);
    this.#load();
  }

  get #language(): Language {
    return this.values.ui === 'en' ? 'en' : 'sv';
  }

  readonly #find = (key: string, gaps?: Gaps): string | undefined => findText(this.#language, key, gaps);
  readonly #say = (key: TextKey, gaps?: Gaps): string => findText(this.#language, key, gaps) ?? key;

  get #tools(): Tools {
    const { values, invalid, contrast } = this;
    return { values, invalid, contrast, say: this.#say, find: this.#find, write: this.#write };
  }

  #setting(key: string): Setting {
    const found = this.#settings.find((setting) => setting.key === key);
    if (!found) throw new Error(`There is no setting ${key}.`);
    return found;
  }

  /** Takes the text of a control. If it isn't valid, the old value stays and the control shows the text. */
  readonly #write = (setting: Setting, text: string): void => {
    const value = readValue(setting, text);
    if (value !== undefined) this.#change({ [setting.key]: value });
    else this.invalid = new Map([...this.invalid, [setting.key, text]]);
  };

  #change(values: Values): void {
    const { src = '' } = this.values;
    const isOtherFeed = values.src !== undefined && values.src !== src && src !== '';
    if (isOtherFeed) this.file = undefined;
    this.#isUrlChange = 'src' in values;
    this.values = { ...this.values, ...(isOtherFeed && { way: '' }), ...values };
    this.refused = this.refused.filter(([{ key }]) => !(key in values));
    this.invalid = new Map([...this.invalid].filter(([key]) => !(key in values)));
    this.#type();
  }

  /** Waits until the visitor pauses. */
  #type(): void {
    this.isTyping = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#settle, TYPING_MS);
  }

  readonly #settle = (): void => {
    clearTimeout(this.#timer);
    this.isTyping = false;
    history.replaceState(null, '', this.#shareUrl);
    this.#load();
  };

  get #shareUrl(): string {
    const written = writeQuery(this.values, this.#settings);
    return new URL(`${location.pathname}${written && `?${written}`}`, location.href).href;
  }

  #load(): void {
    const { src, timeout } = this.values;
    this.#loader.load(splitUrls(src).filter(isLoadable), Number(timeout) || undefined);
  }

  // announcements and files

  #announce(text: string): void {
    clearTimeout(this.#announceTimer);
    this.announcement = '';
    this.#announceTimer = setTimeout(() => (this.announcement = text), 50); // the same text again is news only after ''
  }

  #readFile(source: ArrayBuffer | string): void {
    try {
      this.file = readFeed(source, { url: splitUrls(this.values.src)[0] ?? SAMPLE_URL });
      this.isFileBad = false;
    } catch {
      this.file = undefined;
      this.isFileBad = true;
    }
  }

  async #openFile(file: File | undefined): Promise<void> {
    if (file) this.#readFile(await file.arrayBuffer());
  }

  readonly #drag = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.isDragging = event.type === 'dragover';
    if (event.type === 'drop') void this.#openFile(event.dataTransfer.files[0]);
  };

  readonly #paste = (event: ClipboardEvent): void => {
    const [file] = event.clipboardData?.files ?? [];
    const text = event.clipboardData?.getData('text') ?? '';
    if (!file && !/^\s*<(?:\?xml|rss|feed|rdf:RDF)\b/i.test(text)) return;
    event.preventDefault();
    if (file) void this.#openFile(file);
    else this.#readFile(text);
  };

  readonly #measure = (): void => {
    const { diary } = this.preview;
    this.shownCount = diary.entries.length;
    const contrast = measureContrast(diary);
    if (JSON.stringify(contrast) !== JSON.stringify(this.contrast)) this.contrast = contrast;
  };

  async #act({ set, retry, file, focus, open }: Action): Promise<void> {
    if (set) this.#change(set);
    if (set) this.#settle();
    if (retry) this.#loader.retry(retry, Number(this.values.timeout) || undefined);
    if (file) this.querySelector<HTMLInputElement>('#file')?.click();
    if (open) window.open(open, '_blank', 'noopener');
    const id = focus ?? (set && Object.keys(set)[0]);
    if (!id) return;
    await this.updateComplete;
    const target = document.getElementById(idOf({ key: id }));
    target?.closest('details')?.setAttribute('open', '');
    target?.focus(); // the button is gone
  }

  // rendering

  /** Language of the list: chosen, or that of the page around it. */
  get #listLanguage(): Language {
    const { lang = '' } = this.values;
    return lang === '' ? this.#language : lang === 'sv' ? 'sv' : 'en';
  }

  #sample(): Feed {
    const language = this.#listLanguage;
    const sample = this.#samples.get(language) ?? createSampleFeed(language);
    this.#samples.set(language, sample);
    return sample;
  }

  #choice(feeds: FeedState): Choice {
    const { values } = this;
    const sample = this.#sample();
    const link = feeds.link;
    const host = hostOf(link);
    const linkText = findText(this.#listLanguage, host ? 'link-text' : 'link-text-own', { host }) ?? '';
    return {
      values,
      settings: this.#settings,
      urls: feeds.urls.length > 0 ? [...new Set(feeds.urls.map(({ code }) => code))] : [SAMPLE_URL],
      title: feeds.feed?.title ?? (feeds.urls.length === 0 ? (sample.title ?? '') : ''),
      link,
      linkText: values['fallback-text'] || linkText,
      integrity: values.integrity ? integrity : '',
      images: feeds.images,
    };
  }

  #look(choice: Choice, changes: Values = {}, isMini = false): Look {
    const values = { ...choice.values, ...changes };
    const { lang = '', theme = '' } = values;
    const attributes = attributesOf({ ...choice, values });
    if (isMini) attributes.push(['limit', '2'], ['summary-length', '48']);
    return {
      theme,
      attributes: [['src', choice.urls.join(' ')], ...attributes],
      properties: propertiesOf({ ...choice, values }),
      link: choice.link,
      linkText: choice.linkText,
      lang: LANGUAGES.includes(lang) ? lang : this.#language,
    };
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('values')) return;
    document.documentElement.lang = this.#language;
    document.title = this.#say('title');
  }

  protected override render(): TemplateResult {
    const feeds = describeFeeds(this.values, (url) => this.#loader.resultOf(url), this.file, recipes);
    const choice = this.#choice(feeds);
    const feed = feeds.feed ?? this.#sample();
    const say = this.#say;
    return html`
      <a class="skip" href="#main">${say('skip')}</a>
      <header class="top">
        <a href="index.html${this.#language === 'en' ? '?ui=en' : ''}" class="brand">diary-feed</a>
        <h1>${say('h1')}</h1>
        <p class="lead">${say('lead')}</p>
        <button
          type="button"
          id="language"
          lang=${this.#language === 'sv' ? 'en' : 'sv'}
          @click=${() => this.#change({ ui: this.#language === 'sv' ? 'en' : 'sv' })}
        >
          ${this.#language === 'sv' ? 'In English' : 'På svenska'}
        </button>
      </header>
      <main
        id="main"
        tabindex="-1"
        class=${classMap({ workbench: true, dragging: this.isDragging })}
        data-drop=${say('drop-here')}
      >
        <form class="controls" @submit=${(event: Event) => event.preventDefault()}>
          ${this.#renderRefused()} ${this.#renderFeed(feeds)}
          ${this.#renderPictures('step-show', LAYOUT_PICTURES, choice, feed)}
          ${this.#renderPictures('step-theme', THEME_PICTURES, choice, feed)} ${this.#renderContent()}
          ${this.#renderMore()}
        </form>
        <div class="result">${this.#renderPreview(feeds, choice, feed)} ${this.#renderCode(feeds, choice)}</div>
        <div role="status"><p class="hidden">${this.announcement}</p></div>
      </main>
    `;
  }

  #renderRefused(): unknown {
    const lines = this.refused.map(([{ key }, written]) => {
      const gaps = { name: key, written: written.slice(0, 80) };
      return this.#renderFinding({ tone: 'warn', text: 'refused', gaps });
    });
    return html`<div role="status">
      <ul role="list">
        ${lines}
      </ul>
    </div>`;
  }

  /** Renders each sentence as an element of its own: screen readers don't always announce a text that changes. */
  #renderFindings(findings: Finding[]): unknown {
    const keyOf = ({ text, gaps, url }: Finding): string => JSON.stringify([text, gaps, url]);
    return repeat(findings, keyOf, (finding) => this.#renderFinding(finding));
  }

  #renderFinding({ tone, text, gaps, action, url }: Finding): TemplateResult {
    const name = typeof gaps?.name === 'string' ? this.#find(`setting-${gaps.name}`) : undefined;
    return html`<li class="finding ${tone}">
      <span>${url ? `${url}: ` : ''}${this.#say(text, name ? { ...gaps, name } : gaps)}</span>
      ${
        action
          ? html`<button type="button" @click=${() => this.#act(action)}>
              ${this.#say(action.label, action.gaps)}
            </button>`
          : nothing
      }
    </li>`;
  }

  #renderFeed(feeds: FeedState): TemplateResult {
    const say = this.#say;
    const isBlocked = feeds.urls.some(({ status }) => status === 'blocked') || Boolean(this.values.way);
    const isTypingUrl = this.isTyping && this.#isUrlChange;
    const findings = isTypingUrl || this.invalid.has('src') ? [] : describeCheck(feeds, this.values, this.shownCount);
    return html`<section aria-labelledby="step-feed" class="step">
      <h2 id="step-feed" class="hidden">${say('step-feed')}</h2>
      ${control(this.#setting('src'), this.#tools)}
      <div role="status" class="check">
        <ul role="list" id="check">
          ${this.#renderFindings(findings)}
          ${this.isFileBad ? this.#renderFinding({ tone: 'bad', text: 'file-bad' }) : nothing}
        </ul>
      </div>
      ${isBlocked && feeds.urls.length > 0 ? this.#renderWays(feeds) : nothing}
      <p class="file">
        <input
          type="file"
          id="file"
          class="hidden"
          tabindex="-1"
          aria-hidden="true"
          accept=".xml,.rss,.atom,.rdf,application/xml,text/xml"
          @change=${(event: Event) => this.#openFile((event.target as HTMLInputElement).files?.[0])}
        />
        <button type="button" class="link" @click=${() => this.#act({ label: 'do-file', file: true })}>
          ${say('drop-file')}
        </button>
        <span class="help">${say('drop-help')}</span>
      </p>
    </section>`;
  }

  /** The ways to get a feed without CORS header to visitors. */
  #renderWays({ urls, recipe }: FeedState): TemplateResult {
    const say = this.#say;
    const { way } = this.values;
    const url = urls.find(({ status }) => status !== 'ready')?.url ?? urls[0]?.url ?? '';
    const details: Record<string, unknown> = {
      ask: html`${this.#textArea('letter', say('letter', { url }), say('letter-label'))}
      ${this.#copyButton({ text: say('letter', { url }), label: say('copy-letter'), source: 'letter' })}`,
      relay: html`${control(this.#setting('server'), this.#tools)}
      ${recipe ? html`<a href="#recipe">${say('to-recipe')}</a>` : nothing}`,
    };
    return html`<fieldset class="ways" id="set-way" tabindex="-1">
      <legend>${say('ways-h')}</legend>
      ${(['ask', 'relay', 'own'] as const).map(
        (option) =>
          html`<div class=${classMap({ way: true, chosen: way === option })}>
            <label>
              <input
                type="radio"
                name="way"
                .checked=${live(way === option)}
                @change=${() => this.#change({ way: option })}
              />
              <span><b>${say(`option-way-${option}`)}</b> <span class="help">${say(`about-way-${option}`)}</span></span>
            </label>
            ${way === option && details[option] ? html`<div class="way-details">${details[option]}</div>` : nothing}
          </div>`,
      )}
    </fieldset>`;
  }

  /** Pictures to choose from: a radio button each. `set` is what a choice sets, `look` what the picture shows in addition. */
  #renderPictures(
    step: 'step-show' | 'step-theme',
    pictures: readonly { label: string; set: Values; look: Values }[],
    choice: Choice,
    feed: Feed,
  ): TemplateResult {
    const renderPicture = ({ label, set, look }: (typeof pictures)[number]): TemplateResult => {
      const isChosen = Object.keys(set).every((key) => set[key] === this.values[key]);
      return html`<label class="picture">
        <input type="radio" name=${step} .checked=${live(isChosen)} @change=${() => this.#change(set)} />
        <span class="miniature" inert aria-hidden="true">
          <look-preview
            .look=${this.#look(choice, { ...look, ...set, 'no-heading': 'yes' }, true)}
            .feed=${feed}
          ></look-preview>
        </span>
        <span class="caption">${this.#find(label)}</span>
      </label>`;
    };
    return html`<section aria-labelledby=${step} class="step">
      <h2 id=${step}>${this.#say(step)}</h2>
      <fieldset class="pictures" aria-labelledby=${step}>${pictures.map(renderPicture)}</fieldset>
    </section>`;
  }

  #renderContent(): TemplateResult {
    const { values } = this;
    const tools = this.#tools;
    return html`<section aria-labelledby="step-details" class="step">
      <h2 id="step-details">${this.#say('step-details')}</h2>
      ${control(this.#setting('show'), tools)}
      <div class="pair">
        ${values['no-heading'] ? nothing : control(this.#setting('heading'), tools)}
        ${control(this.#setting('limit'), tools)}
      </div>
      ${control(this.#setting('no-heading'), tools)}
    </section>`;
  }

  #renderMore(): TemplateResult {
    const say = this.#say;
    return html`<section aria-labelledby="step-more" class="step">
      <h2 id="step-more">${say('step-more')}</h2>
      ${FOLDED_GROUPS.map((group) => {
        const settings = this.#settings.filter((setting) => setting.group === group);
        return html`<details>
          <summary>${say(`group-${group}`)}</summary>
          <div class="fields">
            ${settings.map((setting) => control(setting, this.#tools, { version }))}
            ${group === 'colors' ? html`<p class="help">${say('help-colors')}</p>` : nothing}
          </div>
        </details>`;
      })}
    </section>`;
  }

  #renderPreview({ source, urls }: FeedState, choice: Choice, feed: Feed): TemplateResult {
    const say = this.#say;
    const scheme = this.values.scheme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
    const isUnread = source === 'sample' && urls.some(({ status }) => status !== 'loading');
    const badge = source === 'file' ? 'file-shown' : isUnread ? 'sample-unread' : 'sample-badge';
    const mock = { lang: this.#language, site: say('mock-site'), heading: say('mock-h'), text: say('mock-text') };
    return html`<section aria-labelledby="preview-h" class=${classMap({ preview: true, folded: this.isPreviewFolded })}>
      <div class="bar">
        <h2 id="preview-h">${say('preview')}</h2>
        <button
          type="button"
          class="fold"
          aria-expanded=${!this.isPreviewFolded}
          aria-label=${say(this.isPreviewFolded ? 'preview-show' : 'preview-hide')}
          @click=${() => (this.isPreviewFolded = !this.isPreviewFolded)}
        ></button>
        ${segments(this.#setting('width'), this.#tools)} ${segments(this.#setting('scheme'), this.#tools, scheme)}
      </div>
      <div class="stage ${this.values.width ?? ''}">
        ${source === 'url' ? nothing : html`<p class="badge ${isUnread ? 'warn' : ''}">${say(badge)}</p>`}
        <look-preview
          class=${scheme}
          .look=${this.#look(choice)}
          .feed=${feed}
          .mock=${mock}
          @look-shown=${this.#measure}
          @link-stopped=${() => this.#announce(say('preview-links'))}
        ></look-preview>
      </div>
    </section>`;
  }

  #copyButton(button: { text: string; label: string; source?: string; kind?: string }): TemplateResult {
    return html`<copy-button
      .text=${button.text}
      .label=${button.label}
      .copied=${this.#say('copied')}
      .selected=${this.#say('selected')}
      .source=${button.source ?? ''}
      .kind=${button.kind ?? ''}
      @copy-done=${({ detail }: CustomEvent<string>) => this.#announce(detail)}
    ></copy-button>`;
  }

  #textArea(id: string, text: string, label: string, maxRows = 18): TemplateResult {
    const rows = Math.min(text.trimEnd().split('\n').length + 1, maxRows);
    return html`<textarea id=${id} rows=${rows} readonly aria-label=${label} .value=${live(text)}></textarea>`;
  }

  #renderCode(feeds: FeedState, choice: Choice): TemplateResult {
    const say = this.#say;
    const code = createCode(choice);
    const findings = describeCode(feeds, this.values, this.contrast);
    const { recipe } = feeds;
    return html`<section aria-labelledby="code-h" class="code">
      <div class="bar">
        <h2 id="code-h">${say('code')}</h2>
        ${this.#copyButton({ text: code, label: say('copy-all'), source: 'code', kind: 'primary' })}
      </div>
      ${this.#textArea('code', code, say('code-label'))}
      <div role="status">
        <ul role="list" id="warnings">
          ${this.isTyping ? nothing : this.#renderFindings(findings)}
        </ul>
      </div>
      ${this.#renderSteps(choice, recipe?.path)} ${this.#renderPolicy(choice, code)}
      ${
        recipe
          ? html`<div id="recipe" class="recipe" tabindex="-1">
              <h3>${say('recipe-h')}</h3>
              <p>${say('recipe-text')}</p>
              ${recipe.files.map(
                ([name, text], index) =>
                  html`<div class="bar">
                      <h4>${name}</h4>
                      ${this.#copyButton({ text, label: say('copy-file', { file: name }), source: `recipe-${index}` })}
                    </div>
                    ${this.#textArea(`recipe-${index}`, text, name, 12)}`,
              )}
            </div>`
          : nothing
      }
      <p>${this.#copyButton({ text: this.#shareUrl, label: say('copy-link') })}</p>
    </section>`;
  }

  #renderSteps({ values }: Choice, path: string | undefined): TemplateResult {
    const say = this.#say;
    const { script = '', theme = '' } = values;
    const download = (file: string): TemplateResult =>
      html`<a href="../dist/${file}" download>${say('download', { file: file.replace('themes/', '') })}</a>`;
    return html`<h3>${say('steps-h')}</h3>
      <ol>
        <li>${say('step-script', { script })} ${download('diary-feed.min.js')}</li>
        ${
          theme
            ? html`<li>
                ${say('step-theme-file', { theme: themeUrl(script, theme) })} ${download(`themes/${theme}.css`)}
              </li>`
            : nothing
        }
        ${path ? html`<li>${say('step-relay', { path })}</li>` : nothing}
        <li>${say('step-paste')}</li>
        <li>${say('step-look')}</li>
      </ol>`;
  }

  #renderPolicy(choice: Choice, code: string): TemplateResult {
    const say = this.#say;
    const policy = createPolicy(choice);
    const [url] = choice.urls;
    return html`<details class="policy">
      <summary>${say('policy-h')}</summary>
      <p>${say('policy-text')}</p>
      ${code.includes('<style>') ? html`<p>${say('policy-style')}</p>` : nothing}
      ${policy.includes('img-src') ? html`<p>${say('policy-images', { url: url ?? '' })}</p>` : nothing}
      ${this.#textArea('policy', policy, 'Content-Security-Policy')}
      ${this.#copyButton({ text: policy, label: say('copy-policy'), source: 'policy' })}
    </details>`;
  }
}

customElements.define('feed-builder', FeedBuilder);
