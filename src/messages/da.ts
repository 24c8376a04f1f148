import type { Messages } from '../messages.js';
import { plural } from './plural.js';

/** Danish. */
export const da: Messages = {
  loading: 'Henter indlæg …',
  loaded: plural('da', { other: '# indlæg' }),
  empty: 'Der er ingen indlæg lige nu.',
  noMatch: 'Her vises kun et udvalg af indlæggene. Lige nu er der ingen indlæg i udvalget.',
  unreachable: 'Indlæggene kunne ikke hentes lige nu.',
  offline: 'Indlæggene kunne ikke hentes. Du ser ud til at mangle internetforbindelse.',
  restricted: 'Indlæggene ligger bag et login og kan ikke vises her.',
  unusable: 'Indlæggene kan ikke vises her lige nu.',
  outdated: 'Nye indlæg kunne ikke hentes. Listen kan være forældet.',
  retry: 'Prøv igen',
  more: plural('da', { other: 'Vis # indlæg mere' }),
  newTab: '(åbner i en ny fane)',
  untitled: 'Indlæg uden titel',
};
