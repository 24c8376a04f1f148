import { decodeEntities, undoDoubleEncoding } from './entities.js';

/** Elements whose content is no text of the author's. */
const SILENT = words(
  'script style iframe template noscript noembed noframes object applet svg head title audio video canvas',
);

/** Elements that stand on lines of their own. */
const BLOCKS = words(
  'address article aside blockquote body br center dd details dialog dir div dl dt fieldset figcaption figure footer ' +
    'form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol option p pre section summary table tbody tfoot thead ' +
    'tr ul',
);

/** Elements of a line that are parted from their neighbour by a space. */
const CELLS = words('td th caption');

/** The other elements of HTML, so that `<tt>` in a title is markup while `<Sametinget>` is text. */
const INLINE = words(
  'a abbr acronym area b base basefont bdi bdo big blink button cite code col colgroup data datalist del dfn em embed ' +
    'font frame frameset html i img input ins kbd label link map mark marquee meta meter nobr output param picture ' +
    'math mfrac mi mn mo mrow msqrt msub msup mtext ' + // of MathML what stands in text
    'progress q rp rt ruby s samp select small source span strike strong sub sup textarea time track tt u var wbr',
);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

/** Whether an element of that name, lower case, is one of HTML. */
export function isHtml(name: string): boolean {
  return [INLINE, BLOCKS, SILENT, CELLS].some((names) => names.has(name));
}

/** Index of the `>` that ends the tag at `start`, quoted values respected or not; or of a `<` that comes first. */
function findTagEnd(html: string, start: number, respectsQuotes: boolean): number {
  let isValueNext = false;
  for (let index = start; index < html.length; index++) {
    const character = html.charAt(index);
    if (character === '>' || character === '<') return index;
    if (isValueNext && respectsQuotes && /["']/.test(character)) {
      const close = html.indexOf(character, index + 1);
      if (close > 0) index = close;
    }
    isValueNext = character === '=' || (isValueNext && /\s/.test(character));
  }
  return html.length;
}

/**
 * Stands for a `<` that is text until all tags are gone, lest it make one with what comes to stand behind it
 * (`<scr<b>ipt>`). Unicode keeps the character for such uses; a feed's own is taken away.
 */
export const BRACKET = '\ufdd0';
const LITERAL_BRACKETS = /\ufdd0(\/?([a-z][a-z0-9]*)(?=[\s/>]|$))?/gi;

/**
 * What markup begins at a `<`: an element of HTML, one of another vocabulary (`o:p`, as Word writes), a comment, a
 * declaration or an instruction. Anything else is text.
 */
const MARKUP = /<(?:(!--)|[!?](?=[a-z[])|\/?([a-z][a-z0-9]*(?::[a-z][\w-]*)?)(?=[\s/>]|$))/iy;

/**
 * The text of HTML as a person would write it down: a line a paragraph, parted by `\n`, white space collapsed, blank
 * lines gone, character references decoded once, the content of scripts and the like left out. An angle bracket that
 * opens no element of HTML is text (`5 < 8`). In text without markup a blank line parts paragraphs. Total, and linear
 * in the length of `html`.
 */
export function htmlToText(html: string): string {
  if (!html.includes('<'))
    return toLines(
      html
        .split(/\n[^\S\n]*\n/)
        .map(textOf)
        .join('\n'),
    );
  const lastCommentEnd = html.lastIndexOf('-->');
  const unclosed = new Set<string>(); // silent elements that have no end tag from here on
  let patience = html.length; // characters that may be read in vain, lest unbalanced quotes make it quadratic
  let text = '';
  let index = 0;
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', index)) {
    text += textOf(html.slice(index, open));
    MARKUP.lastIndex = open;
    const [start = '', comment, tagName] = MARKUP.exec(html) ?? [];
    if (comment) {
      // one that is never closed ends at the next `>`, as tags do
      const mark = open < lastCommentEnd ? '-->' : '>';
      const close = html.indexOf(mark, open);
      index = close < 0 ? html.length : close + mark.length;
      continue;
    }
    const name = tagName?.toLowerCase() ?? '';
    const isMarkup = start && (!name || name.includes(':') || isHtml(name));
    const end = isMarkup ? findTagEnd(html, open + 1, patience > 0) : open;
    // a tag that was cut off goes, a declaration that never ends was none
    if (html[end] === '<' || (end === html.length && !name)) {
      patience -= end - open;
      text += BRACKET;
      index = open + 1;
      continue;
    }
    index = end + 1;
    if (BLOCKS.has(name)) text += '\n';
    else if (CELLS.has(name)) text += ' ';
    else if (SILENT.has(name) && html[open + 1] !== '/' && html[end - 1] !== '/' && !unclosed.has(name)) {
      const after = findContentEnd(html, name, index);
      if (after === undefined) unclosed.add(name);
      // without its end tag a program is all that follows; other elements were only forgotten
      index = after ?? (name === 'script' || name === 'style' ? html.length : index);
    }
  }
  return toLines(text + textOf(html.slice(index)));
}

/** Writes the brackets that are text, unless what was taken out behind them has made them tags. */
function toLines(text: string): string {
  const decoded = undoDoubleEncoding(text.replaceAll(BRACKET, '\0')).replaceAll('\0', BRACKET);
  const written = decoded
    .replace(INVISIBLE, '')
    .replace(
      LITERAL_BRACKETS,
      (_, rest: string = '', name: string = '') => (isHtml(name.toLowerCase()) ? '' : '<') + rest,
    );
  return tidyLines(written);
}

/** Index after the next end tag of `name`, or `undefined`. */
function findContentEnd(html: string, name: string, start: number): number | undefined {
  const endTag = new RegExp(`</${name}\\b[^>]*>?`, 'gi');
  endTag.lastIndex = start;
  return endTag.test(html) ? endTag.lastIndex : undefined;
}

/** A line end in the source of HTML is a space; one that was written as a reference is too. */
function textOf(html: string): string {
  return decodeEntities(html).replace(/[\n\r]/g, ' ');
}

/**
 * What nobody sees in a text and a page should not have in it: control characters (which may come by reference), those
 * without width, and those that turn the direction of what follows, beyond the text itself (UAX #9: each text is
 * isolated by the view, and its letters say which way it runs).
 */
const INVISIBLE = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/**
 * White space collapsed within each line, blank lines and invisible characters gone. A lone no-break space stays: it
 * holds `26 mars` together.
 */
export function tidyLines(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .split('\n')
    .map((line) => line.replace(/\s{2,}|[^\S\xa0]/g, ' ').trim())
    .filter((line) => /[^\u00ad\u200c-\u200f]/.test(line))
    .join('\n');
}

/** {@link htmlToText} in one line, as titles and names need it. */
export function htmlToLine(html: string): string {
  return htmlToText(html).replaceAll('\n', ' ');
}
