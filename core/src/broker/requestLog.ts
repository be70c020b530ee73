/** One line for each request of the broker. Never an input value: those hold secrets. */
import { createLineLimit } from '../lib/lineLimit.ts';
import type { Log } from '../lib/log.ts';

/** What became of a request. */
export interface BrokerEvent {
  /** The path without its prefix; `other` for one that no route has. */
  readonly route: string;
  readonly method: string;
  readonly status: number;
  /** Code of the failure, where it is one. */
  readonly reason: string | undefined;
  readonly elapsedMs: number;
}

/** Apps poll the one every five seconds, and anybody may ask the other: only what goes wrong is written. */
const QUIET: ReadonlySet<string> = new Set(['/v1/device/session/status', '/v1/health']);

/** Makes a writer of `broker_request: {json}`: ten good and ten bad ones a second, then a count of those left out. */
export function createBrokerRequestLog(log: Log, now: () => number): (event: BrokerEvent) => void {
  const good = createLineLimit(now);
  const bad = createLineLimit(now);
  return ({ route, method, status, reason, elapsedMs }) => {
    const suppressed = good.leftOut() + bad.leftOut();
    if (suppressed > 0) {
      log.warn(`broker_request: ${JSON.stringify({ event: 'broker_request', suppressed })}`);
    }
    const isGood = status < 400;
    if (isGood && QUIET.has(route)) return;
    if (!(isGood ? good : bad).take()) return;
    const elapsed_ms = Math.round(elapsedMs);
    const members = { event: 'broker_request', route, method, status, reason, elapsed_ms };
    const line = `broker_request: ${JSON.stringify(members)}`;
    if (isGood) log.info(line);
    else if (status < 500) log.warn(line);
    else log.error(line);
  };
}
