// Types of <diary-feed> in templates of Vue 3: "types": ["diary-feed/vue"] in tsconfig.json.
import type { HTMLAttributes, PublicProps } from 'vue';
import type { DiaryFeedElement } from '../diary-feed-element.js';
import type { Common, Listeners, Properties } from './props.js';

/** In a template `summary-length` and `summaryLength` are the same, and `@load` is `onLoad`. */
export type DiaryFeedProps = Properties & Listeners<'onLoad'> & Common<HTMLAttributes> & PublicProps;

declare module 'vue' {
  interface GlobalComponents {
    'diary-feed': new () => DiaryFeedElement & { $props: DiaryFeedProps };
  }
}
