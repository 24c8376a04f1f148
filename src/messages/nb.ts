import type { Messages } from '../messages.js';
import { plural } from './plural.js';

/** Norwegian Bokmål. */
export const nb: Messages = {
  loading: 'Henter innlegg …',
  loaded: plural('nb', { other: '# innlegg' }),
  empty: 'Det finnes ingen innlegg akkurat nå.',
  unreachable: 'Innleggene kunne ikke hentes akkurat nå.',
  offline: 'Innleggene kunne ikke hentes. Du ser ut til å mangle internettforbindelse.',
  restricted: 'Innleggene ligger bak en innlogging og kan ikke vises her.',
  unusable: 'Innleggene kan ikke vises her akkurat nå.',
  outdated: 'Nye innlegg kunne ikke hentes. Listen kan være utdatert.',
  retry: 'Prøv igjen',
  more: plural('nb', { other: 'Vis # innlegg til' }),
  newTab: '(åpnes i en ny fane)',
  untitled: 'Innlegg uten tittel',
  all: 'Alle innlegg',
  feed: 'Abonner (RSS)',
  expand: 'Vis hele teksten',
  new: 'Nytt',
  coming: 'Kommende',
  undated: 'Uten dato',
  stale: (date) => `Det siste innlegget er fra ${date}.`,
};
