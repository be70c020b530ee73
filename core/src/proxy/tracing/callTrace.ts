/** The lines that KQL reads. Their prefixes and first members are a contract with existing queries. */
import type { Operation } from '../../catalog/operation.ts';
import type { Log } from '../../lib/log.ts';
import type { Refreshed } from '../../upstream/upstreamRequest.ts';
import { renderFailure } from '../response/renderFailure.ts';
import type { Correlation } from './correlation.ts';

/** One call that got as far as Discogs, or would have. Members in the order of the line. */
export interface CallTrace {
  readonly operation: Operation;
  /** As the caller sent it. */
  readonly method: string;
  /** Discogs' path, percent-encoded, without query. */
  readonly path: string;
  /** Discogs' status where it answered, else ours. */
  readonly status: number;
  /** Undefined for a refresh, which has no client. */
  readonly clientStatus: number | undefined;
  readonly source: 'discogs' | 'cache' | 'proxy' | 'catalogue';
  /** What the catalogue answered in place of. */
  readonly insteadOf?: string | undefined;
  readonly error: string | undefined;
  readonly elapsedMs: number;
  readonly attempts: number;
  /** How the cache took part; undefined for writes. */
  readonly cache: string | undefined;
  readonly waitedMs: number;
  readonly budgetRemaining: number;
  readonly priority: 'caller' | 'refresh';
  /** Calls that wait for a slot. Not in the line. */
  readonly waiting: number;
  readonly store: string;
  readonly traceId: string;
  readonly keyLabel: string;
  readonly correlation: Correlation;
}

/** Writes `discogs_proxy: {json}`, one line for every call whose key, secrets and input were good. */
export function logCall(log: Log, trace: CallTrace): void {
  const { operation } = trace;
  const members = {
    event: 'discogs_proxy_call',
    entity: operation.entity,
    operation: operation.id,
    method: trace.method,
    path: trace.path,
    status: trace.status,
    client_status: trace.clientStatus,
    source: trace.source,
    error: trace.error,
    elapsed_ms: Number(trace.elapsedMs.toFixed(2)),
    attempts: trace.attempts,
    cache: trace.cache,
    waited_ms: Math.round(trace.waitedMs),
    budget_remaining: trace.budgetRemaining,
    lane: trace.priority,
    store: trace.store,
    trace_id: trace.traceId,
    key: trace.keyLabel,
    instead_of: trace.insteadOf,
    ...trace.correlation,
  };
  log.info(`discogs_proxy: ${JSON.stringify(members)}`);
  log.record?.({ kind: 'call', members, waiting: trace.waiting });
}

/** The same line for a refresh in the background, with the ids of the call that began it. Only calls that left count. */
export function logRefresh(
  log: Log,
  call: Pick<CallTrace, 'operation' | 'method' | 'path' | 'store' | 'traceId' | 'keyLabel' | 'correlation'>,
  { result, outcome, attempts, waitedMs, elapsedMs, window }: Refreshed,
): void {
  if (attempts === 0) return;
  const isGood = outcome.code === 'ok';
  const ours = isGood ? outcome.status : renderFailure(outcome, call.traceId, false).status;
  logCall(log, {
    ...call,
    status: result.kind === 'answer' ? result.status : ours,
    clientStatus: undefined,
    source: 'discogs',
    error: isGood ? undefined : outcome.code,
    elapsedMs,
    attempts,
    cache: undefined,
    waitedMs,
    budgetRemaining: window.remaining,
    waiting: window.waiting,
    priority: 'refresh',
  });
}
