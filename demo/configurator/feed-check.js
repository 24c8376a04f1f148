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
 */
export function describeFeed(feed, { now, fallback, base }) {
  const { title, language, entries } = feed;
  if (entries.length === 0) return [{ tone: 'warn', text: 'feed-empty', gaps: { title: title ?? '–' } }];
  const day = newestDay(entries);
  const facts = { tone: 'good', text: 'feed-read', gaps: { title: title ?? '–', count: entries.length } };
  const age = day && Math.floor((now - Date.parse(day)) / DAY);
  const target = diaryLink(feed, base);
  return [
    facts,
    day
      ? { tone: age > OLD ? 'warn' : 'good', text: age > OLD ? 'feed-old' : 'feed-newest', gaps: { day } }
      : { tone: 'warn', text: 'feed-undated' },
    language ? { tone: 'good', text: 'feed-language', gaps: { language } } : { tone: 'warn', text: 'feed-no-language' },
    ...(!target
      ? [{ tone: 'warn', text: 'feed-no-link' }]
      : !fallback || absolute(fallback, base) === target
        ? [{ tone: 'good', text: 'link-right', gaps: { link: target } }]
        : [{ tone: 'warn', text: 'link-other', gaps: { link: target } }]),
  ];
}
