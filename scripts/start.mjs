// npm start: builds if something has changed, serves the demo on this machine only, and prints its URLs. Ends with Ctrl+C.
import { startDemoServer } from './demo-server.mjs';
import { run, warnAboutOldNode } from './run.mjs';

warnAboutOldNode();
console.log('The first build takes up to a minute. Then the URL appears here.');
run('build', 'scripts/build.mjs --if-stale');

const server = await startDemoServer(Number(process.env.PORT ?? 8000));
const demo = `http://127.0.0.1:${server.address().port}/demo/`;
console.log(`
  Demo: ${demo}
  Builder: ${demo}builder.html
`);
