// npm start: builds, serves the demo on this machine only, prints its address. Ends with Ctrl+C.
import { startDemoServer } from './demo-server.mjs';
import './build.mjs';

const server = await startDemoServer(Number(process.env.PORT ?? 8000));
console.log(`\n  Demo: http://127.0.0.1:${server.address().port}/demo/\n`);
