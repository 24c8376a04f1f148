import linker from '@angular/compiler-cli/linker/babel';
import { transformAsync } from '@babel/core';

/** What the Angular CLI does with Angular's own packages: they come half compiled. */
const linkAngular = {
  name: 'link-angular',
  transform: {
    filter: { id: /\/@angular\/.*\.mjs$/, code: 'ɵɵngDeclare' },
    handler: (code, filename) => transformAsync(code, { filename, configFile: false, plugins: [linker] }),
  },
};

export default {
  publicDir: '../../feeds',
  define: { ngDevMode: 'false', ngJitMode: 'false', ngServerMode: 'false' },
  plugins: [linkAngular],
};
