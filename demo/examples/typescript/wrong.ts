// What must not pass the type-check: it fails where one of these is taken for right.
import type { DiaryFeedElement, Feed } from 'diary-feed';
import { readFeed } from 'diary-feed/feed.js';

declare const diary: DiaryFeedElement;

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
// @ts-expect-error: bytes, not text
readFeed('<rss/>');
