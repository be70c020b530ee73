/** Process: an app behind the worker double. Its folder is the argument. */
import { loadApp } from '../../../az-function/local/worker.ts';
import { serveControl } from '../processes/control.ts';
import { listen } from '../processes/listen.ts';
import { createFront } from './front.ts';

const functions = await loadApp({
  directory: process.argv[2] ?? '',
  environment: process.env,
  log: () => {},
});
serveControl(await listen(createFront(functions)));
