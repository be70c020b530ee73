/** One line for each request of the broker, `broker_request: {json}`. */
import type { Log } from '../lib/log.ts';
import { createDoorLog, type DoorEvent } from '../signIn/requestLog.ts';

/** What became of a request. */
export type BrokerEvent = DoorEvent;

/** Apps poll the one every five seconds, and anybody may ask the other: only what goes wrong is written. */
const QUIET: ReadonlySet<string> = new Set(['/v1/device/session/status', '/v1/health']);

/** Makes the writer. */
export const createBrokerRequestLog = (log: Log, now: () => number): ((event: BrokerEvent) => void) =>
  createDoorLog('broker_request', QUIET, log, now);
