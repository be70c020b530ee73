/** The line for a call that was refused before Discogs was asked; bounded, so that a flood cannot fill the log. */
import { createLineLimit } from '../../lib/lineLimit.ts';
import type { Log } from '../../lib/log.ts';

/** Facts about a refusal; never an input value. */
export interface Rejection {
  readonly status: number;
  readonly error: unknown;
  readonly reason: unknown;
  readonly which: unknown;
  readonly traceId: string;
}

/** Writes refusals, bounded. */
export interface RejectionLog {
  write(log: Log, rejection: Rejection): void;
  /** Writes the count of what was left out in an earlier second, if anything was. Called with every call. */
  flush(log: Log): void;
}

/** Makes a logger of `discogs_proxy_rejected: {json}`: ten lines a second, then a count with the next call. */
export function createRejectionLog(now: () => number): RejectionLog {
  const limit = createLineLimit(now);

  function line(log: Log, members: Readonly<Record<string, unknown>>): void {
    log.warn(`discogs_proxy_rejected: ${JSON.stringify(members)}`);
    log.record?.({ kind: 'rejected', members });
  }

  function flush(log: Log): void {
    const suppressed = limit.leftOut();
    if (suppressed > 0) line(log, { event: 'discogs_proxy_rejected', suppressed });
  }

  return {
    flush,
    write(log, { status, error, reason, which, traceId }) {
      flush(log);
      if (!limit.take()) return;
      line(log, { event: 'discogs_proxy_rejected', status, error, reason, which, trace_id: traceId });
    },
  };
}
