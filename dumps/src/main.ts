/** `npm run dumps`: the real dependencies of `commands/cli.ts`. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from './commands/cli.ts';

const stop = new AbortController();
function interrupt(): void {
  // Twice means at once: an import goes on from its last checkpoint then.
  if (stop.signal.aborted) process.exit(130);
  console.error('\nStopping; the same command goes on later.');
  stop.abort();
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);

const CLEAR_LINE = '\r\u001b[2K';
/** Without a terminal a line now and then is enough. */
const LINE_MS = 10_000;
let isLineOpen = false;
let nextLineAt = 0;

function say(line: string): void {
  if (isLineOpen) process.stdout.write(CLEAR_LINE);
  isLineOpen = false;
  console.log(line);
}

function progress(line: string): void {
  if (process.stdout.isTTY) {
    process.stdout.write(CLEAR_LINE + line.slice(0, process.stdout.columns - 1));
    isLineOpen = true;
  } else if (Date.now() >= nextLineAt) {
    nextLineAt = Date.now() + LINE_MS;
    console.log(line);
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = process.env['CATALOGUE_STORE']?.trim() || join(root, 'catalogue');
const context = {
  folder,
  signal: stop.signal,
  now: Date.now,
  say,
  progress,
};
process.exitCode = await main(context, process.argv.slice(2));
// Whoever waits for a lock would go on waiting.
if (stop.signal.aborted) process.exit();
