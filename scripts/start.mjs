// npm start: builds, serves the demo on this machine only, prints its addresses. Ends with Ctrl+C.
import { startDemoServer } from './demo-server.mjs';

console.log('Building, which takes up to a minute. Then the address stands here.');
// not before: what is imported at the top runs first
await import('./build.mjs');

const server = await startDemoServer(Number(process.env.PORT ?? 8000));
const demo = `http://127.0.0.1:${server.address().port}/demo/`;
console.log(`
  Demo: ${demo}
  Build your own (configurator): ${demo}configurator.html
`);
