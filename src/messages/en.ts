import type { Messages } from '../messages.js';
import { plural } from './plural.js';

/** English. */
export const en: Messages = {
  loading: 'Loading entries …',
  loaded: plural('en', { one: '# entry', other: '# entries' }),
  empty: 'There are no entries right now.',
  noMatch: 'Only a selection of the entries is shown here. There are none in it right now.',
  unreachable: 'The entries could not be loaded right now.',
  offline: 'The entries could not be loaded. You seem to be offline.',
  restricted: 'The entries are behind a login and cannot be shown here.',
  unusable: 'The entries cannot be shown here right now.',
  outdated: 'New entries could not be loaded. The list may be out of date.',
  retry: 'Try again',
  more: plural('en', { one: 'Show # more entry', other: 'Show # more entries' }),
  newTab: '(opens in a new tab)',
  untitled: 'Untitled entry',
};
