import { showDate } from './entry-dates.js';
import { excerpt, LINE_LENGTH, nameOf } from './excerpt.js';
import type { Entry } from './feed/model.js';
import { httpUrl } from './feed/url.js';
import { langFor } from './locale.js';
import { feedLang, type SpokenView } from './template.js';

/** What goes into a place: text to read in a language, or an address. */
interface Field {
  text?: string | undefined;
  lang?: string | undefined;
  address?: string | undefined;
}

/**
 * What a template was made to be of an entry, and from what: it is the same again as long as nothing changes, so that the focus
 * stays in it. Elements that load one feed at one time share its entries.
 */
const filled = new WeakMap<HTMLTemplateElement, WeakMap<Entry, { element: Element; from: string }>>();

/**
 * The page's own markup with what an entry says, in the places that `data-field` names: `title`, `link`, `date`, `summary`,
 * `author`, `source`, `category`, `image`, `enclosure`. Only text gets there, and checked addresses: an `a` gets the entry's, an `img`
 * its `src`, a `time` its `datetime`. A place for what the entry does not say is taken away.
 */
export function fillTemplate(template: HTMLTemplateElement, entry: Entry, view: SpokenView): Element {
  const { locale, dateStyle, timeZone, summaryLength, fallbackImage } = view;
  const lang = feedLang(view, entry);
  const date = showDate(entry, { language: locale.language, dateStyle, timeZone });
  const from = [date?.text, locale.language, locale.surrounding, summaryLength, lang, fallbackImage].join();
  const known = filled.get(template) ?? new WeakMap<Entry, { element: Element; from: string }>();
  const before = known.get(entry);
  if (before?.from === from) return before.element;

  const line = (text: string | undefined): Field => ({ text: text && excerpt(text, LINE_LENGTH), lang });
  const name = nameOf(entry);
  const link = httpUrl(entry.link) ?? httpUrl(entry.enclosure);
  const fields = new Map<string | undefined, Field>(
    Object.entries({
      title: {
        text: name ?? locale.messages.untitled,
        lang: name ? lang : langFor(locale.language, locale.surrounding),
      },
      link: { address: link },
      date: { text: date?.text, lang: langFor(date?.language, locale.surrounding) },
      summary: { text: entry.summary && excerpt(entry.summary, summaryLength), lang },
      author: line(entry.author),
      source: line(entry.source),
      category: line(entry.categories.join(', ')),
      image: { address: httpUrl(entry.image) ?? fallbackImage },
      enclosure: { address: httpUrl(entry.enclosure) },
    }),
  );
  const element = template.ownerDocument.createElement('div');
  element.className = 'text';
  element.append(template.ownerDocument.importNode(template.content, true));
  // what stands in a script or a style sheet is no text
  for (const place of element.querySelectorAll<HTMLElement>('[data-field]:not(script, style)')) {
    const field = fields.get(place.dataset['field']) ?? {};
    if (field.text || field.address) fill(place, field, link, date?.datetime);
    else place.remove();
  }
  filled.set(template, known.set(entry, { element, from }));
  return element;
}

/** Where the field is an address, the words in the place are the page's own. */
function fill(
  place: HTMLElement,
  { text, lang, address }: Field,
  link: string | undefined,
  datetime: string | undefined,
): void {
  if (text) {
    place.textContent = text;
    place.dir = 'auto';
    if (lang) place.lang = lang;
  }
  const href = address ?? link;
  if (place.localName === 'a' && href) place.setAttribute('href', href);
  if (place.localName === 'time' && datetime) place.setAttribute('datetime', datetime);
  if (place.localName !== 'img' || !address) return;
  place.setAttribute('referrerpolicy', 'no-referrer'); // before the address, which is fetched at once
  place.setAttribute('src', address);
}
