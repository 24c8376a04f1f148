import { manifest, recipes, integrity, version } from 'build-data';
import { FeedBuilder } from './feed-builder.js';

const builder = new FeedBuilder({ manifest, recipes, integrity, version });
document.getElementById('builder')?.replaceWith(builder);
