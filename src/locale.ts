import { DEFAULT_LANGUAGE, defaultMessages, findMessages } from './catalogue.js';
import type { Messages } from './messages.js';

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
