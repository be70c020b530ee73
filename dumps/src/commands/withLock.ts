/** Of two commands that write the catalogue, one waits. */
import { mkdirSync } from 'node:fs';
import { acquireLock } from '../../../scripts/launch/fileLock.mjs';
import { ImportError } from '../import/importFailure.ts';
import { lockPath } from '../sqlite/storeLayout.ts';
import { systemError } from '../systemError.ts';
import type { CommandContext } from './command.ts';

/** The longest import that anybody waits for. */
const LIMIT_MS = 24 * 3600 * 1000;

const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const abort = (): void => reject(new ImportError({ code: 'interrupted' }));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
  });

/** Makes the folder where it is not there. */
async function lockOf(folder: string, waiting: () => void) {
  try {
    mkdirSync(folder, { recursive: true });
    return await acquireLock({ path: lockPath(folder), waiting, limitMs: LIMIT_MS });
  } catch (error) {
    const { code } = systemError(error);
    if (code === '') throw error;
    throw new ImportError({ code: 'folder', problem: `${folder} cannot be used as a folder: ${code}.` });
  }
}

/** Runs it with the lock of the folder. */
export async function withLock(
  { folder, say, signal }: CommandContext,
  work: () => Promise<void>,
): Promise<void> {
  const path = lockPath(folder);
  const waiting = (): void =>
    say(`Another import holds ${path}: waiting for its end. Where none runs, delete the file.`);
  const lock = await Promise.race([lockOf(folder, waiting), whenAborted(signal)]);
  if (!lock) throw new ImportError({ code: 'locked', path });
  try {
    await work();
  } finally {
    lock.release();
  }
}
