import type { DiaryFeedElement } from '../diary-feed-element.js';
import type { DiaryFeedEventMap } from '../events.js';
import type { Feed, FeedInit } from '../feed/types.js';

/** Whether two types are the same, also in what is `readonly`. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- how TypeScript compares two types exactly
type IsSame<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** The keys of what can be set: neither `readonly` nor a method. */
type SettableKey<T> = {
  [K in keyof T]-?: T[K] extends (...values: never[]) => unknown
    ? never
    : IsSame<Pick<T, K>, { -readonly [P in K]: T[P] }> extends true
      ? K
      : never;
}[keyof T];

type Own = { [K in keyof DiaryFeedElement as K extends keyof HTMLElement ? never : K]: DiaryFeedElement[K] };

/** What a property can be set to: a number also as text, as in an attribute, and the feed also with dates as text. */
type Written<T> = T extends number ? T | `${number}` : T extends Feed ? FeedInit : T;

/** `summaryLength` is `summary-length` as an attribute. */
type Hyphenated<T extends string> = T extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Hyphenated<Rest>}`
  : T;

/** The element's own properties that can be set, from the class itself: what it gains, these have. */
export type Properties = {
  [K in keyof Own as K extends SettableKey<Own> ? K : never]?: Written<Own[K]> | undefined;
};

/** The same under the names of their attributes; what is no text has none. */
export type Attributes = {
  [K in keyof Properties as Own[K] extends object | undefined ? never : Hyphenated<K>]: Properties[K];
};

/** An event as the element's listener gets it. */
type Heard<T extends Event> = T & { readonly currentTarget: DiaryFeedElement; readonly target: DiaryFeedElement };

/** The listeners of the element's events, by the names that a framework has for them. */
export type Listeners<Style extends 'onload' | 'onLoad'> = {
  [K in keyof DiaryFeedEventMap as `on${Style extends 'onload' ? K : Capitalize<K>}`]?:
    ((event: Heard<DiaryFeedEventMap[K]>) => void) | undefined;
};

/** Of what a framework lets every element have all that is not the element's own, in whatever case it is written. */
export type Common<T> = {
  [K in keyof T as Lowercase<K & string> extends keyof Properties | keyof Listeners<'onload'> ? never : K]: T[K];
};
