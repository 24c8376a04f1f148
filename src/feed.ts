/** The reader alone, for programs: no element, no Lit, no DOM; runs in Node and in workers too. */
export { readFeed, type FeedSource } from './feed/read.js';
export { FeedError, type FeedErrorCode } from './feed/errors.js';
export type { Entry, Feed } from './feed/model.js';
