import type { Messages } from '../messages.js';
import { plural } from './plural.js';

/** Norwegian Bokmål. */
export const nb: Messages = {
  loading: 'Henter innlegg …',
  loaded: plural('nb', { other: '# innlegg' }),
  empty: 'Det finnes ingen innlegg akkurat nå.',
  noMatch: 'Her vises bare et utvalg av innleggene. Akkurat nå er det ingen innlegg i utvalget.',
  unreachable: 'Innleggene kunne ikke hentes akkurat nå.',
  offline: 'Innleggene kunne ikke hentes. Du ser ut til å mangle internettforbindelse.',
  restricted: 'Innleggene ligger bak en innlogging og kan ikke vises her.',
  unusable: 'Innleggene kan ikke vises her akkurat nå.',
  outdated: 'Nye innlegg kunne ikke hentes. Listen kan være utdatert.',
  retry: 'Prøv igjen',
  more: plural('nb', { other: 'Vis # innlegg til' }),
  newTab: '(åpnes i en ny fane)',
  untitled: 'Innlegg uten tittel',
};
