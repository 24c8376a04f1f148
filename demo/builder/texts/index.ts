import { en } from './en.js';
import { sv } from './sv.js';

export type Language = 'sv' | 'en';
export type TextKey = keyof typeof sv;
export type Gaps = Readonly<Record<string, string | number>>;

export const TEXTS: Record<Language, Record<TextKey, string>> = { sv, en };

/**
 * Returns a text with its gaps filled, or `undefined` if there is no such text. Numbers have at most one decimal, and a day
 * such as 2026-03-17 is written as a date.
 */
export function findText(language: Language, key: string, gaps: Gaps = {}): string | undefined {
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 1, useGrouping: false });
  const written = (value: string | number): string => {
    if (typeof value === 'number') return format.format(value);
    if (!/^\d{4}-\d\d-\d\d$/.test(value)) return value;
    const locale = language === 'en' ? 'en-GB' : language;
    return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(value));
  };
  const text = (TEXTS[language] as Partial<Record<string, string>>)[key];
  return text?.replace(/\{(\w+)\}/g, (gap, name: string) => {
    const value = gaps[name];
    return value === undefined ? gap : written(value);
  });
}
