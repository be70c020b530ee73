/** One line for each request of a door for browsers. Never an input value: those hold secrets. */
import { createLineLimit } from '../lib/lineLimit.ts';
import type { Log } from '../lib/log.ts';

/** What became of a request. */
export interface DoorEvent {
  /** The path without its prefix; `other` for one that no route has. */
  readonly route: string;
  readonly method: string;
  readonly status: number;
  /** Code of the failure, where it is one. */
  readonly reason: string | undefined;
  readonly elapsedMs: number;
}

/**
 * Makes a writer of `<name>: {json}`: ten good and ten bad ones a second, then a count of those left out. Of `quiet`
 * routes only what goes wrong is written.
 */
export function createDoorLog(
  name: string,
  quiet: ReadonlySet<string>,
  log: Log,
  now: () => number,
): (event: DoorEvent) => void {
  const good = createLineLimit(now);
  const bad = createLineLimit(now);
  return ({ route, method, status, reason, elapsedMs }) => {
    const suppressed = good.leftOut() + bad.leftOut();
    if (suppressed > 0) log.warn(`${name}: ${JSON.stringify({ event: name, suppressed })}`);
    const isGood = status < 400;
    if (isGood && quiet.has(route)) return;
    if (!(isGood ? good : bad).take()) return;
    const elapsed_ms = Math.round(elapsedMs);
    const line = `${name}: ${JSON.stringify({ event: name, route, method, status, reason, elapsed_ms })}`;
    if (isGood) log.info(line);
    else if (status < 500) log.warn(line);
    else log.error(line);
  };
}
