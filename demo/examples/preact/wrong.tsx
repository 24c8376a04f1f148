// What the type-check must reject: it fails if one of these passes.
import type { FeedErrorCode } from 'diary-feed';

export const right = (
  <diary-feed
    limit="5"
    summary-length={60}
    feed={{ entries: [{ title: 'Ett', date: '2026-11-16T17:10:00+01:00' }] }}
    ref={(element) => void element?.reload()}
    onerror={({ error }) => error.code satisfies FeedErrorCode}
  />
);

export const wrong = [
  // @ts-expect-error: a number
  <diary-feed key="1" limit="five" />,
  // @ts-expect-error: not an order
  <diary-feed key="2" sort="oldest" />,
  // @ts-expect-error: nor as an attribute
  <diary-feed key="3" summary-length="long" />,
  // @ts-expect-error: no such property
  <diary-feed key="4" sumaryLength={60} />,
  // @ts-expect-error: only read
  <diary-feed key="5" entries={[]} />,
  // @ts-expect-error: no such code
  <diary-feed key="6" onerror={({ error }) => error.code === 'lost'} />,
  // @ts-expect-error: not a date
  <diary-feed key="7" feed={{ entries: [{ date: 2026 }] }} />,
];
