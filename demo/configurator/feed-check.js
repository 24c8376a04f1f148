// What is said of a feed: which text of the table, and what stands in its gaps.
import { readAddress } from './values.js';

/** Days after which a diary's newest entry counts as old. */
const OLD = 180;

const DAY = 86_400_000;

const absolute = (address, base) => (URL.canParse(address, base) ? new URL(address, base).href : undefined);

/** Where a feed says that its diary is; what a feed says is hostile, so that only http: and https: count. */
export function diaryLink(feed, base) {
  const link = feed?.link && absolute(feed.link, base);
  return link ? readAddress(link) : undefined;
}

/** Where the fallback link goes; `link` is what stands in the code. Without a feed nobody knows where the diary is. */
export function describeLink({ feed, fallback, link, base }) {
  const target = diaryLink(feed, base);
  if (!target && fallback) return [];
  if (!target) return [{ tone: 'warn', text: feed ? 'feed-no-link' : 'link-unknown', gaps: { link } }];
  const isRight = !fallback || absolute(fallback, base) === target;
  return [{ tone: isRight ? 'good' : 'warn', text: isRight ? 'link-right' : 'link-other', gaps: { link: target } }];
}

/** The texts for a failure. 401, 403, 404 and 410 are the address's fault; others pass. */
export function describeFailure({ code, status }) {
  if (code !== 'http') return [{ tone: 'bad', text: `error-${code}` }];
  const text = [401, 403].includes(status) ? 'error-login' : [404, 410].includes(status) ? 'error-gone' : 'error-http';
  return [{ tone: 'bad', text, gaps: { status } }];
}

/** When the newest entry was, as `YYYY-MM-DD`, or `undefined`. */
export function newestDay(entries) {
  const days = entries.map(({ day, date }) => day ?? date?.toISOString().slice(0, 10)).filter(Boolean);
  return days.sort().at(-1);
}

/**
 * The texts for a feed that was read.
 *
 * @param feed as the element has it
 * @param now milliseconds
 * @param fallback the link that the webmaster wrote, or ''
 * @param base address of the feed
 * @param show what is shown of an entry, as the attribute has it
 */
export function describeFeed(feed, { now, fallback, base, show = '' }) {
  const { title, language, entries } = feed;
  const link = describeLink({ feed, fallback, base });
  if (entries.length === 0) return [{ tone: 'warn', text: 'feed-empty', gaps: { title: title ?? '–' } }, ...link];
  const day = newestDay(entries);
  const facts = { tone: 'good', text: 'feed-read', gaps: { title: title ?? '–', count: entries.length } };
  const age = day && Math.floor((now - Date.parse(day)) / DAY);
  const lacksPictures = show.split(' ').includes('image') && !entries.some(({ image }) => image);
  return [
    facts,
    day
      ? { tone: age > OLD ? 'warn' : 'good', text: age > OLD ? 'feed-old' : 'feed-newest', gaps: { day } }
      : { tone: 'warn', text: 'feed-undated' },
    language ? { tone: 'good', text: 'feed-language', gaps: { language } } : { tone: 'warn', text: 'feed-no-language' },
    ...(lacksPictures ? [{ tone: 'warn', text: 'feed-no-pictures' }] : []),
    ...link,
  ];
}
