// Types of <diary-feed> in JSX for React 19: "types": ["diary-feed/react"] in tsconfig.json.
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { DiaryFeedElement } from '../diary-feed-element.js';
import type { Attributes, Common, Listeners, Properties } from './props.js';

/** React listens to `onload`; React's `onLoad` is never called on a custom element, so these types omit it. */
export type DiaryFeedProps = Properties &
  Attributes &
  Listeners<'onload'> &
  Common<DetailedHTMLProps<HTMLAttributes<DiaryFeedElement>, DiaryFeedElement>> & { class?: string | undefined };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'diary-feed': DiaryFeedProps;
    }
  }
}
