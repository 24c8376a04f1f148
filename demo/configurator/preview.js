// The element in its mock page, in a frame of the same origin: an honest width, an honest colour scheme.
import { attributesOf, propertiesOf } from './snippet.js';

const WIDTHS = { phone: '320px', column: '360px', full: '100%' };

/** Pixels of the narrowest page: a phone, or any page at 400 % (WCAG 2.2, 1.4.10). */
const NARROW = 320;

/** Pixels of the place that the list has in pages from 48rem: a column, or where it has all of it, in the narrowest of them. */
const WIDE = { phone: 768, column: 360, full: 768 };

/** Shows values in a frame that has loaded. `onOutcome` is told of every load that ends, and every change of it. */
export class Preview {
  #frame;
  #page;
  #element;
  /** Of which address the element's state tells: for a moment it still is the one before. */
  #told;
  #sheet;
  #theme;
  #onOutcome;

  constructor(frame, onOutcome) {
    this.#frame = frame;
    this.#onOutcome = onOutcome;
    this.#page = frame.contentDocument;
    this.#sheet = new frame.contentWindow.CSSStyleSheet();
    this.#page.adoptedStyleSheets = [this.#sheet];
    this.#theme = this.#page.createElement('link');
    this.#theme.rel = 'stylesheet';
    this.#theme.addEventListener('load', () => {
      this.#fit();
      this.#onOutcome();
    });
    new frame.contentWindow.ResizeObserver(() => this.#fit()).observe(this.#page.body);
  }

  get element() {
    return this.#element;
  }

  /** The element's status; of an address that it has not begun to read, 'loading'. */
  get status() {
    return this.#isCurrent ? this.#element?.status : 'loading';
  }

  get error() {
    return this.#isCurrent ? this.#element?.error : undefined;
  }

  get feed() {
    return this.#isCurrent ? this.#element?.feed : undefined;
  }

  get #isCurrent() {
    return this.#element?.src === this.#told;
  }

  /** Whether the element's script has run in the frame. */
  get isDefined() {
    return Boolean(this.#frame.contentWindow.customElements.get('diary-feed'));
  }

  /**
   * Heights of the element in rem, `narrow` in a phone and `wide` in pages from 48rem, at the width that is chosen. The page
   * is laid out anew for each and put back before anything of it is seen.
   */
  measure(width) {
    return { narrow: this.#heightAt(NARROW), wide: this.#heightAt(WIDE[width]) };
  }

  #heightAt(width) {
    const main = this.#page.querySelector('main');
    const rem = parseFloat(this.#frame.contentWindow.getComputedStyle(this.#page.documentElement).fontSize);
    main.style.setProperty('inline-size', `${width}px`);
    const height = this.#element.offsetHeight / rem;
    main.style.removeProperty('inline-size');
    return height;
  }

  show({ values, settings, src, link, linkText, language }) {
    const page = this.#page;
    page.documentElement.lang = language;
    page.documentElement.style.setProperty('color-scheme', values.scheme);
    this.#frame.style.setProperty('inline-size', WIDTHS[values.width]);
    this.#frame.style.setProperty('color-scheme', values.scheme);
    this.#dress(values, settings);
    const attributes = new Map(attributesOf(values, settings));
    attributes.set('src', src).delete('loading'); // the frame is to be seen at once
    if (values.lang) attributes.set('lang', values.lang);
    const element = this.#element ?? this.#make();
    for (const name of element.getAttributeNames()) if (!attributes.has(name)) element.removeAttribute(name);
    for (const [name, value] of attributes) if (element.getAttribute(name) !== value) element.setAttribute(name, value);
    this.showFallback(link, linkText);
    if (!element.isConnected) page.getElementById('place').append(element);
    this.#fit();
  }

  /** The link may be the feed's own, which is known later. */
  showFallback(link, text) {
    const fallback = this.#element?.firstElementChild;
    if (!fallback || (fallback.getAttribute('href') === link && fallback.textContent === text)) return;
    fallback.href = link;
    fallback.textContent = text;
  }

  #make() {
    const element = this.#page.createElement('diary-feed');
    element.append(this.#page.createElement('a'));
    for (const type of ['loadstart', 'loadend']) {
      element.addEventListener(type, () => {
        this.#told = element.src;
        this.#onOutcome();
      });
    }
    // what changes the list at one width may not do so at the one that is shown
    const observer = new this.#frame.contentWindow.MutationObserver(() => this.#onOutcome());
    if (element.shadowRoot)
      observer.observe(element.shadowRoot, { childList: true, subtree: true, characterData: true });
    this.#element = element;
    return element;
  }

  #dress(values, settings) {
    const properties = propertiesOf(values, settings);
    this.#sheet.replaceSync(`diary-feed { ${properties.map(([name, value]) => `${name}: ${value};`).join(' ')} }`);
    if (!values.theme) this.#theme.remove();
    else {
      const href = new URL(`../../dist/themes/${values.theme}.css`, import.meta.url).href;
      if (this.#theme.href !== href) this.#theme.href = href;
      if (!this.#theme.isConnected) this.#page.head.append(this.#theme);
    }
  }

  #fit() {
    const height = `${this.#page.body.offsetHeight}px`;
    if (this.#frame.style.getPropertyValue('block-size') === height) return;
    this.#frame.style.setProperty('block-size', height);
    this.#onOutcome();
  }
}
