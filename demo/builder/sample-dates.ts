// Shows the invented diary with dates around today. Runs before the element: a feed that is set early isn't fetched.
import { createSampleFeed } from './sample-feed.js';

for (const element of document.querySelectorAll('diary-feed')) element.feed = createSampleFeed();
