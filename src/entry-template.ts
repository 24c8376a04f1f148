import { showDate } from './entry-dates.js';
import { excerpt, LINE_LENGTH, nameOf } from './excerpt.js';
import type { Entry } from './feed/model.js';
import { httpUrl } from './feed/url.js';
import { langFor } from './locale.js';
import { feedLang, markOf, pictureOf, type SpokenView } from './template.js';

/** What goes into a place: text to read in a language, or an address. */
interface Field {
  text?: string | undefined;
  lang?: string | undefined;
  address?: string | undefined;
  /** What those hear who do not see the place, behind the text. */
  said?: string | undefined;
}

/**
 * What a template was made to be of an entry, and from what: it is the same again as long as nothing changes, so that the focus
 * stays in it. Elements that load one feed at one time share its entries.
 */
const filled = new WeakMap<HTMLTemplateElement, WeakMap<Entry, { element: Element; from: string }>>();

/**
 * The page's own markup with what an entry says, in the places that `data-field` names: `title`, `link`, `date`, `summary`,
 * `author`, `source`, `category`, `image`, `enclosure`, `mark`. Only text gets there, and checked addresses: an `a` gets the entry's,
 * an `img` its `src`, a `time` its `datetime`. A place for what the entry does not say is taken away; a link around other places
 * stays and leads nowhere.
 */
export function fillTemplate(template: HTMLTemplateElement, entry: Entry, view: SpokenView): Element {
  const { locale, dateStyle, timeZone, summaryLength, opensTab } = view;
  const lang = feedLang(view, entry);
  const ownLang = langFor(locale.language, locale.surrounding);
  const date = showDate(entry, { language: locale.language, dateStyle, timeZone });
  const picture = pictureOf(entry, view);
  const mark = markOf(entry, view);
  const from = [
    date?.text, locale.language, locale.surrounding, summaryLength, lang, picture?.url, picture?.isMissing, mark, opensTab,
  ].join(); // prettier-ignore
  const known = filled.get(template) ?? new WeakMap<Entry, { element: Element; from: string }>();
  const before = known.get(entry);
  if (before?.from === from) return before.element;

  const line = (text: string | undefined): Field => ({ text: text && excerpt(text, LINE_LENGTH), lang });
  const title = nameOf(entry);
  const link = httpUrl(entry.link) ?? httpUrl(entry.enclosure);
  const fields = new Map<string | undefined, Field>(
    Object.entries({
      title: { text: title ?? locale.messages.untitled, lang: title ? lang : ownLang },
      link: { address: link },
      date: {
        text: date?.text,
        lang: langFor(date?.language, locale.surrounding),
        said: date?.fullText && `, ${date.fullText}`,
      },
      summary: { text: entry.summary && excerpt(entry.summary, summaryLength), lang },
      author: line(entry.author),
      source: line(entry.source),
      category: line(entry.categories.join(', ')),
      image: { address: picture?.url },
      enclosure: { address: httpUrl(entry.enclosure) },
      mark: { text: mark && locale.messages[mark], lang: ownLang },
    }),
  );
  const element = template.ownerDocument.createElement('div');
  element.className = 'text';
  element.append(template.ownerDocument.importNode(template.content, true));
  // what stands in a script or a style sheet is no text
  for (const place of element.querySelectorAll<HTMLElement>('[data-field]:not(script, style)')) {
    const name = place.dataset['field'];
    const field = fields.get(name) ?? {};
    if (field.text || field.address) fill(place, field, link, date?.datetime);
    else if (name !== 'link' || !place.querySelector('[data-field]')) place.remove();
    if (opensTab && name !== 'enclosure' && place.matches('a[href]')) openTab(place, view);
    if (picture && name === 'image') watch(place, picture);
  }
  filled.set(template, known.set(entry, { element, from }));
  return element;
}

/** Where the field is an address, the words in the place are the page's own. */
function fill(
  place: HTMLElement,
  { text, lang, address, said }: Field,
  link: string | undefined,
  datetime: string | undefined,
): void {
  if (text) {
    place.textContent = text;
    place.dir = 'auto';
    if (lang) place.lang = lang;
    if (said) place.append(hidden(place, said));
  }
  const href = address ?? link;
  if (place.localName === 'a' && href) place.setAttribute('href', href);
  if (place.localName === 'time' && datetime) place.setAttribute('datetime', datetime);
  if (place.localName !== 'img' || !address) return;
  place.setAttribute('referrerpolicy', 'no-referrer'); // before the address, which is fetched at once
  place.setAttribute('src', address);
}

function hidden({ ownerDocument }: HTMLElement, text: string, lang = ''): HTMLElement {
  const element = ownerDocument.createElement('span');
  element.className = 'said';
  element.textContent = text;
  if (lang) element.lang = lang;
  return element;
}

function openTab(place: HTMLElement, { locale: { language, surrounding, messages } }: SpokenView): void {
  place.setAttribute('target', '_blank');
  place.setAttribute('rel', 'noopener');
  place.append(hidden(place, ` ${messages.newTab}`, langFor(language, surrounding)));
}

function watch(place: HTMLElement, { isMissing, check }: NonNullable<ReturnType<typeof pictureOf>>): void {
  place.classList.toggle('missing', isMissing);
  for (const type of ['load', 'error']) place.addEventListener(type, check);
}
