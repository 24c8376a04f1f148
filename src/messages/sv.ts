import type { Messages } from '../messages.js';
import { plural } from './plural.js';

/** Swedish. */
export const sv: Messages = {
  loading: 'Hämtar inlägg …',
  loaded: plural('sv', { other: '# inlägg' }),
  empty: 'Det finns inga inlägg just nu.',
  noMatch: 'Här visas bara ett urval av inläggen. Just nu finns det inga inlägg i urvalet.',
  unreachable: 'Inläggen kunde inte hämtas just nu.',
  offline: 'Inläggen kunde inte hämtas. Du verkar sakna internetanslutning.',
  restricted: 'Inläggen ligger bakom en inloggning och kan inte visas här.',
  unusable: 'Inläggen kan inte visas här just nu.',
  outdated: 'Nya inlägg kunde inte hämtas. Listan kan vara inaktuell.',
  retry: 'Försök igen',
  more: plural('sv', { other: 'Visa # inlägg till' }),
  newTab: '(öppnas i en ny flik)',
  untitled: 'Inlägg utan rubrik',
};
