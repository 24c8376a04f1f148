/**
 * The character entities of HTML 4 (https://www.w3.org/TR/html401/sgml/entities.html), and `apos` of XML.
 * A number starts a run at that code point; the names after it follow one by one; `-` skips one.
 */
const RUNS =
  '34 quot 38 amp apos 60 lt 62 gt ' +
  '160 nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 ' +
  'acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml ' +
  'Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde ' +
  'Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ' +
  'ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide ' +
  'oslash ugrave uacute ucirc uuml yacute thorn yuml ' +
  '338 OElig oelig 352 Scaron scaron 376 Yuml 402 fnof 710 circ 732 tilde ' +
  '913 Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho - Sigma Tau ' +
  'Upsilon Phi Chi Psi Omega 945 alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi ' +
  'omicron pi rho sigmaf sigma tau upsilon phi chi psi omega 977 thetasym upsih 982 piv ' +
  '8194 ensp emsp 8201 thinsp 8204 zwnj zwj lrm rlm 8211 ndash mdash 8216 lsquo rsquo sbquo 8220 ldquo rdquo ' +
  'bdquo 8224 dagger Dagger bull 8230 hellip 8240 permil 8242 prime Prime 8249 lsaquo rsaquo 8254 oline 8260 ' +
  'frasl 8364 euro 8465 image 8472 weierp 8476 real 8482 trade 8501 alefsym 8592 larr uarr rarr darr harr 8629 ' +
  'crarr 8656 lArr uArr rArr dArr hArr 8704 forall 8706 part exist 8709 empty 8711 nabla isin notin 8715 ni ' +
  '8719 prod 8721 sum minus 8727 lowast 8730 radic 8733 prop infin 8736 ang 8743 and or cap cup int 8756 ' +
  'there4 8764 sim 8773 cong 8776 asymp 8800 ne equiv 8804 le ge 8834 sub sup nsub 8838 sube supe 8853 oplus ' +
  '8855 otimes 8869 perp 8901 sdot 8968 lceil rceil lfloor rfloor 9001 lang rang 9674 loz 9824 spades 9827 ' +
  'clubs 9829 hearts diams';

const CHARACTERS = new Map<string, string>();
let codePoint = 0;
for (const word of RUNS.split(' ')) {
  if (/^\d/.test(word)) codePoint = Number(word);
  else CHARACTERS.set(word, String.fromCodePoint(codePoint++));
}

/**
 * What the C1 controls 128–159 mean where people write them as numbers: windows-1252
 * (https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state).
 */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function fromCode(code: number): string {
  if (code >= 128 && code < 160) return WINDOWS_1252.charAt(code - 128);
  const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : '\ufffd';
}

/**
 * Decodes character references in one pass: `&amp;lt;` becomes `&lt;`, not `<`. Names are those of HTML 4; a name
 * that is not known stays as it is written. The semicolon may be missing after a number, and after the names of
 * Latin-1 where no letter, digit or `=` follows (that is the query of an address), as in HTML.
 */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d+)|#[xX]([\da-fA-F]+)|([A-Za-z][A-Za-z\d]{1,7})(?![A-Za-z\d=]))(;?)/g,
    (written, decimal?: string, hex?: string, name?: string, semicolon?: string) => {
      if (name === undefined) return fromCode(decimal ? Number(decimal) : parseInt(hex ?? '', 16));
      const character = CHARACTERS.get(name);
      return character !== undefined && (semicolon || (character < '\u0100' && name !== 'apos')) ? character : written;
    },
  );
}

/** `Ã¥`, `Â ` and `â€` are what UTF-8 looks like to those who took it for windows-1252 and encoded it again. */
export const ENCODED_TWICE = /[ÂÃ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]|â[€‚„]/;

/**
 * Text that was encoded twice, as it was before; any other text as it is. All of it must be UTF-8 seen as windows-1252,
 * so that one character that is right keeps the rest from being changed.
 */
export function undoDoubleEncoding(text: string): string {
  if (!ENCODED_TWICE.test(text)) return text;
  // Array.from would do, but that of MooTools, on old pages, takes no function
  const bytes = Uint16Array.from(text, (character) => {
    const index = WINDOWS_1252.indexOf(character);
    return index < 0 ? character.charCodeAt(0) : index + 128;
  });
  if (bytes.some((byte) => byte > 255)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return text;
  }
}
