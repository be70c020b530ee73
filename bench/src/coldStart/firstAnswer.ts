/** Process: from nothing to the first answer. Says `{ port }`, answers one call, says what that took, ends. */
import { writeSync } from 'node:fs';
import { loadApp } from '../../../az-function/local/worker.ts';
import { createFront } from '../candidates/front.ts';
import { listen } from '../processes/listen.ts';
import { writeUsage } from './usage.ts';

const functions = await loadApp({
  directory: process.argv[2] ?? '',
  environment: process.env,
  log: () => {},
});
const port = await listen(
  createFront(functions, () => {
    writeUsage();
    process.exit(0);
  }),
);
writeSync(1, `${JSON.stringify({ port })}\n`);
