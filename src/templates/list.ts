import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { groupByMonth } from '../entries/group-by-month.js';
import { httpUrl } from '../feed/http-url.js';
import type { Entry } from '../feed/types.js';
import { langOf, type Locale } from '../messages/index.js';
import { entryTemplate, type EntryOptions } from './entry.js';
import { headingTemplate } from './heading.js';

/** Settings for the list, in addition to those of its entries. */
export interface ListOptions extends EntryOptions {
  group: '' | 'month';
  headingLevel: number;
  /** Whether the entries are being loaded again. */
  isBusy: boolean;
  /** Returns the page's own content for an entry, or `undefined` for the default layout. */
  renderCustomEntry: (entry: Entry) => unknown;
}

/** Renders the entries as one list, or as a heading and a list for each month. */
export function listTemplate(entries: readonly Entry[], options: ListOptions): unknown {
  const { group, headingLevel, isBusy, renderCustomEntry, locale, timeZone } = options;
  const keys = createKeys(entries);
  // Safari drops list semantics with list-style: none
  const list = (items: readonly Entry[], start: number): TemplateResult =>
    html`<ul part="list" role="list" aria-busy=${isBusy ? 'true' : nothing}>
      ${repeat(
        items,
        (entry) => keys.get(entry),
        (entry, index) =>
          html`<li part="entry">${renderCustomEntry(entry) ?? entryTemplate(entry, start + index, options)}</li>`,
      )}
    </ul>`;
  if (group !== 'month') return list(entries, 0);

  let start = 0;
  return groupByMonth(entries, locale.language, timeZone).map(({ month, entries: items }) => {
    const lang = langOf(month?.language ?? locale.language, locale) ?? nothing;
    const name = html`<span dir="auto" lang=${lang}>${month?.text ?? locale.messages.undated}</span>`;
    const template = html`${headingTemplate(headingLevel + 1, 'group', name)} ${list(items, start)}`;
    start += items.length;
    return template;
  });
}

/** Returns a key for each entry that it keeps when the feed is loaded again. Lit forbids duplicate keys. */
function createKeys(entries: readonly Entry[]): Map<Entry, string> {
  const counts = new Map<string, number>();
  return new Map(
    entries.map((entry) => {
      const key = [entry.link, entry.id, entry.title, entry.day].join('\n');
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return [entry, `${key}\n${count}`];
    }),
  );
}

/** Renders the button that shows `count` more entries. */
export function moreTemplate(count: number, locale: Locale, onMore: () => void): TemplateResult {
  return html`<div class="after">
    <button part="more" type="button" dir="auto" lang=${locale.lang ?? nothing} @click=${onMore}>
      ${locale.messages.more(count)}
    </button>
  </div>`;
}

/** Renders the link to the diary after the last entry. */
export function allEntriesTemplate(url: string, locale: Locale): TemplateResult {
  return linkTemplate('more', url, locale.messages.all, locale);
}

/** Renders a link to each feed. Several differ by their URLs: one host can have them all. */
export function feedLinkTemplates(candidates: readonly string[], locale: Locale): TemplateResult[] {
  const { feed } = locale.messages;
  const urls = candidates.filter((url) => httpUrl(url));
  return urls.map((url) =>
    linkTemplate('feed-link', url, urls.length > 1 ? `${feed} ${url.split('//')[1]}` : feed, locale),
  );
}

function linkTemplate(part: 'more' | 'feed-link', url: string, text: string, locale: Locale): TemplateResult {
  return html`<div class="after">
    <a part=${part} class="link" dir="auto" lang=${locale.lang ?? nothing} href=${url}>${text}</a>
  </div>`;
}
