/** What the build knows, in builder.js itself (rollup.config.mjs). */
declare module 'build-data' {
  import type { BuildData } from './feed-builder.js';

  export const manifest: BuildData['manifest'];
  export const recipes: BuildData['recipes'];
  export const integrity: BuildData['integrity'];
  export const version: BuildData['version'];
}
