import type { ReactiveElement } from 'lit';
import { property } from 'lit/decorators.js';

/** Valid values of an attribute, and the function that reads its text. */
interface Kind<T> {
  /** Value if the attribute is missing or invalid. */
  readonly fallback: T;
  /** The valid values, for the console: "expected an integer from 1 to 50". */
  readonly expected: string;
  /** Returns the value, or `undefined` if the text is invalid. Never throws. */
  readonly parse: (text: string) => T | undefined;
}

/**
 * Declares a reactive property with an attribute: `summaryLength` is `summary-length`. As with HTML's own attributes, the
 * property reads as the effective value, no matter whether markup or a script has set it. An invalid value is treated as missing
 * and is reported once on the console.
 *
 * Lit's `@property` wraps the accessor that is defined here, so a property that was set before the upgrade is parsed, too.
 */
export function attribute<T>({ fallback, expected, parse }: Kind<T>) {
  return (prototype: ReactiveElement, key: string): void => {
    const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const values = new WeakMap<ReactiveElement, T>();

    const read = (value: string | number | boolean | null | undefined): T => {
      if (value === null || value === undefined || value === false) return fallback;
      const text = textOf(value);
      const parsed = parse(text);
      if (parsed !== undefined) return parsed;
      const used = fallback === null || fallback === '' ? 'Ignoring it.' : `Using ${String(fallback)}.`;
      console.warn(`diary-feed: invalid ${name}="${text}": expected ${expected}. ${used}`);
      return fallback;
    };

    Object.defineProperty(prototype, key, {
      get(this: ReactiveElement): T {
        return values.get(this) ?? fallback;
      },
      set(this: ReactiveElement, value: string | number | boolean | null | undefined) {
        values.set(this, read(value));
      },
      configurable: true,
      enumerable: true,
    });
    property({ attribute: name, converter: (text) => text })(prototype, key);
  };
}

/** Returns a value that a script has set as text; '' for an object that can't be converted. */
function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return '';
  }
}

/** An integer; a number out of range is clamped without a warning. */
export function integer<T extends number | null>(fallback: T, min: number, max: number): Kind<number | T> {
  return {
    fallback,
    expected: `an integer from ${min} to ${max}`,
    parse: (text) => (/^\s*[+-]?\d+\s*$/.test(text) ? Math.min(Math.max(Number(text), min), max) : undefined),
  };
}

/** An enumerated attribute: one of a few keywords, case-insensitive. */
export function enumerated<const T extends string>(fallback: T, ...others: T[]): Kind<T> {
  const keywords = [fallback, ...others];
  return {
    fallback,
    expected: keywords.filter(Boolean).join(' or '),
    parse: (text) => keywords.find((keyword) => keyword === text.trim().toLowerCase()),
  };
}

/** Space-separated tokens out of a few, or `none`. One unknown token makes the value invalid. */
export function tokens<T extends string>(fallback: T, ...others: T[]): Kind<T> {
  const known: string[] = [fallback, ...others];
  return {
    fallback,
    expected: `space-separated tokens out of ${known.join(' ')}, or none`,
    parse: (text) => {
      const given = [...new Set(text.toLowerCase().split(/\s+/).filter(Boolean))];
      const isValid = given.length > 0 && given.every((token) => known.includes(token));
      return isValid || given.join() === 'none' ? (given.join(' ') as T) : undefined;
    },
  };
}

/** Any text. */
export function text<T extends string | null>(fallback: T): Kind<string | T> {
  return { fallback, expected: 'text', parse: (value) => value };
}

/** A boolean attribute: present or not. */
export const flag: Kind<boolean> = { fallback: false, expected: 'no value', parse: () => true };

/** Comma-separated words or phrases. */
export const commaSeparated: Kind<string | null> = {
  fallback: null,
  expected: 'comma-separated words',
  parse: (value) =>
    value
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean)
      .join(', ') || undefined,
};

/** A name of the IANA time zone database. */
export function timeZone(fallback: string): Kind<string> {
  return {
    fallback,
    expected: 'an IANA time zone such as Europe/Stockholm',
    parse: (name) => {
      try {
        return new Intl.DateTimeFormat('en', { timeZone: name.trim() }).resolvedOptions().timeZone;
      } catch {
        return undefined;
      }
    },
  };
}

/** A BCP 47 language tag. */
export const languageTag: Kind<string> = {
  fallback: '',
  expected: 'a language tag such as sv or en-GB',
  parse: (tag) => {
    try {
      return tag.trim() && Intl.getCanonicalLocales(tag.trim())[0];
    } catch {
      return undefined;
    }
  },
};
