/** Sends a request to Discogs: through the breaker and the limiter, reads twice where that can help, never a write. */

import type { FetchedAnswer, Fetcher, FetchFailure } from '../discogs/fetcher.ts';
import { observe } from '../discogs/rateLimitHeaders.ts';
import type { DiscogsRequest } from '../discogs/request.ts';
import { decideRetry } from '../discogs/retry.ts';
import type { Deadline } from '../lib/deadline.ts';
import type { Log } from '../lib/log.ts';
import type { Breaker } from './breaker/breaker.ts';
import { healthOf } from './breaker/health.ts';
import type { Permit, RateLimiter, Refused, Requester, WindowView } from './ratelimit/limiterTypes.ts';

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

/** Another instance was sending the same request when the permit was granted; the permit has been cancelled. */
export interface InFlightElsewhere {
  readonly kind: 'in_flight_elsewhere';
}

/** What came of it. */
export interface Sent<Result = FetchedAnswer | FetchFailure | NotSent> {
  readonly result: Result;
  /** Requests that really left. */
  readonly attempts: number;
  /** Milliseconds spent waiting for slots. */
  readonly waitedMs: number;
}

/** Dependencies of the client. */
export interface ClientDependencies {
  readonly fetcher: Fetcher;
  readonly limiter: Pick<RateLimiter, 'acquire' | 'view'>;
  readonly breaker: Breaker;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** One request to send, by whom, and until when. */
export interface Sending {
  readonly request: DiscogsRequest;
  readonly turn: Requester;
  readonly deadline: Deadline;
  readonly log: Log;
  /** Called when the permit is kind: 'refused' when another instance is just sending the same request. */
  readonly acquireLease?: (() => Promise<boolean>) | undefined;
}

type Attempted =
  | { readonly kind: 'sent'; readonly result: FetchedAnswer | FetchFailure; readonly waitedMs: number }
  | { readonly kind: 'not_sent'; readonly result: NotSent | InFlightElsewhere; readonly waitedMs: number };

interface Observed {
  readonly log: Log;
  /** From 1. */
  readonly attempt: number;
}

function record(
  { log, attempt }: Observed,
  request: DiscogsRequest,
  { startedAt, endedAt }: { startedAt: number; endedAt: number },
  result: FetchedAnswer | FetchFailure,
): void {
  const { origin, pathAndQuery } = request;
  if (!log.record || !origin) return;
  const [path = ''] = pathAndQuery.split('?', 1);
  const outcome = result.kind === 'answer' ? result.status : result.cause;
  const elapsedMs = endedAt - startedAt;
  log.record({ kind: 'attempt', ...origin, path, attempt, startedAt, elapsedMs, outcome });
}

/** The request with its own signature, where it has one. */
async function signed(request: DiscogsRequest): Promise<DiscogsRequest> {
  if (!request.sign) return request;
  return { ...request, headers: { ...request.headers, authorization: await request.sign() } };
}

async function attempt(
  { fetcher, limiter, breaker, now }: ClientDependencies,
  sending: Sending,
  number: number,
): Promise<Attempted> {
  const { request, turn, deadline, acquireLease, log } = sending;
  const at = now();
  const latestAt = at + Math.max(0, deadline.leftMs(at) - RESERVE_MS);
  let waitedMs = 0;
  let pass: Permit | Refused;
  for (;;) {
    // The breaker comes first: a permit that is held while it makes the call wait would be lost for others.
    if (!breaker.isQuiet()) {
      const decided = breaker.acquire(sending, latestAt);
      const askedAt = now();
      const decision = decided instanceof Promise ? await decided : decided;
      if (decided instanceof Promise) waitedMs += now() - askedAt;
      if (decision.kind === 'open') {
        const result = { kind: 'unavailable', retryAfterMs: decision.retryAfterMs } as const;
        return { kind: 'not_sent', result, waitedMs };
      }
    }
    pass = await limiter.acquire({ ...turn, latestAt });
    if (pass.kind === 'refused') {
      breaker.notSent(sending);
      const result = { kind: 'no_slot', slotInMs: pass.slotInMs, window: limiter.view() } as const;
      return { kind: 'not_sent', result, waitedMs };
    }
    waitedMs += pass.waitedMs;
    if (breaker.start(sending)) break;
    // It has opened while this call waited.
    pass.cancel();
  }
  if (acquireLease && !(await acquireLease())) {
    pass.cancel();
    breaker.notSent(sending);
    return { kind: 'not_sent', result: { kind: 'in_flight_elsewhere' }, waitedMs };
  }
  const startedAt = now();
  const timeoutMs = Math.min(ATTEMPT_MS, deadline.leftMs(startedAt));
  let result: FetchedAnswer | FetchFailure | undefined;
  let endedAt = startedAt;
  try {
    result = await fetcher(await signed(request), { timeoutMs, maxBytes: MAX_ANSWER_BYTES });
  } finally {
    endedAt = now();
    // A bug in the fetcher must not leave a call under way for ever.
    pass.complete(result && observe(result, endedAt));
    breaker.record(sending, healthOf(request, result));
  }
  record({ log, attempt: number }, request, { startedAt, endedAt }, result);
  return { kind: 'sent', result, waitedMs };
}

/** Sends the request inside its deadline. Only a GET is repeated, at most once, and the repeat takes a slot of its own. */
export async function sendToDiscogs(
  dependencies: ClientDependencies,
  sending: Sending,
): Promise<Sent<Sent['result'] | InFlightElsewhere>> {
  const { now, random, sleep } = dependencies;
  const { request, deadline, log } = sending;
  const first = await attempt(dependencies, sending, 1);
  const { result, waitedMs } = first;
  if (first.kind === 'not_sent') return { result, attempts: 0, waitedMs };
  const once = { result, attempts: 1, waitedMs };
  if (request.method !== 'GET') return once;
  const retry = decideRetry(first.result, 1, now(), random());
  if (!retry || retry.waitMs + RESERVE_MS > deadline.leftMs()) return once;
  await sleep(retry.waitMs);
  const second = await attempt(dependencies, sending, 2);
  // What was not sent again has failed for the reason of the first attempt.
  if (second.kind === 'not_sent') return once;
  const seconds = Number(((retry.waitMs + second.waitedMs) / 1000).toFixed(3));
  log.warn(`transient_retry attempt=1 backoff_s=${seconds} error_type=${retry.errorType}`);
  return { result: second.result, attempts: 2, waitedMs: waitedMs + second.waitedMs };
}
