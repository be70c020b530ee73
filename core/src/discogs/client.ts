/** Sends a request to Discogs: through the breaker and the gate, reads twice where that can help, never a write. */
import type { Breaker } from '../gateway/budget/breaker.ts';
import type { Gate, WindowView } from '../gateway/budget/gate.ts';
import { observe } from '../gateway/budget/observe.ts';
import type { Lane } from '../gateway/budget/plan.ts';
import type { Deadline } from '../gateway/deadline.ts';
import type { Log } from '../gateway/log.ts';
import type { FetchedAnswer, Fetcher, FetchFailure } from './fetcher.ts';
import { isUpstreamFault } from './interpret.ts';
import type { DiscogsRequest } from './request.ts';
import { decideRetry } from './retry.ts';

/** Longest time for one attempt, as in the original. */
export const ATTEMPT_MS = 10_000;
/** A wait is worth it only when it leaves this much for Discogs to answer. */
export const RESERVE_MS = 5000;
/** Largest answer that is read; the largest record of Discogs is far below it. */
export const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** Not sent: no slot in time, or the breaker is open. */
export type NotSent =
  | { readonly kind: 'no_slot'; readonly slotInMs: number | undefined; readonly window: WindowView }
  | { readonly kind: 'unavailable'; readonly retryAfterMs: number };

/** What came of it. */
export interface Sent {
  readonly result: FetchedAnswer | FetchFailure | NotSent;
  /** Requests that really left. */
  readonly attempts: number;
  /** Milliseconds spent waiting for slots. */
  readonly waitedMs: number;
}

/** Whose turn it is at the gate. */
export interface Turn {
  readonly lane: Lane;
  readonly key: string;
  readonly conversation: string;
}

/** Seams of the client. */
export interface ClientDependencies {
  readonly fetcher: Fetcher;
  readonly gate: Gate;
  readonly breaker: Breaker;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

type Attempted =
  | { readonly sent: true; readonly result: FetchedAnswer | FetchFailure; readonly waitedMs: number }
  | { readonly sent: false; readonly result: NotSent };

interface Observed {
  readonly log: Log;
  /** From 1. */
  readonly attempt: number;
}

function record(
  { log, attempt }: Observed,
  request: DiscogsRequest,
  times: { startedAt: number; elapsedMs: number },
  result: FetchedAnswer | FetchFailure,
): void {
  const { origin, pathAndQuery } = request;
  if (!log.record || !origin) return;
  const [path = ''] = pathAndQuery.split('?', 1);
  const outcome = result.kind === 'answer' ? result.status : result.cause;
  log.record({ kind: 'attempt', ...origin, path, attempt, ...times, outcome });
}

async function attempt(
  { fetcher, gate, breaker, now }: ClientDependencies,
  request: DiscogsRequest,
  turn: Turn,
  deadline: Deadline,
  observed: Observed,
): Promise<Attempted> {
  const decision = breaker.admit();
  if (decision.open) {
    return { sent: false, result: { kind: 'unavailable', retryAfterMs: decision.retryAfterMs } };
  }
  const probing = breaker.state() === 'half_open';
  const latestAt = now() + Math.max(0, deadline.leftMs() - RESERVE_MS);
  const pass = await gate.enter({ ...turn, latestAt });
  if (!pass.granted) {
    if (probing) breaker.notSent();
    return { sent: false, result: { kind: 'no_slot', slotInMs: pass.slotInMs, window: gate.view() } };
  }
  // It may have opened while this call waited.
  const stillClosed = probing || pass.waitedMs === 0 ? decision : breaker.admit();
  if (stillClosed.open) {
    pass.giveBack();
    return { sent: false, result: { kind: 'unavailable', retryAfterMs: stillClosed.retryAfterMs } };
  }
  const timeoutMs = Math.min(ATTEMPT_MS, deadline.leftMs());
  const startedAt = now();
  let result: FetchedAnswer | FetchFailure | undefined;
  try {
    result = await fetcher(request, { timeoutMs, maxBytes: MAX_ANSWER_BYTES });
  } finally {
    // A bug in the fetcher must not leave a call under way for ever.
    pass.settle(result?.kind === 'answer' ? observe(result, now()) : undefined);
    breaker.record(result !== undefined && !isUpstreamFault(result));
  }
  record(observed, request, { startedAt, elapsedMs: now() - startedAt }, result);
  return { sent: true, result, waitedMs: pass.waitedMs };
}

/** Sends `request` inside `deadline`. Only a GET is repeated, at most once, and the repeat takes a slot of its own. */
export async function sendToDiscogs(
  dependencies: ClientDependencies,
  request: DiscogsRequest,
  turn: Turn,
  deadline: Deadline,
  log: Log,
): Promise<Sent> {
  const { now, random, sleep } = dependencies;
  const first = await attempt(dependencies, request, turn, deadline, { log, attempt: 1 });
  if (!first.sent) return { result: first.result, attempts: 0, waitedMs: 0 };
  const { result, waitedMs } = first;
  const once: Sent = { result, attempts: 1, waitedMs };
  if (request.method !== 'GET') return once;
  const decision = decideRetry(result, 1, now(), random());
  if (!decision.retry || decision.waitMs + RESERVE_MS > deadline.leftMs()) return once;
  await sleep(decision.waitMs);
  const second = await attempt(dependencies, request, turn, deadline, { log, attempt: 2 });
  // What was not sent again has failed for the reason of the first attempt.
  if (!second.sent) return once;
  const seconds = Number(((decision.waitMs + second.waitedMs) / 1000).toFixed(3));
  log.warn(`transient_retry attempt=1 backoff_s=${seconds} error_type=${decision.errorType}`);
  return { result: second.result, attempts: 2, waitedMs: waitedMs + second.waitedMs };
}
