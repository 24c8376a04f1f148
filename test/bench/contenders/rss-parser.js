// The hand-written element with rss-parser's file for browsers instead of DOMParser.
import 'rss-parser/dist/rss-parser.min.js';
import { HandWrittenFeed } from './hand-written.js';

export class RssParserFeed extends HandWrittenFeed {
  async read(text) {
    const { items } = await new window.RSSParser().parseString(text);
    return items.map(({ title, link, isoDate }) => ({ title, link, date: new Date(isoDate) }));
  }
}
