// The hand-written element with feedsmith instead of DOMParser.
import { parseRssFeed } from 'feedsmith';
import { HandWrittenFeed } from './hand-written.js';

export class FeedsmithFeed extends HandWrittenFeed {
  read(text) {
    return parseRssFeed(text).items.map(({ title, link, pubDate }) => ({ title, link, date: new Date(pubDate) }));
  }
}
