// Types of <diary-feed> in JSX for Preact: "types": ["diary-feed/preact"] in tsconfig.json.
import type { HTMLAttributes } from 'preact';
import type { DiaryFeedElement } from '../diary-feed-element.js';
import type { Attributes, Common, Listeners, Properties } from './props.js';

/** Preact takes `onload` and `onLoad` for the same. */
export type DiaryFeedProps = Properties &
  Attributes &
  Listeners<'onload'> &
  Listeners<'onLoad'> &
  Common<HTMLAttributes<DiaryFeedElement>>;

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'diary-feed': DiaryFeedProps;
    }
  }
}
