/** One core for the candidate, another one for load and upstream, where the system has `taskset` and two cores. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Which core does what; undefined where nothing is pinned. */
export interface Cores {
  readonly load: string;
  readonly candidate: string;
}

/** Expands `0-2,5` as the kernel writes it. */
export function parseCpuList(list: string): readonly string[] {
  return list
    .trim()
    .split(',')
    .flatMap((range) => {
      const [first = '', last = first] = range.split('-');
      const length = Number(last) - Number(first) + 1;
      return Array.from({ length }, (_, index) => String(Number(first) + index));
    });
}

/** Two cores of those that this process may use. */
export function findCores(): Cores | undefined {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    const status = readFileSync('/proc/self/status', 'utf8');
    const [load, candidate] = parseCpuList(/^Cpus_allowed_list:\s*(\S+)/m.exec(status)?.[1] ?? '');
    return load !== undefined && candidate !== undefined && candidate !== 'NaN'
      ? { load, candidate }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Moves all threads of this process, the load generator, to one core. */
export function pinSelf(core: string): void {
  execFileSync('taskset', ['-acp', core, String(process.pid)], { stdio: 'ignore' });
}

/** The command line that starts `command` on `core`. The process keeps its id, because `taskset` becomes it. */
export function pinned(
  core: string | undefined,
  command: string,
  args: readonly string[],
): [string, string[]] {
  return core === undefined ? [command, [...args]] : ['taskset', ['-c', core, command, ...args]];
}
