import { decodeEntities, undoDoubleEncoding } from './html-entities.js';

/** Elements that start and end a line. */
const BLOCKS = new Set(
  (
    'address article aside blockquote body br center dd details dialog dir div dl dt fieldset figcaption figure footer ' +
    'form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol option p pre section summary table tbody tfoot thead ' +
    'tr ul'
  ).split(' '),
);

/** All other elements of HTML: `<tt>` in a title is markup, `<Sametinget>` is text. The last line is MathML's. */
const INLINE =
  'a abbr acronym applet area audio b base basefont bdi bdo big blink button canvas caption cite code col colgroup data ' +
  'datalist del dfn em embed font frame frameset head html i iframe img input ins kbd label link map mark marquee ' +
  'meta meter nobr noembed noframes noscript object output param picture progress q rp rt ruby s samp script select ' +
  'small source span strike strong style sub sup svg td template textarea th time title track tt u var video wbr ' +
  'math mfrac mi mn mo mrow msqrt msub msup mtext';

/** The names of all elements of HTML, in lower case. */
export const HTML_ELEMENTS: ReadonlySet<string> = new Set([...BLOCKS, ...INLINE.split(' ')]);

/** Comments, and elements whose content isn't text of the author. One of these that isn't closed contains the rest. */
const HIDDEN = new RegExp(
  '<!--(?:>|(?:(?!<!--)[^])*?-->)|' +
    '<(script|style|iframe|template|noscript|svg|title|audio|video|canvas)(?=[\\s>])[^<>]*(?<!/)>' +
    '[^]*?(?:</\\1\\b[^<>]*>?|$)',
  'gi',
);

/**
 * A comment that isn't closed, a declaration, a tag, or another `<`. The first group is the name of the tag, in HTML or
 * another vocabulary (`o:p` of Word). The second one is the `<` of another tag that starts before it ends. A quoted value
 * can contain angle brackets.
 */
const MARKUP = new RegExp(
  '<!--[^>]*>?|<[!?][a-z[][^<>]*>|' +
    '</?([a-z][a-z\\d]*(?::[a-z][\\w-]*)?)(?=[\\s/>]|$)' +
    '(?:[^<>=]|=(?:\\s*"[^"]*"|\\s*\'[^\']*\')?)*(?:>|$|(?=(<)))|(?:<(?=<))+|<',
  'gi',
);

/**
 * Replaces a `<` that is text until all tags are removed. Otherwise it could form a new tag with the text after a
 * removed one (`<scr<b>ipt>`). Unicode reserves the character for internal use; `parse-xml.ts` removes it from feeds.
 */
export const LITERAL_BRACKET = '\ufdd0';

/** A literal bracket before the name of a tag that it would form now. */
const LITERAL_TAG = /\ufdd0(?=\/?([a-z][a-z\d]*)(?:[\s/>]|$))/gi;

/** Control characters, characters without width, and those that change the direction of the text after them (UAX #9). */
const INVISIBLE = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** Marks on one letter, which can cover the lines above. No writing system needs more than five. */
const STACKED_MARKS = /(\p{M}{8})\p{M}+/gu;

/**
 * Returns the text of HTML, one paragraph a line, in linear time. White space is collapsed, blank lines, scripts and
 * the like are removed, character references are decoded once. A `<` that starts no HTML element is text (`5 < 8`).
 * In text without markup, blank lines separate the paragraphs.
 */
export function htmlToText(html: string): string {
  const source = html.includes('<') ? html : html.replace(/\n\s*\n/g, '<br>');
  const text = source
    .replace(HIDDEN, '')
    .replace(/[\n\r]/g, ' ')
    .replace(MARKUP, replaceMarkup);
  return undoDoubleEncoding(decodeEntities(text))
    .replace(INVISIBLE, '')
    .replace(STACKED_MARKS, '$1')
    .replace(LITERAL_TAG, (bracket, name: string) => (HTML_ELEMENTS.has(name.toLowerCase()) ? '' : bracket))
    .replaceAll(LITERAL_BRACKET, '<')
    .replace(/[^\S\n]{2,}|[^\S\n\xa0]/g, ' ') // single no-break spaces keep `26 mars` on one line
    .replace(/^[ \xa0]?[\u00ad\u200c-\u200f]+[ \xa0]?$/gm, '') // lines without visible characters
    .replace(/[ \xa0]?\n\s*/g, '\n')
    .trim();
}

function replaceMarkup(markup: string, name = '', interruption?: string): string {
  const element = name.toLowerCase();
  const isTag = !interruption && (element.includes(':') || HTML_ELEMENTS.has(element));
  if (!isTag && !/^<[!?]./.test(markup)) return markup.replaceAll('<', LITERAL_BRACKET);
  if (BLOCKS.has(element)) return '\n';
  return /^(?:t[dh]|caption)$/.test(element) ? ' ' : ''; // cells of a row are on one line
}

/** Returns {@link htmlToText} on one line, for titles and names. */
export function htmlToLine(html: string): string {
  return htmlToText(html).replaceAll('\n', ' ');
}
