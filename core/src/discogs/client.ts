/** Sends a request to Discogs, reads twice where that can help, and never a write. */
import { type Deadline, sleep } from '../gateway/deadline.ts';
import type { Log } from '../gateway/log.ts';
import type { FetchedAnswer, Fetcher, FetchFailure } from './fetcher.ts';
import type { DiscogsRequest } from './request.ts';
import { decideRetry } from './retry.ts';

/** Longest time for one attempt, as in the original. */
export const ATTEMPT_MS = 10_000;
/** A wait is worth it only when it leaves this much for Discogs to answer. */
export const RESERVE_MS = 5000;
/** Largest answer that is read; the largest record of Discogs is far below it. */
export const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** What came of it, after how many attempts. */
export interface Sent {
  readonly result: FetchedAnswer | FetchFailure;
  readonly attempts: number;
}

/** Seams of the client. */
export interface ClientDependencies {
  readonly fetcher: Fetcher;
  readonly now: () => number;
  readonly random: () => number;
}

/** Sends `request` inside `deadline`. Only a GET is repeated, at most once. */
export async function sendToDiscogs(
  { fetcher, now, random }: ClientDependencies,
  request: DiscogsRequest,
  deadline: Deadline,
  log: Log,
): Promise<Sent> {
  for (let attempt = 1; ; attempt += 1) {
    const timeoutMs = Math.min(ATTEMPT_MS, deadline.leftMs());
    const result = await fetcher(request, { timeoutMs, maxBytes: MAX_ANSWER_BYTES });
    const decision =
      request.method === 'GET' ? decideRetry(result, attempt, now(), random()) : { retry: false as const };
    if (!decision.retry || decision.waitMs + RESERVE_MS > deadline.leftMs()) {
      return { result, attempts: attempt };
    }
    const { waitMs, errorType } = decision;
    const seconds = Number((waitMs / 1000).toFixed(3));
    log.warn(`transient_retry attempt=${attempt} backoff_s=${seconds} error_type=${errorType}`);
    await sleep(waitMs);
  }
}
