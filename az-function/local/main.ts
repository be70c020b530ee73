/** Command line of the local host: `node az-function/local/main.ts [--app FOLDER] [--port N]`. Prints one JSON line. */

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { corsOriginsOf } from './cors.ts';
import { startLocalHost } from './localHost.ts';
import { loadApp, type TimerFunction } from './worker.ts';

const { values } = parseArgs({
  options: { app: { type: 'string' }, port: { type: 'string', default: '0' } },
});
const directory = values.app ?? fileURLToPath(new URL('..', import.meta.url));

let timers: readonly TimerFunction[] = [];
const loaded = await loadApp({
  directory,
  environment: process.env,
  log: (level, category, message) => console.log(`[${category}.${level}] ${message}`),
  // As the host does when it is stopped by hand; a signal that it knows nothing of reaches the app alone.
  ending: (terminate) => process.once('SIGINT', () => terminate().finally(() => process.exit(0))),
  timers: (found) => {
    timers = found;
  },
});
const corsOrigins = corsOriginsOf(process.env);
const { url } = await startLocalHost(loaded, Number(values.port), { timers, corsOrigins });
const functions = loaded.map(({ name, route, methods }) => ({ name, route, methods }));
console.log(JSON.stringify({ ready: url, node: process.version, functions }));
