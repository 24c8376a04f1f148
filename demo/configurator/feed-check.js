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

/** Returns the host that a link leads to; '' if it is a path of a site that isn't known. */
export function hostOf(link, site) {
  return URL.canParse(link, site || undefined) ? new URL(link, site || undefined).host : '';
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
function newestDay(entries) {
  const days = entries.map(({ day, date }) => day ?? date?.toISOString().slice(0, 10)).filter(Boolean);
  return days.sort().at(-1);
}

/**
 * The texts for a feed that was read.
 *
 * @param feed as the element has it
 * @param now milliseconds
 * @param show what is shown of an entry, as the attribute has it
 */
export function describeFeed({ title, language, entries }, { now, show = '' }) {
  if (entries.length === 0) return [{ tone: 'warn', text: 'feed-empty', gaps: { title: title ?? '–' } }];
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
  ];
}

/**
 * The texts for an address, from its judgement. A text may offer another value for a setting: `offer`, as `{ key, from, to }`.
 *
 * @param isStandIn whether nothing that is chosen is shown, so that an example stands in for it
 */
export function describeAddress(judgement, { now, show, isStandIn }) {
  const { status, address, meant, found, feed, error } = judgement;
  const offer = (to) => ({ key: 'src', from: address, to });
  switch (status) {
    case 'unclear':
      return [{ tone: 'bad', text: 'check-meant', offer: offer(meant) }];
    case 'out-of-reach':
      return [{ tone: 'note', text: isStandIn ? 'check-own' : 'check-own-some' }];
    case 'failed':
      return describeFailure(error);
    case 'loading':
      return [{ tone: 'warn', text: 'check-loading' }];
    default:
      return [
        ...(found ? [{ tone: 'warn', text: 'feed-found', offer: offer(found) }] : []),
        ...describeFeed(feed, { now, show }),
      ];
  }
}
