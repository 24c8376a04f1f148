// Data of the build. rollup.demo.config.mjs writes build-data.js.
import type { Manifest } from './settings.js';

export declare const manifest: Manifest;
/** Texts of docs/relay/ by file name. */
export declare const recipes: Readonly<Record<string, string>>;
/** Hash of diary-feed.min.js. */
export declare const integrity: string;
export declare const version: string;
