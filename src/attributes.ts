/**
 * How an attribute is read. The attribute itself is the only state, as with HTML's own: what a person wrote is never
 * rewritten, and a default never appears on the tag.
 */
export interface Attribute<T> {
  /** What holds where the attribute is missing or illegal. */
  readonly fallback: T;
  /** What is legal, in words for the webmaster: `limit="x" is not …`. */
  readonly legal: string;
  /** The effective value, or `undefined` where the text is illegal. Never throws. */
  readonly parse: (text: string) => T | undefined;
}

/** A whole number; one out of range counts as the nearest within. */
export function integer<T extends number | null>(
  fallback: T,
  { min, max }: { min: number; max: number },
): Attribute<number | T> {
  return {
    fallback,
    legal: `a whole number from ${min} to ${max}`,
    parse: (text) => (/^\s*[+-]?\d+\s*$/.test(text) ? Math.min(Math.max(Number(text), min), max) : undefined),
  };
}

/** One of a few words, in any case. */
export function keyword<const T extends string>(fallback: T, ...others: T[]): Attribute<T> {
  const words = [fallback, ...others];
  return {
    fallback,
    legal: `one of ${words.filter(Boolean).join(', ')}`,
    parse: (text) => words.find((word) => word === text.trim().toLowerCase()),
  };
}

/** There or not, as HTML's boolean attributes. */
export function flag(): Attribute<boolean> {
  return { fallback: false, legal: 'there or not', parse: () => true };
}

/** Some of a few words, parted by spaces, or `none`; a word that is unknown makes the whole illegal. */
export function tokens(fallback: string, ...others: string[]): Attribute<string> {
  const known = new Set([fallback, ...others]);
  return {
    fallback,
    legal: `some of ${[...known].join(', ')}, or none`,
    parse: (text) => {
      const words = new Set(text.toLowerCase().split(/\s+/).filter(Boolean));
      if (words.size === 1 && words.has('none')) return 'none';
      return words.size > 0 && [...words].every((word) => known.has(word)) ? [...words].join(' ') : undefined;
    },
  };
}

/** Any text. */
export function text<T extends string | null>(fallback: T): Attribute<string | T> {
  return { fallback, legal: 'any text', parse: (value) => value };
}

/** Words or phrases, parted by commas. */
export function list(): Attribute<string | null> {
  return {
    fallback: null,
    legal: 'words parted by commas',
    parse: (value) =>
      value
        .split(',')
        .map((word) => word.trim())
        .filter(Boolean)
        .join(', ') || undefined,
  };
}

/** A name of the IANA time zone database. */
export function timeZone(fallback: string): Attribute<string> {
  return {
    fallback,
    legal: 'the IANA name of a time zone, such as Europe/Stockholm',
    parse: (value) => {
      try {
        return new Intl.DateTimeFormat('en', { timeZone: value.trim() }).resolvedOptions().timeZone;
      } catch {
        return undefined;
      }
    },
  };
}

/** A language tag of BCP 47, or '' where nothing is said. */
export function language(): Attribute<string> {
  return {
    fallback: '',
    legal: 'a language tag, such as sv or en-GB',
    parse: (value) => {
      try {
        return value.trim() && Intl.getCanonicalLocales(value.trim())[0];
      } catch {
        return undefined;
      }
    },
  };
}

/** The name of the property that shows an attribute: `summary-length` is `summaryLength`. */
export function propertyName(attribute: string): string {
  return attribute.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The effective value of an attribute as it stands on the element. */
export function readAttribute<T>(element: Element, name: string, { parse, fallback }: Attribute<T>): T {
  const value = element.getAttribute(name);
  return value === null ? fallback : (parse(value) ?? fallback);
}

/** Writes a property's value where HTML's own elements keep it; `null`, `undefined` and `false` take the attribute away. */
export function writeAttribute(
  element: Element,
  name: string,
  value: string | number | boolean | null | undefined,
): void {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}
