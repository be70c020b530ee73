/** Of two commands that write the catalogue, one waits. */
import { mkdirSync } from 'node:fs';
import { acquireLock } from '../../../scripts/launch/fileLock.mjs';
import { ImportError } from '../import/importFailure.ts';
import { lockPath } from '../sqlite/storeLayout.ts';
import type { CommandContext } from './command.ts';

/** The longest import that anybody waits for. */
const LIMIT_MS = 24 * 3600 * 1000;

const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const abort = (): void => reject(new ImportError({ code: 'interrupted' }));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
  });

/** Runs it with the lock of the folder. */
export async function withLock(
  { folder, say, signal }: CommandContext,
  work: () => Promise<void>,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const path = lockPath(folder);
  const waiting = (): void => say(`Another import holds ${path}: waiting for its end.`);
  const lock = await Promise.race([acquireLock({ path, waiting, limitMs: LIMIT_MS }), whenAborted(signal)]);
  if (!lock) throw new ImportError({ code: 'locked', path });
  try {
    await work();
  } finally {
    lock.release();
  }
}
