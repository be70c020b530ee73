/** Brings `node_modules` up to the lock file, so that a fresh clone needs no command of its own for that. */
import { join, relative } from 'node:path';
import { acquireLock } from './fileLock.mjs';
import { installState, listedPackages } from './installed.mjs';
import { npmCi } from './npmCi.mjs';

/** Longer than any install; whoever waits this long is told where the lock is. */
const LOCK_LIMIT_MS = 20 * 60_000;
const REASONS = {
  missing: 'node_modules is missing',
  older: 'node_modules is not what package-lock.json lists',
};

// To standard error: some scripts write for programs.
const say = (line) => process.stderr.write(`${line}\n`);

/**
 * @param {string} root A folder with a lock file.
 * @returns {Promise<string | undefined>} What went wrong, in one line.
 */
export async function ensureInstalled(root) {
  if (installState(root) === 'current') return undefined;
  const path = join(root, '.install.lock');
  const waiting = () => say('Another process is installing the packages; waiting for it.');
  let lock;
  try {
    lock = await acquireLock({ path, waiting, limitMs: LOCK_LIMIT_MS });
  } catch (error) {
    return `${path} cannot be written: ${error.message}. Make the folder writable, or run "npm ci" as a user who may write there.`;
  }
  if (lock === undefined)
    return `${path} is still held. If no npm runs, delete it and run the same command again.`;
  try {
    const state = installState(root);
    if (state === 'current') return undefined;
    const what = relative(process.cwd(), join(root, 'package-lock.json'));
    say(
      `Installing what ${what} lists, ${listedPackages(root)} packages at most, with npm ci: ${REASONS[state]}.`,
    );
    const result = await npmCi(root, lock.alsoHeldBy);
    if ('problem' in result) return result.problem;
    say(`Installed in ${result.seconds} s.`);
    return undefined;
  } finally {
    lock.release();
  }
}
