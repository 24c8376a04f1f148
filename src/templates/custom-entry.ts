import { guard } from 'lit/directives/guard.js';
import { entryName, excerpt, MAX_LINE_LENGTH } from '../entries/excerpt.js';
import { formatDate } from '../entries/format-date.js';
import { httpUrl } from '../feed/http-url.js';
import type { Entry } from '../feed/types.js';
import { langOf } from '../messages/index.js';
import { badgeOf, checkImage, imageUrl, textLang, type EntryOptions } from './entry.js';

/** Content of a placeholder: text in a language, or a URL. */
interface Field {
  text?: string | undefined;
  lang?: string | undefined;
  url?: string | undefined;
  /** Visually hidden text that screen readers read instead. */
  hiddenText?: string | undefined;
}

/**
 * Fills a copy of the page's `<template slot="entry">` with an entry. An element with `data-field` gets the text of that field;
 * an `a` the entry's URL, an `img` its `src`, a `time` its `datetime`. An element whose field the entry doesn't have is
 * removed; a link around other fields stays, without its URL.
 */
export function fillTemplate(template: HTMLTemplateElement, entry: Entry, options: EntryOptions): unknown {
  const { fields, datetime } = fieldsOf(entry, options);
  const values = JSON.stringify([fields, datetime, options.opensNewTab, options.locale.language]);
  // as long as nothing changes, an entry keeps its element and so the focus in it
  return guard([template, values], () => {
    const element = document.createElement('div');
    element.className = 'text';
    element.append(document.importNode(template.content, true));
    // text in a script or a style sheet would be code
    for (const place of element.querySelectorAll<HTMLElement>('[data-field]:not(script, style)')) {
      const name = place.dataset['field'] as keyof typeof fields;
      const field = Object.hasOwn(fields, name) ? fields[name] : {};
      if (field.text || field.url) fillPlace(place, field, { link: fields.link.url, datetime });
      else if (name === 'link' && place.querySelector('[data-field]')) place.removeAttribute('href');
      else place.remove();
      if (options.opensNewTab && place.matches('a[href]')) openNewTab(place, options);
      if (name === 'image') {
        for (const type of ['load', 'error']) place.addEventListener(type, (event) => checkImage(event, options));
      }
    }
    return element;
  });
}

function fieldsOf(entry: Entry, options: EntryOptions) {
  const { locale, dateStyle, timeZone, summaryLength } = options;
  const lang = textLang(entry, options);
  const line = (text: string | undefined): Field => ({ text: text && excerpt(text, MAX_LINE_LENGTH), lang });
  const name = entryName(entry);
  const date = formatDate(entry, { language: locale.language, dateStyle, timeZone });
  const badge = badgeOf(entry, options);
  const fields = {
    title: name ? { text: name, lang } : { text: locale.messages.untitled, lang: locale.lang },
    link: { url: httpUrl(entry.link) },
    date: {
      text: date?.text,
      lang: langOf(date?.language, locale),
      hiddenText: date?.fullText && `${date.text}, ${date.fullText}`,
    },
    summary: { text: entry.summary && excerpt(entry.summary, summaryLength), lang },
    author: line(entry.author),
    source: line(entry.source),
    category: line(entry.categories.join(', ')),
    image: { url: imageUrl(entry, options) },
    mark: { text: badge && locale.messages[badge], lang: locale.lang },
  } satisfies Record<string, Field>;
  return { fields: fields as Record<keyof typeof fields, Field>, datetime: date?.datetime };
}

function fillPlace(
  place: HTMLElement,
  { text, lang, url, hiddenText }: Field,
  { link, datetime }: { link: string | undefined; datetime: string | undefined },
): void {
  if (text) {
    place.textContent = text;
    place.dir = 'auto';
    if (lang) place.lang = lang;
    if (hiddenText) {
      const visible = document.createElement('span');
      visible.ariaHidden = 'true';
      visible.textContent = text;
      place.replaceChildren(visible, createHidden(hiddenText));
    }
  }
  const href = url ?? link;
  if (place.localName === 'a' && href) place.setAttribute('href', href);
  if (place.localName === 'time' && datetime) place.setAttribute('datetime', datetime);
  if (place.localName === 'img' && url) {
    place.setAttribute('referrerpolicy', 'no-referrer'); // first: the next line starts the request
    place.setAttribute('src', url);
  }
}

function openNewTab(link: HTMLElement, { locale }: EntryOptions): void {
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noopener');
  link.append(createHidden(` ${locale.messages.newTab}`, locale.lang));
}

function createHidden(text: string, lang = ''): HTMLElement {
  const element = document.createElement('span');
  element.className = 'visually-hidden';
  element.textContent = text;
  if (lang) element.lang = lang;
  return element;
}
