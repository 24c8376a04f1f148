/** What programs import: the class, unregistered, and the types of its surface. */
export { DiaryFeedElement } from './diary-feed-element.js';
export { FeedError, type FeedErrorCode } from './feed/errors.js';
export type { Entry, Feed } from './feed/model.js';
export type { DateStyle } from './entry-dates.js';
export type { Messages } from './messages.js';
export type { Sort } from './entries.js';
