/** Processes that a library has started and keeps to itself. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

function isChildNamed(pid: string, name: string): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = stat.lastIndexOf(')');
    const [, parent] = stat.slice(end + 2).split(' ');
    return parent === String(process.pid) && stat.slice(stat.indexOf('(') + 1, end) === name;
  } catch {
    // It has ended meanwhile.
    return false;
  }
}

/** Ids of this process's children whose program is called `name`. */
export const childrenNamed = (name: string): number[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && isChildNamed(entry, name))
    .map(Number);
