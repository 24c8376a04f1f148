import type { Messages } from '../messages.js';

/** English. */
export const en: Messages = {
  loading: 'Loading entries …',
  loaded: (count) => (count === 1 ? '1 entry' : `${count} entries`),
  empty: 'There are no entries right now.',
  unreachable: 'The entries could not be loaded right now.',
  offline: 'The entries could not be loaded. You seem to be offline.',
  restricted: 'The entries are behind a login and cannot be shown here.',
  unusable: 'The entries cannot be shown here right now.',
  outdated: 'New entries could not be loaded. The list may be out of date.',
  retry: 'Try again',
  more: (count) => (count === 1 ? 'Show 1 more entry' : `Show ${count} more entries`),
  newTab: '(opens in a new tab)',
  untitled: 'Untitled entry',
};
