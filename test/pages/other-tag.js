// A page that bundles the modules, and takes another name.
import { DiaryFeedElement } from '/src/index.ts';

DiaryFeedElement.define();
DiaryFeedElement.define('kommun-dagbok');
