// The element in its mock page, in a frame of the same origin: an honest width, an honest colour scheme.
import { Readings } from './readings.js';
import { attributesOf, propertiesOf } from './snippet.js';

/** Pixels of the page in the frame. */
const WIDTHS = { phone: 320, column: 360, full: 1280 };

/** A page that has no room is shown smaller, but no more than this: its text is to be read. */
const SMALLEST = 0.5;

/** Whether a click leads out of the page that it is in; with a key held it opens another one. */
function isLeaving(event) {
  const { button, ctrlKey, metaKey, shiftKey } = event;
  const isLink = event.composedPath().some((target) => target.localName === 'a' && target.href);
  return isLink && button === 0 && !ctrlKey && !metaKey && !shiftKey;
}

/**
 * Shows values in a frame that has loaded. `onOutcome` is told of every load that ends, and every change of it; `onLink` of a link
 * that was followed, which leads nowhere here.
 */
export class Preview {
  #frame;
  #page;
  #element;
  /** Of which address the element's state tells: for a moment it still is the one before. */
  #told;
  #sheet;
  #theme;
  #width = 'column';
  #observer;
  #onOutcome;

  /** What the element makes of each address alone. */
  readings;

  constructor(frame, { onOutcome, onLink }) {
    this.#frame = frame;
    this.#onOutcome = onOutcome;
    this.#page = frame.contentDocument;
    this.readings = new Readings(frame.contentWindow, onOutcome);
    this.#page.addEventListener('click', (event) => {
      if (!isLeaving(event)) return;
      event.preventDefault();
      onLink();
    });
    this.#sheet = new frame.contentWindow.CSSStyleSheet();
    this.#page.adoptedStyleSheets = [this.#sheet];
    this.#theme = this.#page.createElement('link');
    this.#theme.rel = 'stylesheet';
    new frame.contentWindow.ResizeObserver(() => this.#fit()).observe(this.#page.body);
    let room;
    this.#observer = new ResizeObserver(([{ contentRect }]) => {
      // its height follows that of the frame
      if (contentRect.width !== room) this.#scale();
      room = contentRect.width;
    });
    this.#observer.observe(frame.parentElement);
  }

  /** Whether it shows something in that page: in a frame there may be another by now. */
  isIn(page) {
    return page === this.#page;
  }

  /** Leaves the frame to another. */
  end() {
    this.#observer.disconnect();
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
    return Boolean(this.#page.defaultView?.customElements.get('diary-feed'));
  }

  show({ values, settings, src, link, linkText }) {
    const page = this.#page;
    page.documentElement.style.setProperty('color-scheme', values.scheme);
    this.#width = values.width;
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
    this.#scale();
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
        const isSame = this.#told === element.src;
        this.#told = element.src;
        // somebody has pressed the button that tries again
        if (type === 'loadstart' && isSame) this.readings.again();
        this.#onOutcome();
      });
    }
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

  #set(name, value) {
    if (this.#frame.style.getPropertyValue(name) !== value) this.#frame.style.setProperty(name, value);
  }

  /** The frame as wide as it is to be; where there is no room for that, all of it is shown smaller. */
  #scale() {
    const { clientWidth, ownerDocument } = this.#frame.parentElement;
    const { paddingInlineStart } = ownerDocument.defaultView.getComputedStyle(this.#frame.parentElement);
    const room = clientWidth - 2 * parseFloat(paddingInlineStart);
    const wanted = WIDTHS[this.#width];
    const border = this.#frame.offsetWidth - this.#frame.clientWidth;
    const isWide = this.#width === 'full';
    // what is not to be as wide as possible keeps its width, or has all of a narrower place
    const width = isWide ? Math.max(room, Math.min(wanted + border, room / SMALLEST)) : Math.min(wanted + border, room);
    this.#set('inline-size', `${Math.round(width - border)}px`);
    this.#set('--scale', String(Math.min(1, room / width)));
    this.#fit();
  }

  /** The frame as high as its page, which takes less of this one where it is shown smaller. */
  #fit() {
    const frame = this.#frame;
    this.#set('block-size', `${this.#page.body.offsetHeight}px`);
    const scale = Number(frame.style.getPropertyValue('--scale') || 1);
    this.#set('margin-block-end', `${Math.round((scale - 1) * frame.offsetHeight)}px`);
  }
}
