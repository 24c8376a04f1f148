import type { Messages } from '../messages.js';
import { plural } from './plural.js';

/** Finnish. */
export const fi: Messages = {
  loading: 'Haetaan merkintöjä …',
  loaded: plural('fi', { one: '# merkintä', other: '# merkintää' }),
  empty: 'Merkintöjä ei ole juuri nyt.',
  noMatch: 'Tässä näytetään vain rajattu osa merkinnöistä. Rajaukseen ei kuulu juuri nyt yhtään merkintää.',
  unreachable: 'Merkintöjä ei voitu hakea juuri nyt.',
  offline: 'Merkintöjä ei voitu hakea. Verkkoyhteys näyttää puuttuvan.',
  restricted: 'Merkinnät ovat kirjautumisen takana, eikä niitä voida näyttää tässä.',
  unusable: 'Merkintöjä ei voida näyttää tässä juuri nyt.',
  outdated: 'Uusia merkintöjä ei voitu hakea. Luettelo voi olla vanhentunut.',
  retry: 'Yritä uudelleen',
  more: plural('fi', { one: 'Näytä # merkintä lisää', other: 'Näytä # merkintää lisää' }),
  newTab: '(avautuu uuteen välilehteen)',
  untitled: 'Otsikoton merkintä',
};
