import { en } from './en.js';
import { sv } from './sv.js';

export type Language = 'sv' | 'en';
export type TextKey = keyof typeof sv;
export type Gaps = Readonly<Record<string, string | number>>;

export const TEXTS: Record<Language, Record<TextKey, string>> = { sv, en };

/** Returns a text with its gaps filled, or `undefined` if there is no such text. Numbers have one decimal, if any. */
export function findText(language: Language, key: string, gaps: Gaps = {}): string | undefined {
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 1, useGrouping: false });
  const written = (value: string | number): string => (typeof value === 'number' ? format.format(value) : value);
  const text = (TEXTS[language] as Partial<Record<string, string>>)[key];
  return text?.replace(/\{(\w+)\}/g, (gap, name: string) => {
    const value = gaps[name];
    return value === undefined ? gap : written(value);
  });
}
