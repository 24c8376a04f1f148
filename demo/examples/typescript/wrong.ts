// What the type-check must reject: it fails if one of these passes.
import type { DiaryFeedElement, Entry, Feed } from 'diary-feed';
import { readFeed } from 'diary-feed/feed.js';

declare const diary: DiaryFeedElement;
declare const entry: Entry;

diary.feed = { entries: [{ title: 'Ett', date: '2026-11-16T17:10:00+01:00' }] };

// @ts-expect-error: a number
diary.limit = 'five';
// @ts-expect-error: not an order
diary.sort = 'oldest';
// @ts-expect-error: only read
diary.entries = [];
// @ts-expect-error: no such property
diary.sumaryLength = 60;
// @ts-expect-error: no such code
diary.addEventListener('error', ({ error }) => error.code === 'lost');
// @ts-expect-error: a feed has entries
diary.feed = { title: 'Dagboken' } satisfies Feed;
// @ts-expect-error: not a date
diary.feed = { entries: [{ date: 2026 }] };
// @ts-expect-error: only read
entry.title = 'Ett';
// @ts-expect-error: bytes or text, not a promise
readFeed(fetch('/dagbok.xml'));
