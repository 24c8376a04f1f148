import { decodeEntities, undoDoubleEncoding } from './html-entities.js';

/** Elements whose content isn't text of the author. */
const HIDDEN = words(
  'script style iframe template noscript noembed noframes object applet svg head title audio video canvas',
);

/** Elements that start and end a line. */
const BLOCKS = words(
  'address article aside blockquote body br center dd details dialog dir div dl dt fieldset figcaption figure footer ' +
    'form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol option p pre section summary table tbody tfoot thead ' +
    'tr ul',
);

/** Elements that are separated from the text before them by a space. */
const CELLS = words('td th caption');

/** All other elements of HTML: `<tt>` in a title is markup, `<Sametinget>` is text. The fourth line is MathML's. */
const INLINE = words(
  'a abbr acronym area b base basefont bdi bdo big blink button cite code col colgroup data datalist del dfn em embed ' +
    'font frame frameset html i img input ins kbd label link map mark marquee meta meter nobr output param picture ' +
    'progress q rp rt ruby s samp select small source span strike strong sub sup textarea time track tt u var wbr ' +
    'math mfrac mi mn mo mrow msqrt msub msup mtext',
);

const HTML_ELEMENTS = new Set([...HIDDEN, ...BLOCKS, ...CELLS, ...INLINE]);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

/** Returns whether `name`, in lower case, is the name of an HTML element. */
export function isHtmlElement(name: string): boolean {
  return HTML_ELEMENTS.has(name);
}

/**
 * Stands for a `<` that is text until all tags are removed. Otherwise it could form a new tag with the text after a
 * removed one (`<scr<b>ipt>`). Unicode reserves the character for internal use; `parse-xml.ts` removes it from feeds.
 */
export const LITERAL_BRACKET = '\ufdd0';

/** A literal bracket, and the tag that it would form now. */
const LITERAL_TAG = /\ufdd0(\/?([a-z][a-z\d]*)(?=[\s/>]|$))?/gi;

/**
 * The start of markup: a comment, a declaration or instruction, a tag of HTML or of another vocabulary (`o:p` of Word).
 * Any other `<` is text.
 */
const MARKUP = /<(?:(!--)|[!?](?=[a-z[])|\/?([a-z][a-z\d]*(?::[a-z][\w-]*)?)(?=[\s/>]|$))/iy;

/**
 * Returns the text of HTML, one paragraph a line, in linear time. White space is collapsed, blank lines, scripts and
 * the like are removed, character references are decoded once. A `<` that starts no HTML element is text (`5 < 8`).
 * In text without markup, blank lines separate the paragraphs.
 */
export function htmlToText(html: string): string {
  if (!html.includes('<'))
    return finishText(
      html
        .split(/\n[^\S\n]*\n/)
        .map(decodeText)
        .join('\n'),
    );
  const lastCommentEnd = html.lastIndexOf('-->');
  const unclosed = new Set<string>(); // hidden elements without an end tag in the rest
  let quoteBudget = html.length; // characters to read again because of unbalanced quotes: keeps the time linear
  let text = '';
  let index = 0;
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', index)) {
    text += decodeText(html.slice(index, open));
    MARKUP.lastIndex = open;
    const [start = '', comment, tagName] = MARKUP.exec(html) ?? [];
    if (comment) {
      // An unclosed comment ends at the next `>`, as a tag does.
      const mark = open < lastCommentEnd ? '-->' : '>';
      const end = html.indexOf(mark, open);
      index = end < 0 ? html.length : end + mark.length;
      continue;
    }
    const name = tagName?.toLowerCase() ?? '';
    const isMarkup = start && (!name || name.includes(':') || isHtmlElement(name));
    const end = isMarkup ? findTagEnd(html, open + 1, quoteBudget > 0) : open;
    // A tag that is cut off at the end is removed; an unfinished declaration is text.
    if (html[end] === '<' || (end === html.length && !name)) {
      quoteBudget -= end - open;
      text += LITERAL_BRACKET;
      index = open + 1;
      continue;
    }
    index = end + 1;
    if (BLOCKS.has(name)) text += '\n';
    else if (CELLS.has(name)) text += ' ';
    else if (HIDDEN.has(name) && html[open + 1] !== '/' && html[end - 1] !== '/' && !unclosed.has(name)) {
      const contentEnd = findContentEnd(html, name, index);
      if (contentEnd === undefined) unclosed.add(name);
      // Without an end tag, the rest is a script or style sheet; the end tags of other elements are often forgotten.
      index = contentEnd ?? (name === 'script' || name === 'style' ? html.length : index);
    }
  }
  return finishText(text + decodeText(html.slice(index)));
}

/** Returns {@link htmlToText} on one line, for titles and names. */
export function htmlToLine(html: string): string {
  return htmlToText(html).replaceAll('\n', ' ');
}

/** Returns the index of the `>` that ends the tag around `start`, or of a `<` before it. */
function findTagEnd(html: string, start: number, respectsQuotes: boolean): number {
  let isBeforeValue = false;
  for (let index = start; index < html.length; index++) {
    const character = html.charAt(index);
    if (character === '>' || character === '<') return index;
    if (isBeforeValue && respectsQuotes && /["']/.test(character)) {
      const close = html.indexOf(character, index + 1);
      if (close > 0) index = close;
    }
    isBeforeValue = character === '=' || (isBeforeValue && /\s/.test(character));
  }
  return html.length;
}

/** Returns the index after the next end tag of `name`, or `undefined`. */
function findContentEnd(html: string, name: string, start: number): number | undefined {
  const endTag = new RegExp(`</${name}\\b[^>]*>?`, 'gi');
  endTag.lastIndex = start;
  return endTag.test(html) ? endTag.lastIndex : undefined;
}

/** Decodes text between tags. A line end in HTML is a space. */
function decodeText(html: string): string {
  return decodeEntities(html).replace(/[\n\r]/g, ' ');
}

/** Restores the brackets that are text, unless they form a tag now. */
function finishText(text: string): string {
  const repaired = undoDoubleEncoding(text.replaceAll(LITERAL_BRACKET, '\0')).replaceAll('\0', LITERAL_BRACKET);
  const restored = repaired
    .replace(INVISIBLE, '')
    .replace(
      LITERAL_TAG,
      (_, rest: string = '', name: string = '') => (isHtmlElement(name.toLowerCase()) ? '' : '<') + rest,
    );
  return tidyText(restored);
}

/**
 * Control characters, characters without width, and those that change the direction of the text after them: the page
 * isolates each text, and its letters decide the direction (UAX #9).
 */
const INVISIBLE = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** Marks on one letter, which can cover the text above. No writing system needs more than five. */
const STACKED_MARKS = /(\p{M}{8})\p{M}+/gu;

/**
 * Collapses white space within each line, and removes blank lines and invisible characters. Single no-break spaces stay:
 * they keep `26 mars` on one line.
 */
export function tidyText(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(STACKED_MARKS, '$1')
    .split('\n')
    .map((line) => line.replace(/\s{2,}|[^\S\xa0]/g, ' ').trim())
    .filter((line) => /[^\u00ad\u200c-\u200f]/.test(line))
    .join('\n');
}
