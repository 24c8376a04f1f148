import { html, nothing, type TemplateResult } from 'lit';
import type { FeedState } from '../controllers/feed-controller.js';
import { formatDate } from '../entries/format-date.js';
import { isTransientStatus, type FeedError } from '../feed/feed-error.js';
import type { Entry } from '../feed/types.js';
import type { Locale, Messages } from '../messages/index.js';

/** Content of the status. */
export interface StatusOptions {
  state: FeedState;
  /** Number of entries that are shown. */
  count: number;
  /** Whether screen readers announce that number: the entries have come late, again, or by the button. */
  isAnnounced: boolean;
  /** The newest entry, if it is older than `stale-after`. */
  staleEntry: Entry | undefined;
  timeZone: string;
  locale: Locale;
}

/**
 * Renders the live region. It comes last, so that nothing moves when its sentence appears. It is there from the first render:
 * screen readers announce only changes of a region that already exists.
 */
export function statusTemplate(options: StatusOptions): TemplateResult {
  const { state, staleEntry, locale } = options;
  return html`<div part="status" class="status" role="status" lang=${locale.lang ?? nothing}>
    ${loadStatus(options)} ${staleEntry && state.status !== 'failed' ? staleNotice(staleEntry, options) : nothing}
  </div>`;
}

/** Renders the button that tries again. It stays during its attempt, so that it keeps the focus. */
export function retryTemplate(state: FeedState, locale: Locale, onRetry: () => void): TemplateResult | typeof nothing {
  if (state.status !== 'failed' && !isRetrying(state)) return nothing;
  return html`<button
    part="retry"
    type="button"
    dir="auto"
    lang=${locale.lang ?? nothing}
    aria-disabled=${isRetrying(state) ? 'true' : nothing}
    @click=${onRetry}
  >
    ${locale.messages.retry}
  </button>`;
}

/** Returns whether a load follows a failure, because the visitor or a script requested it. */
function isRetrying(state: FeedState): boolean {
  return state.status === 'loading' && state.previous.status === 'failed';
}

function loadStatus({ state, count, isAnnounced, locale: { messages } }: StatusOptions): unknown {
  switch (state.status) {
    case 'loading':
      return state.isSlow || isRetrying(state) ? html`<p>${sentence(messages.loading)}</p>` : hiddenText('');
    case 'failed':
      return html`<p><slot name="error">${sentence(explain(state.error, count > 0, messages))}</slot></p>`;
    case 'ready':
      if (count === 0) {
        const isFiltered = state.feed.entries.length > 0;
        return html`<p><slot name="empty">${sentence(isFiltered ? messages.noMatch : messages.empty)}</slot></p>`;
      }
      return hiddenText(isAnnounced ? messages.loaded(count) : '');
    default:
      return hiddenText('');
  }
}

/** The paragraph stays if it is empty: Orca reads the role of a live region that contains none. */
function hiddenText(text: string): TemplateResult {
  return html`<p class="visually-hidden">${text}</p>`;
}

function staleNotice(entry: Entry, { timeZone, locale }: StatusOptions): unknown {
  const date = formatDate(entry, { language: locale.language, dateStyle: 'long', timeZone });
  return date ? html`<p>${sentence(locale.messages.stale(date.text))}</p>` : nothing;
}

/** The text has its own direction, while content that the page slots in has the page's. */
function sentence(text: string): TemplateResult {
  return html`<span dir="auto">${text}</span>`;
}

/** Returns the sentence for visitors. The cause is for the webmaster, on the console. */
function explain({ code, status = 0 }: FeedError, hasEntries: boolean, messages: Messages): string {
  if (hasEntries) return messages.outdated;
  if (code === 'network' && !navigator.onLine) return messages.offline;
  if (status === 401 || status === 403) return messages.restricted;
  return code === 'network' || code === 'timeout' || isTransientStatus(status)
    ? messages.unreachable
    : messages.unusable;
}
