import type { Messages } from '../messages.js';
import { plural } from './plural.js';

/** German. */
export const de: Messages = {
  loading: 'Einträge werden geladen …',
  loaded: plural('de', { one: '# Eintrag', other: '# Einträge' }),
  empty: 'Zurzeit gibt es keine Einträge.',
  noMatch: 'Hier wird nur eine Auswahl der Einträge gezeigt. Zurzeit enthält sie keine.',
  unreachable: 'Die Einträge konnten gerade nicht geladen werden.',
  offline: 'Die Einträge konnten nicht geladen werden. Sie scheinen offline zu sein.',
  restricted: 'Die Einträge sind nur nach Anmeldung zugänglich und können hier nicht angezeigt werden.',
  unusable: 'Die Einträge können hier gerade nicht angezeigt werden.',
  outdated: 'Neue Einträge konnten nicht geladen werden. Die Liste ist möglicherweise nicht aktuell.',
  retry: 'Erneut versuchen',
  more: plural('de', { one: '# weiteren Eintrag anzeigen', other: '# weitere Einträge anzeigen' }),
  newTab: '(öffnet in einem neuen Tab)',
  untitled: 'Eintrag ohne Titel',
};
