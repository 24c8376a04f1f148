// The element with a theme, in a shadow root: neither the styles of this page nor the theme get past it.
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import '../../src/define.js';
import type { DiaryFeedElement } from '../../src/index.js';
import type { Feed } from '../../src/feed/types.js';

/** How the element is shown. */
export interface Look {
  theme: string;
  attributes: readonly (readonly [name: string, value: string])[];
  properties: readonly (readonly [name: string, value: string])[];
  link: string;
  linkText: string;
  /** Language of the list and of the page around it. */
  lang: string;
}

/** Texts of the page around the element. */
export interface MockTexts {
  lang: string;
  site: string;
  heading: string;
  text: string;
}

export class LookPreview extends LitElement {
  static override styles = css`
    :host {
      display: block;
      background: light-dark(#ffffff, #11191d);
      color: light-dark(#1b2730, #e4ecef);
      font:
        1rem/1.55 system-ui,
        -apple-system,
        'Segoe UI',
        Roboto,
        'Helvetica Neue',
        sans-serif;
      text-align: start;
    }

    .site {
      margin: 0;
      padding: 0.625rem 1.25rem;
      background: #0b4a5e;
      color: #ffffff;
      font-weight: 650;
    }

    .page {
      padding: 1.25rem;
    }

    .heading {
      margin: 0 0 0.25rem;
      font-size: 1.375rem;
      font-weight: 700;
      line-height: 1.25;
    }

    .text {
      margin: 0 0 1.25rem;
    }

    /* a phone has room for the list only */
    @media (width < 40rem) {
      .site,
      .heading,
      .text {
        display: none;
      }
    }

    diary-feed a {
      color: light-dark(#0a5570, #9bd8ec);
    }
  `;

  @property({ attribute: false }) look: Look | undefined;
  @property({ attribute: false }) feed: Feed | undefined;
  /** The page around the element; without it, only the element is shown. */
  @property({ attribute: false }) mock: MockTexts | undefined;

  readonly diary: DiaryFeedElement = document.createElement('diary-feed');
  readonly #fallback = document.createElement('a');

  constructor() {
    super();
    this.diary.append(this.#fallback);
    this.addEventListener('click', this.#stopLink);
  }

  /** Links stay where they are. With a key, browsers open another tab. */
  readonly #stopLink = (event: MouseEvent): void => {
    const isLink = event.composedPath().some((target) => target instanceof HTMLAnchorElement && target.href);
    if (!isLink || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.dispatchEvent(new Event('link-stopped'));
  };

  readonly #reportShown = (): void => {
    this.dispatchEvent(new Event('look-shown'));
  };

  protected override updated(changed: PropertyValues<this>): void {
    const { diary, look, feed } = this;
    if (!look) return;
    const attributes = new Map(look.attributes);
    attributes.delete('loading'); // it is visible
    for (const name of diary.getAttributeNames()) if (!attributes.has(name)) diary.removeAttribute(name);
    for (const [name, value] of attributes) if (diary.getAttribute(name) !== value) diary.setAttribute(name, value);
    const isNewSource = changed.has('feed') || changed.get('look')?.attributes[0]?.[1] !== look.attributes[0]?.[1];
    if (isNewSource) diary.feed = feed; // `src` alone would load it
    diary.style.cssText = ''; // from the last look
    for (const [name, value] of look.properties) diary.style.setProperty(name, value);
    this.#fallback.href = look.link;
    this.#fallback.textContent = look.linkText;
    void diary.updateComplete.then(this.#reportShown);
  }

  protected override render(): unknown {
    const { look, mock, diary } = this;
    if (!look) return nothing;
    const sheet = look.theme && new URL(`../dist/themes/${look.theme}.css`, document.baseURI).href;
    return html`
      ${sheet ? html`<link rel="stylesheet" href=${sheet} @load=${this.#reportShown} />` : nothing}
      ${mock ? html`<p class="site" lang=${mock.lang}>${mock.site}</p>` : nothing}
      <div class=${mock ? 'page' : ''} lang=${look.lang || mock?.lang || nothing}>
        ${
          mock
            ? html`<p class="heading" lang=${mock.lang}>${mock.heading}</p>
                <p class="text" lang=${mock.lang}>${mock.text}</p>`
            : nothing
        }
        ${diary}
      </div>
    `;
  }
}

customElements.define('look-preview', LookPreview);
