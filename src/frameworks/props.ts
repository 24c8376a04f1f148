import type { DiaryFeedElement } from '../diary-feed-element.js';
import type { DiaryFeedEventMap } from '../events.js';
import type { Feed, FeedInit } from '../feed/types.js';

/** Whether two types are the same, `readonly` included. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- how TypeScript compares two types exactly
type IsSame<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Keys of the properties that can be set: neither `readonly` nor methods. */
type SettableKey<T> = {
  [K in keyof T]-?: T[K] extends (...values: never[]) => unknown
    ? never
    : IsSame<Pick<T, K>, { -readonly [P in K]: T[P] }> extends true
      ? K
      : never;
}[keyof T];

type ElementProperties = {
  [K in keyof DiaryFeedElement as K extends keyof HTMLElement ? never : K]: DiaryFeedElement[K];
};

/** What a property can be set to: a number also as text, as in an attribute, and the feed also with dates as text. */
type Written<T> = T extends number ? T | `${number}` : T extends Feed ? FeedInit : T;

/** `summaryLength` is `summary-length` as an attribute. */
type Hyphenated<T extends string> = T extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Hyphenated<Rest>}`
  : T;

/** The element's properties that can be set, derived from the class. */
export type Properties = {
  [K in keyof ElementProperties as K extends SettableKey<ElementProperties> ? K : never]?:
    Written<ElementProperties[K]> | undefined;
};

/** The same by the names of their attributes. Objects and functions have no attribute. */
export type Attributes = {
  [K in keyof Properties as ElementProperties[K] extends object | undefined ? never : Hyphenated<K>]: Properties[K];
};

/** An event as a listener on the element receives it. */
type EventOn<T extends Event> = T & { readonly currentTarget: DiaryFeedElement; readonly target: DiaryFeedElement };

/** Listeners for the element's events, by the framework's names. */
export type Listeners<Style extends 'onload' | 'onLoad'> = {
  [K in keyof DiaryFeedEventMap as `on${Style extends 'onload' ? K : Capitalize<K>}`]?:
    ((event: EventOn<DiaryFeedEventMap[K]>) => void) | undefined;
};

/** What a framework accepts on every element, without the element's properties and listeners. Case is ignored. */
export type Common<T> = {
  [K in keyof T as Lowercase<K & string> extends keyof Properties | keyof Listeners<'onload'> ? never : K]: T[K];
};
