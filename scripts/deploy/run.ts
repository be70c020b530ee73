/** `npm run deploy`: the real dependencies of `deploy/main.ts`. */
import { fileURLToPath } from 'node:url';
import { createPackage } from '../build/package.ts';
import { azRunner } from './az/azRunner.ts';
import { main } from './main.ts';
import { printer } from './printer.ts';

const stop = new AbortController();
function interrupt(): void {
  // Twice means at once, whatever is left behind.
  if (stop.signal.aborted) process.exit(130);
  console.error(
    '\nStopping after this step; Ctrl-C again stops at once and may leave a temporary role behind.',
  );
  stop.abort();
}
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);
// The terminal was closed.
process.on('SIGHUP', interrupt);

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    if (stop.signal.aborted) return resolve();
    const timer = setTimeout(resolve, milliseconds);
    stop.signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

const { say, hide } = printer((line) => console.log(line));

process.exitCode = await main(
  {
    az: azRunner(process.env),
    fetch: globalThis.fetch,
    clock: { now: Date.now, sleep },
    say,
    hide,
    environment: process.env,
    root: fileURLToPath(new URL('../..', import.meta.url)),
    createPackage: async () => (await createPackage()).path,
    interruption: stop.signal,
  },
  process.argv.slice(2),
);
