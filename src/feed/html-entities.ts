/**
 * The names of HTML 4 (https://www.w3.org/TR/html401/sgml/entities.html) and `apos` of XML, without letters with accents,
 * in the order of their code points: a name has the next code point, a number skips that many.
 */
const NAMES =
  '34 quot 3 amp apos 20 lt 1 gt 97 nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy ' +
  'reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest ' +
  '6 AElig 9 ETH 6 times Oslash 5 THORN szlig 6 aelig 9 eth 6 divide oslash 5 thorn 83 OElig oelig 62 fnof 307 circ ' +
  '21 tilde 180 Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa ' +
  'Lambda Mu Nu Xi Omicron Pi Rho 1 Sigma Tau Upsilon Phi Chi Psi Omega 7 alpha beta gamma delta epsilon zeta ' +
  'eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega 7 thetasym ' +
  'upsih 3 piv 7211 ensp emsp 5 thinsp 2 zwnj zwj lrm rlm 3 ndash mdash 3 lsquo rsquo sbquo 1 ldquo rdquo bdquo ' +
  '1 dagger Dagger bull 3 hellip 9 permil 1 prime Prime 5 lsaquo rsaquo 3 oline 5 frasl 103 euro 100 image 6 ' +
  'weierp 3 real 5 trade 18 alefsym 90 larr uarr rarr darr harr 32 crarr 26 lArr uArr rArr dArr hArr 43 forall ' +
  '1 part exist 1 empty 1 nabla isin notin 1 ni 3 prod 1 sum minus 4 lowast 2 radic 2 prop infin 1 ang 6 and or ' +
  'cap cup int 8 there4 7 sim 8 cong 2 asymp 23 ne equiv 2 le ge 28 sub sup nsub 1 sube supe 13 oplus 1 otimes ' +
  '13 perp 31 sdot 66 lceil rceil lfloor rfloor 29 lang rang 671 loz 149 spades 2 clubs 1 hearts diams';

/** The combining marks by the names of accents: `auml` is `a` and the mark of `uml`. */
const ACCENTS = listCharacters('768 grave acute circ tilde 4 uml 1 ring 1 caron 26 cedil');

/** The only names in most feeds. The complete table is made for the first other one. */
const COMMON_NAMES = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\xa0' }));
let namedCharacters: ReadonlyMap<string, string> | undefined;

function listCharacters(names: string): ReadonlyMap<string, string> {
  const characters = new Map<string, string>();
  let codePoint = 0;
  for (const word of names.split(' ')) {
    if (/^\d/.test(word)) codePoint += Number(word);
    else characters.set(word, String.fromCodePoint(codePoint++));
  }
  return characters;
}

/** Returns a letter with an accent: those of HTML 4, and newer ones such as `ccaron` and `scaron` of Sámi. */
function accentedLetter(name: string): string | undefined {
  const mark = ACCENTS.get(name.slice(1));
  const letter = mark && (name.charAt(0) + mark).normalize();
  return letter?.length === 1 ? letter : undefined;
}

/**
 * The characters 128–159 of windows-1252, which references with these numbers mean
 * (https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state).
 */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function characterOf(code: number): string {
  if (code >= 128 && code < 160) return WINDOWS_1252.charAt(code - 128);
  const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : '\ufffd';
}

/** A numeric or named reference. A name before `=` is part of a URL's query. */
const REFERENCE = /&(?:#(\d+)|#[xX]([\da-fA-F]+)|([A-Za-z][A-Za-z\d]{1,7})(?![A-Za-z\d=]))(;?)/g;

/**
 * Decodes character references in one pass: `&amp;lt;` becomes `&lt;`, not `<`. Unknown names stay as they are. The semicolon
 * is optional after numbers and after names of Latin-1 characters, as in HTML.
 */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (written, decimal?: string, hex?: string, name?: string, semicolon?: string) => {
    if (name === undefined) return characterOf(decimal ? Number(decimal) : parseInt(hex ?? '', 16));
    const character =
      COMMON_NAMES.get(name) ?? accentedLetter(name) ?? (namedCharacters ??= listCharacters(NAMES)).get(name);
    return character !== undefined && (semicolon || (character < '\u0100' && name !== 'apos')) ? character : written;
  });
}

/** What UTF-8 looks like after it was read as windows-1252: `Ã¥`, `Â `, `â€`. */
const ENCODED_TWICE = new RegExp(`[ÂÃ][\u0080-\u00bf${WINDOWS_1252}]|â[€‚„]`);

/**
 * Repairs text that was encoded twice: UTF-8 that was read as windows-1252 and encoded again. All of the text must be such;
 * otherwise it is returned as it is.
 */
export function undoDoubleEncoding(text: string): string {
  if (!ENCODED_TWICE.test(text)) return text;
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const byte = code < 256 ? code : 128 + WINDOWS_1252.indexOf(text.charAt(index));
    if (byte < 128 && code > 255) return text;
    bytes[index] = byte;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return text;
  }
}
