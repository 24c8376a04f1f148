import type { FeedError } from './feed/errors.js';

/** The element's own events. None bubbles or leaves a shadow tree, as with HTML's own `load` and `error`. */
export interface DiaryFeedEventMap {
  loadstart: Event;
  load: Event;
  error: ErrorEvent;
  loadend: Event;
}

/** The event of that name; `error` carries the {@link FeedError} and its message. */
export function createEvent(type: keyof DiaryFeedEventMap, error?: FeedError): Event {
  return error ? new ErrorEvent(type, { error, message: error.message }) : new Event(type);
}
