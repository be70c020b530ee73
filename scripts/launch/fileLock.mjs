/** A lock between processes: a file with the ids of those that hold it. A dead holder's lock is taken over. */
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 200;

/** Whether a process of this id runs, whoever started it. */
export function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function create(path, text) {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** A file that is just being written has no ids yet; its holder is alive. */
const isHeld = (text) =>
  text === '' ||
  text
    .split(' ')
    .slice(1)
    .some((pid) => isRunning(Number(pid)));

/** Removes exactly the lock that was read: another waiter may have taken it over since. */
function removeDead(path, text) {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    if (read(aside) !== text) linkSync(aside, path);
  } catch {
    // Another waiter was quicker.
  }
  rmSync(aside, { force: true });
}

/**
 * Waits for the lock. `waiting` is called once when somebody else holds it. Undefined when it was still held at the end.
 * @param {{ path: string, waiting: () => void, limitMs: number }} options
 * @returns {Promise<{ alsoHeldBy(pid: number): void, release(): void } | undefined>}
 */
export async function acquireLock({ path, waiting, limitMs }) {
  const id = randomUUID();
  const own = `${id} ${process.pid}`;
  const end = Date.now() + limitMs;
  for (let told = false; !create(path, own); ) {
    const text = read(path);
    if (text === undefined) continue;
    if (!isHeld(text)) removeDead(path, text);
    else if (Date.now() > end) return undefined;
    else {
      if (!told) waiting();
      told = true;
      await sleep(POLL_MS);
    }
  }
  return {
    alsoHeldBy: (pid) => writeFileSync(path, `${own} ${pid}`),
    release: () => rmSync(path, { force: true }),
  };
}
