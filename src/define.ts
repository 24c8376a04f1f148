import { DiaryFeedElement } from './diary-feed-element.js';

DiaryFeedElement.define();
