import { DEFAULT_LANGUAGE, defaultMessages, findMessages, type Messages } from './messages.js';

/** In which words an element speaks. */
export interface Locale {
  /** Language of the page around the element, as it is written there; '' where none is. */
  surrounding: string;
  /** Language of the messages. */
  language: string;
  /** Language of the dates: that of the messages, unless the browser cannot write dates in it. */
  dateLanguage: string;
  messages: Messages;
}

/** The nearest `lang` of the element or what it stands in, shadow roots' hosts included; '' where there is none. */
export function languageAround(element: Element): string {
  for (let place: Element | undefined = element; place; place = place.parentElement ?? hostOf(place)) {
    const language = place.getAttribute('lang');
    if (language) return language.trim().replaceAll('_', '-'); // as programs write it
  }
  return '';
}

/** What the shadow tree of an element belongs to. Told by type: in the document of a frame the classes are others. */
function hostOf(element: Element): Element | undefined {
  const root = element.getRootNode();
  return root.nodeType === Node.DOCUMENT_FRAGMENT_NODE ? (root as Partial<ShadowRoot>).host : undefined;
}

/** The document and the shadow trees that an element is in, innermost first. */
export function rootsAround(element: Element): Node[] {
  const host = hostOf(element);
  return [element.getRootNode(), ...(host ? rootsAround(host) : [])];
}

/** How the element speaks where the page speaks `surrounding`: in that language, else in Swedish, dates and all. */
export function localeFor(surrounding: string): Locale {
  const messages = isLanguageTag(surrounding) ? findMessages(surrounding) : undefined;
  const language = messages ? surrounding : DEFAULT_LANGUAGE;
  // a language that the browser has no dates for would silently become the visitor's, or English
  const dateLanguage = Intl.DateTimeFormat.supportedLocalesOf(language)[0] ?? DEFAULT_LANGUAGE;
  return { surrounding, language, dateLanguage, messages: messages ?? defaultMessages };
}

function isLanguageTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length > 0;
  } catch {
    return false;
  }
}

/** The `lang` that a run of text needs where it stands, or `undefined` where it needs none. */
export function langFor(language: string | undefined, surrounding: string): string | undefined {
  const primary = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';
  return language && primary(language) !== primary(surrounding) ? language : undefined;
}
