/** The line for a call that was refused before Discogs was asked; bounded, so that a flood cannot fill the log. */
import type { Log } from './log.ts';

const MAX_LINES_PER_SECOND = 10;

/** Facts about a refusal; never an input value. */
export interface Rejection {
  readonly status: number;
  readonly error: unknown;
  readonly reason: unknown;
  readonly which: unknown;
  readonly traceId: string;
}

/** Makes a logger of `discogs_proxy_rejected: {json}`: ten lines a second, then a count in the next second's line. */
export function createRejectionLog(now: () => number): (log: Log, rejection: Rejection) => void {
  let second = 0;
  let lines = 0;
  let suppressed = 0;
  return (log, { status, error, reason, which, traceId }) => {
    const current = Math.floor(now() / 1000);
    if (current !== second) {
      if (suppressed > 0) log.warn(`discogs_proxy_rejected: ${JSON.stringify({ suppressed })}`);
      second = current;
      lines = 0;
      suppressed = 0;
    }
    if (lines >= MAX_LINES_PER_SECOND) {
      suppressed += 1;
      return;
    }
    lines += 1;
    const facts = { event: 'discogs_proxy_rejected', status, error, reason, which, trace_id: traceId };
    log.warn(`discogs_proxy_rejected: ${JSON.stringify(facts)}`);
  };
}
